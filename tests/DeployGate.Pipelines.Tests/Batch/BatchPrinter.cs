using System.Globalization;
using DeployGate.Pipelines.Batch.Syntax;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Tests.Batch;

/// <summary>Prints a tree in one line; what was quoted stands in quotes, <c>·</c> joins the parts of a word.</summary>
internal static class BatchPrinter
{
    internal static BatchScript Parse(string text) => BatchParser.Parse(ScriptText.Of(new("x.cmd", text)));

    internal static string PrintProblems(BatchScript script) =>
        string.Join("; ", script.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Span.Start}+{p.Span.Length} {p.Message}")));

    internal static string Print(BatchBlock block) => string.Join(" ; ", block.Statements.Select(Print));

    private static string Print(BatchStatement statement) => statement switch
    {
        BatchStatement.Command c => List("", c.Words, c.Redirections),
        BatchStatement.Call c => List("call ", c.Words, c.Redirections),
        BatchStatement.Set s => $"({s.Kind} {Print(s.Name)} := {(s.Value is { } v ? Print(v) : "nothing")})",
        BatchStatement.Pipeline p => $"(pipe {string.Join(' ', p.Stages.Select(Print))})",
        BatchStatement.Chain c => $"(chain {Print(c.First)}{string.Concat(c.Rest.Select(l => $" {l.Kind} {Print(l.Statement)}"))})",
        BatchStatement.Group g => $"(group {Print(g.Body)}{string.Concat(g.Redirections.Select(Print))})",
        BatchStatement.If i => $"(if {string.Join(' ', i.Condition.Select(Print))} then {Print(i.Then)}{(i.Else is { } e ? " else " + Print(e) : "")})",
        BatchStatement.For f => $"(for {string.Join(' ', f.Header.Select(Print))} do {Print(f.Body)})",
        BatchStatement.Label l => ":" + l.Name,
        BatchStatement.GoTo g => $"(goto {Print(g.Target)})",
        BatchStatement.Exit e => $"(exit{(e.OnlyFile ? " /b" : "")}{(e.Code is { } code ? " " + Print(code) : "")})",
        BatchStatement.Opaque => "opaque",
        _ => throw new InvalidOperationException(statement.GetType().Name),
    };

    private static string List(string name, IEnumerable<BatchWord> words, IEnumerable<BatchRedirection> redirections) =>
        $"({name}{string.Join(' ', words.Select(Print))}{string.Concat(redirections.Select(Print))})";

    private static string Print(BatchRedirection r) => $" {{{r.Descriptor}{r.Operator} {Print(r.Target)}}}";

    private static string Print(BatchWord word) => string.Join('·', word.Parts.Select(Print));

    private static string Print(BatchPart part)
    {
        var text = part switch
        {
            BatchPart.Literal l => l.Text,
            BatchPart.Hole => "HOLE",
            BatchPart.Variable v => $"%{v.Name}{(v.Change is { } change ? " " + change : "")}%",
            BatchPart.Argument a => $"%{a.Text}",
            BatchPart.LoopVariable l => $"%%{l.Text}",
            _ => throw new InvalidOperationException(part.GetType().Name),
        };
        return part.IsQuoted ? $"\"{text}\"" : text;
    }
}
