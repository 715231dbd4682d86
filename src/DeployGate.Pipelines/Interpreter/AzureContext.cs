using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>What a command sees of the path it runs on: defaults, files, and the resources that are known.</summary>
internal sealed class AzureContext(RunRecord record)
{
    private readonly Transfer _transfer = new(record);

    internal RunRecord Record => record;

    /// <summary>What the jobs of this run hand to one another.</summary>
    internal Artifacts Artifacts { get; } = new();

    internal void Apply(PathState path, Effect effect, Place place) => _transfer.Apply(path, effect, place);

    /// <summary>Notes what a build left in a version, or in the version that is a definition's latest now.</summary>
    internal void Fill(PathState path, Value id, string type, GuestOutcome outcome, Place place) => _transfer.Fill(path, id, type, outcome, place);

    internal static CommandScope ScopeOf(PathState path, Value? subscription, Value? group) => CommandScope.Of(
        subscription ?? path.Variables[Hidden.Subscription],
        group ?? path.Variables[Hidden.Group] ?? path.Variables["AZURE_DEFAULTS_GROUP"]);

    /// <summary>The operating system disk of a machine: known by its name, or a hole that is the same whenever it is asked for.</summary>
    internal static Value OsDiskOf(PathState path, Value machine)
    {
        if (path.World.Find(machine, ArtifactTypes.VirtualMachine)?.OsDisk is { } known)
        {
            return known;
        }

        var disk = OsDiskId(machine, null);
        path.World = path.World.Change(machine, ArtifactTypes.VirtualMachine, state => state with { OsDisk = state.OsDisk ?? disk });
        path.World = path.World.Set(new ResourceState(disk, ArtifactTypes.Disk, ResourceIdPattern.From(disk))
        {
            Owner = machine,
            Declaration = machine.Origin is { } origin ? Bodies.OsDisk(disk, machine, origin.Place) : null,
        });
        return disk;
    }

    internal static Value OsDiskId(Value machine, Value? name)
    {
        var hole = new UnknownValue(UnknownReason.RuntimeFunction, $"OS disk of '{ArtifactCatalog.Show(machine).Split('/')[^1]}'", "Azure chooses the name") { Shape = ValueShape.IdSegment };
        return ResourceIds.Build(IdText.CutBefore(machine, "providers"), ArtifactTypes.Disk, name ?? hole) with { Origin = machine.Origin };
    }

    /// <summary>The address of a machine; whoever logs in to it there is in that machine.</summary>
    internal static Value AddressOf(PathState path, Value machine)
    {
        var hole = Values.Unknown($"address of '{ArtifactCatalog.Show(machine)}'", "Azure chooses the address");
        path.Variables = path.Variables.Set(Hidden.Address(hole.Expression), machine);
        return hole;
    }

    /// <summary>The machine at an address that <see cref="AddressOf"/> gave; null for any other.</summary>
    internal static Value? MachineAt(PathState path, Value address)
    {
        var holes = address switch
        {
            UnknownValue unknown => [unknown],
            PartialString partial => partial.Parts.Select(part => part.Hole).OfType<UnknownValue>(),
            _ => [],
        };
        return holes.Select(hole => path.Variables[Hidden.Address(hole.Expression)]).FirstOrDefault(found => found is not null);
    }

    /// <summary>A path as the repository names it, also of a copy of a file of the repository; null when it is not wholly known.</summary>
    internal static string? InRepository(PathState path, Value? file) => file is not null && KeyOf(path, file) is { } key
        ? Artifacts.Follow(path, key) ?? (key.StartsWith('/') ? null : key)
        : null;

    /// <summary>A path as the repository names it, or a full path of the machine; null when it is not wholly known.</summary>
    internal static string? KeyOf(PathState path, Value file)
    {
        if (file is not StringValue { Text: var text })
        {
            return null;
        }

        var forward = text.Replace('\\', '/');
        var directory = (path.Variables[Hidden.Directory] as StringValue)?.Text ?? "";
        var joined = forward.StartsWith('/') || forward is [_, ':', ..] || directory.Length == 0 ? forward : directory + "/" + forward;
        return !joined.StartsWith('/') ? Normal(joined) : AgentPaths.InRepository(joined) is { } inside ? Normal(inside) : "/" + Normal(joined);
    }

    /// <summary>The text of a file that the script wrote, else of one of the repository; null when neither is known.</summary>
    internal ScriptSource? Read(PathState path, Value? file)
    {
        var name = Values.Pattern(file);
        if (name is not null && path.Variables[Hidden.File(name)] is { } written)
        {
            return new ScriptSource(null, written);
        }

        if (InRepository(path, file) is { } inside && record.Files.Read(inside) is FileRead.Found found)
        {
            return new ScriptSource(found.Source, new StringValue(found.Source.Content) { Origin = new Origin(new Place(found.Source, new TextSpan(0, 0))) });
        }

        return null;
    }

    private static string Normal(string path)
    {
        if (IsNormal(path))
        {
            return path;
        }

        List<string> kept = [];
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment != ".")
            {
                kept.Add(segment);
            }
        }

        return string.Join('/', kept);
    }

    private static bool IsNormal(ReadOnlySpan<char> path)
    {
        foreach (var segment in path.Split('/'))
        {
            if (path[segment] is "" or "." or "..")
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A text that is a script: a file of the repository, or what a script wrote.</summary>
internal sealed record ScriptSource(SourceText? File, Value Text);
