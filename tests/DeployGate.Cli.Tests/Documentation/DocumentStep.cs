using System.Text.RegularExpressions;

namespace DeployGate.Cli.Tests.Documentation;

/// <summary>What a document has its reader do, in the order of its text.</summary>
internal abstract partial record DocumentStep
{
    private DocumentStep() { }

    /// <summary>A file to write: a block below <c>&lt;!-- file: PATH --&gt;</c>.</summary>
    internal sealed record Write(string Path, string Content) : DocumentStep;

    /// <summary>Lines to type: a block of the language <c>sh</c>.</summary>
    internal sealed record Type(IReadOnlyList<string> Lines) : DocumentStep;

    /// <summary>
    /// What the tool prints: a block below <c>&lt;!-- output: ARGUMENTS =&gt; EXIT --&gt;</c>. Without an exit code, 0 and 1 are both fine.
    /// <paramref name="Place"/> is where the block's content stands in the document, in UTF-16 code units.
    /// </summary>
    internal sealed record See(string Arguments, int? Exit, string Shown, Range Place) : DocumentStep;

    internal static IReadOnlyList<DocumentStep> Of(string text) => [.. Block().Matches(text).Select(StepOf).OfType<DocumentStep>()];

    private static DocumentStep? StepOf(Match block)
    {
        var (content, of) = (block.Groups["content"], block.Groups["of"].Value);
        return block.Groups["kind"].Value switch
        {
            "file" => new Write(of, content.Value),
            "output" => SeeOf(of, content),
            _ => block.Groups["language"].Value == "sh" ? new Type(content.Value.TrimEnd('\n').Split('\n')) : null,
        };
    }

    private static See SeeOf(string of, Group content)
    {
        var parts = of.Split(" => ");
        return new See(parts[0], parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null, content.Value, content.Index..(content.Index + content.Length));
    }

    [GeneratedRegex("(?:^<!-- (?<kind>file|output): (?<of>[^\n]+?) -->\n\n?)?^```(?<language>[a-z]*)\n(?<content>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
