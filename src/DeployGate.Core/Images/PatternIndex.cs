namespace DeployGate.Core.Images;

/// <summary>Something with an id of which parts may be unknown.</summary>
/// <remarks>Its keys are put together once, however many indexes it stands in.</remarks>
internal sealed class PatternEntry<T>(ResourceIdPattern pattern, T value, string type)
{
    private string? _nameKey;
    private string? _namesKey;

    internal ResourceIdPattern Pattern => pattern;

    internal T Value => value;

    internal string Type => type;

    /// <summary>The type and the last name.</summary>
    internal string NameKey => _nameKey ??= KeyOf(type, pattern);

    /// <summary>The type, the last name and that of the parent; nothing stands for a parent that is not known.</summary>
    internal string NamesKey => _namesKey ??= NamesKeyOf(type, pattern);

    internal static string KeyOf(string type, ResourceIdPattern pattern) => string.Concat(type, "|", pattern.LastName);

    internal static string NamesKeyOf(string type, ResourceIdPattern pattern) => $"{type}|{pattern.LastName}|{pattern.ParentName}";
}

/// <summary>
/// Things by their ids. Thousands of repositories call their versions <c>1.0.0</c> and their machines <c>vm-build</c>: whoever looks for an id
/// meets only those entries that can fit it, in the order in which they were given but for exact ones, which come first.
/// </summary>
internal sealed class PatternIndex<T>
    where T : class
{
    // Made when they are first asked for: of most templates, few are.
    private readonly Lazy<ILookup<string, PatternEntry<T>>> _byId;
    private readonly Lazy<ILookup<string, PatternEntry<T>>> _byName;
    private readonly Lazy<ILookup<string, PatternEntry<T>>> _byNames;
    private readonly Lazy<ILookup<string, PatternEntry<T>>> _openByNames;
    private readonly Lazy<ILookup<string, PatternEntry<T>>> _byParent;
    private readonly bool _isEmpty;

    internal PatternIndex(IReadOnlyCollection<PatternEntry<T>> entries)
    {
        _isEmpty = entries.Count == 0;
        _byId = By(entry => entry.Pattern.IsComplete, entry => IdKey(entry.Type, entry.Pattern));
        _byName = By(_ => true, entry => entry.NameKey);
        _byNames = By(_ => true, entry => entry.NamesKey);
        _openByNames = By(entry => !entry.Pattern.IsComplete, entry => entry.NamesKey);
        _byParent = By(_ => true, entry => PatternEntry<T>.KeyOf(entry.Type, entry.Pattern.Parent));

        Lazy<ILookup<string, PatternEntry<T>>> By(Func<PatternEntry<T>, bool> isIn, Func<PatternEntry<T>, string> keyOf) =>
            new(() => entries.Where(isIn).ToLookup(keyOf, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The entries of a type that an id may fit: all of them, and few others.</summary>
    internal IEnumerable<PatternEntry<T>> Candidates(string type, ResourceIdPattern wanted)
    {
        if (_isEmpty)
        {
            return [];
        }

        // A parent that is not known may be any.
        if (!wanted.HasParentName)
        {
            return _byName.Value[NameKey(type, wanted)];
        }

        return wanted.IsComplete
            ? _byId.Value[IdKey(type, wanted)].Concat(Named(_openByNames.Value, type, wanted))
            : Named(_byNames.Value, type, wanted);
    }

    /// <summary>The entries of a type whose parent an id may be.</summary>
    internal IEnumerable<PatternEntry<T>> ChildrenOf(ResourceIdPattern parent, string type) =>
        _byParent.Value[NameKey(type, parent)].Where(entry => entry.Pattern.Parent.Match(parent) != IdMatch.No);

    private static IEnumerable<PatternEntry<T>> Named(ILookup<string, PatternEntry<T>> entries, string type, ResourceIdPattern wanted) =>
        entries.Count == 0 ? [] : entries[PatternEntry<T>.NamesKeyOf(type, wanted)].Concat(entries[$"{type}|{wanted.LastName}|"]);

    private static string IdKey(string type, ResourceIdPattern pattern) => string.Concat(type, "|", pattern.Text);

    private static string NameKey(string type, ResourceIdPattern pattern) => PatternEntry<T>.KeyOf(type, pattern);
}
