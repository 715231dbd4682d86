using System.Security.Cryptography;
using System.Text;

namespace DeployGate.Reporting.Html;

/// <summary>The style and the script of the page, embedded in this assembly, and the policy that lets nothing else act.</summary>
/// <seealso href="https://www.w3.org/TR/CSP3/"/>
internal static class HtmlAssets
{
    internal static string Style { get; } = Read("report.css");

    internal static string Script { get; } = Read("report.js");

    /// <summary>Nothing is loaded, sent or framed; of style and script, only what hashes to these.</summary>
    internal static string Policy { get; } =
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // A checkout with other line ends gives the same page.
    private static string Read(string name)
    {
        using var stream = typeof(HtmlAssets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
