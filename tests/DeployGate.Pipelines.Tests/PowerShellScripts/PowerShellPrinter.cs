using System.Globalization;
using DeployGate.Pipelines.PowerShellScripts.Syntax;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Tests.PowerShellScripts;

/// <summary>Prints a tree in one line: commands in <c>[ ]</c>, operators before their operands in <c>( )</c>, bare words as they are.</summary>
internal static class PowerShellPrinter
{
    internal static PowerShellScript Parse(string text) => PowerShellParser.Parse(ScriptText.Of(new("x.ps1", text)));

    internal static string PrintProblems(PowerShellScript script) =>
        string.Join("; ", script.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Span.Start}+{p.Span.Length} {p.Message}")));

    internal static string Print(PowerShellScriptBlock block)
    {
        var parameters = block.Parameters.IsEmpty ? "" : $"param({string.Join(", ", block.Parameters.Select(Print))})";
        string[] parts = [parameters, .. block.NamedBlocks.Select(n => $"{n.Name} {{{Print(n.Body)}}}"), Print(block.Body)];
        return string.Join(" ; ", parts.Where(part => part.Length > 0));
    }

    private static string Print(PowerShellParameter p) =>
        string.Concat(p.Attributes.Select(a => $"[{a.Name}({string.Join(", ", a.Arguments.Select(x => string.Join('=', new[] { x.Name, x.Value is null ? null : Print(x.Value) }.OfType<string>())))})]"))
        + (p.TypeName is { } type ? $"[{type}]" : "") + "$" + p.Name + (p.Default is { } value ? "=" + Print(value) : "");

    private static string Print(PowerShellBlock block) => string.Join(" ; ", block.Statements.Select(Print));

    private static string Print(PowerShellStatement statement) => statement switch
    {
        PowerShellStatement.Pipeline p => string.Join(" | ", p.Elements.Select(Print)) + (p.IsBackground ? " &" : ""),
        PowerShellStatement.Chain c => $"(chain {Print(c.First)}{string.Concat(c.Rest.Select(l => (l.OnSuccess ? " && " : " || ") + Print(l.Statement)))})",
        PowerShellStatement.Assignment a => $"({a.Operator} {Print(a.Target)} {Print(a.Value)})",
        PowerShellStatement.If i => $"(if {string.Join(" elseif ", i.Branches.Select(b => $"{Print(b.Condition)} {{{Print(b.Body)}}}"))}{(i.Else is { } e ? $" else {{{Print(e)}}}" : "")})",
        PowerShellStatement.Switch s => $"(switch {string.Concat(s.Flags.Select(f => f + " "))}{Print(s.Subject)}{string.Concat(s.Cases.Select(c => $" {(c.Pattern is { } p ? Print(p) : "default")} {{{Print(c.Body)}}}"))})",
        PowerShellStatement.ForEach f => $"(foreach {Print(f.Variable)} in {Print(f.Items)} {{{Print(f.Body)}}})",
        PowerShellStatement.For f => $"(for {Optional(f.First)}; {Optional(f.Condition)}; {Optional(f.Next)} {{{Print(f.Body)}}})",
        PowerShellStatement.Loop l => $"({l.Kind} {Print(l.Condition)} {{{Print(l.Body)}}})",
        PowerShellStatement.Try t => $"(try {{{Print(t.Body)}}}{string.Concat(t.Catches.Select(c => $" catch {string.Concat(c.TypeNames.Select(n => $"[{n}] "))}{{{Print(c.Body)}}}"))}{(t.Finally is { } f ? $" finally {{{Print(f)}}}" : "")})",
        PowerShellStatement.Trap t => $"(trap {t.TypeName} {{{Print(t.Body)}}})",
        PowerShellStatement.Function f => $"({(f.IsFilter ? "filter" : "function")} {f.Name} {{{Print(f.Body)}}})",
        PowerShellStatement.Leave l => $"({l.Kind}{(l.Value is { } v ? " " + Print(v) : "")})",
        PowerShellStatement.Opaque => "opaque",
        _ => throw new InvalidOperationException(statement.GetType().Name),
    };

