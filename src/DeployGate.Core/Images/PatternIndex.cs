namespace DeployGate.Core.Images;

/// <summary>Something with an id of which parts may be unknown.</summary>
internal sealed record PatternEntry<T>(ResourceIdPattern Pattern, T Value, string Type);

/// <summary>
/// Things by their ids. Thousands of repositories call their versions <c>1.0.0</c> and their machines <c>vm-build</c>: whoever looks for an id
/// meets only those entries that can fit it, in the order in which they were given but for exact ones, which come first.
/// </summary>
internal sealed class PatternIndex<T>
    where T : class
{
    private readonly ILookup<string, PatternEntry<T>> _byId;
    private readonly ILookup<string, PatternEntry<T>> _byName;
    private readonly ILookup<string, PatternEntry<T>> _byNames;
    private readonly ILookup<string, PatternEntry<T>> _openByNames;
    private readonly ILookup<string, PatternEntry<T>> _byParent;

    internal PatternIndex(IReadOnlyCollection<PatternEntry<T>> entries)
    {
        var open = entries.Where(entry => !entry.Pattern.IsComplete);
        _byId = entries.Where(entry => entry.Pattern.IsComplete).ToLookup(entry => IdKey(entry.Type, entry.Pattern), StringComparer.OrdinalIgnoreCase);
        _byName = entries.ToLookup(entry => NameKey(entry.Type, entry.Pattern), StringComparer.OrdinalIgnoreCase);
        _byNames = entries.ToLookup(entry => NamesKey(entry.Type, entry.Pattern), StringComparer.OrdinalIgnoreCase);
        _openByNames = open.ToLookup(entry => NamesKey(entry.Type, entry.Pattern), StringComparer.OrdinalIgnoreCase);
        _byParent = entries.ToLookup(entry => NameKey(entry.Type, entry.Pattern.Parent), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The entries of a type that an id may fit: all of them, and few others.</summary>
    internal IEnumerable<PatternEntry<T>> Candidates(string type, ResourceIdPattern wanted)
    {
        // A parent that is not known may be any.
        if (wanted.ParentName is null)
        {
            return _byName[NameKey(type, wanted)];
        }

        return wanted.IsComplete
            ? _byId[IdKey(type, wanted)].Concat(Named(_openByNames, type, wanted))
            : Named(_byNames, type, wanted);
    }

    /// <summary>The entries of a type whose parent an id may be.</summary>
    internal IEnumerable<PatternEntry<T>> ChildrenOf(ResourceIdPattern parent, string type) =>
        _byParent[NameKey(type, parent)].Where(entry => entry.Pattern.Parent.Match(parent) != IdMatch.No);

    private static IEnumerable<PatternEntry<T>> Named(ILookup<string, PatternEntry<T>> entries, string type, ResourceIdPattern wanted) =>
        entries[NamesKey(type, wanted)].Concat(entries[$"{NameKey(type, wanted)}|"]);

    private static string IdKey(string type, ResourceIdPattern pattern) => $"{type}|{pattern.Text}";

    private static string NameKey(string type, ResourceIdPattern pattern) => $"{type}|{pattern.Name(0)}";

    private static string NamesKey(string type, ResourceIdPattern pattern) => $"{NameKey(type, pattern)}|{pattern.ParentName}";
}
