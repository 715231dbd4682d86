using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>The ways in which a script hands values to later steps: files of GitHub, and lines that either host understands.</summary>
internal static class StepOutputs
{
    /// <summary>Writes to one of GitHub's files; false for any other file.</summary>
    internal static bool TryWrite(PathState path, string target, Value text)
    {
        Func<string, string>? hidden = target.Trim('{', '}', '"').Replace("$env:", "", StringComparison.OrdinalIgnoreCase) switch
        {
            "GITHUB_OUTPUT" => Hidden.Output,
            "GITHUB_ENV" => Hidden.Environment,
            "GITHUB_STEP_SUMMARY" or "GITHUB_PATH" => name => name,
            _ => null,
        };
        if (hidden is null)
        {
            return false;
        }

        if (target.Contains("SUMMARY", StringComparison.Ordinal) || target.Contains("PATH", StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var line in Values.Split(text, '\n') ?? [])
        {
            var start = line switch { StringValue known => known.Text, PartialString partial => partial.KnownStart, _ => "" };
            var equals = start.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                path.Variables = path.Variables.Set(hidden(start[..equals].Trim()), Values.After(line, equals + 1));
            }
        }

        return true;
    }

    /// <summary>Reads the commands to the host in what a script prints.</summary>
    internal static void Said(PathState path, Value printed)
    {
        var first = printed switch { StringValue known => known.Text, PartialString partial => partial.Pattern, _ => "" };
        if (!first.Contains("##vso[task.setvariable", StringComparison.OrdinalIgnoreCase) && !first.Contains("::set-output", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        foreach (var line in Values.Split(printed, '\n') ?? [])
        {
            var start = (line switch { StringValue known => known.Text, PartialString partial => partial.KnownStart, _ => "" });
            var isVso = start.Contains("##vso[task.setvariable", StringComparison.OrdinalIgnoreCase);
            var command = start.IndexOf(isVso ? "##vso[" : "::set-output", StringComparison.OrdinalIgnoreCase);
            var mark = isVso ? "]" : "::";
            var end = command < 0 ? -1 : start.IndexOf(mark, command + 2, StringComparison.Ordinal);
            if (end < 0 || Property(start, isVso ? "variable=" : "name=") is not { } name)
            {
                continue;
            }

            var written = Values.After(line, end + mark.Length);
            var value = isVso && start[..end].Contains("issecret=true", StringComparison.OrdinalIgnoreCase) ? Values.Unknown(name, "it is a secret").AsSecret() : written;
            path.Variables = path.Variables.Set(isVso && !start.Contains("isoutput=true", StringComparison.OrdinalIgnoreCase) ? Hidden.Environment(name) : Hidden.Output(name), value);
        }
    }

    private static string? Property(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var start = at + name.Length;
        var end = text.IndexOfAny([';', ']', ':'], start);
        return end < 0 ? null : text[start..end];
    }
}
