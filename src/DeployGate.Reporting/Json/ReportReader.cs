using System.Collections.Immutable;
using System.Text.Json;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;

namespace DeployGate.Reporting.Json;

/// <summary>
/// Reads the report of a part (<c>deploygate-report/v1</c> with the member <c>shard</c>) back. Whatever the formats show is there again but for
/// cures that a machine may apply.
/// </summary>
public sealed class ReportReader
{
    private static readonly Dictionary<string, Severity> s_severities = Enum.GetValues<Severity>().ToDictionary(ContractWords.Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, Stage?> s_stages = Enum.GetValues<Stage>().Select(stage => (Stage?)stage).Append(null).DistinctBy(ContractWords.Of).ToDictionary(ContractWords.Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, Outcome> s_outcomes = Enum.GetValues<Outcome>().ToDictionary(ContractWords.Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, OsType> s_osTypes = Enum.GetValues<OsType>().ToDictionary(ContractWords.Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, OsState?> s_states = Enum.GetValues<OsState>().Select(state => (OsState?)state).Append(null).ToDictionary(ContractWords.Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, Verdict> s_verdicts = Enum.GetValues<Verdict>().ToDictionary(ContractWords.Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, SuppressionKind> s_kinds = Enum.GetValues<SuppressionKind>().ToDictionary(ContractWords.Of, StringComparer.Ordinal);

    // What helps, by what is wrong.
    private const string Give = "give the JSON reports that 'check --shard' writes with --report json=FILE";
    private const string Again = "copy it again, or run its part again";
    private const string Changed = "it was changed after it was written, or is of another version: run its part again";

    private readonly ReportFields _fields = new();
    private readonly ReportPlaces _places;

    private ReportReader(ReportPlaces places) => _places = places;

    /// <summary>Reads a report; the error says what is wrong with it, and what helps.</summary>
    /// <param name="bytes">The file's text in UTF-8, of which no copy is made.</param>
    /// <param name="textOf">The text of a file by its path in the report; null where it is not at hand.</param>
    public static (GateReport? Report, string? Error) Read(ReadOnlyMemory<byte> bytes, Func<string, SourceText?> textOf)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Read(document.RootElement, textOf);
        }
        catch (JsonException broken)
        {
            var place = $"line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}";
            return (null, bytes.Span.Trim(" \t\r\n"u8).IsEmpty ? $"it is empty; {Again}" : IsCut(bytes.Span) ? $"it ends in the middle: {place}; {Again}" : $"it is not JSON: {place}; {Give}");
        }
        catch (InvalidOperationException)
        {
            // The way to refuse an escape such as \ud800 without its second half, met only when the string is taken.
            return (null, $"it is not JSON: a string holds an escape that is half a character; {Give}");
        }
    }

    // Nothing is wrong as far as it goes.
    private static bool IsCut(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static (GateReport? Report, string? Error) Read(JsonElement root, Func<string, SourceText?> textOf)
    {
        if (!ReportFields.Has(root, "schema") || root.GetProperty("schema") is not { ValueKind: JsonValueKind.String } schema || schema.GetString() != JsonFormat.Schema)
        {
            return (null, $"it is no report: it has no \"schema\": \"{JsonFormat.Schema}\"; {Give}");
        }

        if (!ReportFields.Has(root, "shard"))
        {
            return (null, $"it tells of a whole run; {Give}");
        }

        if (ReportPlaces.Of(root, textOf) is not { } places)
        {
            return (null, $"it names a line or a column that no file has; {Changed}");
        }

        var reader = new ReportReader(places);
        var report = reader.Report(root);
        return reader._fields.Error is { } error ? (null, $"{error}; {Changed}") : (report, null);
    }

    private GateReport Report(JsonElement root)
    {
        var part = _fields.Object(root, "shard");
        var summary = _fields.Object(root, "summary");
        var elements = _fields.Array(root, "findings", element => element);
        var beside = _fields.Beside(part, "findings", elements);
        var findings = elements.Select((element, index) => (Element: element, Finding: Finding(element, beside[index]))).ToList();
        var uses = _fields.Array(root, "uses", element => element);
        var besideUses = _fields.Beside(part, "uses", uses);
        var errors = _fields.Array(root, "errors", element => element);
        var unreadable = _fields.Beside(part, "unreadable", errors);
        return new GateReport(
            _fields.Text(_fields.Object(root, "tool"), "version"),
            [.. findings.Where(one => !ReportFields.Has(one.Element, "suppressed")).Select(one => one.Finding)],
            [.. uses.Select((element, index) => Use(element, besideUses[index]))],
            [.. errors.Select((element, index) => Error(element, unreadable[index].ValueKind == JsonValueKind.True))],
            _fields.Count(summary, "templates"),
            _fields.Count(summary, "pipelines"))
        {
            Suppressed = [.. findings.Where(one => ReportFields.Has(one.Element, "suppressed")).Select(one => new SuppressedFinding(one.Finding, Suppression(_fields.Object(one.Element, "suppressed"))))],
            Remarks = ReportFields.Has(root, "remarks") ? _fields.Array(root, "remarks", Remark) : [],
            Untouched = ReportFields.Has(summary, "untouched") ? _fields.Count(summary, "untouched") : 0,
            AskedResources = _fields.Count(part, "askedResources"),
            Part = new ReportPart(_fields.Count(part, "index"), _fields.Count(part, "count"), _fields.Text(part, "inputs"))
            {
                UsedWaivers = _fields.Array(part, "usedWaivers", element => Place(element, "location")),
                UnusedWaivers = _fields.Array(part, "unusedWaivers", element => Error(element, isUnreadable: false)),
            },
        };
    }

    private Diagnostic Finding(JsonElement json, JsonElement beside) => new()
    {
        Rule = Rule(json, beside),
        Severity = _fields.Word(json, "severity", s_severities),
        Stage = _fields.Word(json, "stage", s_stages),
        Outcome = _fields.Word(json, "outcome", s_outcomes),
        OsType = _fields.Word(json, "osType", s_osTypes),
        Declared = _fields.Word(json, "declared", s_states),
        Actual = _fields.Text(json, "actual"),
        Message = _fields.Text(json, "message"),
        Location = Place(json, "location"),
        Subject = ReportFields.Has(beside, "subject") ? Place(_fields.Object(beside, "subject"), "location") : null,
        Label = _fields.Text(beside, "label"),
        Related = _fields.Array(json, "related", related => new RelatedPlace(Place(related, "location"), _fields.Text(related, "message"))),
        Evidence = _fields.Array(json, "evidence", item => new EvidenceItem(_fields.Text(item, "place"), _fields.Text(item, "value"), _fields.Time("readAt", _fields.TextOrNull(item, "readAt")))),
        Lineage = Lineage(json, beside),
        Why = _fields.Text(json, "why"),
        AzureAnswer = _fields.TextOrNull(json, "azure"),
        Fix = _fields.Text(json, "fix"),
        Fingerprint = _fields.Text(json, "fingerprint"),
        ParameterFiles = _fields.Array(json, "parameterFiles", TextOf),
    };

    private RuleDescriptor Rule(JsonElement json, JsonElement beside) => RuleCatalog.Find(_fields.Text(json, "rule"))?.Descriptor
        ?? new RuleDescriptor(
            _fields.Text(json, "rule"),
            _fields.Text(json, "name"),
            _fields.Word(beside, "defaultSeverity", s_severities),
            [],
            _fields.Word(json, "outcome", s_outcomes),
            _fields.Text(beside, "summary"))
        {
            Page = _fields.Text(json, "help"),
        };

    private ImmutableArray<LineageStep> Lineage(JsonElement json, JsonElement times)
    {
        var steps = _fields.Array(json, "lineage", step => new LineageStep(_fields.Text(step, "kind"), _fields.Text(step, "id"), _fields.Text(step, "state"), _fields.TextOrNull(step, "from")));
        var readAt = _fields.Beside(times, "readAt", steps);
        return [.. steps.Select((step, index) => step with { ReadAt = _fields.Time("readAt", TextOf(readAt[index])) })];
    }

    private UseReport Use(JsonElement json, JsonElement beside) => new(
        Place(json, "location"),
        _fields.Word(json, "stage", s_stages) ?? default,
        _fields.Text(json, "image"),
        _fields.Word(json, "declared", s_states),
        _fields.Text(json, "actual"),
        _fields.Word(json, "verdict", s_verdicts))
    {
        OsType = _fields.Word(beside, "osType", s_osTypes),
        Lineage = Lineage(beside, beside),
    };

    private Suppression Suppression(JsonElement json)
    {
        var day = _fields.TextOrNull(json, "expires");
        if (day is not null && !DateOnly.TryParseExact(day, "yyyy-MM-dd", out _))
        {
            _fields.Fail("expires", "a day, yyyy-MM-dd");
            day = null;
        }

        return new Suppression(
            _fields.Word(json, "kind", s_kinds),
            _fields.Text(json, "reason"),
            day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ReportFields.Has(json, "location") ? Place(json, "location") : null);
    }

    private InputError Error(JsonElement json, bool isUnreadable) =>
        new(_fields.Text(json, "file"), _fields.Position(json), _fields.Text(json, "message"), _fields.Text(json, "fix"), isUnreadable);

    private StepRemark Remark(JsonElement json) => new(Place(json, "location"), _fields.Text(json, "message"), _fields.Text(json, "code"));

    private Place Place(JsonElement holder, string name)
    {
        if (_places.At(_fields.Object(holder, name)) is { } place)
        {
            return place;
        }

        _fields.Fail(name, "a place: file, line, column, endLine and endColumn");
        return new Place(new SourceText("", ""), new TextSpan(0, 0));
    }

    private static string TextOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
}
