using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Packer;

/// <summary>One image that a template builds: a builder, and what is done to its machine.</summary>
/// <param name="Type">The builder: <c>azure-arm</c>.</param>
/// <param name="Names">The names by which <c>-only</c> and <c>-except</c> may call it.</param>
/// <param name="Settings">Its arguments.</param>
/// <param name="Place">Where it is written.</param>
/// <param name="Provisioners">What runs in its machine, in order.</param>
internal sealed record PackerBuild(string Type, ImmutableArray<string> Names, ObjectValue Settings, Place Place, ImmutableArray<PackerProvisioner> Provisioners);

/// <summary>A step in the machine.</summary>
internal sealed record PackerProvisioner(string Type, ObjectValue Settings, Place Place);

/// <summary>Lists the builds of a template's files.</summary>
internal static class PackerTemplate
{
    internal static ImmutableArray<PackerBuild> Read(IReadOnlyList<PackerFile> files, PackerScope scope)
    {
        var builds = ImmutableArray.CreateBuilder<PackerBuild>();
        var sources = new Dictionary<string, (PackerBlock Block, SourceText Source)>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var block in file.Body.Blocks.Where(block => block is { Type: "source", Labels.Length: 2 }))
            {
                sources[string.Join('.', block.Labels)] = (block, file.Source);
            }
        }

        foreach (var file in files)
        {
            builds.AddRange(file.IsJson ? OfJson(file, scope) : file.Body.Blocks.Where(block => block.Type == "build").SelectMany(block => OfBuild(block, file.Source, sources, scope)));
        }

        return builds.ToImmutable();
    }

    private static IEnumerable<PackerBuild> OfJson(PackerFile file, PackerScope scope)
    {
        var steps = Objects(file, "provisioners", scope).Select(step => new PackerProvisioner(Text(step, "type"), step, PlaceOf(step, "type"))).ToList();
        foreach (var builder in Objects(file, "builders", scope))
        {
            var type = Text(builder, "type");
            var name = builder.GetText("name") ?? type;
            yield return new PackerBuild(type, [name], builder, PlaceOf(builder, "type"), [.. steps.Where(step => Applies(step.Settings, [name]))]);
        }
    }

    private static IEnumerable<ObjectValue> Objects(PackerFile file, string name, PackerScope scope) =>
        file.Body[name] is PackerNode.List list ? list.Items.OfType<PackerNode.Map>().Select(item => scope.Evaluate(file.Source, item)).OfType<ObjectValue>() : [];

    private static string Text(ObjectValue map, string name) => map.GetText(name) ?? "";

    private static Place PlaceOf(ObjectValue map, string name) => (map.Find(name)?.Value.Origin ?? map.Origin)!.Place;

    private static IEnumerable<PackerBuild> OfBuild(PackerBlock build, SourceText source, Dictionary<string, (PackerBlock Block, SourceText Source)> sources, PackerScope scope)
    {
        var steps = build.Body.Blocks.Where(block => block.Type is "provisioner" or "dynamic").Select(block => Provisioner(block, source, scope)).ToList();
        var prefix = build.Body["name"] is { } name && scope.Evaluate(source, name) is StringValue { Text: var text } ? text + "." : "";
        foreach (var (called, more) in Called(build, source, scope))
        {
            if (!sources.TryGetValue(called, out var found))
            {
                continue;
            }

            var settings = scope.Evaluate(found.Source, found.Block.Body, found.Block.Span);
            var all = more is null ? settings : ObjectValue.From([.. settings.Members, .. scope.Evaluate(source, more.Body, more.Span).Members]);
            yield return new PackerBuild(found.Block.Labels[0], [called, prefix + called], all, new Place(found.Source, found.Block.Span), [.. steps.Where(step => Applies(step.Settings, [called]))]);
        }
    }

    /// <summary>The sources that a build names, with what it adds to them.</summary>
    private static IEnumerable<(string Name, PackerBlock? More)> Called(PackerBlock build, SourceText source, PackerScope scope)
    {
        foreach (var item in build.Body["sources"] is PackerNode.List list ? list.Items : [])
        {
            var name = item is PackerNode.Reference reference ? reference.Name : (scope.Evaluate(source, item) as StringValue)?.Text ?? "";
            yield return (After(name), null);
        }

        foreach (var block in build.Body.Blocks.Where(block => block is { Type: "source", Labels: [_] }))
        {
            yield return (After(block.Labels[0]), block);
        }
    }

    private static string After(string name) => name.StartsWith("source.", StringComparison.Ordinal) ? name["source.".Length..] : name;

    // A dynamic block makes provisioners of values that are not evaluated.
    private static PackerProvisioner Provisioner(PackerBlock block, SourceText source, PackerScope scope) =>
        new(block.Type == "provisioner" && block.Labels is [var type, ..] ? type : "", scope.Evaluate(source, block.Body, block.Span), new Place(source, block.Span));

    private static bool Applies(ObjectValue settings, string[] names) =>
        (settings.Find("only")?.Value is not ArrayValue { Rest: null } only || Names(only).Intersect(names).Any())
        && (settings.Find("except")?.Value is not ArrayValue except || !Names(except).Intersect(names).Any());

    private static IEnumerable<string> Names(ArrayValue list) => list.Items.OfType<StringValue>().Select(name => name.Text);
}
