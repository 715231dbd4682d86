using System.Globalization;
using System.Text;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Tests.Shell;

/// <summary>
/// Prints a tree in one line: lists in parentheses, bare literals as they are, quoted ones in the quotes they had, other parts as
/// they would be written; <c>·</c> joins the parts of a word.
/// </summary>
internal static class ShellPrinter
{
    internal static string Print(ShellScript script) => Print(script.Body);

    internal static string PrintProblems(ShellScript script) =>
        string.Join("; ", script.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Span.Start}+{p.Span.Length} {p.Message}")));

    internal static ShellScript Parse(string text) => ShellParser.Parse(ScriptText.Of(new("x.sh", text)));

    internal static string Print(ShellBlock block) => string.Join(" ; ", block.Statements.Select(Print));

    private static string Print(ShellStatement statement) => statement switch
    {
        ShellStatement.Command c => List([.. c.Assignments.Select(Print), .. c.Words.Select(Print), .. c.Redirections.Select(Print)]),
        ShellStatement.Pipeline p => List([p.IsNegated ? "!pipe" : "pipe", .. p.Stages.Select(s => Print(s.Statement) + (s.PipesErrors ? "&" : ""))]),
        ShellStatement.Chain c => List(["chain", Print(c.First), .. c.Rest.Select(l => (l.OnSuccess ? "&& " : "|| ") + Print(l.Statement))]),
        ShellStatement.Background b => List(["&", Print(b.Statement)]),
        ShellStatement.Redirected r => List(["to", Print(r.Statement), .. r.Redirections.Select(Print)]),
        ShellStatement.Subshell s => List(["subshell", Print(s.Body)]),
        ShellStatement.Group g => List(["group", Print(g.Body)]),
        ShellStatement.If i => List([.. i.Branches.Select(b => $"if {Print(b.Condition)} then {Print(b.Body)}"), .. i.Else is { } e ? new[] { "else " + Print(e) } : []]),
        ShellStatement.ForEach f => List([f.IsSelect ? "select" : "for", f.Name, f.Words is { } w ? $"in [{string.Join(' ', w.Select(Print))}]" : "in $@", "do", Print(f.Body)]),
        ShellStatement.ForArithmetic f => List(["for", .. f.Clauses.Select(c => $"<{Print(c)}>"), "do", Print(f.Body)]),
        ShellStatement.Loop l => List([l.IsUntil ? "until" : "while", Print(l.Condition), "do", Print(l.Body)]),
        ShellStatement.Case c => List(["case", Print(c.Subject), .. c.Items.Select(Print)]),
        ShellStatement.Function f => List(["function", f.Name, Print(f.Body)]),
        ShellStatement.Test t => List(["[[", .. t.Words.Select(Print)]),
        ShellStatement.Arithmetic a => List(["((", Print(a.Parts)]),
        ShellStatement.Opaque => "(opaque)",
        _ => throw new InvalidOperationException(statement.GetType().Name),
    };

    private static string List(IEnumerable<string> items) => $"({string.Join(' ', items)})";

    private static string Print(CaseItem item) =>
        $"[{string.Join('|', item.Patterns.Select(Print))} => {Print(item.Body)}{(item.End == CaseEnd.Leave ? "" : " " + item.End)}]";

    private static string Print(ShellAssignment a) =>
        $"{a.Name}{(a.Subscript is { } s ? $"[{Print(s)}]" : "")}{(a.IsAppend ? "+=" : ":=")}{Print(a.Value)}";

    private static string Print(AssignedValue value) => value switch
    {
        AssignedValue.Scalar scalar => Print(scalar.Word),
        AssignedValue.Array array => List(array.Elements.Select(e => (e.Subscript is { } s ? $"[{Print(s)}]:=" : "") + Print(e.Value))),
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    private static string Print(Redirection r) =>
        $"{{{r.Descriptor}{r.Operator} {Print(r.Target)}{(r.Document is { } d ? $" {(d.IsLiteral ? "literal" : "expanded")} {Print(d.Parts)}" : "")}}}";

    private static string Print(ShellWord word) => word.Declares is { } a ? "<" + Print(a) + ">" : Print(word.Parts);

    private static string Print(IEnumerable<WordPart> parts) => string.Join('·', parts.Select(Print));

    private static string Print(WordPart part) => part switch
    {
        WordPart.Literal l => (l.IsQuoted ? "^" : "") + Visible(l.Text),
        WordPart.Hole h => h.IsQuoted ? "^HOLE" : "HOLE",
        WordPart.Quoted q => q.Kind switch { QuoteKind.Single => "'", QuoteKind.AnsiC => "$'", _ => "\"" } is var quote ? $"{quote}{Print(q.Parts).Replace("^", "", StringComparison.Ordinal)}{quote[^1]}" : "",
        WordPart.Parameter p => "$" + Print(p.Expansion),
        WordPart.CommandSubstitution s => $"$({Print(s.Body)})",
        WordPart.Arithmetic a => $"$(({Print(a.Parts)}))",
        WordPart.ProcessSubstitution p => $"{(p.IsInput ? '<' : '>')}({Print(p.Body)})",
        WordPart.Glob g => $"glob:{g.Text}",
        WordPart.Tilde t => $"~{t.User}",
        WordPart.Opaque => "opaque",
        _ => throw new InvalidOperationException(part.GetType().Name),
    };

    private static string Print(ParameterExpansion p)
    {
        var name = p.Name + (p.Subscript is { } s ? $"[{Print(s)}]" : "");
        if (p.Form == ParameterForm.Value && p.Operation is null && p.Subscript is null)
        {
            return name;
        }

        var operation = p.Operation is { } o
            ? $" {(o.AlsoWhenEmpty ? ":" : "")}{o.Operator} {Print(o.Argument)}{(o.Second is { } second ? $" / {Print(second)}" : "")}"
            : "";
        return $"{{{(p.Form == ParameterForm.Value ? "" : p.Form + " ")}{name}{operation}}}";
    }

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            visible.Append(c switch { '\n' => "⏎", '\t' => "⇥", '\r' => "␍", '^' => "ˆ", _ => c.ToString() });
        }

        return visible.ToString();
    }
}
