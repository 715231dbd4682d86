using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>Strings: pieces of text with the expressions between them.</summary>
internal sealed partial class BicepParser
{
    private StringSyntax ParseString()
    {
        var token = Take();
        if (token.Kind == TokenKind.String)
        {
            return new StringSyntax(token.Span, token.Text!);
        }

        var start = token.Span.Start;
        var segments = ImmutableArray.CreateBuilder<StringSegment>();
        segments.Add(new TextSegment(token.Span, token.Text!));
        while (token.Kind != TokenKind.StringEnd && !_failed)
        {
            segments.Add(new HoleSegment(ParseExpression()));
            if (Kind is not (TokenKind.StringMiddle or TokenKind.StringEnd))
            {
                Fail("'}'", "Close the hole of the string: '${expression}'; it must end on the line where it begins.");
                break;
            }

            token = Take();
            segments.Add(new TextSegment(token.Span, token.Text!));
        }

        return new StringSyntax(From(start), segments.ToImmutable());
    }

    /// <summary>A string where only a string may stand; a missing one has no segments.</summary>
    private StringSyntax ParseRequiredString(string expected, string fix)
    {
        if (Kind is TokenKind.String or TokenKind.StringStart)
        {
            return ParseString();
        }

        Fail(expected, fix);
        return new StringSyntax(new TextSpan(Start, 0), []);
    }
}
