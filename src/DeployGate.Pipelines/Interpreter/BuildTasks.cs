using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Packer;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Tasks and actions that build images with Packer or Azure Image Builder.</summary>
internal sealed class BuildTasks(AzureContext azure, PathState path, StepAction.UseTask task, Place place)
{
    internal void Run()
    {
        switch (task.Name.ToLowerInvariant())
        {
            case "packerbuild" when Is("templateType", "custom"):
                Builds.TryPacker(azure, path, new PackerCommand(Given("customTemplateLocation"), [.. Parameters()], null, []), place);
                break;
            case "packerbuild":
                BuiltIn();
                break;
            case "hashicorp/packer-github-actions":
                Action();
                break;
            case "azureimagebuildertask":
                var script = Given("inlineScript");
                Template(Given("ibAzureResourceGroup"), Given("baseImageVersion") ?? Given("imageSource"), Given("galleryImageId"), script);
                break;
            default:
                Template(Given("resource-group-name"), Given("source-image"), Given("dist-resource-id"), Given("customizer-script"));
                break;
        }
    }

    private Value? Given(string name) => task[name] is { } value and not StringValue { Text: "" } ? value.At(value.Origin ?? new Origin(PlaceOf(name))) : null;

    private bool Is(string name, string text) => (task[name] as StringValue)?.Text.Trim().Equals(text, StringComparison.OrdinalIgnoreCase) == true;

    private Place PlaceOf(string name) => task.Input(name)?.Text is { Content.Length: > 0 } text ? text.PlaceOf(new TextSpan(0, text.Content.Length)) : place;

    private void Unread() => azure.Record.Remark(place, $"what {task.Name} builds is not read", RemarkCodes.UnsupportedTool);

    private IEnumerable<PackerSetting> Parameters()
    {
        if (Given("customTemplateParameters") is not StringValue { Text: var json } given)
        {
            yield break;
        }

        foreach (var entry in PackerParser.Parse(new SourceText("parameters.json", json)).Body.Attributes)
        {
            if (entry.Value is PackerNode.Text text)
            {
                yield return new PackerSetting.Variable(entry.Name, Values.Text(string.Concat(text.Pieces.Select(piece => piece.Content))).At(given.Origin));
            }
        }
    }

    // The templates that the task brings end with sysprep or waagent.
    private void BuiltIn()
    {
        if (Given("managedImageName") is not { } name || Is("isManagedImage", "false"))
        {
            Unread();
            return;
        }

        var system = Given("customImageOSType");
        var id = AzureContext.ScopeOf(path, null, Given("azureResourceGroup")).IdOf(ArtifactTypes.ManagedImage, name);
        Image(id, Is("baseImageSource", "customVhd") ? system : null, Prepared($"{task.Name} prepares it before it captures it"));
        Output("imageUri", name);
        Output("imageId", id);
    }

    // The input is the name of the variable that later steps read.
    private void Output(string input, Value value)
    {
        if (Given(input) is StringValue { Text: var variable })
        {
            path.Variables = path.Variables.Set(Hidden.Environment(variable), value);
        }
    }

    private void Action()
    {
        if (!Is("command", "build"))
        {
            return;
        }

        var before = path.Variables;
        if (Given("working_directory") is { } folder)
        {
            path.Variables = path.Variables.Set(Hidden.Directory, folder);
        }

        var words = Given("arguments") is { } arguments ? DeploymentWords.SplitAtBlanks(arguments) : [];
        List<Value> all = [.. words, .. Given("var_file") is { } file ? new[] { Values.Text("-var-file"), file } : [], Given("target") ?? Values.Text(".")];
        Builds.TryPacker(azure, path, PackerCommand.Read(all), place);
        path.Variables = before;
    }

    /// <summary>A template of Azure Image Builder, and what it leaves.</summary>
    private void Template(Value? group, Value? source, Value? target, Value? script)
    {
        if (target is null)
        {
            Unread();
            return;
        }

        var outcome = ImageBuilder.Outcome(script);
        if (CommandScope.IsId(target) && ResourceIdPattern.From(target)?.Type is { } type && !type.Equals(ArtifactTypes.ManagedImage, StringComparison.OrdinalIgnoreCase))
        {
            var name = new UnknownValue(UnknownReason.Generated, "image template", $"{task.Name} chooses the name") { Shape = ValueShape.IdSegment };
            var customize = script is null ? null : new ArrayValue([Bodies.Map(("inline", new ArrayValue([script])))]);
            var body = Bodies.Map(("properties", Bodies.Map(("source", ImageBuilder.Source(source)), ("customize", customize), ("distribute", new ArrayValue([ImageBuilder.ToGallery(target)])))));
            ImageBuilder.Declare(azure, path, AzureContext.ScopeOf(path, null, group).IdOf(ImageBuilder.Type, name), body, isDeferred: false, place);
            ImageBuilder.Fill(azure, path, body, isWatched: true, place);
            return;
        }

        Image(AzureContext.ScopeOf(path, null, group).IdOf(ArtifactTypes.ManagedImage, target), null, outcome);
    }

    private static GuestOutcome Prepared(string reason) => new(GuestKind.Prepared, Strength.Certain, reason, true, []);

    private void Image(Value id, Value? system, GuestOutcome outcome) => ImageBuilder.Image(azure, path, id, system, outcome, place);
}
