using System.Text;

namespace DeployGate.Reporting.Markdown;

/// <summary>Text that grows up to a number of bytes in UTF-8, and counts what had no room.</summary>
internal sealed class LimitedText(int maxBytes)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, int> _omitted = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>What had no room, counted by kind; empty when everything had.</summary>
    internal string Omissions => string.Join(", ", _omitted.Select(one => $"{one.Value} {one.Key}"));

    internal void Add(string part)
    {
        _bytes += Encoding.UTF8.GetByteCount(part);
        _text.Append(part);
    }

    /// <summary>Adds a part when it fits; with <paramref name="without"/>, counts what this form of the part lacks.</summary>
    internal bool TryAdd(string part, string? without = null)
    {
        if (_bytes + Encoding.UTF8.GetByteCount(part) > maxBytes)
            return false;

        Add(part);
        if (without is not null)
            Omit(without);
        return true;
    }

    internal void Omit(string what) => _omitted[what] = _omitted.GetValueOrDefault(what) + 1;

    public override string ToString() => _text.ToString();
}
