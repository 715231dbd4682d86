using System.Text;

namespace DeployGate.Cli.Output;

/// <summary>What can be told of the terminal that a process stands at.</summary>
internal static class Consoles
{
    /// <summary>The surroundings, with what standard output and standard error are.</summary>
    internal static Surroundings Of(Surroundings surroundings) => surroundings with
    {
        IsTerminal = !Console.IsOutputRedirected && string.IsNullOrEmpty(surroundings.Environment("NO_COLOR")),
        IsErrorTerminal = !Console.IsErrorRedirected && surroundings.Environment("TERM") is not "dumb",
        Width = Console.IsOutputRedirected ? surroundings.Width : WidthOr(surroundings.Width),
    };

    /// <summary>
    /// Lets a Windows console show what is written, which is UTF-8, whatever its code page; the old one is back when the result is disposed of.
    /// Redirected output is UTF-8 everywhere, and terminals of other systems need nothing.
    /// </summary>
    internal static IDisposable? Utf8() => OperatingSystem.IsWindows() && !Console.IsOutputRedirected ? new CodePage() : null;

    private static int WidthOr(int otherwise)
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }

    private sealed class CodePage : IDisposable
    {
        private readonly Encoding _before = Console.OutputEncoding;

        internal CodePage() => Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        public void Dispose() => Console.OutputEncoding = _before;
    }
}
