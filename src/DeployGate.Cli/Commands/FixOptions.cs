using System.CommandLine;

namespace DeployGate.Cli.Commands;

/// <summary>What becomes of the safe cures.</summary>
internal enum FixMode
{
    /// <summary>They are not looked for, but where a report shows them.</summary>
    None,

    /// <summary>They are looked for, and handed on with the report.</summary>
    Prove,

    /// <summary>They are shown as a diff.</summary>
    Show,

    /// <summary>They are written into the files.</summary>
    Write,
}

/// <summary><c>--fix</c> and <c>--fix=diff</c>.</summary>
internal sealed class FixOptions
{
    private const string Written = "--fix=diff";

    private readonly Option<bool> _fix = new("--fix") { Description = "Write the safe cures into the files; --fix=diff only shows them.", Arity = ArgumentArity.Zero };
    private readonly Option<bool> _diff = new("--fix-diff") { Description = "The same as --fix=diff.", Arity = ArgumentArity.Zero, Hidden = true };

    /// <summary>All of them, in the order of the help text.</summary>
    internal IEnumerable<Option> All => [_fix, _diff];

    /// <summary>The command line as it is parsed: an option with a value that may be left out would take the path behind it for its value.</summary>
    internal static string[] Normalize(string[] arguments)
    {
        var end = Array.IndexOf(arguments, "--");
        return [.. arguments.Select((argument, index) => argument == Written && (end < 0 || index < end) ? "--fix-diff" : argument)];
    }

    /// <summary>The argument that gives <c>--fix</c> a value that it does not take; null where there is none.</summary>
    internal static string? Wrong(string[] arguments) => Array.Find(arguments, argument => argument.StartsWith("--fix=", StringComparison.Ordinal) && argument != Written);

    /// <summary>What the user asked for.</summary>
    internal FixMode Read(ParseResult parsed, bool needsCures) =>
        parsed.GetValue(_diff) ? FixMode.Show : parsed.GetValue(_fix) ? FixMode.Write : needsCures ? FixMode.Prove : FixMode.None;
}
