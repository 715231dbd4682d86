namespace DeployGate.Cli.Files;

/// <summary>Which files may be pipelines or scripts, by their names.</summary>
internal static class ScriptPaths
{
    private static readonly string[] s_extensions = [".yml", ".yaml", ".sh", ".bash", ".ps1", ".cmd", ".bat"];

    /// <summary>True for YAML files and for scripts that are read.</summary>
    internal static bool IsScript(ReadOnlySpan<char> path)
    {
        var extension = Path.GetExtension(path);
        foreach (var one in s_extensions)
        {
            if (extension.Equals(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
