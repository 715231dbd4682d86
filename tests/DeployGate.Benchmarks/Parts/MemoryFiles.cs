using DeployGate.Core.Text;

namespace DeployGate.Benchmarks.Parts;

/// <summary>The files of one repository of <see cref="Organisation"/>, in memory: what is measured reads no disk.</summary>
internal sealed class MemoryFiles : ISourceFiles
{
    private readonly Dictionary<string, SourceText> _files =
        Organisation.Files(0).ToDictionary(file => file.Path, file => new SourceText(file.Path, file.Text.ReplaceLineEndings("\n")), StringComparer.Ordinal);

    internal SourceText this[string path] => _files[path];

    /// <inheritdoc/>
    public FileRead Read(string path) => _files.TryGetValue(path.Replace("./", "", StringComparison.Ordinal), out var source) ? new FileRead.Found(source) : new FileRead.Missing(path);
}
