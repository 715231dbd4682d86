using System.Collections.Immutable;
using DeployGate.Cli.Commands;
using DeployGate.Cli.Files;
using DeployGate.Core.Policies;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;
using Microsoft.Extensions.FileSystemGlobbing;

namespace DeployGate.Cli.Configuration;

/// <summary>
/// Reads <c>deploygate.yml</c>. It may come from a stranger's pull request, and so its paths stay inside the repository, and it gives
/// no consent: what needs one (<c>--allow-host</c>, <c>--allow-disk-access</c>, <c>--allow-env</c>) is said on the command line alone.
/// </summary>
internal sealed class ConfigurationReader(string workingFolder)
{
    internal const string Name = "deploygate.yml";

    private const long MaxBytes = 1024 * 1024;
    private const int MostShown = 20;

    private readonly List<Mistake> _mistakes = [];
    private string _folder = "";
    private string _root = "";

    /// <summary>The file that was named, or the nearest one upward; no configuration where there is none.</summary>
    internal ConfigurationRead Read(string? named)
    {
        var full = named is null ? Nearest() : Path.GetFullPath(named, workingFolder);
        if (full is null)
        {
            return new ConfigurationRead(ConfigurationFile.None, null);
        }

        var shown = DiskFiles.Shown(full, workingFolder);
        switch (DiskFiles.ReadNamed(full, workingFolder, MaxBytes))
        {
            case FileRead.Found found:
                return Read(found.Source, Path.GetDirectoryName(full)!, DiskFiles.RepositoryOf(full));
            case FileRead.Refused refused:
                return new ConfigurationRead(null, $"{shown} was not read: {refused.Reason}");
            default:
                return new ConfigurationRead(null, $"--config {named}: there is no such file");
        }
    }

