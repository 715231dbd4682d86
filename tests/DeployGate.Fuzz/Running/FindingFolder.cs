using System.Text;

namespace DeployGate.Fuzz.Running;

/// <summary>Where findings go: the input and what was thrown, a few of each kind, and a line for each that says how to see it again.</summary>
internal sealed class FindingFolder(string folder, string target, string replay)
{
    private const int MostOfAKind = 3;

    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);

    /// <summary>Takes a finding.</summary>
    /// <param name="finding">What is wrong.</param>
    /// <param name="save">Writes the input to a path without extension and gives the file's path; null where it is not at hand.</param>
    internal void Take(FuzzFinding finding, Func<string, string>? save)
    {
        var kind = KindOf(finding);
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        if (_kinds[kind] > MostOfAKind)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FormattableString.Invariant($"{target}-{finding.Index}"));
        var input = save?.Invoke(path) ?? "(not at hand: replay it)";
        var line = FormattableString.Invariant($"FINDING {target} {finding.Index} {finding.Kind}: {finding.Detail.Split('\n')[0].Trim()}\n  replay: {replay} --from {finding.Index} --count 1\n  input: {input}\n");
        File.WriteAllText(path + ".why", line + finding.Detail + "\n");
        Console.Write(line);
    }

    // Findings are of one kind when the same kind of thing happened at the same place.
    private static string KindOf(FuzzFinding finding)
    {
        var lines = finding.Detail.Split('\n');
        var place = lines.FirstOrDefault(line => line.Contains(" at DeployGate.", StringComparison.Ordinal)) ?? "";
        return new StringBuilder(finding.Kind).Append(lines[0].Split(':')[0]).Append(place).ToString();
    }
}
