using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>A type as it is written.</summary>
internal abstract record TypeSyntax(TextSpan Span);

/// <summary>A name: <c>string</c>, or a type that the file declares or imports.</summary>
internal sealed record NamedTypeSyntax(TextSpan Span, string Name) : TypeSyntax(Span);

/// <summary>A value that is a type: a string, an integer with or without a minus, true, false or null.</summary>
internal sealed record LiteralTypeSyntax(ExpressionSyntax Value) : TypeSyntax(Value.Span);

/// <summary><c>inner?</c>.</summary>
internal sealed record NullableTypeSyntax(TextSpan Span, TypeSyntax Inner) : TypeSyntax(Span);

/// <summary><c>inner!</c>.</summary>
internal sealed record NonNullTypeSyntax(TextSpan Span, TypeSyntax Inner) : TypeSyntax(Span);

/// <summary><c>item[]</c>.</summary>
internal sealed record ArrayTypeSyntax(TextSpan Span, TypeSyntax Item) : TypeSyntax(Span);

/// <summary><c>a | b | c</c>, two members or more.</summary>
internal sealed record UnionTypeSyntax(TextSpan Span, ImmutableArray<TypeSyntax> Members) : TypeSyntax(Span);

/// <summary><c>{ … }</c>.</summary>
internal sealed record ObjectTypeSyntax(TextSpan Span, ImmutableArray<TypeMemberSyntax> Members) : TypeSyntax(Span);

/// <summary><c>key: type</c> in an object type; the key is null for <c>*</c>, all other members.</summary>
internal sealed record TypeMemberSyntax(TextSpan Span, ImmutableArray<DecoratorSyntax> Decorators, StringSyntax? Key, TypeSyntax Type);

/// <summary><c>[ … ]</c>, one type for each item.</summary>
internal sealed record TupleTypeSyntax(TextSpan Span, ImmutableArray<TupleItemSyntax> Items) : TypeSyntax(Span);

/// <summary>An item of a tuple type.</summary>
internal sealed record TupleItemSyntax(TextSpan Span, ImmutableArray<DecoratorSyntax> Decorators, TypeSyntax Type);

/// <summary><c>target&lt;arguments&gt;</c>, such as <c>resourceInput&lt;'type@version'&gt;</c>.</summary>
internal sealed record ParameterizedTypeSyntax(TextSpan Span, TypeSyntax Target, ImmutableArray<TypeSyntax> Arguments) : TypeSyntax(Span);

/// <summary><c>target.name</c>, or <c>target.*</c>, where the name is null.</summary>
internal sealed record TypeMemberAccessSyntax(TextSpan Span, TypeSyntax Target, Identifier? Name) : TypeSyntax(Span);

/// <summary><c>target[index]</c>, or <c>target[*]</c>, where the index is null.</summary>
internal sealed record TypeItemAccessSyntax(TextSpan Span, TypeSyntax Target, ulong? Index) : TypeSyntax(Span);

/// <summary><c>resource 'type@version'</c>: a reference to a resource as a parameter or output.</summary>
internal sealed record ResourceTypeSyntax(TextSpan Span, StringSyntax Resource) : TypeSyntax(Span);

/// <summary>Text that should be a type and is not one; a problem was reported for it.</summary>
internal sealed record BrokenTypeSyntax(TextSpan Span) : TypeSyntax(Span);
