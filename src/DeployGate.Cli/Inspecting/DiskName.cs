namespace DeployGate.Cli.Inspecting;

/// <summary>What a user named as a disk.</summary>
internal abstract record DiskName
{
    private DiskName()
    {
    }

    /// <summary>A file.</summary>
    internal sealed record Path(string Value) : DiskName;

    /// <summary>An address; its query may hold a signature.</summary>
    internal sealed record Address(Uri Value) : DiskName;

    /// <summary>The id of a managed disk or snapshot.</summary>
    internal sealed record AzureId(string Value) : DiskName;

    /// <summary>The kind of a word: an address has a scheme, an id begins with <c>/subscriptions/</c>, all else is a path.</summary>
    internal static DiskName Of(string word)
    {
        if (word.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) && word.Contains("/providers/Microsoft.Compute/", StringComparison.OrdinalIgnoreCase))
        {
            return new AzureId(word.TrimEnd('/'));
        }

        var isAddress = word.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        return isAddress && Uri.TryCreate(word, UriKind.Absolute, out var address) ? new Address(address) : new Path(word);
    }
}
