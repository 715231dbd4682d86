using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>What a guest is after all that the pipeline did to it.</summary>
internal enum GuestKind
{
    /// <summary>The pipeline did nothing to it.</summary>
    Unseen,

    /// <summary>Booted from an image, and not touched since.</summary>
    Fresh,

    /// <summary>Something ran in it, or it was started.</summary>
    InUse,

    /// <summary>Prepared for copies, and not booted since.</summary>
    Prepared,

    /// <summary>Prepared, then booted: setup has run again.</summary>
    Booted,

    /// <summary>Several of these, or touched by something that is not read.</summary>
    Unclear,
}

/// <summary>How sure it is that a guest was prepared.</summary>
internal enum Strength
{
    /// <summary>Deferred, its failure ignored, or by a person.</summary>
    Possible,

    /// <summary>Nobody looked at its exit code.</summary>
    Likely,

    /// <summary>Its success was checked.</summary>
    Certain,
}

/// <summary>What is known of a guest, and what shows it.</summary>
internal sealed record GuestFact(GuestKind Kind, Strength Strength, string Reason, ImmutableArray<GuestItem> Items, ImmutableArray<RelatedPlace> Related)
{
    internal static GuestFact Unseen { get; } = new(GuestKind.Unseen, Strength.Certain, "", [], []);

    internal GuestState State => (Kind, Strength) switch
    {
        (GuestKind.Unseen, _) => GuestState.Unseen,
        (GuestKind.Prepared, Strength.Certain or Strength.Likely) => GuestState.Generalized,
        (GuestKind.Prepared or GuestKind.Unclear, _) => GuestState.Unclear,
        _ => GuestState.Specialized,
    };

    /// <summary>The same guest after one more boot.</summary>
    internal GuestFact Boot(RelatedPlace at, string how) => Kind switch
    {
        GuestKind.Prepared when Strength == Strength.Possible => this with { Kind = GuestKind.Booted, Reason = $"it may have been prepared, and was {how} after that", Related = Related.Add(at) },
        GuestKind.Prepared => this with { Kind = GuestKind.Booted, Reason = $"it was prepared, and {how} after that: setup has run again", Related = Related.Add(at) },
        GuestKind.Unseen or GuestKind.Unclear => new GuestFact(GuestKind.InUse, Strength.Certain, $"it was {how}, and nothing prepared it after that", [], [at]),
        _ => this,
    };

    internal static GuestFact Join(GuestFact one, GuestFact other)
    {
        if (ReferenceEquals(one, other) || (one.Kind == other.Kind && one.Strength == other.Strength))
        {
            return one.Related.Length >= other.Related.Length ? one : other;
        }

        var related = one.Related.AddRange(other.Related.Where(place => !one.Related.Contains(place)));
        if (one.State == other.State)
        {
            return (one.Strength < other.Strength ? one : other) with { Related = related };
        }

        var (left, right) = one.Kind <= other.Kind ? (one, other) : (other, one);
        return new GuestFact(GuestKind.Unclear, Strength.Possible, $"it depends on which way the script takes: {Words(left)}, or {Words(right)}", [.. one.Items, .. other.Items], related);
    }

    private static string Words(GuestFact fact) => fact.Kind switch
    {
        GuestKind.Unseen => "nothing was done to it",
        GuestKind.Fresh => "it is as its image left it",
        GuestKind.InUse => "it is in use",
        GuestKind.Prepared => "it was prepared",
        GuestKind.Booted => "it was prepared and booted again",
        _ => "it is not known what was done to it",
    };
}

/// <summary>Azure's mark of a machine.</summary>
internal enum MarkKind
{
    /// <summary>The pipeline did not set it; whether another did is not known.</summary>
    Unseen,

    /// <summary>The machine was made here, and not marked.</summary>
    No,

    /// <summary>It was set here.</summary>
    Yes,

    /// <summary>It may have been set here.</summary>
    Maybe,
}

/// <summary>The mark, and where it was set.</summary>
internal sealed record MarkFact(MarkKind Kind, string Text, ImmutableArray<RelatedPlace> Related)
{
    internal static MarkFact Unseen { get; } = new(MarkKind.Unseen, "", []);

    internal static MarkFact Join(MarkFact one, MarkFact other) => one.Kind == other.Kind
        ? one
        : one.Kind is MarkKind.Yes or MarkKind.Maybe || other.Kind is MarkKind.Yes or MarkKind.Maybe
            ? new MarkFact(MarkKind.Maybe, "it depends on a condition whether it is marked", one.Related.AddRange(other.Related))
            : one.Kind == MarkKind.Unseen ? one : other;
}

/// <summary>One resource on one path.</summary>
internal sealed record ResourceState(Value Id, string Type, ResourceIdPattern? Pattern)
{
    private ImmutableArray<Value> _segments;
    private string? _nameKey;

    /// <summary>The id's segments: cut once, because an id is compared with those of all others that it may be.</summary>
    internal ImmutableArray<Value> Segments => _segments.IsDefault ? _segments = ResourceIds.AllSegments(Id) : _segments;

    /// <summary>The type and the last name, or the type alone where that name is not wholly known.</summary>
    internal string NameKey => _nameKey ??= Pattern is { } pattern && !pattern.Name(0).Contains('{', StringComparison.Ordinal) ? $"{Type}|{pattern.Name(0)}" : Type;

    /// <summary>What the pipeline declared; null for a resource that it only names.</summary>
    internal ResolvedResource? Declaration { get; init; }

    internal PowerState Power { get; init; }

    internal GuestFact Guest { get; init; } = GuestFact.Unseen;

    internal MarkFact Mark { get; init; } = MarkFact.Unseen;

    /// <summary>The operating system disk of a machine.</summary>
    internal Value? OsDisk { get; init; }

    /// <summary>The machine that a disk belongs to, whose guest is then the disk's.</summary>
    internal Value? Owner { get; init; }

    internal bool ChangedHere { get; init; }

    /// <summary>Rises with every declaration.</summary>
    internal int Order { get; init; }

    internal static ResourceState Join(ResourceState one, ResourceState other) => one with
    {
        Declaration = JoinDeclarations(one.Declaration, other.Declaration),
        Power = one.Power == other.Power ? one.Power : PowerState.Unknown,
        Guest = GuestFact.Join(one.Guest, other.Guest),
        Mark = MarkFact.Join(one.Mark, other.Mark),
        OsDisk = one.OsDisk ?? other.OsDisk,
        Owner = one.Owner ?? other.Owner,
        ChangedHere = one.ChangedHere || other.ChangedHere,
        Order = Math.Max(one.Order, other.Order),
    };

    /// <summary>The resource where only one of two paths knows it.</summary>
    internal ResourceState Maybe() => Join(this, new ResourceState(Id, Type, Pattern));

    private static ResolvedResource? JoinDeclarations(ResolvedResource? one, ResolvedResource? other)
    {
        if (ReferenceEquals(one, other) || one is null || other is null)
        {
            return (one ?? other) is { } only && !ReferenceEquals(one, other) ? only with { Presence = Presence.Maybe } : one;
        }

        return one with { Body = (ObjectValue)ValueJoin.Deep(one.Body, other.Body), Presence = one.Presence == Presence.Certain && other.Presence == Presence.Certain ? Presence.Certain : Presence.Maybe };
    }
}
