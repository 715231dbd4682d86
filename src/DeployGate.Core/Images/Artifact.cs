using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>The resource types that images come from or go through.</summary>
public static class ArtifactTypes
{
    /// <summary>A virtual machine.</summary>
    public const string VirtualMachine = "Microsoft.Compute/virtualMachines";

    /// <summary>A scale set.</summary>
    public const string ScaleSet = "Microsoft.Compute/virtualMachineScaleSets";

    /// <summary>A managed image.</summary>
    public const string ManagedImage = "Microsoft.Compute/images";

    /// <summary>A gallery's image definition.</summary>
    public const string Definition = "Microsoft.Compute/galleries/images";

    /// <summary>A version of a gallery's image.</summary>
    public const string Version = "Microsoft.Compute/galleries/images/versions";

    /// <summary>A managed disk.</summary>
    public const string Disk = "Microsoft.Compute/disks";

    /// <summary>A snapshot of a disk.</summary>
    public const string Snapshot = "Microsoft.Compute/snapshots";

    /// <summary>A version of a Marketplace image.</summary>
    public const string MarketplaceVersion = "Microsoft.Compute/locations/publishers/artifactTypes/offers/skus/versions";

    // In the order of their names below.
    private static readonly string[] s_types = [VirtualMachine, ScaleSet, ManagedImage, Definition, Version, Disk, Snapshot];

    private static readonly string[] s_names = ["virtual machine", "scale set", "managed image", "image definition", "image version", "disk", "snapshot"];

    /// <summary>True for a type that images come from or go through.</summary>
    public static bool IsArtifact(string type) => IndexOf(type, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>True for managed images and gallery versions: what machines are made from.</summary>
    public static bool IsImage(string type) =>
        type.Equals(ManagedImage, StringComparison.OrdinalIgnoreCase) || type.Equals(Version, StringComparison.OrdinalIgnoreCase);

    /// <summary>What people call a resource of a type; the type itself when it has nothing to do with images.</summary>
    public static string NameOf(string type) => IndexOf(type, StringComparison.OrdinalIgnoreCase) is >= 0 and var index ? s_names[index] : type;

    /// <summary>The text of a type; ids name the same few by the hundred thousand.</summary>
    internal static string TextOf(ReadOnlySpan<char> type) => IndexOf(type, StringComparison.Ordinal) is >= 0 and var index ? s_types[index] : type.ToString();

    private static int IndexOf(ReadOnlySpan<char> type, StringComparison comparison)
    {
        for (var i = 0; i < s_types.Length; i++)
        {
            if (type.Equals(s_types[i], comparison))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A resource an image comes from: as a template of the run declares it, or as the facts show it, or both.</summary>
/// <param name="Type">The resource type.</param>
/// <param name="Id">Its id, as far as known.</param>
/// <param name="Declared">The template's resource; null when no template of the run declares it.</param>
/// <param name="Facts">What the facts show of it, in the order of their sources: what the first leaves out, a later one may show.</param>
public sealed record Artifact(string Type, Value Id, ResolvedResource? Declared, ImmutableArray<FactResource> Facts)
{
    /// <summary>The first fact; null when there is none.</summary>
    public FactResource? Observed => Facts.IsEmpty ? null : Facts[0];

    /// <summary>The last segment of the id.</summary>
    public string Name => ResourceIdPattern.From(Id)?.Name(0) ?? "?";

    /// <summary>
    /// A value of the resource: from the facts when they show it, since they are what is; else from the template. Null when
    /// neither has it.
    /// </summary>
    public Value? Get(params ReadOnlySpan<string> path) => GetObserved(path) ?? Declared?.Body.Get(path);

    /// <summary>What a template declares: its own value, else the facts'.</summary>
    public Value? GetDeclared(params ReadOnlySpan<string> path) => Declared?.Body.Get(path) ?? GetObserved(path);

    /// <summary>A value that the facts show; null when none does.</summary>
    public Value? GetObserved(params ReadOnlySpan<string> path)
    {
        foreach (var fact in Facts)
        {
            if (fact.Body.Get(path) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The place of the declaration; null when no template declares it.</summary>
    public Place? Place => Declared?.Declaration;
}
