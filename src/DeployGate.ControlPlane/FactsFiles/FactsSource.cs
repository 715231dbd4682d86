using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>One file that is being read: its values, where they stand, and where its facts and errors go.</summary>
internal sealed class FactsSource
{
    /// <summary>
    /// A file of the wrong kind is wrong in each of its elements. After this many errors the rest are only counted.
    /// </summary>
    internal const int MostErrors = 20;

    private readonly SourceText _source;
    private readonly JsonText _json;
    private int _errors;

    private FactsSource(SourceText source, JsonText json, FactsBuilder facts) => (_source, _json, Facts, ShownFile) = (source, json, facts, source.Path);

    internal FactsBuilder Facts { get; }

    internal string File => _source.Path;

    /// <summary>The source as evidence names it: the file, or Azure when the file says that it was recorded there.</summary>
    internal string ShownFile { get; private set; } = "";

    internal Value Root => _json.Root;

    /// <summary>Takes note of what a facts file says of itself.</summary>
    internal void Recorded(DateTimeOffset? at, bool isFromAzure)
    {
        Facts.AddRecord(new FactsRecord(File, at));
        ShownFile = isFromAzure ? FactsDocument.AzureSource : File;
    }

    /// <summary>Parses a file; null when it is not JSON, which is then among the errors.</summary>
    internal static FactsSource? Open(SourceText source, FactsBuilder facts)
    {
        if (JsonText.Parse(source, out var error) is { } json)
            return new FactsSource(source, json, facts);
        facts.Add(error!);
        return null;
    }

    /// <summary>Reports that something at <paramref name="at"/> was left unread.</summary>
    internal void Error(Value at, string message, string fix)
    {
        _errors++;
        if (_errors <= MostErrors)
            Facts.Add(new InputError(File, PositionOf(at), message, fix));
        else if (_errors == MostErrors + 1)
            Facts.Add(new InputError(File, PositionOf(at), $"more than {MostErrors} places of this file could not be read; the others are not listed", fix));
    }

    /// <summary>Remarks on something at <paramref name="at"/> that could be read.</summary>
    internal void Remark(Value at, string message, string fix) =>
        Facts.Add(new InputError(File, PositionOf(at), message, fix, IsUnreadable: false));

    private LinePosition? PositionOf(Value at) => _json.StartOf(at) is { } start ? _source.PositionOf(start) : null;
}
