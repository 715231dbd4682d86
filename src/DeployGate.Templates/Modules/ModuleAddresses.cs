using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Json;

namespace DeployGate.Templates.Modules;

/// <summary>Where restored registry modules and template specs lie in the compiler's cache.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules"/>
internal static class ModuleAddresses
{
    private const string PublicRegistry = "mcr.microsoft.com";

    /// <summary>The path of a module's template below the cache's root; null when the address or its alias is not understood.</summary>
    internal static string? PathOf(string address, string from, ISourceFiles files)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        var scheme = address[..colon].Split('/');
        var rest = address[(colon + 1)..];
        return scheme switch
        {
            ["br"] => Registry(rest),
            ["br", "public"] when Alias(files, from, "br", "public") is null => Registry($"{PublicRegistry}/bicep/{rest}"),
            ["br", var alias] when Alias(files, from, "br", alias) is { } found => Registry(string.Join('/', ((string?[])[found.GetText("registry"), found.GetText("modulePath")]).OfType<string>()) + "/" + rest),
            ["ts"] => Spec(rest),
            ["ts", var alias] when Alias(files, from, "ts", alias) is { } found => Spec($"{found.GetText("subscription")}/{found.GetText("resourceGroup")}/{rest}"),
            _ => null,
        };
    }

    private static string? Registry(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return null;
        }

        var registry = reference[..slash].ToLowerInvariant().Replace(':', '$');
        var rest = reference[(slash + 1)..];
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            return $"br/{registry}/{rest[..at].Replace('/', '$')}/{rest[(at + 1)..].Replace(':', '#')}/main.json";
        }

        var colon = rest.LastIndexOf(':');
        return colon < 0 ? null : $"br/{registry}/{rest[..colon].Replace('/', '$')}/{rest[(colon + 1)..]}${CaseMask(rest[(colon + 1)..])}/main.json";
    }

    // File systems that fold case would confuse tags that differ by it; the mask tells them apart.
    private static string CaseMask(string tag)
    {
        var mask = System.Numerics.BigInteger.Zero;
        for (var i = 0; i < tag.Length; i++)
        {
            mask |= char.IsAsciiLetterUpper(tag[i]) ? System.Numerics.BigInteger.One << i : 0;
        }

        return mask.IsZero ? "" : mask.ToString("x", System.Globalization.CultureInfo.InvariantCulture).TrimStart('0');
    }

    private static string? Spec(string reference)
    {
        var parts = reference.Split('/');
        var name = parts[^1].Split(':');
        return parts.Length == 3 && name.Length == 2 ? $"ts/{parts[0]}/{parts[1]}/{name[0]}/{name[1]}/main.json".ToLowerInvariant() : null;
    }

    private static ObjectValue? Alias(ISourceFiles files, string from, string kind, string alias)
    {
        for (var folder = from; folder.LastIndexOf('/') is >= 0 and var slash;)
        {
            folder = folder[..slash];
            if (Config(files, folder + "/bicepconfig.json") is { } config)
            {
                return config.Get("moduleAliases", kind, alias) as ObjectValue;
            }
        }

        return Config(files, "bicepconfig.json")?.Get("moduleAliases", kind, alias) as ObjectValue;
    }

    private static ObjectValue? Config(ISourceFiles files, string path) =>
        files.Read(path) is FileRead.Found found ? JsonReader.Read(found.Source).Root as ObjectValue : null;
}
