using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

internal sealed partial class AzEffects
{
    /// <summary>The commands of <c>az image builder</c>. With <c>--defer</c> a template is put together; <c>update</c> sends it.</summary>
    private Value? BuildImage()
    {
        if (Named() is not { } id)
        {
            return null;
        }

        switch (command.Command.Name)
        {
            case "image builder create":
                return CreateImageTemplate(id);
            case "image builder run":
                ImageBuilder.Run(azure, path, id, isWatched: !command.Has("no-wait"), command.Place);
                return null;
            case "image builder wait" when command.Text("custom")?.Contains("runState", StringComparison.OrdinalIgnoreCase) == true:
                ImageBuilder.Run(azure, path, id, isWatched: true, command.Place);
                return null;
            case "image builder update" when ImageBuilder.BodyOf(path, id) is { } body:
                ImageBuilder.Declare(azure, path, id, body, command.Has("defer"), command.Place);
                return null;
            case "image builder customizer add":
                return Add(id, "customize", Customizer());
            case "image builder output add":
                return Add(id, "distribute", Output());
            case "image builder customizer clear" or "image builder output clear":
                return Change(id, command.Command.Name.Contains("output", StringComparison.Ordinal) ? "distribute" : "customize", _ => []);
            case "image builder customizer remove":
                return Change(id, "customize", items => Without(items, "name", command["customizer-name"]));
            case "image builder output remove":
                return Change(id, "distribute", items => Without(items, "runOutputName", command["output-name"]));
            default:
                return null;
        }
    }

    private Value? CreateImageTemplate(Value id)
    {
        ObjectValue? body;
        if (command["image-template"] is { } file)
        {
            body = ImageTemplateFiles.Read(azure, path, file);
            if (body is null)
            {
                return CommandScope.IsAddress(file)
                    ? Remark("the Image Builder template is fetched from an address: what it builds is not known", RemarkCodes.Downloaded)
                    : Remark("the Image Builder template is not in the repository: what it builds is not known", RemarkCodes.MissingFile);
            }
        }
        else
        {
            IEnumerable<ObjectValue> targets =
            [
                .. Destinations("shared-image-destinations").Select(DefinitionId).OfType<Value>().Select(ImageBuilder.ToGallery),
                .. Destinations("managed-image-destinations").Select(name => ImageBuilder.ToImage(_scope.IdOf(ArtifactTypes.ManagedImage, name))),
            ];
            var customize = command.All("scripts").SelectMany(Items).Select(script => Bodies.Map(("scriptUri", script))).ToList();
            body = Bodies.Map(("properties", Bodies.Map(("source", ImageBuilder.Source(command["image-source"])), ("customize", List(customize)), ("distribute", List([.. targets])))));
        }

        ImageBuilder.Declare(azure, path, id, body, command.Has("defer"), command.Place);
        return Query(ResourceObjects.Of(path, id, ImageBuilder.Type));
    }

    private ObjectValue Customizer() => Bodies.Map(
        ("type", command["type"]),
        ("name", command["customizer-name"]),
        ("inline", command.All("inline-script") is { IsEmpty: false } lines ? new ArrayValue(lines) : null),
        ("scriptUri", command["script-url"]),
        ("sourceUri", command["file-source"]),
        ("destination", command["dest-path"]));

    private ObjectValue? Output()
    {
        var name = command["output-name"];
        if (command["gallery-image-definition"] is { } definition)
        {
            var id = CommandScope.IsId(definition) ? definition : command["gallery-name"] is { } gallery ? _scope.IdOf(ArtifactTypes.Definition, gallery, definition) : null;
            return id is null ? null : Named(ImageBuilder.ToGallery(id), name);
        }

        return command["managed-image"] is { } image ? Named(ImageBuilder.ToImage(_scope.IdOf(ArtifactTypes.ManagedImage, image)), name) : null;
    }

    private static ObjectValue Named(ObjectValue target, Value? name) =>
        name is null ? target : ObjectValue.From([.. target.Members, new Member("runOutputName", name)]) with { Origin = target.Origin };

    private Value? Add(Value id, string list, ObjectValue? item) => item is null ? null : Change(id, list, items => items.Add(item));

    // A template that nothing here put together has customizers and targets that are not known: it stays unknown.
    private Value? Change(Value id, string list, Func<ImmutableArray<Value>, ImmutableArray<Value>> change)
    {
        if (ImageBuilder.BodyOf(path, id)?.Get("properties") is ObjectValue properties)
        {
            var items = change((properties.Get(list) as ArrayValue)?.Items ?? []);
            var kept = properties.Members.Where(member => member.Name != list);
            var body = Bodies.Map(("properties", ObjectValue.From([.. kept, new Member(list, new ArrayValue(items))], properties.Rest)));
            ImageBuilder.Declare(azure, path, id, body, command.Has("defer"), command.Place);
        }

        return null;
    }

    private static ImmutableArray<Value> Without(ImmutableArray<Value> items, string key, Value? name) =>
        [.. items.Where(item => name is not StringValue wanted || (item as ObjectValue)?.GetText(key) != wanted.Text)];

    private static ArrayValue? List(List<ObjectValue> items) => items.Count == 0 ? null : new ArrayValue([.. items]);

    private static IEnumerable<Value> Items(Value value) => value is ArrayValue list ? list.Items : [value];

    // A destination is a name, '=' and regions.
    private IEnumerable<Value> Destinations(string option) =>
        command.All(option).SelectMany(Items).Select(value => Values.Split(value, '=') is { IsEmpty: false } parts ? parts[0] : value);

    private Value? DefinitionId(Value name) => CommandScope.IsId(name)
        ? name
        : Values.Split(name, '/') is { Length: >= 2 } parts ? _scope.IdOf(ArtifactTypes.Definition, parts[0], parts[1]) with { Origin = name.Origin } : null;
}
