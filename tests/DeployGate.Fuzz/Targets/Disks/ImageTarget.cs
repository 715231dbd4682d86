using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;
using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Fuzz.Targets.Disks;

/// <summary>A target whose input is an image: one of some, broken anew for each execution.</summary>
/// <param name="name">The name on the command line.</param>
/// <param name="tools">Programs of others that make the images.</param>
/// <param name="make">Makes them.</param>
internal sealed class ImageTarget(string name, IReadOnlyList<string> tools, Func<IReadOnlyList<IBrokenImage>> make) : FuzzTarget
{
    private IReadOnlyList<IBrokenImage> _images = [];
    private IBrokenImage? _current;

    /// <summary>The bound, where it is not the usual one.</summary>
    internal CostBound Bound { get; init; } = CostBound.Usual;

    internal override string Name => name;

    internal override CostBound Cost => Bound;

    internal override string? Open(SeedFiles files)
    {
        if (tools.FirstOrDefault(tool => !OtherTool.Exists(tool)) is { } missing)
        {
            return $"{missing} is not installed";
        }

        _images = make();
        return null;
    }

    internal override long Make(Dice dice)
    {
        _current = dice.Of(_images);
        return _current.Break(dice);
    }

    internal override void Read() => _current!.Read();

    internal override string Save(string path)
    {
        using var file = File.Create(path + ".img");
        _current!.Save(file);
        return path + ".img";
    }
}
