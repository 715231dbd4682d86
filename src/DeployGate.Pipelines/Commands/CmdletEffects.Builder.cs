using DeployGate.Core.Steps;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

internal sealed partial class CmdletEffects
{
    private Value? CreateImageTemplate()
    {
        if (Id() is not { } id)
        {
            return null;
        }

        var body = command["JsonTemplatePath"] is { } file
            ? ImageTemplateFiles.Read(azure, path, file)
            : Bodies.Map(("properties", Bodies.Map(("source", Deep(command["Source"])), ("customize", List(command["Customize"])), ("distribute", List(command["Distribute"])))));
        if (body is null || command.Has("JsonString"))
        {
            azure.Record.Remark(command.Place, "the Image Builder template is not read: what it builds is not known", RemarkCodes.MissingFile);
            return null;
        }

        ImageBuilder.Declare(azure, path, id, body, isDeferred: false, command.Place);
        return ResourceObjects.Of(path, id, ImageBuilder.Type);
    }

    private Value? BuildImage()
    {
        if (Id() is { } id)
        {
            ImageBuilder.Run(azure, path, id, isWatched: !command.IsOn("NoWait") && !command.IsOn("AsJob"), command.Place);
        }

        return null;
    }

    private Value? ResourceAction()
    {
        var id = command["ResourceId"] ?? (command["ResourceName"] is { } name && command.Text("ResourceType") is { } type ? _scope.IdOf(type, name) : null);
        return id is null ? null : AzureCalls.Act(azure, path, id, command.Text("Action"), command.Place);
    }

    private ArrayValue? List(Value? value) => value switch
    {
        null => null,
        ArrayValue list => new ArrayValue([.. list.Items.Select(item => Deep(item)!)], list.Rest),
        _ => new ArrayValue([Deep(value)!]),
    };

    private Value? Deep(Value? value) => Heap.Read(path, value) ?? value;
}
