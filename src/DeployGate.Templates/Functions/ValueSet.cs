using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Distinct values in the order they came. Known values are hashed, so that large unions stay linear; partly known ones are
/// compared one by one, up to a limit.
/// </summary>
internal sealed class ValueSet
{
    private readonly HashSet<Value> _known = new(new KnownComparer());
    private readonly List<Value> _uncertain = [];
    private readonly List<Value> _items = [];
    private int _comparisons;

    /// <summary>The values added so far.</summary>
    internal IReadOnlyList<Value> Items => _items;

    /// <summary>The first unknown value that kept the set from telling two items apart; null when all are certainly distinct.</summary>
    internal UnknownValue? Doubt { get; private set; }

    /// <summary>Adds a value unless an equal one is there; one that may or may not be equal is added and raises doubt.</summary>
    internal void Add(Value value)
    {
        switch (Contains(value))
        {
            case true:
                return;
            case null:
                Doubt ??= Values.FirstUnknown(value) ?? _uncertain.Select(Values.FirstUnknown).FirstOrDefault(found => found is not null);
                break;
            default:
                break;
        }

        Keep(value);
    }

    /// <summary>Adds a value unless it is there already, known or unknown by the same expression.</summary>
    internal void AddUnlessSame(Value value)
    {
        var isThere = value is UnknownValue unknown
            ? _uncertain.Any(item => item is UnknownValue other && other.Reason == unknown.Reason && other.Expression == unknown.Expression)
            : Contains(value) == true;
        if (!isThere)
        {
            Keep(value);
        }
    }

    /// <summary>Whether an equal value is in the set; null when it cannot be told.</summary>
    internal bool? Contains(Value value)
    {
        var isKnown = Values.FirstUnknown(value) is null;
        if (isKnown && _known.Contains(value))
        {
            return true;
        }

        foreach (var item in isKnown ? _uncertain : _items)
        {
            if (++_comparisons > FunctionLimits.UncertainComparisons || ValueEquality.AreEqual(item, value) != false)
            {
                return null;
            }
        }

        return false;
    }

    private void Keep(Value value)
    {
        _items.Add(value);
        if (Values.FirstUnknown(value) is null)
        {
            _known.Add(value);
        }
        else
        {
            _uncertain.Add(value);
        }
    }

    private sealed class KnownComparer : IEqualityComparer<Value>
    {
        // Longer strings are hashed by their ends: an array may hold one string of megabytes many times over.
        private const int WholeLength = 4096;
        private const int EndLength = 1024;

        public bool Equals(Value? x, Value? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && ValueEquality.AreEqual(x, y) == true);

        public int GetHashCode(Value value) => Hash(value, 0);

        private static int Hash(Value value, int level)
        {
            if (level > FunctionLimits.Depth)
            {
                return 0;
            }

            switch (value)
            {
                case BoolValue truth:
                    return truth.IsTrue ? 1 : 2;
                case IntValue number:
                    return number.Number.GetHashCode();
                case FloatValue number:
                    // An int and a float of the same value are equal, so they hash alike.
                    var whole = (long)number.Number;
                    return ValueEquality.IntEqualsFloat(whole, number.Number) ? whole.GetHashCode() : number.Number.GetHashCode();
                case StringValue text:
                    return HashText(text.Text);
                case ArrayValue list:
                    return list.Items.Aggregate(list.Items.Length, (hash, item) => HashCode.Combine(hash, Hash(item, level + 1)));
                case ObjectValue map:
                    // A sum, since the order of members does not matter.
                    return map.Members.Aggregate(
                        map.Members.Length, (hash, member) => hash + HashCode.Combine(HashText(member.Name), Hash(member.Value, level + 1)));
                default:
                    return 3;
            }
        }

        private static int HashText(string text) => text.Length <= WholeLength
            ? string.GetHashCode(text, StringComparison.Ordinal)
            : HashCode.Combine(
                text.Length,
                string.GetHashCode(text.AsSpan(0, EndLength), StringComparison.Ordinal),
                string.GetHashCode(text.AsSpan(text.Length - EndLength), StringComparison.Ordinal));
    }
}
