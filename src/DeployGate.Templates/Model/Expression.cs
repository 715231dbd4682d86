using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Model;

/// <summary>An expression of ARM or Bicep; operators of Bicep are calls of the functions they compile to.</summary>
internal abstract record Expression(Place Place);

/// <summary>A value as it is written.</summary>
internal sealed record LiteralExpression(Place Place, Value Value) : Expression(Place);

/// <summary>An object; members come from its items in order.</summary>
internal sealed record ObjectExpression(Place Place, ImmutableArray<ObjectItem> Items) : Expression(Place);

/// <summary>An array.</summary>
internal sealed record ArrayExpression(Place Place, ImmutableArray<Expression> Items) : Expression(Place);

/// <summary>A call of a template function, or of a user function when <paramref name="Namespace"/> is not null.</summary>
internal sealed record CallExpression(Place Place, string? Namespace, string Name, ImmutableArray<Expression> Arguments) : Expression(Place);

/// <summary><c>target.name</c>; safe access gives null where the member is missing.</summary>
internal sealed record MemberExpression(Place Place, Expression Target, string Name, bool IsSafe) : Expression(Place);

/// <summary><c>target[key]</c>.</summary>
internal sealed record IndexExpression(Place Place, Expression Target, Expression Key, bool IsSafe) : Expression(Place);

/// <summary>Text that should be an expression and is not one; evaluates to an error, only where it is reached.</summary>
internal sealed record BrokenExpression(Place Place, string Text, string Message) : Expression(Place);

/// <summary>What an object literal is made of.</summary>
internal abstract record ObjectItem;

/// <summary><c>name: value</c>; the name may be an expression.</summary>
internal sealed record PropertyItem(Expression Name, Expression Value) : ObjectItem;

/// <summary>A loop by count that gives an array, one item of <paramref name="Input"/> for each round.</summary>
internal sealed record LoopExpression(Place Place, CopyLoop Loop, Expression Input) : Expression(Place);

/// <summary>The head of a loop by count. <paramref name="Name"/> is what <c>copyIndex('name')</c> calls it; null when it has none.</summary>
internal sealed record CopyLoop(Place Place, Expression? Name, Expression Count);
