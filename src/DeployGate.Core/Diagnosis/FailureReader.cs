using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.Core.Diagnosis;

/// <summary>
/// Finds in Azure's JSON what tells of a failure: statuses of instance views, errors with their details, events of the
/// activity log, and the machine itself. The shapes differ by tool and by operation; what they are made of does not.
/// </summary>
public sealed class FailureReader
{
    private const int MostLevels = 100;
    private const int MostSymptoms = 200;

    private readonly ImmutableArray<Symptom>.Builder _symptoms = ImmutableArray.CreateBuilder<Symptom>();
    private readonly List<HistoryEvent> _history = [];
    private FailureRecord _record;

    private FailureReader(string subject) => _record = new FailureRecord { Subject = subject };

    /// <summary>Reads documents about one failure.</summary>
    /// <param name="subject">The machine's id, or the name of the document.</param>
    /// <param name="documents">Each document with the name under which reports show it.</param>
    /// <param name="inspections">Inspections of the machine's disk.</param>
    public static FailureRecord Read(string subject, IEnumerable<(string Name, Value Root)> documents, ImmutableArray<GuestInspection> inspections)
    {
        var reader = new FailureReader(subject);
        foreach (var (name, root) in documents)
        {
            reader.Walk(root, name, null, 0);
        }

        return reader._record with
        {
            Symptoms = [.. reader._symptoms.Distinct()],
            History = [.. reader._history.Distinct().OrderBy(one => one.At)],
            Inspections = inspections,
        };
    }

    private void Walk(Value value, string place, DateTimeOffset? at, int level)
    {
        if (level > MostLevels)
        {
            return;
        }

        switch (value)
        {
            case ArrayValue list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    Walk(list.Items[i], string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"), at, level + 1);
                }

                break;
            case ObjectValue map:
                at = TimeOf(map) ?? at;
                ReadMachine(map);
                ReadEvent(map, place, at);
                ReadSymptom(map, place, at);
                foreach (var member in map.Members)
                {
                    Walk(member.Value, place.EndsWith(':') ? $"{place} {member.Name}" : $"{place}.{member.Name}", at, level + 1);
                }

                break;
        }
    }

    private void ReadSymptom(ObjectValue map, string place, DateTimeOffset? at)
    {
        if (map.GetText("code") is not { } code)
        {
            return;
        }

        if (code.StartsWith("OSState/generalized", StringComparison.OrdinalIgnoreCase))
        {
            _record = _record with { Mark = AzureMark.Generalized, MarkStatus = $"{code} ({place})" };
        }

        // A status says what it is about before its code, and only failures carry a code of their own.
        var isStatus = code.Contains('/', StringComparison.Ordinal);
        var isFailure = !isStatus || code.Contains("/failed/", StringComparison.OrdinalIgnoreCase) || string.Equals(map.GetText("level"), "Error", StringComparison.OrdinalIgnoreCase);
        if (isFailure && _symptoms.Count < MostSymptoms)
        {
            _symptoms.Add(new Symptom(code[(code.LastIndexOf('/') + 1)..], map.GetText("message") ?? "", place, at));
        }
    }

    private void ReadEvent(ObjectValue map, string place, DateTimeOffset? at)
    {
        if (Text(map, "operationName") is { } operation && (map.Get("eventTimestamp") ?? map.Get("eventDataId")) is not null)
        {
            _history.Add(new HistoryEvent(operation, Text(map, "status") ?? "", place, at));
        }
    }

    private void ReadMachine(ObjectValue map)
    {
        if ((map.Get("properties", "storageProfile") ?? map.Get("storageProfile")) is not ObjectValue storage)
        {
            return;
        }

        var osType = storage.GetText("osDisk", "osType")?.ToLowerInvariant() switch { "windows" => OsType.Windows, "linux" => OsType.Linux, _ => _record.OsType };
        var image = storage.Get("imageReference") as ObjectValue;
        var name = image?.GetText("publisher") is { } publisher
            ? $"{publisher}:{image.GetText("offer")}:{image.GetText("sku")}:{image.GetText("exactVersion") ?? image.GetText("version")}"
            : _record.MarketplaceImage;
        _record = _record with { OsType = osType, MarketplaceImage = name };
    }

    // Activity logs give a name as {"value": …, "localizedValue": …} or as a string.
    private static string? Text(ObjectValue map, string name) => map.GetText(name) ?? map.GetText(name, "value");

    private static DateTimeOffset? TimeOf(ObjectValue map) =>
        DateTimeOffset.TryParse(map.GetText("eventTimestamp") ?? map.GetText("timestamp") ?? map.GetText("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
