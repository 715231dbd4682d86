using System.Collections.Immutable;
using DeployGate.Cli.Configuration;
using DeployGate.Core.Policies;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>Reads a policy file. Never fails: what is wrong is told, each at its place, and what is right is still read.</summary>
internal sealed partial class PolicyReader
{
    private const int MostPolicies = 1_000;
    private const int LongestText = 2_000;

    private readonly List<PolicyMistake> _mistakes = [];
    private readonly List<TestedPolicy> _policies = [];

    private PolicyReader()
    {
    }

    internal static PolicyDocument Read(SourceText source)
    {
        var reader = new PolicyReader();
        var document = YamlDocument.Read(source);
        if (document.Problem is { } problem)
        {
            reader._mistakes.Add(new PolicyMistake(problem.At, problem.Message, problem.Fix));
        }
        else if (document.FirstAlias is { } alias)
        {
            reader._mistakes.Add(new PolicyMistake(alias, "aliases are not read in policies", "Write what is meant."));
        }
        else
        {
            reader.File(document.Root, new Place(source, new TextSpan(0, 0)));
        }

        ImmutableArray<PolicyMistake> mistakes = [.. reader._mistakes.OrderBy(mistake => mistake.Place.Span.Start).Distinct()];
        return new PolicyDocument(source, [.. reader._policies], mistakes);
    }

    private void File(YamlNode? root, Place start)
    {
        if (root is not YamlMapping map)
        {
            Wrong(root?.Place ?? start, "a policy file is a map with 'version' and 'policies'", "Begin it with 'version: 1'.");
            return;
        }

        CheckTags(map);
        Keys(map, PolicyKeys.File, "a policy file");
        if (map["version"] is not YamlScalar { Value: "1" })
        {
            Wrong(map["version"]?.Place ?? map.Place with { Span = new TextSpan(map.Place.Span.Start, 0) }, "the version of the file is not 1", "Write 'version: 1'.");
        }

        if (map["policies"] is not YamlSequence { Items: { Length: > 0 } items })
        {
            Wrong(map["policies"]?.Place ?? map.Place with { Span = new TextSpan(map.Place.Span.Start, 0) }, "'policies' must be a list of policies", "Write 'policies:', and each policy below it with '- id: …'.");
            return;
        }

        if (items.Length > MostPolicies)
        {
            Wrong(items[MostPolicies].Place, $"the file holds more than {MostPolicies} policies", "Split the file.");
        }

        foreach (var item in items.Take(MostPolicies))
        {
            Policy(item);
        }
    }

    private void Policy(YamlNode node)
    {
        if (node is not YamlMapping map)
        {
            Wrong(node.Place, "a policy is a map", $"Its keys: {string.Join(", ", PolicyKeys.Policy)}.");
            return;
        }

        var before = _mistakes.Count;
        Keys(map, PolicyKeys.Policy, "a policy");
        var id = Id(map);
        var name = Text(map, "name", isRequired: true);
        if (name is not null && !name.Value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            Wrong(name.Place, $"the name '{PolicyExpressions.Cut(name.Value)}' has other characters than lower-case letters, digits and hyphens", "Write it like 'images-from-our-gallery'.");
        }

        var description = Text(map, "description", isRequired: true);
        var mode = Word(map, "mode", PolicyKeys.Modes) == "resources" ? PolicyMode.Resources : PolicyMode.Uses;
        var expressions = new PolicyExpressions(mode, _mistakes);
        var condition = Condition(Required(map, "if", "the condition that must not hold"), expressions, 0);
        var effect = Effect(map);
        var message = Text(map, "message", isRequired: false) is { } text ? expressions.Text(text) : null;
        var fix = Text(map, "fix", isRequired: false);
        var isRight = _mistakes.Skip(before).All(mistake => mistake.IsWarning);
        var cases = Cases(map, mode);
        if (isRight && condition is not null && id is not null)
        {
            _policies.Add(new TestedPolicy(new Policy
            {
                Id = id.Value,
                Name = name!.Value,
                Description = description!.Value,
                Mode = mode,
                If = condition,
                Effect = effect,
                Message = message,
                Fix = fix?.Value ?? "",
                Place = id.Place,
            }, cases));
        }
    }