    private static string Optional(PowerShellStatement? statement) => statement is null ? "" : Print(statement);

    private static string Print(PipelineElement element) => element switch
    {
        PipelineElement.Value v => Print(v.Expression) + string.Concat(v.Redirections.Select(Print)),
        PipelineElement.Command c => $"[{c.Invocation switch { InvocationKind.Call => "& ", InvocationKind.Dot => ". ", _ => "" }}{Print(c.Name)}{string.Concat(c.Elements.Select(e => " " + Print(e)))}{string.Concat(c.Redirections.Select(Print))}]",
        _ => throw new InvalidOperationException(element.GetType().Name),
    };

    private static string Print(CommandElement element) => element switch
    {
        CommandElement.Parameter p => $"-{p.Name}{(p.Value is { } v ? ":" + Print(v) : "")}",
        CommandElement.Argument a => Print(a.Value),
        CommandElement.Verbatim v => $"--%<{v.Text}>",
        _ => throw new InvalidOperationException(element.GetType().Name),
    };

    private static string Print(PowerShellRedirection r) => $" {{{r.Stream}{(r.IsAppend ? ">>" : ">")} {(r.Target is { } t ? Print(t) : "&")}}}";

    private static string Print(PowerShellExpression expression) => expression switch
    {
        PowerShellExpression.Number n => n.Value?.ToString(CultureInfo.InvariantCulture) ?? "?" + n.Text,
        PowerShellExpression.String s => Print(s),
        PowerShellExpression.Variable v => $"{(v.IsSplat ? '@' : '$')}{(v.Scope is { } scope ? scope + ":" : "")}{v.Name}",
        PowerShellExpression.Hashtable h => $"@{{{string.Join("; ", h.Entries.Select(e => $"{Print(e.Key)}={Print(e.Value)}"))}}}",
        PowerShellExpression.Array a => $"@({Print(a.Body)})",
        PowerShellExpression.Sequence s => $"({string.Join(", ", s.Items.Select(Print))})",
        PowerShellExpression.Subexpression s => $"$({Print(s.Body)})",
        PowerShellExpression.Parenthesized p => $"(({Print(p.Statement)}))",
        PowerShellExpression.ScriptBlock b => $"{{{Print(b.Body)}}}",
        PowerShellExpression.Member m => $"({(m.IsStatic ? "::" : m.IsConditional ? "?." : ".")} {Print(m.Target)} {Print(m.Name)})",
        PowerShellExpression.MethodCall c => $"(call{(c.IsStatic ? "::" : "")} {Print(c.Target)} {Print(c.Name)}{string.Concat(c.Arguments.Select(a => " " + Print(a)))})",
        PowerShellExpression.Index i => $"([] {Print(i.Target)} {Print(i.Value)})",
        PowerShellExpression.TypeLiteral t => $"<{t.Name}>",
        PowerShellExpression.Cast c => $"(<{c.TypeName}> {Print(c.Operand)})",
        PowerShellExpression.Unary u => $"({(u.IsPostfix ? "post" : "")}{u.Operator} {Print(u.Operand)})",
        PowerShellExpression.Binary b => $"({b.Operator} {Print(b.Left)} {Print(b.Right)})",
        PowerShellExpression.Conditional c => $"(? {Print(c.Condition)} {Print(c.Then)} {Print(c.Else)})",
        PowerShellExpression.Opaque => "opaque",
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private static string Print(PowerShellExpression.String s)
    {
        var quote = s.Kind switch { StringKind.Single => "'", StringKind.Double => "\"", _ => "" };
        return quote + string.Join('·', s.Parts.Select(Print)) + quote;
    }

    private static string Print(StringPart part) => part switch
    {
        StringPart.Literal l => l.Text.Replace("\r", "␍", StringComparison.Ordinal).Replace("\n", "⏎", StringComparison.Ordinal).Replace("\t", "⇥", StringComparison.Ordinal),
        StringPart.Hole => "HOLE",
        StringPart.Expansion e => Print(e.Expression),
        _ => throw new InvalidOperationException(part.GetType().Name),
    };
}
