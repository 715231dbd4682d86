using System.Collections.Immutable;
using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Templates.Tests.BicepFiles;

/// <summary>Prints a syntax tree as an S-expression on one line, short enough to write down in a test.</summary>
internal static class SyntaxPrinter
{
    internal static string Print(BicepFile file) => string.Join('\n', file.Statements.Select(Print));

    internal static string Print(Statement statement)
    {
        var text = statement switch
        {
            TargetScopeStatement s => $"(targetScope {Print(s.Value)})",
            MetadataStatement s => $"(metadata {s.Name.Text} {Print(s.Value)})",
            ParameterStatement s => $"(param {s.Name.Text}{Optional(s.Type)}{Optional(s.Value, " = ")})",
            VariableStatement s => $"(var {s.Name.Text}{Optional(s.Type)} = {Print(s.Value)})",
            TypeStatement s => $"(type {s.Name.Text} {Print(s.Type)})",
            FunctionStatement s => $"(func {s.Name.Text} ({Join(s.Parameters, p => $"{p.Name.Text}: {Print(p.Type)}")}) {Print(s.ReturnType)} {Print(s.Body)})",
            ResourceStatement s => $"(resource {s.Name.Text} {Print(s.Type)}{(s.IsExisting ? " existing" : "")} {Print(s.Body)})",
            ModuleStatement s => $"(module {s.Name.Text} {Print(s.Path)} {Print(s.Body)})",
            OutputStatement s => $"(output {s.Name.Text} {Print(s.Type)} = {Print(s.Value)})",
            TestStatement s => $"(test {s.Name.Text} {Print(s.Path)} {Print(s.Body)})",
            AssertStatement s => $"(assert {s.Name.Text} {Print(s.Condition)})",
            ImportStatement s => $"(import {(s.Wildcard is null ? Join(s.Items, Print) : $"* as {s.Wildcard.Text}")} from {Print(s.From)})",
            ExtensionStatement s => $"(extension {Print(s.Extension)}{Optional(s.Configuration, " with ")}{(s.Alias is null ? "" : $" as {s.Alias.Text}")})",
            ExtensionConfigurationStatement s => $"(extensionConfig {s.Name.Text}{Optional(s.Configuration, " with ")})",
            UsingStatement s => $"(using {(s.Path is null ? "none" : Print(s.Path))}{Optional(s.Configuration, " with ")})",
            ExtendsStatement s => $"(extends {Print(s.Path)})",
            BrokenStatement => "(broken)",
            _ => throw new InvalidOperationException(statement.GetType().Name),
        };
        return Print(statement.Decorators) + text + (statement.IsBroken ? "!broken" : "");
    }

