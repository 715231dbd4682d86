using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// All resources on one path. A resource is found again by its id: <em>same</em> when all known and unknown parts agree, <em>maybe</em>
/// when an unknown part could be anything. What happens to the same one replaces its facts; what may happen to it joins them.
/// </summary>
internal sealed record World
{
    private const int MostMaybes = 64;
    internal const int MostRecent = 200;

    private static readonly ImmutableHashSet<string> s_noKeys = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    private readonly IdKeys _keys = new();
    private ForkMap<ResourceState> _resources = ForkMap<ResourceState>.Empty(StringComparer.OrdinalIgnoreCase);

    // By type and last name, or by the type alone where that name is not wholly known.
    private ForkMap<ImmutableHashSet<string>> _names = ForkMap<ImmutableHashSet<string>>.Empty(StringComparer.OrdinalIgnoreCase);

    /// <summary>A world without resources, for one run.</summary>
    internal static World New() => new();

    // The latest that were declared or changed: enough for every chain that people write, few enough for ten thousand steps.
    private ImmutableSortedSet<(int Order, string Key)> _recent = ImmutableSortedSet<(int Order, string Key)>.Empty;
    private int _clock;

    /// <summary>True when a resource is no longer among the latest because others came after it.</summary>
    internal bool HasForgotten { get; private init; }

    internal IEnumerable<ResourceState> All => _resources.Items.Select(pair => pair.Value);

    /// <summary>The latest resources that were declared or changed, in that order.</summary>
    internal IEnumerable<ResourceState> Recent => _recent.Select(entry => _resources[entry.Key]).OfType<ResourceState>();

    /// <summary>Joins this path and another one.</summary>
    internal World Join(World other) => Join(this, other);

    /// <summary>Joins another path into this one, which is <paramref name="known"/> or has it joined into it already.</summary>
    internal World Join(World known, World other)
    {
        if (ReferenceEquals(known, other))
        {
            return this;
        }

        var resources = _resources.Join(known._resources, other._resources, JoinStates);
        var recent = JoinRecent(resources, _recent, other._recent);
        return this with
        {
            HasForgotten = HasForgotten || other.HasForgotten || recent.Count > MostRecent,
            _resources = resources,
            _names = _names.Join(known._names, other._names, (a, b) => a is null ? b : b is null ? a : a.Union(b)),
            _recent = Bounded(recent),
            _clock = Math.Max(_clock, other._clock),
        };
    }

    // What both paths declared anew has the later order of the two, and stands among the latest once.
    private static ImmutableSortedSet<(int Order, string Key)> JoinRecent(
        ForkMap<ResourceState> resources, ImmutableSortedSet<(int Order, string Key)> one, ImmutableSortedSet<(int Order, string Key)> other)
    {
        if (ReferenceEquals(one, other))
        {
            return one;
        }

        var both = one.Union(other);
        return both.Count == one.Count || both.Count == other.Count ? both : both.Except(both.Where(entry => resources[entry.Key]?.Order != entry.Order));
    }

    /// <summary>
    /// What two jobs that ran side by side have left: what one of them changed is as that one left it, what both changed is
    /// either. <paramref name="start"/> is where <paramref name="other"/> began.
    /// </summary>
    internal static World Merge(World start, World one, World other)
    {
        var world = one;
        foreach (var state in other.Recent)
        {
            var (before, mine) = (start.Find(state.Id, state.Type), one.Find(state.Id, state.Type));
            if (!ReferenceEquals(before, state))
            {
                world = world.Set(mine is null || ReferenceEquals(mine, before) ? state : ResourceState.Join(mine, state));
            }
        }

        foreach (var gone in start.Recent.Where(state => other.Find(state.Id, state.Type) is null && ReferenceEquals(one.Find(state.Id, state.Type), state)))
        {
            world = world.Remove(gone.Id, gone.Type);
        }

        return world;
    }

    /// <summary>The resource that is certainly meant; null when the path knows none.</summary>
    internal ResourceState? Find(Value id, string type) => _resources[KeyOf(id, type)];

