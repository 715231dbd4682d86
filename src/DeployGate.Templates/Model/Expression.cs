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

/// <summary><c>...value</c>: the members of another object, over those before it.</summary>
internal sealed record SpreadItem(Expression Value) : ObjectItem;

/// <summary>A loop by count that gives an array, one item of <paramref name="Input"/> for each round.</summary>
internal sealed record LoopExpression(Place Place, CopyLoop Loop, Expression Input) : Expression(Place);

/// <summary>The head of a loop by count. <paramref name="Name"/> is what <c>copyIndex('name')</c> calls it; null when it has none.</summary>
internal sealed record CopyLoop(Place Place, Expression? Name, Expression Count);

/// <summary><c>[for item in collection: body]</c>: an array, one item of <paramref name="Body"/> for each of the collection.</summary>
internal sealed record ForExpression(Place Place, ForLoop Loop, Expression Body) : Expression(Place);

/// <summary>The head of a loop over a collection; the names are what the body calls item and index.</summary>
internal sealed record ForLoop(string Item, string? Index, Expression Collection);

/// <summary>A loop's item, a lambda's variable or a function's argument.</summary>
internal sealed record LocalExpression(Place Place, string Name) : Expression(Place);

/// <summary>
/// A member of a resource or module of this template: <c>id</c>, <c>name</c>, <c>type</c>, <c>apiVersion</c>, <c>outputs</c>, or
/// anything that it declares. <paramref name="Index"/> chooses one of a loop; a null member means the whole.
/// </summary>
internal sealed record SymbolExpression(Place Place, string Symbol, Expression? Index, string? Member) : Expression(Place);

/// <summary>A call of a function that the file declares: it sees its arguments, and the variables of its own file.</summary>
internal sealed record FunctionExpression(Place Place, FunctionSlot Function, ImmutableArray<Expression> Arguments) : Expression(Place);

/// <summary>A function that is read when it is first called: functions may name one another, and themselves.</summary>
internal sealed class FunctionSlot(Func<UserFunction> read)
{
    private UserFunction? _function;

    internal UserFunction Value => _function ??= read();
}

/// <summary>An expression of another file, evaluated among that file's variables.</summary>
internal sealed record ForeignExpression(Place Place, TemplateModel Model, Expression Inner) : Expression(Place);
