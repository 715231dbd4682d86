using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Uses;

/// <summary>What becomes of the image: some targets accept one state only.</summary>
public enum UseTarget
{
    /// <summary>Anything else: a gallery, a virtual machine, a disk.</summary>
    Any,

    /// <summary>A managed image, which Azure accepts as Generalized only.</summary>
    ManagedImage,

    /// <summary>A service that creates machines with accounts of its own, and so takes Generalized images only.</summary>
    GeneralizedOnly,
}

/// <summary>The declared state of an image at one use.</summary>
/// <param name="Candidates">The state; several when the value is a choice; none when it is not known.</param>
/// <param name="Text">What declares it, in the user's words: <c>osState is 'Generalized'</c>, <c>osProfile is set</c>.</param>
/// <param name="Place">Where it is declared.</param>
/// <param name="Hops">The places that passed the value on.</param>
/// <param name="Reason">Why it is not known; null when it is.</param>
public sealed record DeclaredState(
    ImmutableArray<OsState> Candidates, string Text, Place Place, ImmutableArray<RelatedPlace> Hops, string? Reason = null)
{
    /// <summary>
    /// True when somebody wrote the state; false when it is a default, or follows from something else (a managed image,
    /// <c>osProfile</c>); null when that is not known.
    /// </summary>
    public bool? IsWritten { get; init; } = Reason is null ? false : null;
}

/// <summary>Where the bytes of an image come from, as one use names it.</summary>
public abstract record ImageSource
{
    private ImageSource(Place place, ImmutableArray<RelatedPlace> hops) => (Place, Hops) = (place, hops);

    /// <summary>Where the source is named.</summary>
    public Place Place { get; }

    /// <summary>The places that passed the name on.</summary>
    public ImmutableArray<RelatedPlace> Hops { get; }

    /// <summary>A resource by its id.</summary>
    public sealed record Resource(Value Id, Place Place, ImmutableArray<RelatedPlace> Hops) : ImageSource(Place, Hops);

    /// <summary>The bytes of a VHD by their address.</summary>
    public sealed record Vhd(Value Address, Place Place, ImmutableArray<RelatedPlace> Hops) : ImageSource(Place, Hops);

    /// <summary>An image of the Marketplace: publishers' images are Generalized.</summary>
    public sealed record Marketplace(string Name, OsType OsType, Place Place, ImmutableArray<RelatedPlace> Hops) : ImageSource(Place, Hops);

    /// <summary>A build or a lab that prepares the guest itself before it captures it.</summary>
    public sealed record Prepared(string By, OsState State, Place Place, ImmutableArray<RelatedPlace> Hops) : ImageSource(Place, Hops);

    /// <summary>Not known which image it is.</summary>
    public sealed record Unresolved(string Expression, string Reason, Place Place, ImmutableArray<RelatedPlace> Hops) : ImageSource(Place, Hops);
}

/// <summary>One place that uses an image: what is done, with what, and which state is declared.</summary>
public sealed record ImageUse
{
    /// <summary>What is done with the image.</summary>
    public required Stage Stage { get; init; }

    /// <summary>What becomes of it.</summary>
    public UseTarget Target { get; init; }

    /// <summary>The resource that uses it.</summary>
    public required ResolvedResource Resource { get; init; }

    /// <summary>The user's words for the resource: <c>virtual machine 'vm-web'</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Where the bytes come from; several when it is a choice, never none.</summary>
    public required ImmutableArray<ImageSource> Sources { get; init; }

    /// <summary>The declared state.</summary>
    public required DeclaredState Declared { get; init; }

    /// <summary>The operating system, where the use itself says.</summary>
    public OsType OsType { get; init; }

    /// <summary>False when the need for this state is only likely: such a use never closes the gate.</summary>
    public bool IsNeedCertain { get; init; } = true;
}
