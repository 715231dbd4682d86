using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeployGate.Site;

/// <summary>Parts of a document as plain text, with single blanks between words.</summary>
internal static class PlainText
{
    internal static string Of(Block block)
    {
        var text = new StringBuilder();
        foreach (var leaf in block is LeafBlock one ? [one] : ((ContainerBlock)block).Descendants<LeafBlock>())
        {
            text.Append(leaf is CodeBlock code ? code.Lines.ToString() : leaf.Inline is { } inline ? Of(inline) : "").Append(' ');
        }

        return Squeeze(text);
    }

    internal static string Of(ContainerInline inline)
    {
        var text = new StringBuilder();
        foreach (var part in inline.Descendants())
        {
            text.Append(part switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                _ => "",
            });
        }

        return Squeeze(text);
    }

    private static string Squeeze(StringBuilder text) => string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
