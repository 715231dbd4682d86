namespace DeployGate.Reporting;

/// <summary>Writes lines that end with <c>\n</c> on every system, so that outputs compare.</summary>
internal sealed class LineWriter(TextWriter output)
{
    internal bool HasLines { get; private set; }

    internal void Add(string line)
    {
        output.Write(line);
        output.Write('\n');
        HasLines = true;
    }

    /// <summary>Lines that are written already, each with its end.</summary>
    internal void AddWritten(string text)
    {
        output.Write(text);
        HasLines |= text.Length > 0;
    }

    /// <summary>Parts two blocks: an empty line, unless nothing was written yet.</summary>
    internal void Part()
    {
        if (HasLines)
            output.Write('\n');
    }
}
