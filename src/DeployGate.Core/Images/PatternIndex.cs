using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>Something with an id of which parts may be unknown.</summary>
/// <param name="id">The id; <see cref="ResourceIdPattern.From"/> takes it apart.</param>
/// <param name="pattern">The same taken apart, where it is asked for soon; null where most entries are never asked for.</param>
/// <param name="value">What has the id.</param>
/// <param name="type">Its type.</param>
internal sealed class PatternEntry<T>(Value id, ResourceIdPattern? pattern, T value, string type)
{
    private ResourceIdPattern? _pattern = pattern;

    /// <summary>The id, taken apart once somebody compares it.</summary>
    internal ResourceIdPattern Pattern => _pattern ??= Parts;

    /// <summary>The same for whoever looks at each entry once: of most entries of a large run nobody asks more.</summary>
    internal ResourceIdPattern Parts => _pattern ?? ResourceIdPattern.From(id)!;

    internal T Value => value;

    internal string Type => type;
}

/// <summary>
/// Things by their ids. Thousands of repositories call their versions <c>1.0.0</c> and their machines <c>vm-build</c>: whoever looks for an id
/// meets only those entries that can fit it, in the order in which they were given but for exact ones, which come first.
/// </summary>
internal sealed class PatternIndex<T>
    where T : class
{
    // Made when they are first asked for: of most templates, few are.
    private readonly Lazy<PatternTable<T>> _byId;
    private readonly Lazy<PatternTable<T>> _byName;
    private readonly Lazy<PatternTable<T>> _byNames;
    private readonly Lazy<PatternTable<T>> _openByNames;
    private readonly Lazy<PatternTable<T>> _byParent;
    private readonly bool _isEmpty;

    internal PatternIndex(IReadOnlyList<PatternEntry<T>> entries)
    {
        _isEmpty = entries.Count == 0;
        _byId = new(() => new PatternTable<T>(Those(isComplete: true), static entry => new PatternKey(entry.Type, entry.Parts.Text, [])));
        _byName = new(() => new PatternTable<T>(entries, static entry => new PatternKey(entry.Type, entry.Parts.LastName, [])));
        _byNames = new(() => new PatternTable<T>(entries, NamesOf));
        _openByNames = new(() => new PatternTable<T>(Those(isComplete: false), NamesOf));
        _byParent = new(() => new PatternTable<T>(entries, static entry => new PatternKey(entry.Type, entry.Parts.LastNameOfParent, [])));

        IReadOnlyList<PatternEntry<T>> Those(bool isComplete) => [.. entries.Where(entry => entry.Parts.IsComplete == isComplete)];
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
            return _byName.Value.Find(new PatternKey(type, wanted.LastName, []));
        }

        return wanted.IsComplete
            ? _byId.Value.Find(new PatternKey(type, wanted.Text, [])).Concat(Named(_openByNames.Value, type, wanted))
            : Named(_byNames.Value, type, wanted);
    }

    /// <summary>The entries of a type whose parent an id may be.</summary>
    internal IEnumerable<PatternEntry<T>> ChildrenOf(ResourceIdPattern parent, string type) =>
        _byParent.Value.Find(new PatternKey(type, parent.LastName, [])).Where(entry => entry.Pattern.Parent.Match(parent) != IdMatch.No);

    // The entries with the same parent's name, and those whose parent is not known.
    private static IEnumerable<PatternEntry<T>> Named(PatternTable<T> entries, string type, ResourceIdPattern wanted) => entries.IsEmpty ? []
        : entries.Find(new PatternKey(type, wanted.LastName, wanted.ParentName)).Concat(entries.Find(new PatternKey(type, wanted.LastName, [])));

    private static PatternKey NamesOf(PatternEntry<T> entry)
    {
        var id = entry.Parts;
        return new PatternKey(entry.Type, id.LastName, id.ParentName);
    }
}
