using System.Text.Json;

namespace DeployGate.Sbom;

/// <summary>A component of the tool, as the lock file names it: a package, or a project of this repository.</summary>
/// <param name="Name">The package id in the spelling of the lock file.</param>
/// <param name="Version">The resolved version; null for a project.</param>
/// <param name="ContentHash">NuGet's hash of the package without its signature, in Base64; null for a project.</param>
/// <param name="IsDirect">True when the tool's project names it itself.</param>
/// <param name="Needs">The names of what it depends on; a name may be in another case than the component's own.</param>
internal sealed record Component(string Name, string? Version, string? ContentHash, bool IsDirect, IReadOnlyList<string> Needs);

/// <summary>NuGet's <c>packages.lock.json</c>.</summary>
/// <seealso href="https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies"/>
internal static class LockFile
{
    /// <summary>All components of the only framework, in the order of their names without case.</summary>
    internal static IReadOnlyList<Component> Read(JsonElement root) =>
    [
        .. root.GetProperty("dependencies").EnumerateObject().Single().Value.EnumerateObject()
            .Select(entry => ReadOne(entry.Name, entry.Value))
            .OrderBy(component => component.Name, StringComparer.OrdinalIgnoreCase),
    ];

    private static Component ReadOne(string name, JsonElement entry) => new(
        name,
        TextOf(entry, "resolved"),
        TextOf(entry, "contentHash"),
        TextOf(entry, "type") == "Direct",
        entry.TryGetProperty("dependencies", out var needs) ? [.. needs.EnumerateObject().Select(need => need.Name)] : []);

    private static string? TextOf(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
}