    internal static string Print(ExpressionSyntax expression) => expression switch
    {
        IntegerSyntax e => $"{e.Value}",
        BooleanSyntax e => e.Value ? "true" : "false",
        NullSyntax => "null",
        StringSyntax { Literal: { } text } => Quote(text),
        StringSyntax e => $"(str {Join(e.Segments, Print)})",
        VariableSyntax e => e.Name,
        FunctionCallSyntax e => $"(call {e.Name.Text}{Rest(e.Arguments)})",
        InstanceCallSyntax e => $"(invoke{(e.IsSafe ? "?" : "")} {Print(e.Target)} {e.Name.Text}{Rest(e.Arguments)})",
        PropertyAccessSyntax e => $"(.{(e.IsSafe ? "?" : "")} {Print(e.Target)} {e.Name.Text})",
        IndexAccessSyntax e => $"([{(e.IsSafe ? "?" : "")}{(e.FromEnd ? "^" : "")}] {Print(e.Target)} {Print(e.Index)})",
        NestedResourceAccessSyntax e => $"(:: {Print(e.Target)} {e.Name.Text})",
        NonNullSyntax e => $"(nonnull {Print(e.Operand)})",
        UnarySyntax e => $"({(e.Operator == UnaryOperator.Not ? "not" : "neg")} {Print(e.Operand)})",
        BinarySyntax e => $"({Symbol(e.Operator)} {Print(e.Left)} {Print(e.Right)})",
        TernarySyntax e => $"(? {Print(e.Condition)} {Print(e.WhenTrue)} {Print(e.WhenFalse)})",
        ParenthesizedSyntax e => $"(paren {Print(e.Inner)})",
        LambdaSyntax e => $"(=> ({Join(e.Parameters, p => p.Text)}) {Print(e.Body)})",
        ArraySyntax e => $"[{Join(e.Items, Print)}]",
        SpreadSyntax e => $"...{Print(e.Value)}",
        ObjectSyntax e => $"{{{Join(e.Items, Print)}}}",
        ForSyntax e => $"(for {e.Item.Text}{(e.Index is null ? "" : $" {e.Index.Text}")} in {Print(e.Collection)}{Optional(e.Condition, " if ")} {Print(e.Body)})",
        IfSyntax e => $"(if {Print(e.Condition)} {Print(e.Body)})",
        BrokenSyntax => "<broken>",
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    internal static string Print(TypeSyntax type) => type switch
    {
        NamedTypeSyntax t => t.Name,
        LiteralTypeSyntax t => Print(t.Value),
        NullableTypeSyntax t => $"(? {Print(t.Inner)})",
        NonNullTypeSyntax t => $"(nonnull {Print(t.Inner)})",
        ArrayTypeSyntax t => $"(array {Print(t.Item)})",
        UnionTypeSyntax t => $"(| {Join(t.Members, Print)})",
        ObjectTypeSyntax t => $"{{{Join(t.Members, m => $"{Print(m.Decorators)}{(m.Key is null ? "*" : Print(m.Key))}: {Print(m.Type)}")}}}",
        TupleTypeSyntax t => $"[{Join(t.Items, i => Print(i.Decorators) + Print(i.Type))}]",
        ParameterizedTypeSyntax t => $"(<> {Print(t.Target)} {Join(t.Arguments, Print)})",
        TypeMemberAccessSyntax t => $"(. {Print(t.Target)} {t.Name?.Text ?? "*"})",
        TypeItemAccessSyntax t => $"([] {Print(t.Target)} {t.Index?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "*"})",
        ResourceTypeSyntax t => $"(resource {Print(t.Resource)})",
        BrokenTypeSyntax => "<broken>",
        _ => throw new InvalidOperationException(type.GetType().Name),
    };

    internal static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}'";

    private static string Print(ObjectItemSyntax item) => item switch
    {
        ObjectPropertySyntax p => $"{Print(p.Key)}: {Print(p.Value)}",
        ObjectSpreadSyntax s => $"...{Print(s.Value)}",
        NestedResourceSyntax n => Print(n.Resource),
        _ => throw new InvalidOperationException(item.GetType().Name),
    };

    private static string Print(StringSegment segment) => segment switch
    {
        TextSegment t => Quote(t.Text),
        HoleSegment h => Print(h.Expression),
        _ => throw new InvalidOperationException(segment.GetType().Name),
    };

    private static string Print(ImmutableArray<DecoratorSyntax> decorators) =>
        string.Concat(decorators.Select(d => $"@{(d.Namespace is null ? "" : d.Namespace.Text + ".")}{d.Name.Text}({Join(d.Arguments, Print)}) "));

    private static string Print(ImportItemSyntax item) => item.Alias is null ? item.Name.Text : $"{item.Name.Text}={item.Alias.Text}";

    private static string Optional(ExpressionSyntax? value, string before) => value is null ? "" : before + Print(value);

    private static string Optional(TypeSyntax? type) => type is null ? "" : " " + Print(type);

    private static string Rest(ImmutableArray<ExpressionSyntax> arguments) => string.Concat(arguments.Select(a => " " + Print(a)));

    private static string Join<T>(ImmutableArray<T> items, Func<T, string> print) => string.Join(' ', items.Select(print));

    private static string Symbol(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Coalesce => "??",
        BinaryOperator.Or => "||",
        BinaryOperator.And => "&&",
        BinaryOperator.Equals => "==",
        BinaryOperator.NotEquals => "!=",
        BinaryOperator.EqualsIgnoringCase => "=~",
        BinaryOperator.NotEqualsIgnoringCase => "!~",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        _ => throw new InvalidOperationException(operation.ToString()),
    };
}
