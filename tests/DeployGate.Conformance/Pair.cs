namespace DeployGate.Conformance;

/// <summary>A Bicep file and the JSON the official compiler made of it, both relative to the corpus.</summary>
internal sealed record Pair(string Bicep, string Json, bool IsJsonOlder)
{
    internal static List<Pair> Read(string corpus)
    {
        var lines = File.ReadAllLines(Path.Combine(corpus, "pairs.tsv"));
        var header = lines[0].Split('\t');
        int Column(string name) => Array.IndexOf(header, name);
        var (source, bicep, json, older) = (Column("source"), Column("bicep"), Column("json"), Column("json_older"));
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t')).Select(cells =>
            new Pair($"{cells[source]}/{cells[bicep]}", $"{cells[source]}/{cells[json]}", cells[older] == "1"))];
    }
}
