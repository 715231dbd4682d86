using System.Text;

namespace DeployGate.Templates.Tests.BicepFiles;

/// <summary>No text, however broken, may throw, hang, or give a tree that does not hold together.</summary>
public sealed class BicepFuzzTests
{
    private static readonly string[] s_pieces =
    [
        "'", "'''", "$'''", "$$'''", "${", "}", "{", "[", "]", "(", ")", "\n", "\r\n", " ", "\t", ",", ".", "..", "...", ".?", "[?", "[^", ":", "::", "?", "??", "!", "!=", "=", "=>", "==",
        "|", "||", "&", "&&", "<", ">", "-", "+", "*", "/", "//", "/*", "*/", "@", "#", "\\", "\\u{", "$", "\"", ";", "^", "~", "é", "\u00a0", "\ud83d", "\0", "1", "99999999999999999999",
        "if (", "for", "[for x in ", "in ", "resource r 'a' = ", "param ", "var ", "existing", "import ", "func f(", "type t = ", "output ", "using ", "true", "null", "x", "#disable-next-line ",
    ];

    public static TheoryData<string> Names => [.. BicepSamples.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Samples_parse(string name) => Assert.Empty(Parsing.Parse(BicepSamples.All[name]).Problems);

    [Theory, MemberData(nameof(Names))]
    public void Line_ends_do_not_matter(string name)
    {
        var sample = BicepSamples.All[name];
        var other = sample.Replace("\n", "\r\n", StringComparison.Ordinal);
        var expected = SyntaxPrinter.Print(Parsing.Parse(sample));
        Assert.Equal(expected, SyntaxPrinter.Print(Parsing.Parse(other)).Replace("\\r\\n", "\\n", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void Prefixes(string name)
    {
        var sample = BicepSamples.All[name];
        for (var length = 0; length <= sample.Length; length += 25)
        {
            Parsing.HoldsTogether(sample[..length]);
            Parsing.HoldsTogether(sample[length..]);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Tokens_deleted_and_swapped(string name)
    {
        var random = new Random(20240117);
        var pieces = Split(BicepSamples.All[name]);
        for (var round = 0; round < 500; round++)
        {
            var changed = new List<string>(pieces);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(changed.Count);
                var other = random.Next(changed.Count);
                if (random.Next(2) == 0)
                {
                    changed.RemoveAt(at);
                }
                else
                {
                    (changed[at], changed[other]) = (changed[other], changed[at]);
                }
            }

            Parsing.HoldsTogether(string.Concat(changed));
        }
    }

    [Fact]
    public void Mutations()
    {
        var random = new Random(4711);
        var samples = BicepSamples.All.Values.ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            // A window keeps each round short without losing any part of the samples.
            var sample = samples[random.Next(samples.Length)];
            var start = random.Next(sample.Length);
            var text = new StringBuilder(sample, start, Math.Min(600, sample.Length - start), 700);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(text.Length + 1);
                switch (random.Next(3))
                {
                    case 0:
                        text.Insert(at, s_pieces[random.Next(s_pieces.Length)]);
                        break;
                    case 1:
                        text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
                        break;
                    default:
                        text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 80), text.Length - at)));
                        break;
                }
            }

            Parsing.HoldsTogether(text.ToString());
        }
    }

    [Fact]
    public void Long_runs_of_one_piece()
    {
        foreach (var piece in s_pieces)
        {
            Parsing.HoldsTogether(new StringBuilder().Insert(0, piece, 5_000).ToString());
            Parsing.HoldsTogether("var v = " + new StringBuilder().Insert(0, piece + "\n", 5_000));
        }
    }

    private static List<string> Split(string text)
    {
        var lexed = DeployGate.Templates.BicepFiles.Syntax.BicepLexer.Lex(new Core.Text.SourceText("main.bicep", text));
        var pieces = new List<string>();
        var end = 0;
        foreach (var token in lexed.Tokens)
        {
            pieces.Add(text[end..token.Span.Start]);
            pieces.Add(text.Substring(token.Span.Start, token.Span.Length));
            end = token.Span.End;
        }

        return pieces;
    }
}
