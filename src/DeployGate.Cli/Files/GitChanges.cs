using System.Collections.Immutable;
using System.Diagnostics;
using DeployGate.Core.Policies;

namespace DeployGate.Cli.Files;

/// <summary>
/// Asks Git which lines were changed since a revision: on this branch, in the index and in the working folder; files that Git does not
/// know yet are new. Nothing that the repository configures is run.
/// </summary>
/// <seealso href="https://git-scm.com/docs/git-diff"/>
internal sealed class GitChanges(string workingFolder)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>The changed lines, by path as reports show it; the error is for the user.</summary>
    internal (ChangedLines? Changes, string? Error) Since(string revision)
    {
        if (DiskFiles.RepositoryOf(workingFolder) is not { } root)
        {
            return Fail(revision, "there is no Git repository here");
        }

        // A commit first: what follows can then only be an object's name, and never an option.
        var (commit, failure) = Git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]);
        if (commit is null)
        {
            return Fail(revision, failure!.Length > 0 ? failure : "there is no such revision here; a shallow clone lacks it (actions/checkout: fetch-depth: 0)");
        }

        var since = Git(root, ["merge-base", commit.Trim(), "HEAD"]).Output?.Trim() ?? commit.Trim();
        var (diff, diffFailure) = Git(root, ["diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/", since, "--"]);
        var (untracked, listFailure) = Git(root, ["ls-files", "-z", "--others", "--exclude-standard"]);
        return diff is null || untracked is null ? Fail(revision, diffFailure ?? listFailure!) : (Parse(revision, root, diff, untracked), null);
    }

    private static (ChangedLines?, string) Fail(string revision, string reason) => (null, $"--changed-since {revision}: {reason}");

    /// <summary>The lines of a diff without context, and the files that Git does not know, each ended by a zero.</summary>
    internal ChangedLines Parse(string revision, string root, string diff, string untracked)
    {
        var files = new Dictionary<string, List<LineRange>>(StringComparer.Ordinal);
        List<LineRange>? current = null;
        long inside = 0;
        foreach (var at in diff.AsSpan().Split('\n'))
        {
            var line = diff.AsSpan(at);
            if (inside > 0 && line is ['+' or '-', ..])
            {
                // A line of the file, whatever it looks like: "++ b/other" was added, and names no file.
                inside--;
            }
            else if (line.StartsWith("+++ ", StringComparison.Ordinal))
            {
                (current, inside) = (NameOf(line[4..].TrimEnd('\r').ToString()) is { } name ? files[Shown(root, name)] = [] : null, 0);
            }
            else if (line.StartsWith("@@ ", StringComparison.Ordinal) && HunkHeader.Read(line) is { } range)
            {
                // Where nothing is left, the lines around the gap count.
                current?.Add(range.Last < range.First ? new LineRange(range.First, range.First + 1) : range);
                inside = HunkHeader.LinesOf(line);
            }
        }

        foreach (var name in untracked.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            files[Shown(root, name)] = [new LineRange(1, int.MaxValue)];
        }

        return new ChangedLines(revision, files.ToImmutableDictionary(file => file.Key, file => file.Value.ToImmutableArray(), StringComparer.Ordinal));
    }

    private string Shown(string root, string name) => DiskFiles.Shown(Path.Combine(root, name), workingFolder);

    // "b/path", quoted as in C where it holds anything unusual; a name with a blank is followed by a tab; a file that is gone is /dev/null.
    private static string? NameOf(string written)
    {
        var name = written.TrimEnd('\t');
        if (name.StartsWith('"'))
        {
            name = QuotedPath.Read(name);
        }

        // No path holds a zero, so that no file has this name.
        return name.StartsWith("b/", StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal) ? name[2..] : null;
    }

    private static (string? Output, string? Failure) Git(string root, string[] arguments)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-C", root, "-c", "core.fsmonitor=false", "-c", "core.quotePath=true", "-c", "diff.external=", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(s_limit))
            {
                process.Kill(entireProcessTree: true);
                return (null, $"git did not answer within {s_limit.TotalSeconds} seconds");
            }

            return process.ExitCode == 0 ? (output.GetAwaiter().GetResult(), null) : (null, error.GetAwaiter().GetResult().Trim().Split('\n')[0]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "git is not installed here");
        }
    }
}
