namespace DeployGate.Golden.Tests;

/// <summary>An expected output: a file of the source tree, compared whole.</summary>
internal static class Expectation
{
    private static bool IsUpdating => Environment.GetEnvironmentVariable("DEPLOYGATE_UPDATE_GOLDEN") == "1";

    /// <summary>Compares, or rewrites the file when the user asked for it. A missing file is a failure.</summary>
    internal static void Check(string file, string actual)
    {
        var shown = Path.GetRelativePath(Repository.Root, file);
        if (IsUpdating)
        {
            RefuseInCi();
            File.WriteAllText(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"{shown} is missing. Write it, or let DEPLOYGATE_UPDATE_GOLDEN=1 write it and review it. The output is:\n{actual}");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    /// <summary>Compares what may be empty: an empty text has no file.</summary>
    internal static void CheckOptional(string file, string actual)
    {
        if (actual.Length > 0)
        {
            Check(file, actual);
            return;
        }

        if (IsUpdating)
        {
            RefuseInCi();
            File.Delete(file);
        }

        Assert.False(File.Exists(file), $"{Path.GetRelativePath(Repository.Root, file)} expects an output, and there is none");
    }

    /// <summary>Fails on an expectation that no run produces: it would be believed and never compared.</summary>
    internal static void CheckNoOthers(string folder, IEnumerable<string> compared)
    {
        var known = compared.ToHashSet(StringComparer.Ordinal);
        var stale = Directory.EnumerateFiles(folder, "expected.*").Where(file => !known.Contains(file)).Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.Empty(stale);
    }

    // A build server that rewrites what it compares with would always be green.
    private static void RefuseInCi() => Assert.False(
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase),
        "DEPLOYGATE_UPDATE_GOLDEN=1 is refused where CI=true: expectations are rewritten by people, who look at them");
}
