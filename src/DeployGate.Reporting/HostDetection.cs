using System.Collections.Immutable;

namespace DeployGate.Reporting;

/// <summary>Tells from the environment which CI host would show annotations, so that users need not ask for them.</summary>
/// <seealso href="https://docs.github.com/actions/reference/workflows-and-actions/variables"/>
/// <seealso href="https://learn.microsoft.com/azure/devops/pipelines/build/variables"/>
public static class HostDetection
{
    /// <summary>
    /// The names of the formats to add to those the user chose: <c>github</c> with <c>GITHUB_ACTIONS=true</c>,
    /// <c>azure-pipelines</c> with <c>TF_BUILD=True</c>, in any case of letters; empty elsewhere.
    /// </summary>
    /// <param name="environment">Looks up an environment variable; null when it is not set.</param>
    public static ImmutableArray<string> ExtraFormats(Func<string, string?> environment)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        if (IsTrue(environment("GITHUB_ACTIONS")))
            names.Add("github");
        if (IsTrue(environment("TF_BUILD")))
            names.Add("azure-pipelines");
        return names.ToImmutable();
    }

    /// <summary>
    /// What the host checked out; null where it does not say, or says no address. Names and passwords in the address are left out: hosts put
    /// tokens there.
    /// </summary>
    /// <param name="environment">Looks up an environment variable; null when it is not set.</param>
    public static Checkout? CheckoutOf(Func<string, string?> environment)
    {
        var (address, revision) = IsTrue(environment("GITHUB_ACTIONS"))
            ? ($"{environment("GITHUB_SERVER_URL")?.TrimEnd('/')}/{environment("GITHUB_REPOSITORY")}", environment("GITHUB_SHA"))
            : IsTrue(environment("TF_BUILD")) ? (environment("BUILD_REPOSITORY_URI"), environment("BUILD_SOURCEVERSION")) : (null, null);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            return null;

        var plain = new UriBuilder(uri) { UserName = "", Password = "", Query = "", Fragment = "" }.Uri;
        return new Checkout(plain, revision is { Length: > 0 } ? revision : null);
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
