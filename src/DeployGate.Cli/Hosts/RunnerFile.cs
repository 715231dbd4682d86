using System.Text;
using DeployGate.Cli.Output;
using DeployGate.Reporting;

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
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            AppendWhole(stream, Encoding.UTF8.GetBytes(text));
            return null;
        }
        catch (Exception exception) when (WriteFailure.IsExpected(exception))
        {
            return $"the runner's file '{SafeText.Line(file)}' was not written: {WriteFailure.Reason(exception)}";
        }
    }

    // Half an output would spoil those that other steps have written.
    private static void AppendWhole(FileStream stream, byte[] bytes)
    {
        var before = stream.CanSeek ? stream.Length : -1;
        try
        {
            stream.Write(bytes);
        }
        catch (IOException) when (before >= 0)
        {
            stream.SetLength(before);
            throw;
        }
    }

    /// <summary>An output as the runner reads it. The delimiter is not foreseeable, so that no value can end it and begin another output.</summary>
    internal static string Output(string name, string value)
    {
        var delimiter = $"deploygate_{Guid.NewGuid():N}";
        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }
}