    /// <summary>
    /// The resource that an id is asked for: the same one, else the only one of its name that differs in nothing but unknown
    /// parts, such as a subscription that is written in one place and left out in another.
    /// </summary>
    internal ResourceState? Look(Value id, string type)
    {
        if (Find(id, type) is { } same)
        {
            return same;
        }

        var wanted = new ResourceState(id, type, ResourceIdPattern.From(id));
        var name = wanted.NameKey;
        var fitting = name == type || wanted.Pattern is null ? [] : (_names[name] ?? []).Select(key => _resources[key]!).Where(other => MayBeSame(wanted, other)).Take(2).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    /// <summary>Every resource of a last name, of any of the types.</summary>
    internal IEnumerable<ResourceState> Named(IEnumerable<string> types, string name) =>
        types.SelectMany(type => _names[$"{type}|{name}"] ?? []).Select(key => _resources[key]).OfType<ResourceState>();

    /// <summary>Changes the same resource, adding it if it is not there, and joins the change into those it may be.</summary>
    internal World Change(Value id, string type, Func<ResourceState, ResourceState> change)
    {
        var key = KeyOf(id, type);
        var own = _resources[key] ?? new ResourceState(id, type, ResourceIdPattern.From(id));
        var world = this;
        foreach (var other in Maybes(own, key))
        {
            var state = world._resources[other]!;
            world = world with { _resources = world._resources.Set(other, ResourceState.Join(state, change(state))) };
        }

        return world.Put(key, change(own));
    }

    /// <summary>Replaces whatever had this id.</summary>
    internal World Set(ResourceState state) => Put(KeyOf(state.Id, state.Type), state);

    internal World Remove(Value id, string type)
    {
        var key = KeyOf(id, type);
        if (_resources[key] is not { } state)
        {
            return this;
        }

        var name = state.NameKey;
        var names = (_names[name] ?? []).Remove(key);
        return this with { _resources = _resources.Remove(key), _recent = _recent.Remove((state.Order, key)), _names = names.IsEmpty ? _names.Remove(name) : _names.Set(name, names) };
    }

    private static ResourceState? JoinStates(ResourceState? one, ResourceState? other) =>
        one is not null && other is not null ? ResourceState.Join(one, other) : (one ?? other)?.Maybe();

    private string KeyOf(Value id, string type) => id is StringValue or PartialString ? _keys.Of(id) : id is UnknownValue unknown ? $"{type}|{{{unknown.Expression}}}" : type;

    private World Put(string key, ResourceState state)
    {
        var name = state.NameKey;
        var keys = _names[name] ?? s_noKeys;
        var order = state.Order == 0 ? _clock + 1 : state.Order;

        // Whatever had this id is no longer among the latest: a loop that makes one thing many times leaves all others in their places.
        var recent = _resources[key] is { } before && before.Order != order ? _recent.Remove((before.Order, key)) : _recent;
        recent = state.ChangedHere || state.Declaration is not null ? recent.Add((order, key)) : recent;
        return this with
        {
            HasForgotten = HasForgotten || recent.Count > MostRecent,
            _resources = _resources.Set(key, state.Order == order ? state : state with { Order = order }),
            _names = keys.Contains(key) ? _names : _names.Set(name, keys.Add(key)),
            _recent = Bounded(recent),
            _clock = Math.Max(_clock, order),
        };
    }

    private static ImmutableSortedSet<(int Order, string Key)> Bounded(ImmutableSortedSet<(int Order, string Key)> recent)
    {
        while (recent.Count > MostRecent)
        {
            recent = recent.Remove(recent.Min);
        }

        return recent;
    }

    private List<string> Maybes(ResourceState wanted, string key)
    {
        List<string> maybes = [];
        if (wanted.NameKey != wanted.Type)
        {
            AddMaybes(maybes, wanted, key, _names[wanted.Type] ?? s_noKeys);
            AddMaybes(maybes, wanted, key, _names[wanted.NameKey] ?? s_noKeys);
        }
        else if (_resources.Count > MostMaybes)
        {
            AddMaybes(maybes, wanted, key, _names[wanted.Type] ?? s_noKeys);
        }
        else
        {
            AddMaybes(maybes, wanted, key, [.. _resources.Items.Where(pair => pair.Value.Type == wanted.Type).Select(pair => pair.Key)]);
        }

        return maybes;
    }

    private void AddMaybes(List<string> maybes, ResourceState wanted, string key, ImmutableHashSet<string> candidates)
    {
        foreach (var other in candidates)
        {
            if (maybes.Count == MostMaybes)
            {
                return;
            }

            if (!other.Equals(key, StringComparison.OrdinalIgnoreCase) && MayBeSame(wanted, _resources[other]!))
            {
                maybes.Add(other);
            }
        }
    }

    // Nothing known of one id says that it is not the other.
    private static bool MayBeSame(ResourceState one, ResourceState other) =>
        one.Pattern is null || other.Pattern is null || IdSegments.MayBeSame(one.Segments, other.Segments);
}
