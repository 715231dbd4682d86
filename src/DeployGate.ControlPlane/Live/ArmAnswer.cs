using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Live;

/// <summary>What Azure says to one question: three answers, never two.</summary>
internal abstract record ArmAnswer
{
    private ArmAnswer()
    {
    }

    /// <summary>The resource, or the items of all pages of a list.</summary>
    internal sealed record Shown(ImmutableArray<ObjectValue> Bodies) : ArmAnswer;

    /// <summary>Azure has no such resource.</summary>
    internal sealed record Absent : ArmAnswer;

    /// <summary>There was no answer that could be read.</summary>
    internal sealed record Failed(string Reason) : ArmAnswer;
}
