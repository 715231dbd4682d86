using System.Globalization;
using DeployGate.Core.Images;
using DeployGate.Core.Inspections;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting.Inspections;

/// <summary>Prints an inspection for people: the answer first, then tables of what it rests on and of what the disk holds.</summary>
public static class InspectionText
{
    private const double MiB = 1 << 20;

    /// <summary>Writes the answer; tables in lines of at most <paramref name="width"/> columns.</summary>
    public static void Write(TextWriter output, DiskInspection inspection, int width)
    {
        var lines = new LineWriter(output);
        lines.Add($"{SafeText.Line(inspection.Disk)}: {InspectionJson.WordOf(inspection.State)}");
        lines.Add($"  = why: {SafeText.Line(inspection.Reason)}");
        if (inspection.System.Type != OsType.Unknown)
            lines.Add($"  = system: {SafeText.Line(SystemOf(inspection.System))}");

        foreach (var remark in inspection.Remarks)
            lines.Add($"  = note: {SafeText.Line(remark)}");

        if (inspection.Container is { } container)
            lines.Add($"  = disk: {container}");
        lines.Add(FormattableString.Invariant($"  = read: {inspection.BytesRead} bytes in {inspection.Requests} requests"));

        IReadOnlyList<IReadOnlyList<string>> seen = [.. inspection.Evidence.Select(item => Row(WordOf(item.Weight), item)), .. inspection.Contradictions.Select(item => Row("against", item))];
        if (seen.Count > 0)
        {
            lines.Part();
            TextTable.Write(output, ["seen", "value", "says", "place"], seen, width);
        }

        if (!inspection.Partitions.IsEmpty)
        {
            lines.Part();
            TextTable.Write(output, ["partition", "file system", "size"], inspection.Partitions.Select(Row), width);
        }
    }

    private static string WordOf(EvidenceWeight weight) => weight switch
    {
        EvidenceWeight.Residue => "left behind",
        EvidenceWeight.Informative => "beside it",
        _ => "evidence",
    };

    private static IReadOnlyList<string> Row(string word, GuestEvidence item) => [word, item.Value, item.Says, item.Place];

    private static IReadOnlyList<string> Row(InspectedPartition partition) =>
    [
        partition.Index == 0 ? "whole disk" : partition.Index.ToString(CultureInfo.InvariantCulture),
        partition.FileSystem ?? "nothing known",
        string.Create(CultureInfo.InvariantCulture, $"{partition.Length / MiB:0.#} MiB"),
    ];

    private static string SystemOf(GuestSystem system)
    {
        var parts = new List<string> { system.Product ?? $"{system.Type}" };
        if (system.Version is not null)
            parts.Add(system.Version);
        if (system.ComputerName is not null)
            parts.Add($"named '{system.ComputerName}'");
        if (system.VmId is not null)
            parts.Add($"provisioned as VM {system.VmId}");
        return string.Join(", ", parts);
    }
}
