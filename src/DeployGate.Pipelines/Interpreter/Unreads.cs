using DeployGate.Core.Images;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>What programs that are not read may have done: those resources that they are given are not known any more.</summary>
internal static class Unreads
{
    private static readonly string[] s_types = [ArtifactTypes.VirtualMachine, ArtifactTypes.Disk, ArtifactTypes.Snapshot, ArtifactTypes.ManagedImage];

    internal static void Touch(AzureContext azure, PathState path, IEnumerable<Value> words, Place place, string what)
    {
        HashSet<string> done = [];
        foreach (var word in words.SelectMany(word => word is ArrayValue list ? list.Items : [word]))
        {
            foreach (var state in Named(path, word))
            {
                if (done.Add(ArtifactCatalog.Show(state.Id)))
                {
                    azure.Apply(path, new Effect.Havoc(state.Id, state.Type, $"{what} may have changed it, and is not read"), place);
                }
            }
        }
    }

    private static IEnumerable<ResourceState> Named(PathState path, Value word)
    {
        if (CommandScope.IsId(word) && ResourceIdPattern.From(word)?.Type is { } type)
        {
            return path.World.Find(word, type) is { } state ? [state] : [];
        }

        if (word is ObjectValue map && map.Find("id")?.Value is { } id)
        {
            return Named(path, id);
        }

        // An option with its value in one word: --name=x.
        var text = word switch { StringValue known => known.Text[(known.Text.IndexOf('=', StringComparison.Ordinal) + 1)..], UnknownValue unknown => $"{{{unknown.Expression}}}", _ => Values.Pattern(word) };
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        return text.Contains('{', StringComparison.Ordinal)
            ? path.World.Recent.Where(state => s_types.Contains(state.Type) && state.Pattern?.Name(0) == text)
            : path.World.Named(s_types, text);
    }
}
