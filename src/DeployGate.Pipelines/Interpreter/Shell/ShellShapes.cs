using DeployGate.Core.Steps;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter.Shell;

/// <summary>Recognises what statements are for by their shape.</summary>
internal static class ShellShapes
{
    /// <summary>True for a statement that ends the script: nothing goes on behind it.</summary>
    internal static bool Ends(ShellStatement statement) => statement switch
    {
        ShellStatement.Command { Words: [{ Literal: "exit" or "return" or "die" or "fail" or "fatal" or "error_exit" or "continue" or "break" }, ..] } => true,
        ShellStatement.Group group => !group.Body.Statements.IsEmpty && Ends(group.Body.Statements[^1]),
        ShellStatement.Subshell subshell => !subshell.Body.Statements.IsEmpty && Ends(subshell.Body.Statements[^1]),
        ShellStatement.Redirected redirected => Ends(redirected.Statement),
        _ => false,
    };

    /// <summary>True for a statement that may end the shell it runs in: all but programs, and what the shell itself does otherwise.</summary>
    internal static bool MayLeave(ShellStatement statement, Func<string, bool> isFunction) =>
        statement is not ShellStatement.Command { Words: [{ Literal: { } name }, ..] } || name is "exit" or "return" or "eval" or "source" or "." || isFunction(name);

    /// <summary>True for a loop that asks and sleeps until a machine or deployment has come to a state.</summary>
    internal static bool IsWait(ScriptText script, ShellStatement.Loop loop, out PowerState power)
    {
        var text = script.Content.AsSpan(loop.Span.Start, loop.Span.Length);
        power = Contains(text, "stopped") ? PowerState.Stopped : Contains(text, "deallocated") ? PowerState.Deallocated : Contains(text, "running") ? PowerState.Running : PowerState.Unknown;
        var asks = Contains(text, "PowerState") || Contains(text, "powerState") || Contains(text, "provisioningState") || Contains(text, "instanceView") || Contains(text, "nc -z") || Contains(text, "VM running");
        var waits = Contains(text, "sleep");
        power = Contains(text, "power") || Contains(text, "VM ") ? power : PowerState.Unknown;
        return asks && waits && !Contains(text, "az vm create") && !Contains(text, "generalize");
    }

    private static bool Contains(ReadOnlySpan<char> text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Compares values with patterns of <c>case</c>, <c>[[ == ]]</c> and <c>${x#p}</c>.</summary>
internal static class ShellPatterns
{
    /// <summary>Whether a value fits; null where that is not known.</summary>
    internal static bool? Matches(Value value, string? pattern)
    {
        if (pattern == "*")
        {
            return true;
        }

        return value is StringValue { Text: var text } && pattern is not null && !pattern.Contains('{', StringComparison.Ordinal) ? Fits(text, pattern) : null;
    }

    /// <summary>Whether a text fits a pattern of stars and question marks; brackets stand for any one character of theirs.</summary>
    internal static bool Fits(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int at = 0, p = 0, star = -1, mark = 0;
        while (at < text.Length)
        {
            if (p < pattern.Length && (pattern[p] == '?' || (pattern[p] != '*' && pattern[p] == text[at])))
            {
                at++;
                p++;
            }
            else if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, at);
            }
            else if (star >= 0)
            {
                (p, at) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}

/// <summary>Evaluates <c>[ … ]</c> and <c>[[ … ]]</c> as far as their words are known.</summary>
/// <param name="mayBeEmpty">True for a text that stands for one or for nothing, by what is found when it runs.</param>
internal sealed class ShellTests(Func<Value, bool> mayBeEmpty)
{
    internal bool? Evaluate(IReadOnlyList<Value> words)
    {
        var either = Index(words, "||");
        if (either >= 0)
        {
            return Any(Evaluate([.. words.Take(either)]), Evaluate([.. words.Skip(either + 1)]));
        }

        var both = Math.Max(Index(words, "&&"), Index(words, "-a"));
        if (both > 0)
        {
            return !Any(!Evaluate([.. words.Take(both)]), !Evaluate([.. words.Skip(both + 1)]));
        }

        var texts = words.Select(word => (word as StringValue)?.Text).ToList();
        return (words.Count, texts.FirstOrDefault()) switch
        {
            (0, _) => false,
            ( > 1, "!") => !Evaluate([.. words.Skip(1)]),
            (1, _) => IsSet(words[0]),
            (2, "-n") => IsSet(words[1]),
            (2, "-z") => !IsSet(words[1]),
            (3, _) => Compare(words[0], texts[1], words[2]),
            _ => null,
        };
    }

    private static int Index(IReadOnlyList<Value> words, string sign)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] is StringValue { Text: var text } && text == sign)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool? Any(bool? one, bool? other) => one == true || other == true ? true : one == false && other == false ? false : null;

    // A text with a known part is not empty.
    private bool? IsSet(Value value) => value switch
    {
        StringValue or PartialString when mayBeEmpty(value) => null,
        StringValue text => text.Text.Length > 0,
        PartialString => true,
        _ => null,
    };

    private bool? Compare(Value left, string? sign, Value right) => (left, sign, right) switch
    {
        (StringValue or PartialString, "=" or "==" or "!=", StringValue { Text: "" }) when mayBeEmpty(left) => null,
        (StringValue a, "=" or "==" or "!=", StringValue b) => (sign != "!=") == ShellPatterns.Fits(a.Text, b.Text),
        (PartialString a, "=" or "==", StringValue { Text: "" }) => a.Parts.IsEmpty,
        (PartialString, "!=", StringValue { Text: "" }) => true,
        (StringValue a, "-eq" or "-ne" or "-gt" or "-lt" or "-ge" or "-le", StringValue b) when long.TryParse(a.Text, out var x) && long.TryParse(b.Text, out var y) => sign switch
        {
            "-eq" => x == y,
            "-ne" => x != y,
            "-gt" => x > y,
            "-lt" => x < y,
            "-ge" => x >= y,
            _ => x <= y,
        },
        _ => null,
    };
}
