using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Model;

/// <summary>An expression of ARM or Bicep; operators of Bicep are calls of the functions they compile to.</summary>
internal abstract record Expression
{
    private LazyPlace _where;

    private protected Expression(LazyPlace where) => _where = where;

    /// <summary>Where it stands.</summary>
    internal Place Place
    {
        get => _where.Value!;
        init => _where = value;
    }

    /// <summary>The same without making a place of it.</summary>
    public LazyPlace Where
    {
        get => _where;
        init => _where = value;
    }
}

/// <summary>A value as it is written.</summary>
internal sealed record LiteralExpression(LazyPlace Where, Value Value) : Expression(Where);

/// <summary>
/// An object whose names are all written out. The value of a member is what the expression beside it gives; where that is null, the member is
/// plain data and stands in the object as it is. No expressions at all mean that all members do.
/// </summary>
internal sealed record WrittenObject(LazyPlace Where, ImmutableArray<Member> Members, ImmutableArray<Expression?> Values) : Expression(Where)
{
    /// <summary>The expression of a member's value, also of plain data.</summary>
    internal Expression ValueOf(int index) => (Values.IsEmpty ? null : Values[index]) ?? new LiteralExpression(Members[index].Value.WrittenAt, Members[index].Value);
}

/// <summary>An object of which some names are computed, or that other objects are spread in; members come from its items in order.</summary>
internal sealed record ObjectExpression(LazyPlace Where, ImmutableArray<ObjectItem> Items) : Expression(Where);

/// <summary>An array.</summary>
internal sealed record ArrayExpression(LazyPlace Where, ImmutableArray<Expression> Items) : Expression(Where);

/// <summary>A call of a template function, or of a user function when <see cref="Namespace"/> is not null.</summary>
internal sealed record CallExpression : Expression
{
    // Default as long as the only argument is a text that nobody asked for as an expression.
    private ImmutableArray<Expression> _arguments;

    internal CallExpression(LazyPlace where, string? space, string name, ImmutableArray<Expression> arguments)
        : base(where) => (Namespace, Name, _arguments) = (space, name, arguments);

    /// <summary>A call with one argument, a text, as most that name a parameter or a variable: <c>parameters('x')</c>.</summary>
    internal CallExpression(LazyPlace where, string? space, string name, StringValue onlyText)
        : base(where) => (Namespace, Name, OnlyText) = (space, name, onlyText);

    internal string? Namespace { get; }

    internal string Name { get; }

    /// <summary>The only argument where it was read as a text; null for all other calls.</summary>
    internal StringValue? OnlyText { get; }

    internal ImmutableArray<Expression> Arguments =>
        _arguments.IsDefault ? _arguments = [new LiteralExpression(OnlyText!.WrittenAt, OnlyText)] : _arguments;
}

/// <summary><c>target.name</c>; safe access gives null where the member is missing.</summary>
internal sealed record MemberExpression(LazyPlace Where, Expression Target, string Name, bool IsSafe) : Expression(Where);

/// <summary><c>target[key]</c>.</summary>
internal sealed record IndexExpression(LazyPlace Where, Expression Target, Expression Key, bool IsSafe) : Expression(Where);

/// <summary>Text that should be an expression and is not one; evaluates to an error, only where it is reached.</summary>
internal sealed record BrokenExpression(LazyPlace Where, string Text, string Message) : Expression(Where);

/// <summary>What an object literal is made of.</summary>
internal abstract record ObjectItem;

/// <summary><c>name: value</c>; the name may be an expression.</summary>
internal sealed record PropertyItem(Expression Name, Expression Value) : ObjectItem;

/// <summary>
/// A member whose name is no expression. Its value is what <paramref name="Value"/> gives; where that is null, the member is plain data and
/// stands in the object as it is.
/// </summary>
internal sealed record WrittenItem(Member Member, Expression? Value) : ObjectItem;

/// <summary><c>...value</c>: the members of another object, over those before it.</summary>
internal sealed record SpreadItem(Expression Value) : ObjectItem;

/// <summary>A loop by count that gives an array, one item of <paramref name="Input"/> for each round.</summary>
internal sealed record LoopExpression(LazyPlace Where, CopyLoop Loop, Expression Input) : Expression(Where);

/// <summary>The head of a loop by count. <paramref name="Name"/> is what <c>copyIndex('name')</c> calls it; null when it has none.</summary>
internal sealed record CopyLoop(LazyPlace Where, Expression? Name, Expression Count);

/// <summary><c>[for item in collection: body]</c>: an array, one item of <paramref name="Body"/> for each of the collection.</summary>
internal sealed record ForExpression(LazyPlace Where, ForLoop Loop, Expression Body) : Expression(Where);

/// <summary>The head of a loop over a collection; the names are what the body calls item and index.</summary>
internal sealed record ForLoop(string Item, string? Index, Expression Collection);

/// <summary>A loop's item, a lambda's variable or a function's argument.</summary>
internal sealed record LocalExpression(LazyPlace Where, string Name) : Expression(Where);

/// <summary>
/// A member of a resource or module of this template: <c>id</c>, <c>name</c>, <c>type</c>, <c>apiVersion</c>, <c>outputs</c>, or
/// anything that it declares. <paramref name="Index"/> chooses one of a loop; a null member means the whole.
/// </summary>
internal sealed record SymbolExpression(LazyPlace Where, string Symbol, Expression? Index, string? Member) : Expression(Where);

/// <summary>A call of a function that the file declares: it sees its arguments, and the variables of its own file.</summary>
internal sealed record FunctionExpression(LazyPlace Where, FunctionSlot Function, ImmutableArray<Expression> Arguments) : Expression(Where);

/// <summary>A function that is read when it is first called: functions may name one another, and themselves.</summary>
internal sealed class FunctionSlot(Func<UserFunction> read)
{
    private UserFunction? _function;

    internal UserFunction Value => _function ??= read();
}

/// <summary>An expression of another file, evaluated among that file's variables.</summary>
internal sealed record ForeignExpression(LazyPlace Where, TemplateModel Model, Expression Inner) : Expression(Where);
