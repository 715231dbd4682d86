using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Reads what <c>deploygate inspect --format json</c> printed, <c>deploygate-inspection/v1</c>.</summary>
/// <seealso href="../../../policies/schemas/deploygate-inspection.v1.schema.json"/>
internal static class InspectionReader
{
    private const string Version = "deploygate-inspection/v1";

    private const string Fix = "Give a document of the form deploygate-inspection/v1; policies/schemas describes it.";

    private const int MostContradictions = 10;

    private const string SystemPartition = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";

    private const string BiosBoot = "21686148-6449-6e6f-744e-656564454649";

    /// <summary>Reads a file given by <c>--disk ID=FILE</c>.</summary>
    internal static void ReadGiven(FactsSource source, string of)
    {
        if (string.IsNullOrWhiteSpace(of))
            source.Error(
                source.Root,
                "it is not said which disk this inspection is of",
                "Write --disk ID=FILE, with the id of the disk, snapshot or VM, or the address of the VHD.");
        else if (source.Root is ObjectValue map)
            Read(source, map, Secrets.Clean(of), recordedAt: null);
        else
            source.Error(source.Root, "not an inspection but an array", Fix);
    }

    /// <summary>Reads an inspection given by <c>--state</c>, which has to say itself what it is of.</summary>
    internal static void ReadFound(FactsSource source, ObjectValue map)
    {
        if (map.GetText("disk") is { } disk && !string.IsNullOrWhiteSpace(disk))
            Read(source, map, disk, recordedAt: null);
        else
            source.Error(map, "the inspection does not say which disk it is of: 'disk' is missing", "Give it as --disk ID=FILE.");
    }

    /// <summary>Adds the inspection to the facts, or says why it is none.</summary>
    internal static void Read(FactsSource source, ObjectValue map, string of, DateTimeOffset? recordedAt)
    {
        var schema = map.GetText("schema");
        var isCurrent = string.Equals(schema, Version, StringComparison.OrdinalIgnoreCase);
        if (!isCurrent && schema?.StartsWith("deploygate-inspection/", StringComparison.OrdinalIgnoreCase) == true)
        {
            source.Error(
                map.Get("schema")!,
                $"the inspection has the schema {Words.Quote(schema)}, and this version of DeployGate reads '{Version}' only",
                "Inspect the disk again with this version, or update DeployGate.");
            return;
        }

        // An inspection cut out of a larger document may lack its schema; then its state shows what it is.
        if (!isCurrent && (schema is not null || map.Get("state") is null))
        {
            source.Error(map, $"not an inspection: its 'schema' is not '{Version}'", $"{Fix} Facts files and answers of Azure are given with --state.");
            return;
        }

        var (state, reason) = StateOf(map);
        var readAt = map.Find("readAt") is null ? recordedAt : Timestamps.Read(source, map, "readAt");
        source.Facts.Add(new GuestInspection(Address(of), state, reason, SystemOf(map), ItemsOf(source, map), source.File, readAt) { Layout = LayoutOf(map.Get("partitions")) });
    }

    private static (GuestState State, string Reason) StateOf(ObjectValue map)
    {
        var said = map.GetText("state");
        var state = said?.ToLowerInvariant() switch
        {
            "generalized" => GuestState.Generalized,
            "specialized" => GuestState.Specialized,
            "undeployable" => GuestState.Undeployable,
            _ => GuestState.Unclear,
        };
        var reason = map.GetText("reason") ?? "";
        if (state == GuestState.Unclear && WhyUnclear(said, reason) is { } why)
            reason = reason.Length == 0 ? why : $"{why}; {reason}";
        return (state, WithContradictions(reason, map.Get("contradictions")));
    }

    private static string? WhyUnclear(string? said, string reason) => said?.ToLowerInvariant() switch
    {
        null => "the inspection names no state",
        not "unknown" => $"the inspection names the state {Words.Quote(said)}, which is not known here",
        _ => reason.Length == 0 ? "the inspection could not tell the state" : null,
    };

    // A decided state that something on the disk speaks against is still decided; but whoever reads the reason must see it.
    private static string WithContradictions(string reason, Value? contradictions)
    {
        if (contradictions is not ArrayValue { Items.Length: > 0 } list)
            return reason;
        var said = list.Items.Take(MostContradictions).Select(Describe).Where(text => text.Length > 0).ToList();
        if (list.Items.Length > MostContradictions)
            said.Add($"{list.Items.Length - MostContradictions} more");
        var against = said.Count == 0 ? "contradicted by other evidence" : $"contradicted by: {string.Join("; ", said)}";
        return reason.Length == 0 ? against : $"{reason}; {against}";
    }

    private static string Describe(Value contradiction) => contradiction switch
    {
        ObjectValue map => string.Join(", ", new[] { TextOf(map.Get("place")), TextOf(map.Get("value")), TextOf(map.Get("says")) }.Where(part => part.Length > 0)),
        _ => TextOf(contradiction),
    };

    private static OsType SystemOf(ObjectValue map) => map.GetText("os", "type")?.ToLowerInvariant() switch
    {
        "windows" => OsType.Windows,
        "linux" => OsType.Linux,
        _ => OsType.Unknown,
    };

    private static ImmutableArray<GuestItem> ItemsOf(FactsSource source, ObjectValue map)
    {
        switch (map.Get("evidence"))
        {
            case null:
                return [];
            case ArrayValue list:
                foreach (var bad in list.Items.Where(item => item is not ObjectValue))
                    source.Error(bad, $"the evidence is {Words.KindOf(bad)}, not an object", Fix);
                return [.. list.Items.OfType<ObjectValue>().Select(ItemOf)];
            case var other:
                source.Error(other, $"'evidence' is {Words.KindOf(other)}, not an array", Fix);
                return [];
        }
    }

    private static GuestItem ItemOf(ObjectValue item) => new(TextOf(item.Get("place")), TextOf(item.Get("value")), TextOf(item.Get("says")))
    {
        IsResidue = string.Equals(item.GetText("weight"), "residue", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Types of a GPT are GUIDs, those of the old table two digits. A GPT with partitions for both kinds of firmware tells nothing.</summary>
    private static DiskLayout LayoutOf(Value? partitions)
    {
        var types = (partitions as ArrayValue)?.Items.Select(one => (one as ObjectValue)?.GetText("type")?.ToLowerInvariant() ?? "").ToList() ?? [];
        if (types.Count == 0)
            return DiskLayout.Unknown;

        // 'ee' protects a GPT, and 'ef' is a system partition for UEFI.
        if (types.TrueForAll(type => type.Length == 2))
            return types.Exists(type => type is "ee" or "ef") ? DiskLayout.Unknown : DiskLayout.Bios;
        return types.Contains(SystemPartition) && !types.Contains(BiosBoot) ? DiskLayout.Uefi : DiskLayout.Unknown;
    }

    // Values of a registry are numbers at times.
    private static string TextOf(Value? value) => value switch
    {
        StringValue text => text.Text,
        IntValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue number => number.Lexeme,
        BoolValue truth => truth.IsTrue ? "true" : "false",
        _ => "",
    };

    // An address loses its query, signed or not. A path stays: a pipeline may upload the very file.
    internal static string Address(string of)
    {
        var trimmed = of.Trim();
        if (trimmed.Contains("://", StringComparison.Ordinal))
            return trimmed.Split('?')[0];
        var isId = trimmed.StartsWith("subscriptions/", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("providers/", StringComparison.OrdinalIgnoreCase);
        return isId ? ResourceReader.Normalize(trimmed) : trimmed;
    }
}
