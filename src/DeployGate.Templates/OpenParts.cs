using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DeployGate.Templates;

/// <summary>
/// The parts of all lists that a parser reads at the same time, inner above outer in one list: each takes its own off when it ends, and only
/// then an array of just as many is made.
/// </summary>
internal static class OpenParts
{
    /// <summary>Takes off the parts from <paramref name="first"/> on, in their order.</summary>
    internal static ImmutableArray<T> TakeFrom<T>(this List<T> parts, int first)
        where T : class
    {
        if (first == parts.Count)
        {
            return [];
        }

        var taken = CollectionsMarshal.AsSpan(parts)[first..].ToArray();
        CollectionsMarshal.SetCount(parts, first);
        return ImmutableCollectionsMarshal.AsImmutableArray(taken);
    }
}
