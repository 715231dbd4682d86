using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>A <c>.bicep</c> or <c>.bicepparam</c> file as it is written; which statements its kind allows is not checked.</summary>
internal sealed record BicepFile(SourceText Source, ImmutableArray<Statement> Statements, ImmutableArray<Problem> Problems);

/// <summary><c>@name(arguments)</c> or <c>@namespace.name(arguments)</c>.</summary>
internal sealed record DecoratorSyntax(TextSpan Span, Identifier? Namespace, Identifier Name, ImmutableArray<ExpressionSyntax> Arguments);

/// <summary>A declaration. The span begins at its keyword; decorators stand before it.</summary>
internal abstract record Statement(TextSpan Span)
{
    /// <summary>The decorators, in order.</summary>
    public ImmutableArray<DecoratorSyntax> Decorators { get; init; } = [];

    /// <summary>True when a problem was reported inside: parts may be missing, so no conclusion is safe.</summary>
    public bool IsBroken { get; init; }
}

/// <summary>A declaration of a name.</summary>
internal abstract record NamedStatement(TextSpan Span, Identifier Name) : Statement(Span);

/// <summary><c>targetScope = value</c>.</summary>
internal sealed record TargetScopeStatement(TextSpan Span, ExpressionSyntax Value) : Statement(Span);

/// <summary><c>metadata name = value</c>.</summary>
internal sealed record MetadataStatement(TextSpan Span, Identifier Name, ExpressionSyntax Value) : NamedStatement(Span, Name);

/// <summary><c>param name type = default</c>; in a parameter file <c>param name = value</c>, without a type.</summary>
internal sealed record ParameterStatement(TextSpan Span, Identifier Name, TypeSyntax? Type, ExpressionSyntax? Value) : NamedStatement(Span, Name);

/// <summary><c>var name = value</c>; the type is optional.</summary>
internal sealed record VariableStatement(TextSpan Span, Identifier Name, TypeSyntax? Type, ExpressionSyntax Value) : NamedStatement(Span, Name);

/// <summary><c>type name = type</c>.</summary>
internal sealed record TypeStatement(TextSpan Span, Identifier Name, TypeSyntax Type) : NamedStatement(Span, Name);

/// <summary><c>func name(parameters) type =&gt; body</c>.</summary>
internal sealed record FunctionStatement(
    TextSpan Span, Identifier Name, ImmutableArray<FunctionParameterSyntax> Parameters, TypeSyntax ReturnType, ExpressionSyntax Body) : NamedStatement(Span, Name);

/// <summary>A parameter of a function.</summary>
internal sealed record FunctionParameterSyntax(Identifier Name, TypeSyntax Type);

/// <summary><c>resource name 'type@version' = body</c>; the body is an object, an <c>if</c> or a <c>for</c>.</summary>
internal sealed record ResourceStatement(TextSpan Span, Identifier Name, StringSyntax Type, bool IsExisting, ExpressionSyntax Body) : NamedStatement(Span, Name);

/// <summary><c>module name 'path' = body</c>; the body is an object, an <c>if</c> or a <c>for</c>.</summary>
internal sealed record ModuleStatement(TextSpan Span, Identifier Name, StringSyntax Path, ExpressionSyntax Body) : NamedStatement(Span, Name);

/// <summary><c>output name type = value</c>.</summary>
internal sealed record OutputStatement(TextSpan Span, Identifier Name, TypeSyntax Type, ExpressionSyntax Value) : NamedStatement(Span, Name);

/// <summary><c>test name 'path' = body</c>.</summary>
internal sealed record TestStatement(TextSpan Span, Identifier Name, StringSyntax Path, ExpressionSyntax Body) : NamedStatement(Span, Name);

/// <summary><c>assert name = condition</c>.</summary>
internal sealed record AssertStatement(TextSpan Span, Identifier Name, ExpressionSyntax Condition) : NamedStatement(Span, Name);

/// <summary><c>import {a, b as c} from 'path'</c>, or <c>import * as alias from 'path'</c>, which has no items.</summary>
internal sealed record ImportStatement(TextSpan Span, ImmutableArray<ImportItemSyntax> Items, Identifier? Wildcard, StringSyntax From) : Statement(Span);

/// <summary>An imported name and what it is called here; null when it keeps its name.</summary>
internal sealed record ImportItemSyntax(Identifier Name, Identifier? Alias);

/// <summary><c>extension source with configuration as alias</c>; the source is a name or a string.</summary>
internal sealed record ExtensionStatement(TextSpan Span, ExpressionSyntax Extension, ExpressionSyntax? Configuration, Identifier? Alias) : Statement(Span);

/// <summary><c>extensionConfig name with configuration</c> of a parameter file.</summary>
internal sealed record ExtensionConfigurationStatement(TextSpan Span, Identifier Name, ExpressionSyntax? Configuration) : NamedStatement(Span, Name);

/// <summary><c>using 'path'</c> of a parameter file; the path is null for <c>using none</c>.</summary>
internal sealed record UsingStatement(TextSpan Span, StringSyntax? Path, ExpressionSyntax? Configuration) : Statement(Span);

/// <summary><c>extends 'path'</c> of a parameter file.</summary>
internal sealed record ExtendsStatement(TextSpan Span, StringSyntax Path) : Statement(Span);

/// <summary>Text that should be a declaration and is not one.</summary>
internal sealed record BrokenStatement(TextSpan Span) : Statement(Span);
