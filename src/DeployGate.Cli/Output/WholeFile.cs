using System.Text;

namespace DeployGate.Cli.Output;

/// <summary>Writes files that are complete or absent.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file in UTF-8 and moves it to its place; the error says why it could not be written.</summary>
    internal static string? Write(string file, Action<TextWriter> content)
    {
        var unfinished = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                content(writer);
            }

            File.Move(unfinished, file, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            TryDelete(unfinished);
            return exception is DirectoryNotFoundException ? "the folder does not exist" : exception.Message;
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could not be written can often not be deleted either; the file itself is absent, as promised.
        }
    }
}
