using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>Makes unknown values, so that they all look alike.</summary>
internal static class Unknowns
{
    /// <summary>What stands for the result of a call that Azure would refuse.</summary>
    internal static UnknownValue Error(string name, string detail) =>
        new(UnknownReason.EvaluationError, $"{Residual.Name(name)}(…)", detail);

    /// <summary>An unknown value derived from another: unknown for the same reason, as secret, with a longer expression.</summary>
    internal static UnknownValue From(UnknownValue cause, string expression, ValueShape shape) =>
        new(cause.Reason, expression, cause.Detail) { Shape = shape, IsSecret = cause.IsSecret };
}
