using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Packer;

/// <summary>One file of a Packer template or of its variables; the root of a JSON file is read as a body too.</summary>
internal sealed record PackerFile(SourceText Source, bool IsJson, PackerBody Body, ImmutableArray<SyntaxProblem> Problems);

/// <summary>What stands between the braces of a block, or in a file.</summary>
internal sealed record PackerBody(ImmutableArray<PackerAttribute> Attributes, ImmutableArray<PackerBlock> Blocks)
{
    internal PackerNode? this[string name] => Attributes.FirstOrDefault(attribute => attribute.Name == name)?.Value;
}

/// <summary><c>name = value</c>.</summary>
internal sealed record PackerAttribute(string Name, TextSpan NameSpan, PackerNode Value);

/// <summary><c>type "label" { … }</c>; the span is that of its header.</summary>
internal sealed record PackerBlock(string Type, ImmutableArray<string> Labels, PackerBody Body, TextSpan Span);

/// <summary>An expression, as far as it is read.</summary>
internal abstract record PackerNode(TextSpan Span)
{
    /// <summary>A string or heredoc.</summary>
    internal sealed record Text(TextSpan Span, ImmutableArray<PackerPiece> Pieces) : PackerNode(Span);

    /// <summary>A name with its parts: <c>var.x</c>.</summary>
    internal sealed record Reference(TextSpan Span, string Name) : PackerNode(Span);

    /// <summary>A number.</summary>
    internal sealed record Number(TextSpan Span, string Lexeme) : PackerNode(Span);

    /// <summary>A list.</summary>
    internal sealed record List(TextSpan Span, ImmutableArray<PackerNode> Items) : PackerNode(Span);

    /// <summary>An object.</summary>
    internal sealed record Map(TextSpan Span, ImmutableArray<PackerAttribute> Entries) : PackerNode(Span);

    /// <summary>Anything else, as it is written.</summary>
    internal sealed record Opaque(TextSpan Span, string Written) : PackerNode(Span);
}

/// <summary>A part of a text: what it says, or an expression that stands in it.</summary>
/// <param name="Content">The text, or the expression without its braces.</param>
/// <param name="IsExpression">True for <c>${…}</c> and <c>{{…}}</c>.</param>
internal sealed record PackerPiece(string Content, bool IsExpression);