    private YamlScalar? Id(YamlMapping map)
    {
        if (Text(map, "id", isRequired: true) is not { } id)
        {
            return null;
        }

        var isWord = id.Value.Length <= 40 && id.Value.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(id.Value[0]) && id.Value.Any(char.IsAsciiDigit);
        if (!isWord || id.Value.StartsWith("DG", StringComparison.OrdinalIgnoreCase))
        {
            Wrong(id.Place, $"the id '{PolicyExpressions.Cut(id.Value)}' is not letters and then digits{(isWord ? ": ids that begin with DG are the tool's own" : "")}", "Write an id of your own: CONTOSO001.");
        }

        if (_policies.Any(other => string.Equals(other.Policy.Id, id.Value, StringComparison.OrdinalIgnoreCase)))
        {
            Wrong(id.Place, $"the id '{id.Value}' is used twice", "Give each policy an id of its own.");
        }

        return id;
    }

    private PolicyEffect Effect(YamlMapping map)
    {
        switch (Required(map, "then", "what becomes of it: { effect: deny }"))
        {
            case YamlMapping then:
                Keys(then, PolicyKeys.Then, "'then'");
                return Word(then, "effect", PolicyKeys.Effects) switch
                {
                    "audit" => PolicyEffect.Audit,
                    "disabled" => PolicyEffect.Disabled,
                    _ => PolicyEffect.Deny,
                };
            case { } other:
                Wrong(other.Place, "'then' is a map", "Write 'then: { effect: deny }'.");
                return PolicyEffect.Deny;
            default:
                return PolicyEffect.Deny;
        }
    }

    private void Keys(YamlMapping map, IReadOnlyCollection<string> known, string what)
    {
        foreach (var (key, meant) in YamlShape.UnknownKeys(map, known))
        {
            Wrong(key.Place, $"{what} has no key '{PolicyExpressions.Cut(key.Value)}'", meant is null ? $"Its keys: {string.Join(", ", known)}." : $"Did you mean '{meant}'?");
        }
    }

    private YamlNode? Required(YamlMapping map, string key, string what)
    {
        if (map[key] is { } node)
        {
            return node;
        }

        Wrong(map.Place with { Span = new TextSpan(map.Place.Span.Start, 0) }, $"'{key}' is missing: {what}", $"Add '{key}:'.");
        return null;
    }

    private YamlScalar? Text(YamlMapping map, string key, bool isRequired)
    {
        var node = isRequired ? Required(map, key, "a text") : map[key];
        if (node is null || YamlShape.Scalar(node, text => text.Value.Length is > 0 and <= LongestText ? text : null) is not null)
        {
            return node as YamlScalar;
        }

        Wrong(node.Place, $"'{key}' must be a text of 1 to {LongestText} characters", "Write one sentence.");
        return null;
    }

    private string? Word(YamlMapping map, string key, IReadOnlyCollection<string> words)
    {
        var node = Required(map, key, $"one of {string.Join(", ", words)}");
        if (node is null)
        {
            return null;
        }

        if (YamlShape.IsWord(node, words, out var meant))
        {
            return ((YamlScalar)node).Value;
        }

        Wrong(node.Place, $"'{key}' must be one of {string.Join(", ", words)}", meant is null ? "Write one of these words." : $"Did you mean '{meant}'?");
        return null;
    }

    // A tag would make another value of what stands there, and the values of policies have no need of it.
    private void CheckTags(YamlNode node)
    {
        var span = node.Place.Span;
        if (span.Length > 0 && node.Place.Source.Content[span.Start] is '!' or '&')
        {
            Wrong(node.Place with { Span = new TextSpan(span.Start, 1) }, "tags and anchors are not read in policies", "Remove it.");
        }

        foreach (var child in node switch { YamlMapping map => map.Entries.Select(entry => entry.Value), YamlSequence list => list.Items, _ => [] })
        {
            CheckTags(child);
        }
    }

    private void Wrong(Place place, string message, string fix)
    {
        // A file of thousands of mistakes is one that is no policy file.
        if (_mistakes.Count < 100)
        {
            _mistakes.Add(new PolicyMistake(place, message, fix));
        }
    }
}
