using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Packer;

/// <summary>
/// Reads the files of Packer, HCL2 and JSON, which is nearly a part of it. What is broken is a problem and is left out; no
/// text makes it fail.
/// </summary>
/// <seealso href="https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md"/>
internal sealed partial class PackerParser
{
    private const int DeepestNesting = 60;
    private const int MostProblems = 20;

    private readonly string _text;
    private readonly bool _isJson;
    private readonly List<SyntaxProblem> _problems = [];
    private int _at;
    private int _depth;

    private PackerParser(SourceText source, bool isJson) => (_text, _isJson) = (source.Content, isJson);

    internal static PackerFile Parse(SourceText source)
    {
        var isJson = source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || source.Content.AsSpan().TrimStart().StartsWith("{");
        var parser = new PackerParser(source, isJson);
        var body = isJson ? parser.Root() : parser.Body(isNested: false);
        return new PackerFile(source, isJson, body, [.. parser._problems]);
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private bool IsEnd => _at >= _text.Length;

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void Report(int at, string message)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new SyntaxProblem(message, new TextSpan(Math.Min(at, _text.Length), at < _text.Length ? 1 : 0)));
        }
    }

    private PackerBody Root()
    {
        SkipBlanks();
        if (Current != '{')
        {
            Report(_at, "a Packer template in JSON is an object");
            return new PackerBody([], []);
        }

        return new PackerBody(((PackerNode.Map)Map()).Entries, []);
    }

    private PackerBody Body(bool isNested)
    {
        var attributes = ImmutableArray.CreateBuilder<PackerAttribute>();
        var blocks = ImmutableArray.CreateBuilder<PackerBlock>();
        for (SkipBlanks(); !IsEnd; SkipBlanks())
        {
            if (Current == '}')
            {
                _at++;
                if (isNested)
                {
                    return new PackerBody(attributes.ToImmutable(), blocks.ToImmutable());
                }

                Report(_at - 1, "a brace closes nothing");
                continue;
            }

            Item(attributes, blocks);
        }

        if (isNested)
        {
            Report(_at, "a block is not closed");
        }

        return new PackerBody(attributes.ToImmutable(), blocks.ToImmutable());
    }

    private void Item(ImmutableArray<PackerAttribute>.Builder attributes, ImmutableArray<PackerBlock>.Builder blocks)
    {
        var start = _at;
        if (Name() is not { } name)
        {
            Report(_at, "a name of an argument or block was expected");
            SkipLine();
            return;
        }

        var span = TextSpan.FromBounds(start, _at);
        SkipInline();
        if (Current == '=')
        {
            _at++;
            attributes.Add(new PackerAttribute(name, span, Expression()));
            return;
        }

        var labels = ImmutableArray.CreateBuilder<string>();
        var end = _at;
        while (Name() is { } label)
        {
            labels.Add(label);
            end = _at;
            SkipInline();
        }

        if (Current != '{' || _depth >= DeepestNesting)
        {
            Report(_at, Current == '{' ? "blocks are nested too deep" : "'=' or a block was expected");
            SkipLine();
            return;
        }

        _at++;
        _depth++;
        var body = Body(isNested: true);
        _depth--;
        blocks.Add(new PackerBlock(name, labels.ToImmutable(), body, TextSpan.FromBounds(start, Math.Max(end, start))));
    }

    /// <summary>An identifier or a quoted name; null when there is neither.</summary>
    private string? Name()
    {
        if (Current == '"')
        {
            return Quoted() is { Pieces: var pieces } ? string.Concat(pieces.Select(piece => piece.IsExpression ? "{}" : piece.Content)) : null;
        }

        var start = _at;
        while (char.IsLetterOrDigit(Current) || Current is '_' or '-')
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : null;
    }

    private void SkipLine()
    {
        do
        {
            _at++;
        }
        while (!IsEnd && Current != '\n');
    }

    private void SkipInline()
    {
        while (!IsEnd && Current is ' ' or '\t' or '\r')
        {
            _at++;
        }
    }

    private void SkipBlanks()
    {
        while (!IsEnd)
        {
            if (char.IsWhiteSpace(Current) || Current == '\uFEFF')
            {
                _at++;
            }
            else if (IsLineComment)
            {
                SkipLine();
            }
            else if (Current == '/' && Next == '*')
            {
                var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? _text.Length : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private bool IsLineComment => Current == '#' || (Current == '/' && Next == '/');
}
