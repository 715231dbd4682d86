using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>A name and where it stands; the text is empty only in statements that are broken.</summary>
internal sealed record Identifier(string Text, TextSpan Span);

/// <summary>An expression as it is written.</summary>
internal abstract record ExpressionSyntax(TextSpan Span);

/// <summary>Decimal digits; the sign is a <see cref="UnarySyntax"/>.</summary>
internal sealed record IntegerSyntax(TextSpan Span, ulong Value) : ExpressionSyntax(Span);

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed record BooleanSyntax(TextSpan Span, bool Value) : ExpressionSyntax(Span);

/// <summary><c>null</c>.</summary>
internal sealed record NullSyntax(TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A string: one piece of text, or texts and holes in turn, a text first and last.</summary>
internal sealed record StringSyntax : ExpressionSyntax
{
    private readonly ImmutableArray<StringSegment> _segments = [];

    /// <summary>A string without holes.</summary>
    internal StringSyntax(TextSpan span, string literal)
        : base(span) => Literal = literal;

    /// <summary>A string with holes; a missing one has no segments.</summary>
    internal StringSyntax(TextSpan span, ImmutableArray<StringSegment> segments)
        : base(span) => _segments = segments;

    /// <summary>The text of a string without holes; null for one with holes.</summary>
    public string? Literal { get; }

    /// <summary>The pieces, in order.</summary>
    public ImmutableArray<StringSegment> Segments => Literal is null ? _segments : [new TextSegment(Span, Literal)];
}

/// <summary>A piece of a string.</summary>
internal abstract record StringSegment(TextSpan Span);

/// <summary>Text with escapes resolved; the span includes the quotes or braces at its ends.</summary>
internal sealed record TextSegment(TextSpan Span, string Text) : StringSegment(Span);

/// <summary>The expression of a hole, without its braces.</summary>
internal sealed record HoleSegment(ExpressionSyntax Expression) : StringSegment(Expression.Span);

/// <summary>A name that stands for a value: a symbol of the file, a loop's item, a namespace.</summary>
internal sealed record VariableSyntax(TextSpan Span, string Name) : ExpressionSyntax(Span);

/// <summary><c>name(arguments)</c>.</summary>
internal sealed record FunctionCallSyntax(TextSpan Span, Identifier Name, ImmutableArray<ExpressionSyntax> Arguments) : ExpressionSyntax(Span);

/// <summary><c>target.name(arguments)</c>; the target may be a namespace such as <c>az</c>.</summary>
internal sealed record InstanceCallSyntax(
    TextSpan Span, ExpressionSyntax Target, Identifier Name, ImmutableArray<ExpressionSyntax> Arguments, bool IsSafe) : ExpressionSyntax(Span);

/// <summary><c>target.name</c>, or <c>target.?name</c>, which is safe.</summary>
internal sealed record PropertyAccessSyntax(TextSpan Span, ExpressionSyntax Target, Identifier Name, bool IsSafe) : ExpressionSyntax(Span);

/// <summary><c>target[index]</c>; <c>[?</c> makes it safe, <c>^</c> counts from the end.</summary>
internal sealed record IndexAccessSyntax(TextSpan Span, ExpressionSyntax Target, ExpressionSyntax Index, bool IsSafe, bool FromEnd) : ExpressionSyntax(Span);

/// <summary><c>target::name</c>: a resource declared inside another.</summary>
internal sealed record NestedResourceAccessSyntax(TextSpan Span, ExpressionSyntax Target, Identifier Name) : ExpressionSyntax(Span);

/// <summary><c>operand!</c>: the author asserts that it is not null.</summary>
internal sealed record NonNullSyntax(TextSpan Span, ExpressionSyntax Operand) : ExpressionSyntax(Span);

/// <summary>The prefix operators.</summary>
internal enum UnaryOperator
{
    /// <summary><c>!</c>.</summary>
    Not,

    /// <summary><c>-</c>.</summary>
    Minus,
}

/// <summary>An operator before its operand.</summary>
internal sealed record UnarySyntax(TextSpan Span, UnaryOperator Operator, ExpressionSyntax Operand) : ExpressionSyntax(Span);

/// <summary>The infix operators.</summary>
internal enum BinaryOperator
{
    /// <summary><c>??</c>.</summary>
    Coalesce,

    /// <summary><c>||</c>.</summary>
    Or,

    /// <summary><c>&amp;&amp;</c>.</summary>
    And,

    /// <summary><c>==</c>.</summary>
    Equals,

    /// <summary><c>!=</c>.</summary>
    NotEquals,

    /// <summary><c>=~</c>.</summary>
    EqualsIgnoringCase,

    /// <summary><c>!~</c>.</summary>
    NotEqualsIgnoringCase,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>+</c>.</summary>
    Add,

    /// <summary><c>-</c>.</summary>
    Subtract,

    /// <summary><c>*</c>.</summary>
    Multiply,

    /// <summary><c>/</c>.</summary>
    Divide,

    /// <summary><c>%</c>.</summary>
    Modulo,
}

/// <summary>An operator between two operands.</summary>
internal sealed record BinarySyntax(TextSpan Span, BinaryOperator Operator, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Span);

/// <summary><c>condition ? whenTrue : whenFalse</c>.</summary>
internal sealed record TernarySyntax(TextSpan Span, ExpressionSyntax Condition, ExpressionSyntax WhenTrue, ExpressionSyntax WhenFalse) : ExpressionSyntax(Span);

/// <summary>An expression in parentheses; kept because they end a chain of safe accesses.</summary>
internal sealed record ParenthesizedSyntax(TextSpan Span, ExpressionSyntax Inner) : ExpressionSyntax(Span);

/// <summary><c>(parameters) =&gt; body</c>.</summary>
internal sealed record LambdaSyntax(TextSpan Span, ImmutableArray<Identifier> Parameters, ExpressionSyntax Body) : ExpressionSyntax(Span);

/// <summary>An array; <c>...items</c> among its items is a <see cref="SpreadSyntax"/>.</summary>
internal sealed record ArraySyntax(TextSpan Span, ImmutableArray<ExpressionSyntax> Items) : ExpressionSyntax(Span);

/// <summary><c>...value</c>; stands only directly in an array.</summary>
internal sealed record SpreadSyntax(TextSpan Span, ExpressionSyntax Value) : ExpressionSyntax(Span);

/// <summary>An object; its items in the order they are written.</summary>
internal sealed record ObjectSyntax(TextSpan Span, ImmutableArray<ObjectItemSyntax> Items) : ExpressionSyntax(Span);

/// <summary>What stands in an object.</summary>
internal abstract record ObjectItemSyntax(TextSpan Span);

/// <summary><c>key: value</c>; a key without quotes is a string too, with the word's span.</summary>
internal sealed record ObjectPropertySyntax(TextSpan Span, StringSyntax Key, ExpressionSyntax Value) : ObjectItemSyntax(Span);

/// <summary><c>...value</c> in an object.</summary>
internal sealed record ObjectSpreadSyntax(TextSpan Span, ExpressionSyntax Value) : ObjectItemSyntax(Span);

/// <summary>A resource declared in the body of another, with its decorators.</summary>
internal sealed record NestedResourceSyntax(ResourceStatement Resource) : ObjectItemSyntax(Resource.Span);

/// <summary><c>[for item in collection: body]</c>; the condition occurs only in the bodies of resources and modules.</summary>
internal sealed record ForSyntax(
    TextSpan Span, Identifier Item, Identifier? Index, ExpressionSyntax Collection, ExpressionSyntax? Condition, ExpressionSyntax Body) : ExpressionSyntax(Span);

/// <summary><c>if (condition) { … }</c>, the body of a resource or module.</summary>
internal sealed record IfSyntax(TextSpan Span, ExpressionSyntax Condition, ExpressionSyntax Body) : ExpressionSyntax(Span);

/// <summary>Text that should be an expression and is not one; a problem was reported for it.</summary>
internal sealed record BrokenSyntax(TextSpan Span) : ExpressionSyntax(Span);
