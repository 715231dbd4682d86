using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>What one command does to Azure. Whatever tool it belongs to, it comes down to these.</summary>
internal abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Creates or changes a resource; for a machine, <paramref name="OsDisk"/> is the id of its operating system disk.</summary>
    internal sealed record Create(ResolvedResource Resource, Content Content, Value? OsDisk = null) : Effect;

    /// <summary>Starts, stops, restarts, reimages or deallocates a machine.</summary>
    internal sealed record Power(Value Machine, MachineActionKind Kind) : Effect;

    /// <summary>Sets Azure's mark on a machine.</summary>
    internal sealed record Mark(Value Machine) : Effect;

    /// <summary>Runs something inside a machine, in Azure's way (<paramref name="ByAgent"/>) or over the network.</summary>
    internal sealed record Guest(Value Machine, GuestOutcome Outcome, bool ByAgent) : Effect;

    /// <summary>Deletes a resource.</summary>
    internal sealed record Delete(Value Id, string Type) : Effect;

    /// <summary>Deletes a resource group with all that is in it.</summary>
    internal sealed record DeleteGroup(Value Id) : Effect;

    /// <summary>Deploys a template, or only asks what deploying it would do.</summary>
    internal sealed record Deploy(
        Located<Value>? Template, ImmutableArray<ParameterSource> Parameters, DeploymentScope Scope, Value? Location, bool IsDryRun, string Mode) : Effect;

    /// <summary>Does something that is not read to a known resource.</summary>
    internal sealed record Havoc(Value Id, string Type, string Reason) : Effect;
}

/// <summary>What a resource that is created holds.</summary>
internal abstract record Content
{
    private Content()
    {
    }

    /// <summary>Nothing that boots: a definition, a gallery, a scale set.</summary>
    internal sealed record None : Content;

    /// <summary>What an image holds; null when no image is named by its id.</summary>
    internal sealed record FromImage(Value? Image) : Content;

    /// <summary>The bytes of a machine, disk, snapshot, image, version, or VHD.</summary>
    internal sealed record CopyOf(Value Source) : Content;

    /// <summary>A machine around a disk that exists.</summary>
    internal sealed record AttachOf(Value Disk) : Content;

    /// <summary>Bytes from elsewhere.</summary>
    internal sealed record Uploaded : Content;

    /// <summary>The result of a build, with what is known of its guest.</summary>
    internal sealed record Built(GuestOutcome Outcome) : Content;
}

/// <summary>What a script did to the guest it ran in.</summary>
/// <param name="Kind">What the guest is after it.</param>
/// <param name="Strength">How sure a preparation is.</param>
/// <param name="Reason">In words, for what is not simply in use.</param>
/// <param name="TurnsOff">True when it ends by turning the machine off.</param>
/// <param name="Items">The commands that show it.</param>
internal sealed record GuestOutcome(GuestKind Kind, Strength Strength, string Reason, bool TurnsOff, ImmutableArray<GuestItem> Items)
{
    internal static GuestOutcome InUse { get; } = new(GuestKind.InUse, Strength.Certain, "", false, []);

    internal static GuestOutcome Unread(string reason) => new(GuestKind.Unclear, Strength.Possible, reason, false, []);

    /// <summary>The outcome where no more than a strength can be had.</summary>
    internal GuestOutcome AtMost(Strength most, string reason) =>
        Kind != GuestKind.Prepared || Strength <= most ? this : this with { Strength = most, Reason = reason };
}
