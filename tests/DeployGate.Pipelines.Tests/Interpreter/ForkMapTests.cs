using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Tests.Interpreter;

public class ForkMapTests
{
    /// <summary>
    /// Programs of changes and branches in branches, each run on a map and on dictionaries that are copied and joined whole. With few keys the
    /// map stays an array; with many it becomes a tree on the way.
    /// </summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(12, false)]
    [InlineData(34, true)]
    [InlineData(90, false)]
    public void A_map_that_forks_and_joins_is_what_dictionaries_are(int keys, bool ignoresCase)
    {
        var comparer = ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        for (var seed = 0; seed < 150; seed++)
        {
            var program = new Program(new Random(seed), keys);
            var start = new Dictionary<string, string>(comparer);
            var (map, expected) = program.Run(ForkMap<string>.Empty(comparer), start, 4);
            Check(expected, map, seed);
        }
    }

    [Fact]
    public void A_change_is_not_seen_on_the_other_path_however_many_entries_there_are()
    {
        var map = ForkMap<string>.Empty(StringComparer.Ordinal);
        for (var i = 0; i < 100; i++)
        {
            var (before, count) = (map, map.Count);
            map = map.Set($"k{i}", $"v{i}");
            Assert.Equal((count, count + 1, null, $"v{i}"), (before.Count, map.Count, before[$"k{i}"], map[$"k{i}"]));
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"k{i}=v{i}").Order(), map.Items.Select(item => $"{item.Key}={item.Value}").Order());
    }

    [Fact]
    public void Keys_that_come_and_go_do_not_fill_a_small_map()
    {
        var basis = ForkMap<string>.Empty(StringComparer.Ordinal).Set("kept", "x");
        var path = basis;
        for (var i = 0; i < 1000; i++)
        {
            path = path.Set($"k{i}", "v").Remove($"k{i}");
        }

        var joined = path.Join(basis.Set("k7", "other"), (one, other) => $"{one ?? "none"} or {other ?? "none"}");
        Assert.Equal(["k7=none or other", "kept=x"], joined.Items.Select(item => $"{item.Key}={item.Value}").Order());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    public void What_a_joined_path_changed_counts_as_changed_for_the_next_join(int entries)
    {
        var start = ForkMap<string>.Empty(StringComparer.Ordinal);
        for (var i = 0; i < entries; i++)
        {
            start = start.Set($"k{i}", "v");
        }

        var changed = start.Set("k0", "new").Join(start.Remove("k1"), (one, other) => $"{one ?? "none"} or {other ?? "none"}");
        var outer = changed.Join(start, (one, other) => $"({one ?? "none"}) or {other ?? "none"}");
        Assert.Equal(("(new or v) or v", "(v or none) or v", entries), (outer["k0"], outer["k1"], outer.Count));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    public void An_equal_value_stays_the_one_that_it_was(int entries)
    {
        var (map, first) = (ForkMap<string>.Empty(StringComparer.Ordinal), new string('v', 3));
        for (var i = 0; i < entries; i++)
        {
            map = map.Set($"k{i}", first);
        }

        Assert.All((ForkMap<string>[])[map.Set("k1", new string('v', 3)), map.SetAll([KeyValuePair.Create("k1", new string('v', 3))])], set => Assert.Same(first, set["k1"]));
    }

    private static void Check(Dictionary<string, string> expected, ForkMap<string> map, int seed)
    {
        Assert.True(expected.Count == map.Count, $"seed {seed}: {map.Count} entries instead of {expected.Count}");
        Assert.Equal(expected.Select(item => $"{item.Key.ToUpperInvariant()}={item.Value}").Order(StringComparer.Ordinal), map.Items.Select(item => $"{item.Key.ToUpperInvariant()}={item.Value}").Order(StringComparer.Ordinal));
        Assert.All(expected, item => Assert.Equal(item.Value, map[item.Key]));
    }

    private sealed class Program(Random random, int keys)
    {
        private int _values;

        internal (ForkMap<string> Map, Dictionary<string, string> Expected) Run(ForkMap<string> map, Dictionary<string, string> expected, int depth)
        {
            expected = new Dictionary<string, string>(expected, expected.Comparer);
            for (var turn = random.Next(1, 12); turn > 0; turn--)
            {
                var key = Key();
                switch (random.Next(depth > 0 ? 6 : 5))
                {
                    case 0 or 1:
                        var value = Value();
                        map = map.Set(key, value);
                        Set(expected, key, value);
                        break;
                    case 2:
                        map = map.Remove(key);
                        expected.Remove(key);
                        break;
                    case 3 or 4:
                        var many = Enumerable.Range(0, random.Next(keys)).Select(_ => KeyValuePair.Create(Key(), Value())).ToArray();
                        map = map.SetAll(many);
                        many.ToList().ForEach(one => Set(expected, one.Key, one.Value));
                        break;
                    default:
                        var (one, expectedOne) = Run(map, expected, depth - 1);
                        var (other, expectedOther) = Run(map, expected, depth - 1);
                        (map, expected) = (one.Join(other, Join), Joined(expectedOne, expectedOther));
                        break;
                }
            }

            return (map, expected);
        }

        private static void Set(Dictionary<string, string> expected, string key, string value) =>
            expected[key] = expected.TryGetValue(key, out var before) && before == value ? before : value;

        // What only one path knows is forgotten now and then, as a join may do.
        private static string? Join(string? one, string? other) => one is null || other is null ? (one ?? other)!.EndsWith('3') ? null : (one ?? other) + "?" : $"{one.Length}/{other.Length}/{one}";

        private static Dictionary<string, string> Joined(Dictionary<string, string> one, Dictionary<string, string> other)
        {
            var joined = new Dictionary<string, string>(one.Comparer);
            foreach (var key in one.Keys.Union(other.Keys, one.Comparer))
            {
                var (a, b) = (one.GetValueOrDefault(key), other.GetValueOrDefault(key));
                if ((ReferenceEquals(a, b) ? a : Join(a, b)) is { } value)
                {
                    joined[key] = value;
                }
            }

            return joined;
        }

        private string Key() => $"{(random.Next(2) == 0 ? "key" : "KEY")}{random.Next(keys)}";

        private string Value() => $"v{_values++ % 50}";
    }
}
