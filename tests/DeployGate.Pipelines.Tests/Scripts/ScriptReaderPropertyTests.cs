using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Batch.Syntax;
using DeployGate.Pipelines.PowerShellScripts.Syntax;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace DeployGate.Pipelines.Tests.Scripts;

public class ScriptReaderPropertyTests
{
    private static readonly ImmutableArray<string> s_samples = [ScriptSamples.Shell, ScriptSamples.PowerShell, ScriptSamples.Batch];

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void A_sample_has_no_problem(int language) =>
        Assert.Equal([], ProblemsOf(language, s_samples[language]).Select(p => $"{p.Span.Start} {p.Message}"));

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void A_script_cut_anywhere_is_read_with_spans_inside_it(int language)
    {
        for (var length = 0; length < s_samples[language].Length; length += 7)
        {
            CheckSpans(language, s_samples[language][..length]);
            CheckSpans(language, s_samples[language][length..]);
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void A_script_with_words_lost_and_swapped_is_read_with_spans_inside_it(int language)
    {
        var tokens = Tokens(s_samples[language]);
        var edits = Gen.Choose(0, tokens.Length - 1).Two().ArrayOf(6);
        Prop.ForAll(
            edits.ToArbitrary(),
            chosen =>
            {
                var edited = tokens.ToArray();
                foreach (var (first, second) in chosen)
                {
                    (edited[first], edited[second]) = first % 3 == 0 ? ("", edited[second]) : (edited[second], edited[first]);
                }

                CheckSpans(language, string.Concat(edited));
            }).QuickCheckThrowOnFailure();
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void Signs_in_any_order_are_read_with_spans_inside_them(int language)
    {
        string[] signs = ["(", ")", "{", "}", "[", "]", "$", "@", "\"", "'", "`", "\\", "\n", "\r\n", " ", ";", "&", "|", "<", ">", "<<A", "#", "=", ",", "%", "^", "-f", "?", ":", "!", "*", "~", "a", "1", "if", "do", "\0", "\ud800"];
        Prop.ForAll(Gen.Elements(signs).ArrayOf(60).ToArbitrary(), chosen => CheckSpans(language, string.Concat(chosen))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, "az \uE000 \"a\uE000\" 'b\uE000' ${x:-\uE000} `c \\`\uE000\\`` $'\uE000' \\\uE000 <<E\n\uE000\nE", 8)]
    [InlineData(1, "az \uE000 \"a\uE000\" 'b\uE000' -x:\uE000 @{ a = \uE000 } $(\uE000)", 5)]
    [InlineData(2, "az \uE000 \"a\uE000\" ^\uE000 & set A=\uE000", 4)]
    public void A_hole_is_a_part_wherever_it_stands(int language, string text, int atLeast)
    {
        var source = new SourceText("x", text);
        var builder = new ScriptText.Builder(source);
        for (var i = 0; i < text.Length; i++)
        {
            var span = new TextSpan(i, 1);
            _ = text[i] == ScriptText.Hole ? builder.PasteHole(new UnknownValue(UnknownReason.ParameterNoValue, "x", "y"), span) : builder.Copy(span);
        }

        var script = builder.Build();
        var holes = SpanCollector.NodesOf(Read(language, script)).Count(node => node.GetType().Name == "Hole");
        Assert.True(holes >= atLeast, $"{holes} holes");
        Assert.Equal(text.Count(c => c == ScriptText.Hole), holes);
    }

    private static string[] Tokens(string text)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || !(char.IsLetterOrDigit(text[i]) && char.IsLetterOrDigit(text[i - 1])))
            {
                tokens.Add(text[start..i]);
                start = i;
            }
        }

        return [.. tokens];
    }

    private static void CheckSpans(int language, string text)
    {
        foreach (var span in SpanCollector.SpansOf(Read(language, ScriptText.Of(new SourceText("x", text)))))
        {
            Assert.InRange(span.End, span.Start, text.Length);
        }
    }

    private static ImmutableArray<SyntaxProblem> ProblemsOf(int language, string text) => Read(language, ScriptText.Of(new SourceText("x", text))) switch
    {
        ShellScript shell => shell.Problems,
        PowerShellScript powerShell => powerShell.Problems,
        var batch => ((BatchScript)batch).Problems,
    };

    private static object Read(int language, ScriptText script) => language switch
    {
        0 => ShellParser.Parse(script),
        1 => PowerShellParser.Parse(script),
        _ => BatchParser.Parse(script),
    };
}
