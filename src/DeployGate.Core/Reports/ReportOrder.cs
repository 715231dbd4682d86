using DeployGate.Core.Text;

namespace DeployGate.Core.Reports;

/// <summary>The order in which reports show findings and errors, however they were found. One comparison for each, because a chain of keys makes a type for each key.</summary>
internal sealed class ReportOrder : IComparer<Diagnostic>, IComparer<InputError>
{
    internal static ReportOrder Instance { get; } = new();

    /// <summary>Errors first, then by file and place.</summary>
    public int Compare(Diagnostic? x, Diagnostic? y) => (x, y) switch
    {
        (null, _) or (_, null) => (x is null ? 0 : 1) - (y is null ? 0 : 1),
        _ => First(
            (int)y.Severity - (int)x.Severity,
            string.CompareOrdinal(x.Location.Source.Path, y.Location.Source.Path),
            x.Location.Span.Start.CompareTo(y.Location.Span.Start),
            string.CompareOrdinal(x.Rule.Id, y.Rule.Id),
            string.CompareOrdinal(x.Message, y.Message)),
    };

    /// <summary>By file and place; of two that say the same, the one that left something unread first.</summary>
    public int Compare(InputError? x, InputError? y) => CompareShown(x, y) is var order and not 0
        ? order
        : (x is { IsUnreadable: true } ? 0 : 1) - (y is { IsUnreadable: true } ? 0 : 1);

    /// <summary>By what reports show of an error; 0 for two that say the same.</summary>
    internal static int CompareShown(InputError? x, InputError? y) => (x, y) switch
    {
        (null, _) or (_, null) => (x is null ? 0 : 1) - (y is null ? 0 : 1),
        _ => First(
            string.CompareOrdinal(x.File, y.File),
            LineOf(x.Position).CompareTo(LineOf(y.Position)),
            ColumnOf(x.Position).CompareTo(ColumnOf(y.Position)),
            string.CompareOrdinal(x.Message, y.Message),
            string.CompareOrdinal(x.Fix, y.Fix)),
    };

    // The whole file stands before its lines.
    private static int LineOf(LinePosition? position) => position is { } known ? known.Line : 0;

    private static int ColumnOf(LinePosition? position) => position is { } known ? known.Column : 0;

    private static int First(int first, int second, int third, int fourth, int fifth) =>
        first != 0 ? first : second != 0 ? second : third != 0 ? third : fourth != 0 ? fourth : fifth;
}
