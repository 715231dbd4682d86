using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Expressions;

/// <summary>An expression of a pipeline language; <paramref name="Text"/> is how it was written.</summary>
internal abstract record Expression(string Text);

/// <summary>A literal.</summary>
internal sealed record LiteralExpression(Value Value, string Text) : Expression(Text);

/// <summary>The name of a context: <c>github</c>, <c>parameters</c>.</summary>
internal sealed record NameExpression(string Name, string Text) : Expression(Text);

/// <summary><c>target.name</c> or <c>target[index]</c>.</summary>
internal sealed record AccessExpression(Expression Target, Expression Index, string Text) : Expression(Text);

/// <summary><c>target.*</c>: each item.</summary>
internal sealed record EachExpression(Expression Target, string Text) : Expression(Text);

/// <summary>A function call.</summary>
internal sealed record CallExpression(string Name, ImmutableArray<Expression> Arguments, string Text) : Expression(Text);

/// <summary><c>!operand</c>.</summary>
internal sealed record NotExpression(Expression Operand, string Text) : Expression(Text);

/// <summary>Two operands and what is between them.</summary>
internal sealed record BinaryExpression(string Operator, Expression Left, Expression Right, string Text) : Expression(Text);

/// <summary>Text that is no expression, and why.</summary>
internal sealed record BrokenExpression(string Message, string Text) : Expression(Text);
