using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Tests;

/// <summary>A repository in memory: files by path from its root.</summary>
internal sealed class MemoryFiles : Dictionary<string, string>, ISourceFiles
{
    public FileRead Read(string path)
    {
        List<string> kept = [];
        foreach (var segment in path.Split('/'))
        {
            if (segment == ".." && kept.Count == 0)
            {
                return new FileRead.Refused(path, "it lies outside of the repository", "Keep what pipelines include in the repository.");
            }

            if (segment == "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("." or ""))
            {
                kept.Add(segment);
            }
        }

        var normal = string.Join('/', kept);
        return TryGetValue(normal, out var text) ? new FileRead.Found(new SourceText(normal, text)) : new FileRead.Missing(path);
    }
}
