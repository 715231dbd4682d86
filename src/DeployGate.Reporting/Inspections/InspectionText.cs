using System.Globalization;
using DeployGate.Core.Images;
using DeployGate.Core.Inspections;

namespace DeployGate.Reporting.Inspections;

/// <summary>Prints an inspection for people: the answer first, then what it rests on.</summary>
public static class InspectionText
{
    private const double MiB = 1 << 20;

    /// <summary>Writes the answer.</summary>
    public static void Write(TextWriter output, DiskInspection inspection)
    {
        var lines = new LineWriter(output);
        lines.Add($"{SafeText.Line(inspection.Disk)}: {InspectionJson.WordOf(inspection.State)}");
        lines.Add($"  = why: {SafeText.Line(inspection.Reason)}");
        if (inspection.System.Type != OsType.Unknown)
        {
            lines.Add($"  = system: {SafeText.Line(SystemOf(inspection.System))}");
        }

        foreach (var item in inspection.Evidence)
        {
            lines.Add($"  = {WordOf(item.Weight)}: {Item(item)}");
        }

        foreach (var item in inspection.Contradictions)
        {
            lines.Add($"  = against: {Item(item)}");
        }

        foreach (var remark in inspection.Remarks)
        {
            lines.Add($"  = note: {SafeText.Line(remark)}");
        }

        if (inspection.Container is { } container)
        {
            lines.Add($"  = disk: {container}{string.Concat(inspection.Partitions.Select(Partition))}");
        }

        lines.Add(FormattableString.Invariant($"  = read: {inspection.BytesRead} bytes in {inspection.Requests} requests"));
    }

    private static string WordOf(EvidenceWeight weight) => weight switch
    {
        EvidenceWeight.Residue => "left behind",
        EvidenceWeight.Informative => "seen",
        _ => "evidence",
    };

    private static string Item(GuestEvidence item) => item.Says.Length == 0
        ? $"{SafeText.Line(item.Value)} ({SafeText.Line(item.Place)})"
        : $"{SafeText.Line(item.Value)} ({SafeText.Line(item.Place)}): {SafeText.Line(item.Says)}";

    private static string Partition(InspectedPartition partition) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(partition.Index == 0 ? ", no partition table" : $", partition {partition.Index}")}: {partition.FileSystem ?? "nothing known"} ({partition.Length / MiB:0.#} MiB)");

    private static string SystemOf(GuestSystem system)
    {
        var parts = new List<string> { system.Product ?? $"{system.Type}" };
        if (system.Version is not null)
        {
            parts.Add(system.Version);
        }

        if (system.ComputerName is not null)
        {
            parts.Add($"named '{system.ComputerName}'");
        }

        if (system.VmId is not null)
        {
            parts.Add($"provisioned as VM {system.VmId}");
        }

        return string.Join(", ", parts);
    }
}
