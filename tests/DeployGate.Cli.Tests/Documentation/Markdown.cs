namespace DeployGate.Cli.Tests.Documentation;

/// <summary>A fenced block of a Markdown file: the word after the fence, the section it stands in, and the lines between.</summary>
internal sealed record FencedBlock(string Language, string Section, string Content);

/// <summary>As much of Markdown as the documents' tests need.</summary>
internal static class Markdown
{
    private const string Fence = "```";

    internal static IReadOnlyList<FencedBlock> BlocksOf(string text)
    {
        var blocks = new List<FencedBlock>();
        var section = "";
        List<string>? open = null;
        var language = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                if (open is not null)
                {
                    blocks.Add(new FencedBlock(language, section, string.Join('\n', open)));
                }

                (language, open) = (line[Fence.Length..].Trim(), open is null ? [] : null);
            }
            else if (open is not null)
            {
                open.Add(line);
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..].Trim();
            }
        }

        Assert.True(open is null, "a fenced block is never closed");
        return blocks;
    }

    internal static IReadOnlyList<string> SectionsOf(string text) => [.. WithoutBlocks(text)
        .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
        .Select(line => line[3..].Trim())];

    /// <summary>The lines outside of fenced blocks.</summary>
    internal static IEnumerable<string> WithoutBlocks(string text)
    {
        var isOpen = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                isOpen = !isOpen;
            }
            else if (!isOpen)
            {
                yield return line;
            }
        }
    }
}
