using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Assessment;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.TestKit;

namespace DeployGate.Golden.Tests.Live;

/// <summary>An Azure that knows the facts of a scenario, and nothing else.</summary>
internal static class FactsAzure
{
    private const string SomeSubscription = "00000000-0000-0000-0000-000000000001";

    /// <summary>The files that a run of a scenario is given as state.</summary>
    internal static Facts FactsOf(Scenario scenario, string variant)
    {
        var arguments = scenario.ArgumentsOf(variant);
        var states = Enumerable.Range(0, arguments.Length - 1).Where(i => arguments[i] == "--state").Select(i => Path.Combine(scenario.Folder, arguments[i + 1]));
        var files = states.SelectMany<string, string>(state => Directory.Exists(state) ? Directory.EnumerateFiles(state, "*.json").Order(StringComparer.Ordinal) : [state]).Where(File.Exists);
        return FactsReader.Read([.. files.Select(file => new SourceText(Path.GetFileName(file), File.ReadAllText(file)))], []).Facts;
    }

    /// <summary>Serves the facts at the addresses of their resources, the versions of a definition as a list too.</summary>
    internal static LoopbackAzure Serve(Facts facts)
    {
        var azure = new LoopbackAzure();
        foreach (var resource in facts.Resources.GroupBy(fact => fact.Id, StringComparer.OrdinalIgnoreCase))
        {
            azure.With(PathOf(resource.Key), FactsJson.Of(Joined([.. resource.Select(fact => fact.Body)])));
        }

        var versions = facts.Resources.Where(fact => fact.Type.EndsWith("galleries/images/versions", StringComparison.OrdinalIgnoreCase));
        foreach (var definition in versions.GroupBy(fact => fact.Id[..fact.Id.LastIndexOf('/')], StringComparer.OrdinalIgnoreCase))
        {
            azure.WithPages(definition.Key, [.. definition.Select(fact => FactsJson.Of(fact.Body))]);
        }

        return azure;
    }

    /// <summary>The subscription and group of the first resource: where a deployment would go for its own names to mean the facts' ones.</summary>
    internal static (string Subscription, string Group) HomeOf(Facts facts)
    {
        var words = facts.Resources.Select(fact => fact.Id.Split('/')).FirstOrDefault(words => words.Length > 4 && words[1].Equals("subscriptions", StringComparison.OrdinalIgnoreCase));
        return words is null ? (SomeSubscription, "rg") : (words[2], words[4]);
    }

    // Community and shared galleries are asked for by region; the scenarios deploy to this one.
    private static string PathOf(string id) => id.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase)
        ? id
        : $"/subscriptions/{SomeSubscription}/providers/Microsoft.Compute/locations/westeurope{id}";

    // az shows a machine and its instance view in two answers; Azure shows both in one.
    private static ObjectValue Joined(List<ObjectValue> bodies)
    {
        var properties = bodies.Select(body => body.Get("properties")).OfType<ObjectValue>().SelectMany(one => one.Members);
        return ObjectValue.From([.. bodies[0].Members.Where(member => member.Name != "properties"), new Member("properties", ObjectValue.From(properties))]);
    }
}
