using System.Text;

namespace DeployGate.Cli.Hosts;

/// <summary>A file through which a step talks to GitHub's runner; steps append to it.</summary>
/// <seealso href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files"/>
internal static class RunnerFile
{
    /// <summary>Appends text; the error says why it could not be written. Without a file (null) nothing is done.</summary>
    internal static string? Append(string? file, string text)
    {
        if (string.IsNullOrEmpty(file))
        {
            return null;
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes(text));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the runner's file '{file}' was not written: {exception.Message}";
        }
    }

    /// <summary>An output as the runner reads it. The delimiter is not foreseeable, so that no value can end it and begin another output.</summary>
    internal static string Output(string name, string value)
    {
        var delimiter = $"deploygate_{Guid.NewGuid():N}";
        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }
}
