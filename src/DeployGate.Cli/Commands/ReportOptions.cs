using System.CommandLine;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Output;
using DeployGate.Reporting;

namespace DeployGate.Cli.Commands;

/// <summary>The options that say what is reported, and where.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string[]> _reports = Options.Many("--report", "FORMAT[=FILE]: text, json, sarif, github, azure-pipelines, markdown, html, junit. Default: text.");
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colour, also on a terminal." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Errors and the verdict only." };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "List every use that was looked at, and what is accepted." };

    internal ReportOptions() => _reports.CompletionSources.Add([.. ReportFormats.All.Select(format => format.Name)]);

    /// <summary>All of them, in the order of the help text.</summary>
    internal IEnumerable<Option> All => [_reports, _noColor, _quiet, _verbose];

    /// <summary>Where the reports go; null and an error for the user when that cannot be told.</summary>
    internal (ReportTargets? Targets, string? Error) Read(ParseResult parsed, ConfigurationFile configuration, Surroundings surroundings)
    {
        var style = new ReportStyle(
            UseColor: surroundings.IsTerminal && !parsed.GetValue(_noColor) && !configuration.NoColor,
            IsQuiet: parsed.GetValue(_quiet) || configuration.Quiet,
            IsVerbose: parsed.GetValue(_verbose) || configuration.Verbose,
            Width: surroundings.Width)
        {
            PageOf = RuleCommands.FindPage,
            Checkout = HostDetection.CheckoutOf(surroundings.Environment),
        };
        return ReportTargets.Parse(parsed.GetValue(_reports) is { Length: > 0 } reports ? reports : configuration.Reports, surroundings, style);
    }
}
