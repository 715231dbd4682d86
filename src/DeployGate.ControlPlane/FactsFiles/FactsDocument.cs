using DeployGate.Core.Assessment;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Reads a facts file, <c>deploygate-facts/v1</c>.</summary>
/// <seealso href="../../../policies/schemas/deploygate-facts.v1.schema.json"/>
internal static class FactsDocument
{
    private const string Fix = "Write it as policies/schemas/deploygate-facts.v1.schema.json says, or record the facts again.";

    /// <summary>The <c>source</c> of a file that was recorded from Azure, by which reports then name it.</summary>
    internal const string AzureSource = "Azure";

    internal static void Read(FactsSource source, ObjectValue map)
    {
        var recordedAt = Timestamps.Read(source, map, "recordedAt");
        source.Recorded(recordedAt, isFromAzure: map.GetText("source") == AzureSource);
        foreach (var resource in List(source, map, "resources"))
        {
            if (resource is ObjectValue body)
                ResourceReader.Read(source, body, recordedAt);
            else
                source.Error(resource, $"the resource is {Words.KindOf(resource)}, not an object", Fix);
        }

        foreach (var absent in List(source, map, "absent"))
        {
            if (absent is StringValue { Text: var id } && !string.IsNullOrWhiteSpace(id))
                source.Facts.Add(new AbsentFact(ResourceReader.Normalize(id), source.ShownFile, recordedAt));
            else
                source.Error(absent, $"the element of 'absent' is {(absent is StringValue ? "empty" : Words.KindOf(absent))}, not a resource's id", Fix);
        }

        foreach (var parent in List(source, map, "listed").OfType<StringValue>())
            source.Facts.AddListed(ResourceReader.Normalize(parent.Text));
        foreach (var one in List(source, map, "unreadable"))
        {
            if ((one as ObjectValue)?.GetText("id") is { } id && !string.IsNullOrWhiteSpace(id))
                source.Facts.Add(new UnreadableFact(ResourceReader.Normalize(id), ((ObjectValue)one).GetText("reason") ?? "no reason was recorded", source.ShownFile, recordedAt));
            else
                source.Error(one, "the element of 'unreadable' does not say which resource it is: it has no 'id'", Fix);
        }

        foreach (var disk in List(source, map, "disks"))
            ReadDisk(source, disk, recordedAt);
    }

    private static void ReadDisk(FactsSource source, Value disk, DateTimeOffset? recordedAt)
    {
        if (disk is not ObjectValue map)
        {
            source.Error(disk, $"the element of 'disks' is {Words.KindOf(disk)}, not an object", Fix);
            return;
        }

        var inspection = map.Get("inspection");
        if (map.Get("of") is not StringValue { Text: var of } || string.IsNullOrWhiteSpace(of))
            source.Error(map.Get("of") ?? map, "the element of 'disks' does not say which disk it is: 'of' must be an id or an address", Fix);
        else if (inspection is ObjectValue body)
            InspectionReader.Read(source, body, of, recordedAt);
        else
            source.Error(inspection ?? map, $"the inspection of {Words.Quote(of)} is {Words.KindOf(inspection ?? NullValue.Instance)}, not an object", Fix);
    }

    private static IEnumerable<Value> List(FactsSource source, ObjectValue map, string name)
    {
        switch (map.Get(name))
        {
            case null:
                return [];
            case ArrayValue list:
                return list.Items;
            case var other:
                source.Error(other, $"'{name}' is {Words.KindOf(other)}, not an array", Fix);
                return [];
        }
    }
}
