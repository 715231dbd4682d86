using DeployGate.Templates.Functions;

namespace DeployGate.Templates.Evaluation;

/// <summary>What a name means that is called: a special form, a function, or neither.</summary>
/// <param name="Name">The name as it is written: functions are found in any case.</param>
/// <param name="Form">The special form; null when it is none.</param>
/// <param name="Function">The function of the catalogue; null where <paramref name="Form"/> is not, and for a name that means nothing.</param>
internal sealed record Callee(string Name, SpecialForms.Form? Form, TemplateFunction? Function)
{
    private const int Slots = 256;

    /// <summary>Longer than any function that is documented; names that somebody makes up are not kept.</summary>
    private const int Longest = 40;

    // Templates call few functions, and write their names in one case: most are found at once. Threads that ask at once find equal ones.
    private static readonly Callee?[] s_recent = new Callee?[Slots];

    /// <summary>Finds what a name means.</summary>
    internal static Callee Of(string name)
    {
        if (name.Length is 0 or > Longest)
        {
            return Find(name);
        }

        ref var recent = ref s_recent[((name[0] * 31) + (name[name.Length / 2] * 17) + (name[^1] * 7) + name.Length) & (Slots - 1)];
        return recent is { } known && string.Equals(known.Name, name, StringComparison.Ordinal) ? known : recent = Find(name);
    }

    private static Callee Find(string name) =>
        SpecialForms.Find(name) is { } form ? new Callee(name, form, null) : new Callee(name, null, FunctionCatalog.Find(name));
}
