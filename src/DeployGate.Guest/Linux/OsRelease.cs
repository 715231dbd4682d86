namespace DeployGate.Guest.Linux;

/// <summary>Reads <c>os-release</c>: lines <c>NAME=value</c>, the value quoted as a shell would.</summary>
internal static class OsRelease
{
    private const int MaxValue = 200;

    internal static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && line[0] != '#')
            {
                var value = line[(at + 1)..].Trim().Trim('"', '\'');
                values[line[..at]] = value.Length <= MaxValue ? value : value[..MaxValue];
            }
        }

        return values;
    }
}
