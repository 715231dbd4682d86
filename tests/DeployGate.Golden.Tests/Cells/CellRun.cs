using System.Text.Json.Nodes;
using DeployGate.Cli.Policies;
using DeployGate.Core.Decisions;

namespace DeployGate.Golden.Tests.Cells;

/// <summary>What the gate says of one variant of a cell, cut out of its JSON report.</summary>
internal sealed record CellRun(
    string Variant, int ExitCode, string Verdict, string Rule, string OsType, string Declared, string Actual, string Outcome, string Place, string Row, string Texts)
{
    private static readonly DecisionTable s_table = DecisionTableReader.Embedded;

    /// <summary>Runs the variant. A cell has one use of an image, and one finding at most.</summary>
    internal static CellRun Of(Cell cell, string variant)
    {
        var run = GoldenRun.Of(cell.Scenario, variant, "json");
        var report = run.Report;
        Assert.Empty(report["errors"]!.AsArray());
        var use = Assert.Single(report["uses"]!.AsArray())!;
        var finding = report["findings"]!.AsArray().SingleOrDefault();
        string Said(string name) => (string?)finding?[name] ?? "-";
        var rule = Said("rule");
        return new CellRun(
            variant,
            run.ExitCode,
            (string)use["verdict"]!,
            rule,
            finding is null ? "-" : Said("osType"),
            (string)use["declared"]!,
            (string)use["actual"]!,
            Said("outcome"),
            PlaceOf((finding ?? use)["location"]!),
            finding is null ? "-" : RowOf(rule, cell.System, finding),
            finding is null ? "" : $"{Said("why")} {Said("fix")}");
    }

    internal string Line => string.Join("  ", Variant.PadRight(10), Verdict.PadRight(7), Rule.PadRight(6), OsType.PadRight(7), Declared.PadRight(11), Actual.PadRight(11), Place, Outcome.PadRight(20), Row, $"exit {ExitCode}");

    // The matrix row whose cause and cure the finding quotes: the texts are compared, and the table stays readable.
    private static string RowOf(string rule, string system, JsonNode finding)
    {
        const string Source = "{source}";
        var osType = Enum.Parse<Core.Images.OsType>(system);
        var why = (string)finding["why"]!;
        var fix = (string)finding["fix"]!;
        var rows = s_table.Rows.Where(row =>
            row.RuleId == rule && Quotes(row.Cause.For(osType), why) && Quotes(row.Fix.For(osType), fix) && Quotes(row.Azure?.For(osType) ?? "-", (string?)finding["azure"] ?? "-"));
        return string.Join(" | ", rows.Select(row => row.Id)) is { Length: > 0 } ids ? ids : "NO ROW HAS THESE TEXTS";

        static bool Quotes(string text, string said) =>
            text.Split(Source) is var parts && said.StartsWith(parts[0], StringComparison.Ordinal) && said.EndsWith(parts[^1], StringComparison.Ordinal) && parts.All(part => said.Contains(part, StringComparison.Ordinal));
    }

    private static string PlaceOf(JsonNode location) => $"{location["file"]}:{location["line"]}:{location["column"]}";
}
