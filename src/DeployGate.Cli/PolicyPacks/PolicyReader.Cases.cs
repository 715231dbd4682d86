using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DeployGate.Core.Policies;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>The cases by which a policy is tested.</summary>
internal sealed partial class PolicyReader
{
    private ImmutableArray<PolicyCase> Cases(YamlMapping policy, PolicyMode mode)
    {
        if (policy["cases"] is not { } node || node is YamlSequence { Items.IsEmpty: true })
        {
            _mistakes.Add(new PolicyMistake(policy.Entries.IsEmpty ? policy.Place : policy.Entries[0].Key.Place, "the policy has no cases: nothing shows that it does what it says", "Add 'cases:' with an input that it refuses, and one that it lets pass.", IsWarning: true));
            return [];
        }

        if (node is not YamlSequence list)
        {
            Wrong(node.Place, "'cases' must be a list", "Write each case below it with '- name: …'.");
            return [];
        }

        return [.. list.Items.Take(MostPolicies).Select(item => Case(item, mode)).OfType<PolicyCase>()];
    }

    private PolicyCase? Case(YamlNode node, PolicyMode mode)
    {
        if (node is not YamlMapping map)
        {
            Wrong(node.Place, "a case is a map", $"Its keys: {string.Join(", ", PolicyKeys.Case)}.");
            return null;
        }

        Keys(map, PolicyKeys.Case, "a case");
        var name = Text(map, "name", isRequired: true);
        var expect = Word(map, "expect", PolicyKeys.Expectations);
        var inputs = map.Entries.Where(entry => entry.Key.Value is "template" or "resource" or "use").ToList();
        if (inputs is not [var input])
        {
            Wrong(inputs.Count == 0 ? map.Entries[0].Key.Place : inputs[1].Key.Place, inputs.Count == 0 ? "the case has no input" : $"the case has two inputs: '{inputs[0].Key.Value}' and '{inputs[1].Key.Value}'", "Give it one of template, resource and use.");
            return null;
        }

        if (input.Key.Value == "use" && mode == PolicyMode.Resources)
        {
            Wrong(input.Key.Place, "a policy over resources is not asked about a use", "Give the case a resource or a template.");
        }

        var now = NowOf(map);
        return name is null || expect is null ? null : Filled(new PolicyCase { Name = name.Value, Expect = expect, Place = name.Place, Now = now, Facts = map["facts"] is { } facts ? Json(facts, "facts.json") : null }, input);
    }

    private PolicyCase? Filled(PolicyCase one, YamlEntry input)
    {
        switch (input.Key.Value, input.Value)
        {
            case ("template", YamlScalar { Value.Length: > 0 } text):
                var isJson = text.Value.AsSpan().TrimStart() is ['{', ..];
                return one with { Template = new SourceText(isJson ? "case.json" : "case.bicep", text.Value) };
            case ("template", YamlMapping map):
                return one with { Template = Json(map, "case.json") };
            case ("resource", YamlMapping map):
                return one with { Template = new SourceText("case.json", $$"""{"resources":[{{Json(map, "case.json").Content}}]}""") };
            case ("use", YamlMapping map):
                CheckUse(map);
                return one with { Use = Open(PolicyYaml.ValueOf(map), "use", "origin") };
            default:
                Wrong(input.Value.Place, $"'{input.Key.Value}' must be {(input.Key.Value == "template" ? "a template: Bicep, or ARM JSON" : "a map")}", "See docs/policies.md for cases.");
                return null;
        }
    }

    // What a case leaves out is not known; a resource in it is whole.
    private static ObjectValue Open(Value value, string name, string inner)
    {
        var map = value as ObjectValue ?? ObjectValue.Empty;
        var members = map.Members.Select(member => member.Name == inner && member.Value is ObjectValue ? member with { Value = Open(member.Value, inner, "") } : member);
        return new ObjectValue([.. members], new UnknownValue(UnknownReason.ExternalInput, name, "the case does not say it"));
    }

    private void CheckUse(YamlMapping map)
    {
        string[] known = [.. PolicyKeys.UseFields.Where(field => !field.Contains('[', StringComparison.Ordinal) && !field.StartsWith("origin.", StringComparison.Ordinal)), "lineage", "evidence"];
        Keys(map, known, "a use");
    }

    private DateTimeOffset? NowOf(YamlMapping map)
    {
        switch (map["now"])
        {
            case null:
                return null;
            case YamlScalar scalar when DateTimeOffset.TryParse(scalar.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var now):
                return now;
            case var other:
                Wrong(other.Place, "'now' must be a time", "Write it like 2026-11-20T10:00:00Z.");
                return null;
        }
    }

    private static SourceText Json(YamlNode node, string path)
    {
        if (node is YamlScalar scalar)
        {
            return new SourceText(path, scalar.Value);
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            PolicyYaml.WriteJson(json, node);
        }

        return new SourceText(path, Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