    private string? Nearest()
    {
        var repository = DiskFiles.RepositoryOf(workingFolder);
        for (var folder = workingFolder; folder is not null; folder = folder == repository ? null : Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, Name) is var file && File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>The configuration in a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="folder">The folder that its paths begin in.</param>
    /// <param name="repository">The folder that its paths must stay in; null for that folder.</param>
    internal ConfigurationRead Read(SourceText source, string folder, string? repository)
    {
        (_folder, _root) = (folder, repository ?? folder);
        var document = YamlDocument.Read(source);
        if (document.Problem is { } problem)
        {
            return new ConfigurationRead(null, $"{problem.At}: {problem.Message}");
        }

        if (document.Root is null)
        {
            return new ConfigurationRead(ConfigurationFile.None, null);
        }

        var file = YamlFields.Of(document.Root, "the configuration", _mistakes) is { } fields ? Read(fields) : null;
        if (_mistakes.Count == 0)
        {
            return new ConfigurationRead(file, null);
        }

        var lines = _mistakes.OrderBy(mistake => mistake.Place.Span.Start).Take(MostShown).Select(mistake => mistake.ToString());
        string[] more = _mistakes.Count > MostShown ? [$"and {_mistakes.Count - MostShown} more"] : [];
        return new ConfigurationRead(null, string.Join("\ndeploygate: ", lines.Concat(more)));
    }

    private ConfigurationFile Read(YamlFields fields)
    {
        if (fields.Node("version") is not YamlScalar { Value: "1" } version)
        {
            _mistakes.Add(new Mistake(fields.Node("version")?.Place ?? fields.Place, "the configuration needs 'version: 1'"));
        }

        var file = new ConfigurationFile
        {
            Context = fields.Node("context") is { } context ? ReadContext(context) : new ConfiguredContext(null, null, null),
            States = [.. fields.Texts("state").Select(text => text.Value.Equals("azure", StringComparison.OrdinalIgnoreCase) ? "azure" : Inside(text))],
            Disks = ReadDisks(fields.Node("disks")),
            Deployments = [.. fields.Items("deployments").Select(ReadDeployment).OfType<ConfiguredDeployment>()],
            Severities = ReadSeverities(fields.Node("rules")),
            Unwaivable = fields.Texts("noWaivers").Where(IsRule).Select(text => text.Value).ToHashSet(StringComparer.OrdinalIgnoreCase),
            Waivers = [.. fields.Items("waivers").Select(ReadWaiver).OfType<Waiver>()],
            Policies = [.. fields.Texts("policies").Select(Inside)],
            ModuleCache = fields.Text("moduleCache") is { } cache ? Inside(cache) : null,
            Reports = [.. fields.Texts("reports").Select(ReadReport)],
            OnUnknown = fields.Word("onUnknown", "pass", "warn", "fail") is { } word ? Options.OnUnknownOf(word.Value) : null,
            Baseline = fields.Text("baseline") is { } baseline ? Inside(baseline) : null,
            ChangedSince = fields.Text("changedSince")?.Value,
            MaxAge = fields.Text("maxAge")?.Value,
            Timeout = fields.Number("timeout"),
            Offline = fields.Flag("offline") ?? false,
            NoColor = fields.Flag("noColor") ?? false,
            Quiet = fields.Flag("quiet") ?? false,
            Verbose = fields.Flag("verbose") ?? false,
        };
        fields.Finish();
        return file;
    }

    private ConfiguredContext ReadContext(YamlNode node)
    {
        if (YamlFields.Of(node, "'context'", _mistakes) is not { } fields)
        {
            return new ConfiguredContext(null, null, null);
        }

        var context = ContextOf(fields);
        fields.Finish();
        return context;
    }

    private static ConfiguredContext ContextOf(YamlFields fields) =>
        new(fields.Text("subscription")?.Value, fields.Text("resourceGroup")?.Value, fields.Text("location")?.Value);

    private ImmutableArray<string> ReadDisks(YamlNode? node)
    {
        if (node is null || YamlFields.Of(node, "'disks'", _mistakes) is null)
        {
            return [];
        }

        var disks = ImmutableArray.CreateBuilder<string>();
        foreach (var (key, value) in ((YamlMapping)node).Entries)
        {
            if (value is YamlScalar text)
            {
                disks.Add($"{key.Value}={(text.Value.Contains("://", StringComparison.Ordinal) ? text.Value : Inside(text))}");
            }
            else
            {
                _mistakes.Add(new Mistake(value.Place, $"the disk '{key.Value}' must be a path or an address"));
            }
        }

        return disks.ToImmutable();
    }

    private ConfiguredDeployment? ReadDeployment(YamlNode node)
    {
        if (YamlFields.Of(node, "a deployment", _mistakes) is not { } fields)
        {
            return null;
        }

        var template = fields.Needed("template", "a deployment");
        var parameters = fields.Texts("parameters");
        var context = ContextOf(fields);
        fields.Finish();
        return template is null ? null : new ConfiguredDeployment(Present(template), [.. parameters.Select(Present)], context);
    }

    private Dictionary<string, Severity> ReadSeverities(YamlNode? node)
    {
        var severities = new Dictionary<string, Severity>(StringComparer.OrdinalIgnoreCase);
        if (node is not null && YamlFields.Of(node, "'rules'", _mistakes) is { } fields)
        {
            foreach (var entry in ((YamlMapping)node).Entries.Where(entry => IsRule(entry.Key)))
            {
                severities[entry.Key.Value] = fields.Word(entry.Key.Value, "off", "note", "warning", "error")?.Value switch
                {
                    "off" => Severity.Off,
                    "note" => Severity.Note,
                    "warning" => Severity.Warning,
                    _ => Severity.Error,
                };
            }
        }

        return severities;
    }

    private Waiver? ReadWaiver(YamlNode node)
    {
        if (YamlFields.Of(node, "a waiver", _mistakes) is not { } fields)
        {
            return null;
        }

        var rule = fields.Needed("rule", "a waiver");
        var file = fields.Text("file");
        var reason = fields.Needed("reason", "a waiver");
        var expires = fields.Day("expires");
        fields.Finish();
        return rule is null || reason is null || !IsRule(rule) || !IsPattern(file)
            ? null
            : new Waiver(rule.Value, ReachOf(file?.Value ?? "**"), reason.Value, expires, SuppressionKind.Configuration, rule.Place);
    }

    // The library takes ".." at the beginning alone.
    private bool IsPattern(YamlScalar? file)
    {
        var isPattern = file is null || !file.Value.TrimStart('/', '\\').Split('/', '\\').SkipWhile(part => part is "..").Contains("..");
        if (!isPattern)
        {
            _mistakes.Add(new Mistake(file!.Place, $"'{file.Value}' is no pattern: '..' stands at its beginning or nowhere"));
        }

        return isPattern;
    }

    // Patterns are relative to the configuration, and reports show paths relative to where the tool ran.
    private WaiverReach.Files ReachOf(string pattern)
    {
        var matcher = new Matcher(StringComparison.Ordinal).AddInclude(pattern);
        var folder = _folder;
        return new WaiverReach.Files(pattern, shown => matcher.Match(Path.GetRelativePath(folder, Path.GetFullPath(shown, workingFolder)).Replace('\\', '/')).HasMatches);
    }

    // Rules of the team's own are known only once their policies are read.
    private bool IsRule(YamlScalar id)
    {
        if (!id.Value.StartsWith("DG", StringComparison.OrdinalIgnoreCase) || RuleCatalog.Find(id.Value) is not null)
        {
            return true;
        }

        _mistakes.Add(new Mistake(id.Place, $"there is no rule '{id.Value}'{Spelling.Suggestion(id.Value, RuleCatalog.All.Select(rule => rule.Descriptor.Id))}"));
        return false;
    }

    private string ReadReport(YamlScalar text)
    {
        var at = text.Value.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? text.Value : $"{text.Value[..at]}={Inside(text with { Value = text.Value[(at + 1)..] })}";
    }

    private string Present(YamlScalar path)
    {
        var full = Inside(path);
        if (!File.Exists(full))
        {
            _mistakes.Add(new Mistake(path.Place, $"there is no file '{path.Value}'"));
        }

        return full;
    }

    private string Inside(YamlScalar path)
    {
        if (path.Value.Contains('\0', StringComparison.Ordinal))
        {
            _mistakes.Add(new Mistake(path.Place, "this is no path"));
            return _folder;
        }

        var full = Path.GetFullPath(path.Value, _folder);
        if (!new DiskFiles(workingFolder, _root).IsInside(DiskFiles.RealPath(full)))
        {
            _mistakes.Add(new Mistake(path.Place, $"'{path.Value}' lies outside of the repository; give it on the command line"));
        }

        return full;
    }
}
