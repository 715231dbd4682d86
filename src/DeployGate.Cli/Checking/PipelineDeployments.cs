using DeployGate.Cli.Files;
using DeployGate.Core.Reports;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates;

namespace DeployGate.Cli.Checking;

/// <summary>
/// The deployments that pipelines make: which template with which parameters. A template that pipelines deploy with known
/// parameters is evaluated in just these ways.
/// </summary>
internal sealed class PipelineDeployments(string workingFolder, DeploymentTarget target, EditedFiles? edited = null, Inputs? inputs = null)
{
    private readonly List<Evaluation> _evaluations = [];
    private readonly List<InputError> _errors = [];
    private readonly DiskRoots _roots = new(workingFolder, edited);
    private readonly RealFolders _folders = new();
    private readonly Dictionary<string, InputFile?> _read = new(StringComparer.Ordinal);
    private Dictionary<string, InputFile>? _found;
    private readonly HashSet<string> _wholly = new(StringComparer.Ordinal);

    /// <summary>Adds the deployments of one followed file.</summary>
    internal void Add(FollowedRun followed)
    {
        foreach (var deployment in followed.Run.Deployments.Where(one => !one.IsDryRun))
        {
            Add(deployment, followed.File.Root);
        }
    }

    /// <summary>The plan with the deployments of the pipelines in the place of what names alone suggest.</summary>
    internal EvaluationPlan Join(EvaluationPlan plan) => plan with
    {
        Evaluations =
        [
            .. plan.Evaluations.Where(one => !_wholly.Contains(one.Template.FullPath) || plan.Settled.Contains(one.Template.FullPath)),
            .. _evaluations.Where(one => !plan.Settled.Contains(one.Template.FullPath)),
        ],
        Errors = [.. plan.Errors, .. _errors.Distinct()],
    };

    private void Add(StepDeployment deployment, string root)
    {
        var parameters = new List<InputFile>();
        var isWhole = true;
        foreach (var source in deployment.Parameters)
        {
            switch (source)
            {
                case ParameterSource.File { Path: StringValue path } when Read(path.Text, root) is { } file:
                    parameters.Add(file);
                    break;
                case ParameterSource.Named named:
                    parameters.Add(CommandLine(named.Place, root, [new Member(named.Name, named.Value, named.Place)]));
                    break;
                case ParameterSource.Inline { Object: ObjectValue map } inline:
                    parameters.Add(CommandLine(inline.Place, root, Entries(map)));
                    break;
                default:
                    isWhole = false;
                    parameters.Add(CommandLine(source.Place, root, [], Unread(source)));
                    break;
            }
        }

        var used = deployment.Template?.Value ?? UsedBy(parameters);
        if (used is not StringValue template || Read(template.Text, root) is not { Template.Kind: TemplateFileKind.Template } found)
        {
            NotChecked(deployment, used);
            return;
        }

        if (isWhole)
        {
            _wholly.Add(found.FullPath);
        }

        _evaluations.Add(new Evaluation(found, [.. parameters]) { Target = TargetOf(deployment), DeployedBy = deployment });
    }

    private static StringValue? UsedBy(List<InputFile> parameters)
    {
        var file = parameters.Find(one => one.Template.Using is not null);
        return file is null ? null : new StringValue(Path.Combine(Path.GetDirectoryName(file.Template.Source.Path) ?? "", file.Template.Using!).Replace('\\', '/'));
    }

    private void NotChecked(StepDeployment deployment, Value? template)
    {
        var place = deployment.Template?.Place ?? deployment.Place;
        var why = template switch
        {
            StringValue text => $"'{text.Text}' is no template of this repository",
            UnknownValue unknown => $"which template it is is not known: {unknown.Detail}",
            _ => "which template it is is not known",
        };
        _errors.Add(new InputError(place.Source.Path, place.Start, $"this deployment was not checked: {why}", "Name a template of the repository by a path that is written out, or check the template by itself.", IsUnreadable: false));
    }

    private DeploymentTarget TargetOf(StepDeployment deployment) => target with
    {
        Subscription = (deployment.Scope.Subscription as StringValue)?.Text ?? target.Subscription,
        ResourceGroup = (deployment.Scope.ResourceGroup as StringValue)?.Text ?? target.ResourceGroup,
        Location = (deployment.Location as StringValue)?.Text ?? target.Location,
    };

    // Pipelines deploy the same template again and again; the root belongs to the question, since nothing outside of it is read.
    private InputFile? Read(string path, string root)
    {
        var full = DiskFiles.Full(path, workingFolder);
        var key = $"{root}\n{full}";
        if (!_read.TryGetValue(key, out var file))
        {
            file = _read[key] = Known(full, root)
                ?? (_roots.Of(root).Read(path) is FileRead.Found found ? new InputFile(full, root, TemplateFile.Read(found.Source)) : null);
        }

        return file;
    }

    // What the run has found and read is not read anew, where a pipeline of the same root may read it.
    private InputFile? Known(string full, string root)
    {
        _found ??= inputs is null ? [] : inputs.Templates.Concat(inputs.Parameters).DistinctBy(file => file.FullPath).ToDictionary(file => file.FullPath, StringComparer.Ordinal);
        return _found.TryGetValue(full, out var file) && file.Root == root && _roots.Of(root).MayRead(_folders.RealPath(full)) ? file : null;
    }

    private static InputFile CommandLine(Place place, string root, IEnumerable<Member> members, UnknownValue? rest = null) =>
        new(place.Source.Path, root, TemplateFile.OfCommandLine(place.Source, members, rest));

    private static UnknownValue Unread(ParameterSource source) => source switch
    {
        ParameterSource.Unread unread => unread.Value,
        ParameterSource.File { Path: UnknownValue path } => path,
        _ => new UnknownValue(UnknownReason.MissingFile, source.Place.FirstLine, "the parameters were not read"),
    };

    // {name: {value}} as in a parameter file, {parameters: …} around it, or plain values.
    private static IEnumerable<Member> Entries(ObjectValue map) => ((map.Get("parameters") as ObjectValue) ?? map).Members
        .Where(member => member.Name is not ("$schema" or "contentVersion"))
        .Select(member => member.Value is ObjectValue { Members: [{ Name: "value", Value: var value }] } ? member with { Value = value } : member);
}
