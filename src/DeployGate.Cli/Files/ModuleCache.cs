using DeployGate.Core.Text;

namespace DeployGate.Cli.Files;

/// <summary>The compiler's cache of restored modules, read below its own root only.</summary>
internal static class ModuleCache
{
    /// <summary>The cache in the folder the user named, else in the user's home.</summary>
    internal static ISourceFiles Of(string? folder, string workingFolder)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var root = Path.GetFullPath(folder ?? Path.Combine(home, ".bicep"), workingFolder);
        return new DiskFiles(root, root);
    }
}
