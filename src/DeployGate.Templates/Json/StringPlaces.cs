using DeployGate.Core.Text;

namespace DeployGate.Templates.Json;

/// <summary>Maps ranges of a decoded string back to the JSON text that it was written as.</summary>
internal readonly struct StringPlaces
{
    private readonly LazyPlace _whole;
    private readonly List<int>? _offsets;
    private readonly int _shift;

    private StringPlaces(LazyPlace whole, int shift, List<int>? offsets)
    {
        _whole = whole;
        _shift = shift;
        _offsets = offsets;
    }

    /// <summary>The map for <paramref name="decoded"/>, which stands at <paramref name="whole"/>, quotes included.</summary>
    internal static StringPlaces For(LazyPlace whole, string decoded)
    {
        var source = whole.Source!;
        var raw = source.Content.AsSpan(whole.Span.Start, whole.Span.Length);
        if (raw.Length == decoded.Length + 2 && raw[1..^1].SequenceEqual(decoded))
        {
            return new StringPlaces(whole, whole.Span.Start + 1, null);
        }

        if (raw.SequenceEqual(decoded))
        {
            // Written without quotes, as YAML may have it.
            return new StringPlaces(whole, whole.Span.Start, null);
        }

        if (raw is ['"', ..])
        {
            var offsets = new List<int>(decoded.Length + 1);
            var again = JsonEscapes.Decode(source.Content, whole.Span.Start + 1, out _, out _, offsets);
            if (again == decoded)
            {
                return new StringPlaces(whole, 0, offsets);
            }
        }

        // The string was computed: all of it stands at the expression that computed it.
        return new StringPlaces(whole, -1, null);
    }

    /// <summary>The place of a range of the decoded string.</summary>
    internal LazyPlace Of(int start, int end)
    {
        if (_offsets is not null && end < _offsets.Count)
        {
            return new LazyPlace(_whole.Source!, TextSpan.FromBounds(_offsets[start], _offsets[end]));
        }

        return _offsets is null && _shift >= 0
            ? new LazyPlace(_whole.Source!, TextSpan.FromBounds(start + _shift, end + _shift))
            : _whole;
    }
}
