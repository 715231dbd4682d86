using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DeployGate.Pipelines.Packer;

/// <summary>Takes the texts of Packer templates apart: escapes, <c>${…}</c> of HCL, <c>{{…}}</c> of Packer itself.</summary>
internal sealed class PackerTexts(string text, bool isJson, bool hasEscapes)
{
    private readonly ImmutableArray<PackerPiece>.Builder _pieces = ImmutableArray.CreateBuilder<PackerPiece>();
    private readonly StringBuilder _literal = new();
    private readonly int _lastClose = text.LastIndexOf("}}", StringComparison.Ordinal);
    private int _at;

    internal static ImmutableArray<PackerPiece> Split(string text, bool isJson, bool hasEscapes) => new PackerTexts(text, isJson, hasEscapes).Split();

    /// <summary>The offset after the bracket that closes what opens before <paramref name="at"/>; the text's end when nothing does.</summary>
    internal static int AfterBraces(string text, int at)
    {
        var depth = 1;
        while (at < text.Length && depth > 0)
        {
            switch (text[at])
            {
                case '{':
                    depth++;
                    break;
                case '}':
                    depth--;
                    break;
                case '"':
                    at = InQuotes(text, at + 1);
                    break;
            }

            at++;
        }

        return Math.Min(at, text.Length);
    }

    private static int InQuotes(string text, int at)
    {
        while (at < text.Length && text[at] is not ('"' or '\n'))
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return at;
    }

    private ImmutableArray<PackerPiece> Split()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '\\' && hasEscapes && _at + 1 < text.Length)
            {
                Escape();
            }
            else if (!isJson && text[_at] is '$' or '%' && Next(1) == text[_at] && Next(2) == '{')
            {
                _literal.Append(text[_at]).Append('{');
                _at += 3;
            }
            else if (!isJson && text[_at] is '$' or '%' && Next(1) == '{')
            {
                var end = AfterBraces(text, _at + 2);
                Add(text[(_at + 2)..Math.Max(_at + 2, end - 1)]);
                _at = end;
            }
            else if (text[_at] == '{' && Next(1) == '{' && _at < _lastClose && text.IndexOf("}}", _at, StringComparison.Ordinal) is var close and > 0)
            {
                Add(text[(_at + 2)..close]);
                _at = close + 2;
            }
            else
            {
                _literal.Append(text[_at++]);
            }
        }

        Flush();
        return _pieces.ToImmutable();
    }

    private char Next(int offset) => _at + offset < text.Length ? text[_at + offset] : '\0';

    private void Add(string expression)
    {
        Flush();
        _pieces.Add(new PackerPiece(expression.Trim(), true));
    }

    private void Flush()
    {
        if (_literal.Length > 0)
        {
            _pieces.Add(new PackerPiece(_literal.ToString(), false));
            _literal.Clear();
        }
    }

    private void Escape()
    {
        var letter = text[_at + 1];
        if (letter == 'u' && _at + 6 <= text.Length && int.TryParse(text.AsSpan(_at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            _literal.Append((char)code);
            _at += 6;
            return;
        }

        _literal.Append(letter switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => letter });
        _at += 2;
    }
}
