using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;

namespace DeployGate.Templates.Evaluation;

/// <summary>Values of which it is not known which one holds.</summary>
internal static class Choices
{
    /// <summary>More alternatives than this are no help to anyone, and their combinations would grow without bound.</summary>
    private const int Most = 64;

    /// <summary>
    /// The one value when all alternatives are equal and known; otherwise an unknown that keeps them. Alternatives of
    /// alternatives are flattened; an alternative that is itself open makes the whole open.
    /// </summary>
    internal static Value Of(UnknownValue why, IEnumerable<Value> alternatives, Place place)
    {
        var distinct = new List<Value>();
        var isOpen = false;
        foreach (var alternative in alternatives.SelectMany(one => one is UnknownValue { Alternatives.IsEmpty: false } choice ? choice.Alternatives : [one]))
        {
            isOpen |= alternative is UnknownValue || distinct.Count >= Most;
            if (!isOpen && !distinct.Any(known => ValueEquality.AreEqual(known, alternative) == true))
            {
                distinct.Add(alternative);
            }
        }

        if (isOpen || distinct.Count == 0)
        {
            return why with { Expression = Errors.Cut(place.FirstLine), Shape = ValueShape.Any, Alternatives = [], Origin = new Origin(place) };
        }

        return distinct is [{ } only]
            ? only
            : why with { Expression = Errors.Cut(place.FirstLine), Shape = ValueShape.Any, Alternatives = [.. distinct], Origin = new Origin(place) };
    }
}
