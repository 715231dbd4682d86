using System.Collections.Immutable;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Files;
using DeployGate.Cli.Output;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Reporting.Baselines;

namespace DeployGate.Cli.Waivers;

/// <summary>What of a run's findings counts, after waivers and the baseline.</summary>
internal sealed class Accepting(string workingFolder, CheckOptions options)
{
    private const long MaxBaselineBytes = 64 * 1024 * 1024;

    private Baseline? _baseline;

    /// <summary>Reads the baseline before anything else is done; the error is for the user.</summary>
    internal string? Open()
    {
        if (options.Baseline is not { } file)
        {
            return null;
        }

        (_baseline, var error) = ReadBaseline(file, workingFolder);
        return error;
    }

    /// <summary>Reads a baseline; the error is for the user.</summary>
    internal static (Baseline? Baseline, string? Error) ReadBaseline(string file, string workingFolder)
    {
        var shown = DiskFiles.Shown(file, workingFolder);
        switch (DiskFiles.ReadNamed(file, workingFolder, MaxBaselineBytes))
        {
            case FileRead.Found found:
                var (baseline, error) = BaselineJson.Read(shown, found.Source.Content);
                return (baseline, error is null ? null : $"the baseline '{shown}' was not read: {error}");
            case FileRead.Refused refused:
                return (null, $"the baseline '{shown}' was not read: {refused.Reason}");
            default:
                return (null, $"there is no baseline '{shown}'; --write-baseline writes one");
        }
    }

    /// <summary>Sorts the findings, and writes the new baseline where one is wanted; the error tells why it was not written.</summary>
    internal (Accepted Accepted, string? Error) Apply(ImmutableArray<Diagnostic> findings, Inputs inputs)
    {
        var (inline, errors) = Inline(findings, inputs);
        var today = DateOnly.FromDateTime(options.Now.UtcDateTime);
        var acceptance = new Acceptance([.. inline, .. options.Configuration.Waivers], options.Configuration.Unwaivable, _baseline);
        var error = options.NewBaseline is { } file ? Write(file, ref acceptance, findings, today) : null;
        var accepted = acceptance.Apply(findings, today, options.Settings);
        return (accepted with { Remarks = [.. errors, .. accepted.Remarks] }, error);
    }

    /// <summary>Of the files of a run those that may hold waivers: no other is looked at again.</summary>
    internal static Inputs Waivable(Inputs inputs) => inputs with
    {
        Templates = [.. inputs.Templates.Where(file => MayHoldWaivers(file.Template.Source))],
        Parameters = [.. inputs.Parameters.Where(file => MayHoldWaivers(file.Template.Source))],
        Scripts = [.. inputs.Scripts.Where(script => MayHoldWaivers(script.Source))],
        Errors = [],
    };

    private static bool MayHoldWaivers(SourceText source) => source.Contains("deploygate");

    private string? Write(string file, ref Acceptance acceptance, ImmutableArray<Diagnostic> findings, DateOnly today)
    {
        var shown = DiskFiles.Shown(file, workingFolder);
        var left = (acceptance with { Baseline = null }).Apply(findings, today, options.Settings).Open.Where(finding => finding.Rule.Id != Acceptance.Expired);
        var baseline = Baseline.Of(shown, left);
        acceptance = acceptance with { Baseline = baseline };
        return WholeFile.Write(file, writer => BaselineJson.Write(baseline, writer)) is { } reason ? $"the baseline was not written to '{shown}': {reason}" : null;
    }

    // Files of other templates that a template includes are known by what was found in them alone.
    private static (ImmutableArray<Waiver> Waivers, ImmutableArray<InputError> Errors) Inline(ImmutableArray<Diagnostic> findings, Inputs inputs)
    {
        var waivers = ImmutableArray.CreateBuilder<Waiver>();
        var errors = ImmutableArray.CreateBuilder<InputError>();
        var templates = inputs.Templates.Concat(inputs.Parameters).Select(file => file.Template).DistinctBy(file => file.Source.Path).ToDictionary(file => file.Source.Path, StringComparer.Ordinal);
        var sources = templates.Values.Select(file => file.Source)
            .Concat(inputs.Scripts.Select(script => script.Source))
            .Concat(findings.Select(finding => finding.Location.Source))
            .Concat(findings.Select(finding => finding.Subject?.Source).OfType<SourceText>())
            .DistinctBy(source => source.Path);
        foreach (var source in sources.Where(MayHoldWaivers))
        {
            var (ofFile, errorsOfFile) = InlineWaivers.Read(source, templates.GetValueOrDefault(source.Path));
            waivers.AddRange(ofFile);
            errors.AddRange(errorsOfFile);
        }

        return (waivers.ToImmutable(), errors.ToImmutable());
    }
}
