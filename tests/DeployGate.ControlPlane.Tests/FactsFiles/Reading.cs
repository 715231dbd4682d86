using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Assessment;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Tests.FactsFiles;

/// <summary>Reads texts, and says in one line each what came of them.</summary>
internal static class Reading
{
    internal const string Compute = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-images/providers/Microsoft.Compute";

    internal const string Accepted =
        "Give a facts file (deploygate-facts/v1), an inspection (deploygate-inspection/v1), or Azure's own JSON with ids: "
        + "'az … show -o json', 'az vm get-instance-view -o json' or the REST API's answer; one object, an array or a list.";

    internal static FactsRead Of(params string[] texts) =>
        FactsReader.Read([.. texts.Select((text, i) => new SourceText($"state{i + 1}.json", text))], []);

    internal static FactsRead OfDisk(string of, string text) => FactsReader.Read([], [new GivenInspection(of, new SourceText("disk.json", text))]);

    /// <summary>The facts of a text that must be read without an error or a remark.</summary>
    internal static Facts Clean(params string[] texts)
    {
        var read = Of(texts);
        Assert.Empty(read.Errors);
        return read.Facts;
    }

    internal static FactResource OnlyResource(string text) => Assert.Single(Clean(text).Resources);

    internal static string Line(InputError error) =>
        $"{error.File}{(error.Position is { } at ? $":{at.Line}:{at.Column}" : "")}: {(error.IsUnreadable ? "error" : "remark")}: {error.Message} | {error.Fix}";

    /// <summary>A value with its members sorted and in lower case: two answers that say the same have the same text.</summary>
    internal static string Canonical(Value value) => value switch
    {
        ObjectValue map => $"{{{string.Join(",", map.Members.Select(member => $"{member.Name.ToLowerInvariant()}:{Canonical(member.Value)}").Order(StringComparer.Ordinal))}}}",
        ArrayValue list => $"[{string.Join(",", list.Items.Select(Canonical))}]",
        StringValue text => $"\"{text.Text}\"",
        IntValue number => $"{number.Number}",
        FloatValue number => number.Lexeme,
        BoolValue truth => truth.IsTrue ? "true" : "false",
        _ => "null",
    };

    /// <summary>Everything a reading holds, for searches.</summary>
    internal static string All(FactsRead read) => string.Join(
        '\n',
        [
            .. read.Facts.Resources.Select(resource => $"{resource.Id} {resource.Type} {Canonical(resource.Body)}"),
            .. read.Facts.Absent.Select(absent => absent.Id),
            .. read.Facts.Disks.Select(disk => $"{disk.Of} {disk.Reason} {string.Join(" ", disk.Items)}"),
            .. read.Errors.Select(Line),
        ]);
}
