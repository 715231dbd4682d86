using DeployGate.Cli.Files;
using DeployGate.Cli.Output;
using DeployGate.Core.Fixes;
using DeployGate.Core.Text;

namespace DeployGate.Cli.Fixing;

/// <summary>Writes edits into files: only the bytes that change, in the encoding the file has, all files or none.</summary>
internal sealed class FileEdits(string workingFolder)
{
    /// <summary>Writes; the error says which file could not be changed, and then none is.</summary>
    internal string? Write(ILookup<string, TextEdit> edits)
    {
        var contents = new List<(string File, byte[] Bytes)>();
        foreach (var file in edits)
        {
            var (bytes, error) = ContentOf(file.Key, [.. file]);
            if (bytes is null)
            {
                return $"nothing was changed: '{DiskFiles.Shown(file.Key, workingFolder)}' {error}";
            }

            contents.Add((DiskFiles.RealPath(file.Key), bytes));
        }

        return WholeFile.Replace(contents, file => DiskFiles.Shown(file, workingFolder));
    }

    private (byte[]? Bytes, string? Error) ContentOf(string file, TextEdit[] edits)
    {
        var root = DiskFiles.RepositoryOf(file) ?? workingFolder;
        if (!new DiskFiles(workingFolder, root).IsInside(DiskFiles.RealPath(file)))
        {
            return (null, "leads out of the repository");
        }

        var source = edits[0].Place.Source;
        var edited = TextEdit.Apply(source.Content, edits);
        if (DiskFiles.ReadNamed(file, workingFolder, DiskFiles.MaxTemplateBytes) is not FileRead.Found { Bytes: { } bytes } found || (found.Source.Content != source.Content && found.Source.Content != edited))
        {
            return (null, "was changed meanwhile");
        }

        // Another run may have written the same fix meanwhile.
        if (found.Source.Content == edited)
        {
            return (bytes.ToArray(), null);
        }

        return SourceEncoding.Encode(edited, source.Content, bytes.Span) is { } encoded
            ? (encoded, null)
            : (null, "holds bytes that are no text in its encoding");
    }
}
