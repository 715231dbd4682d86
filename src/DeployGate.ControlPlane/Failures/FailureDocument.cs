using System.Collections.Immutable;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Assessment;
using DeployGate.Core.Diagnosis;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Failures;

/// <summary>The failures that a document tells of, or why it could not be read.</summary>
public sealed record FailuresRead(ImmutableArray<FailureRecord> Records, ImmutableArray<InputError> Errors);

/// <summary>
/// Reads what people keep of a failure: an instance view, the error of a deployment, its operations, an activity log, a facts
/// file. Azure puts JSON into strings of JSON at times; they are read as well.
/// </summary>
public static class FailureDocument
{
    private const int MostNested = 4;

    /// <summary>Reads a document: one failure, or one for each machine of a facts file.</summary>
    public static FailuresRead Read(SourceText source)
    {
        if (JsonText.Parse(source, out var error) is not { Root: var root })
        {
            return new FailuresRead([], [error!]);
        }

        var isOwn = (root as ObjectValue)?.GetText("schema")?.StartsWith("deploygate-", StringComparison.OrdinalIgnoreCase) == true;
        if (!isOwn)
        {
            return new FailuresRead([FailureReader.Read(SubjectOf(root) ?? source.Path, [($"{source.Path}:", Unfold(root, 0))], [])], []);
        }

        var read = FactsReader.Read([source], []);
        return new FailuresRead(Of(read.Facts, source.Path), read.Errors);
    }

    /// <summary>The failures of the machines that facts show; without machines, what the inspections tell.</summary>
    public static ImmutableArray<FailureRecord> Of(Facts facts, string name)
    {
        var machines = facts.Resources.Where(fact => string.Equals(fact.Type, ArtifactTypes.VirtualMachine, StringComparison.OrdinalIgnoreCase)).ToLookup(fact => fact.Id, StringComparer.OrdinalIgnoreCase);
        return machines.Count == 0
            ? [FailureReader.Read(name, [], facts.Disks)]
            : [.. machines.Select(machine => FailureReader.Read(
                machine.Key,
                machine.Select(fact => ($"{fact.File}: {fact.Id.Split('/')[^1]}:", Unfold(fact.Body, 0))),
                [.. facts.Disks.Where(disk => machine.Any(fact => IsOf(disk, fact)))]))];
    }

    /// <summary>A machine's failure with its activity log.</summary>
    public static FailureRecord Of(FactResource machine, Value? history) => FailureReader.Read(
        machine.Id,
        history is null ? [($"{machine.File}:", machine.Body)] : [($"{machine.File}:", machine.Body), ("activity log:", Unfold(history, 0))],
        []);

    private static bool IsOf(GuestInspection disk, FactResource machine) =>
        new[] { machine.Id, machine.Body.GetText("properties", "storageProfile", "osDisk", "managedDisk", "id"), machine.Body.GetText("properties", "storageProfile", "osDisk", "vhd", "uri") }
            .Contains(disk.Of, StringComparer.OrdinalIgnoreCase);

    private static string? SubjectOf(Value root) => root is ObjectValue map ? map.GetText("id") ?? map.GetText("resourceId") : null;

    private static Value Unfold(Value value, int nested) => value switch
    {
        StringValue text when nested < MostNested && text.Text.AsSpan().TrimStart() is ['{' or '[', ..] && JsonText.Parse(new SourceText("", text.Text), out _) is { } inner => Unfold(inner.Root, nested + 1),
        ArrayValue list => new ArrayValue([.. list.Items.Select(item => Unfold(item, nested))]),
        ObjectValue map => new ObjectValue([.. map.Members.Select(member => member with { Value = Unfold(member.Value, nested) })]),
        _ => value,
    };
}
