using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>What a function's answer depends on.</summary>
internal enum FunctionClass
{
    /// <summary>On its arguments alone.</summary>
    Pure,

    /// <summary>Also on where the deployment goes.</summary>
    Context,

    /// <summary>On Azure: nobody knows it before the deployment.</summary>
    Runtime,
}

/// <summary>What becomes of a call when an argument is not fully known.</summary>
internal enum UnknownHandling
{
    /// <summary>The result is unknown; the body sees known arguments only.</summary>
    Strict,

    /// <summary>The body answers from what is known, once alternatives were tried.</summary>
    Structural,

    /// <summary>The body puts its arguments where they belong and looks into none, so that alternatives stay in their place.</summary>
    Placing,
}

/// <summary>Computes a function; what goes wrong is an unknown value, never an exception.</summary>
internal delegate Value FunctionBody(FunctionArguments arguments);

/// <summary>A template function.</summary>
/// <param name="Name">Its name as documented; templates write it in any case.</param>
/// <param name="MinArguments">How many arguments it needs.</param>
/// <param name="MaxArguments">How many it takes; <see cref="int.MaxValue"/> for any number.</param>
/// <param name="Class">What its answer depends on.</param>
/// <param name="Body">Computes it.</param>
internal sealed record TemplateFunction(
    string Name,
    int MinArguments,
    int MaxArguments,
    FunctionClass Class,
    FunctionBody Body)
{
    /// <summary>The function takes any number of arguments.</summary>
    internal const int Any = int.MaxValue;

    /// <summary>What the result is known to be even when it is unknown.</summary>
    internal ValueShape Result { get; init; }

    /// <summary>What becomes of a call with unknown arguments.</summary>
    internal UnknownHandling Handling { get; init; }

    /// <summary>
    /// Whether the whole result is secret. By default it is when any part of an argument is; a function that only puts its
    /// arguments into a container leaves each secret in its place, and the rest of the container is none.
    /// </summary>
    internal Func<ImmutableArray<Value>, bool> IsSecretWhen { get; init; } = Values.AnySecret;

    /// <summary>A pure function that needs all its arguments known.</summary>
    internal static TemplateFunction Strict(string name, int min, int max, ValueShape result, FunctionBody body) =>
        new(name, min, max, FunctionClass.Pure, body) { Result = result };

    /// <summary>A pure function that answers from what is known.</summary>
    internal static TemplateFunction Structural(string name, int min, int max, ValueShape result, FunctionBody body) =>
        new(name, min, max, FunctionClass.Pure, body) { Result = result, Handling = UnknownHandling.Structural };

    /// <summary>A pure function that only puts its arguments in place.</summary>
    internal static TemplateFunction Placing(string name, int min, int max, ValueShape result, FunctionBody body) =>
        new(name, min, max, FunctionClass.Pure, body) { Result = result, Handling = UnknownHandling.Placing };

    /// <summary>A function of the deployment's place.</summary>
    internal static TemplateFunction OfContext(string name, int min, int max, ValueShape result, FunctionBody body) =>
        new(name, min, max, FunctionClass.Context, body) { Result = result, Handling = UnknownHandling.Structural };
}
