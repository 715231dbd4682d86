using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

internal sealed partial class AzEffects
{
    private Value? CreateImageTemplate()
    {
        if (Named() is not { } id || command["image-template"] is not null)
        {
            return Remark("an Image Builder template from a file is not read", RemarkCodes.UnsupportedTool);
        }

        List<Value> definitions = [.. Destinations("shared-image-destinations").Select(DefinitionId).OfType<Value>()];
        if (definitions.Count > 0)
        {
            ImageBuilder.Create(azure, path, id, command["image-source"], definitions, null, command.Place);
        }

        foreach (var name in Destinations("managed-image-destinations"))
        {
            ImageBuilder.Image(azure, path, _scope.IdOf(ArtifactTypes.ManagedImage, name), null, ImageBuilder.Outcome(null), command.Place);
        }

        return null;
    }

    // A destination is a name, '=' and regions.
    private IEnumerable<Value> Destinations(string option) =>
        command.All(option).SelectMany(value => value is ArrayValue list ? list.Items : [value]).Select(value => Values.Split(value, '=') is { IsEmpty: false } parts ? parts[0] : value);

    private Value? DefinitionId(Value name) => CommandScope.IsId(name)
        ? name
        : Values.Split(name, '/') is { Length: >= 2 } parts ? _scope.IdOf(ArtifactTypes.Definition, parts[0], parts[1]) with { Origin = name.Origin } : null;
}
