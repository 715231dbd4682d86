using System.Globalization;
using System.Text;
using DeployGate.Core.Values;

namespace DeployGate.Conformance;

/// <summary>A value reduced to what both languages must agree on.</summary>
internal abstract record Node
{
    private const string NotRestored = "<ModuleNotRestored>";
    private const string Hole = "{}";
    private const int MostTexts = 64;

    internal sealed record Leaf(string Text) : Node;

    internal sealed record Items(Node[] All) : Node;

    internal sealed record Map(SortedDictionary<string, Node> Members) : Node;

    /// <summary>
    /// Reduces a value: null members are dropped, unknowns keep the class of their reason, partly known text keeps its known
    /// parts, secrets keep nothing, ids lose their case.
    /// </summary>
    internal static Node Of(Value value) => value switch
    {
        { IsSecret: true } => new Leaf("<secret>"),
        NullValue => new Leaf("null"),
        BoolValue truth => new Leaf(truth.IsTrue ? "true" : "false"),
        IntValue number => new Leaf(number.Number.ToString(CultureInfo.InvariantCulture)),
        FloatValue real => new Leaf(real.Number.ToString("R", CultureInfo.InvariantCulture)),
        StringValue text => new Leaf($"'{Folded(LineEnds.Unified(text.Text))}'"),
        PartialString partial => new Leaf($"~'{Folded(LineEnds.Unified(KnownText(partial)))}'"),
        UnknownValue { Alternatives.IsEmpty: false } choice when KnownText(choice) is var texts && texts.Contains("/providers/", StringComparison.OrdinalIgnoreCase) => new Leaf($"~'{texts.ToLowerInvariant()}'"),
        UnknownValue unknown => new Leaf($"<{ClassOf(unknown)}>"),
        ArrayValue list => new Items([.. list.Items.Select(Of), .. list.Rest is null ? Array.Empty<Node>() : [new Leaf($"<more: {ClassOf(list.Rest)}>")]]),
        ObjectValue map => OfMap(map),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    /// <summary>
    /// The known text of a name or id with each hole as <c>{}</c>, holes in a row as one; what may have one of several values
    /// is all of them.
    /// </summary>
    internal static string KnownText(Value value) =>
        string.Join(" | ", KnownTexts(value).Select(text => text.Replace("{}{}", "{}", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));

    private static List<string> KnownTexts(Value value) => value switch
    {
        StringValue text => [text.Text],
        UnknownValue { Alternatives: { IsEmpty: false } alternatives } when alternatives.All(one => one is StringValue or PartialString) => [.. alternatives.SelectMany(KnownTexts)],
        PartialString partial => partial.Parts.Aggregate((List<string>)[""], Append),
        _ => [Hole],
    };

    private static List<string> Append(List<string> before, StringPart part)
    {
        var texts = part.Literal is { } literal ? [literal] : KnownTexts(part.Hole!);
        return texts.Count * before.Count > MostTexts
            ? before.ConvertAll(text => text + Hole)
            : [.. before.SelectMany(text => texts, (text, next) => text + next)];
    }

    /// <summary>The first place in which two nodes differ; null when they are equal.</summary>
    internal static Difference? Compare(Node one, Node other, string path) => (one, other) switch
    {
        (Map left, Map right) => CompareMaps(left.Members, right.Members, path),
        (Items left, Items right) when left.All.Length == right.All.Length =>
            left.All.Select((item, i) => Compare(item, right.All[i], $"{path}/{i}")).FirstOrDefault(difference => difference is not null),
        (Leaf left, Leaf right) when left.Text == right.Text => null,
        (Leaf { Text: NotRestored }, _) => null,
        _ => new Difference(path, one.Show(), other.Show()),
    };

    internal string Show()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private static Map OfMap(ObjectValue map)
    {
        var members = new SortedDictionary<string, Node>(StringComparer.Ordinal);
        foreach (var member in map.Members.Where(member => member.Value is not NullValue))
        {
            members[Folded(member.Name)] = Of(member.Value);
        }

        if (map.Rest is not null)
        {
            members["<more>"] = new Leaf($"<{ClassOf(map.Rest)}>");
        }

        return new Map(members);
    }

    // Azure folds the case of ids, and the compiler writes the types in them as the provider does, not as the Bicep file does.
    private static string Folded(string text) =>
        text.StartsWith('/') && text.Contains("/providers/", StringComparison.OrdinalIgnoreCase) ? text.ToLowerInvariant() : text;

    // ARM JSON of language version 1.0 has no existing resources: their properties are asked for with reference().
    private static UnknownReason ClassOf(UnknownValue unknown) =>
        unknown.Reason == UnknownReason.ExistingResource ? UnknownReason.RuntimeFunction : unknown.Reason;

    private static Difference? CompareMaps(SortedDictionary<string, Node> left, SortedDictionary<string, Node> right, string path)
    {
        foreach (var name in left.Keys.Union(right.Keys).Order(StringComparer.Ordinal))
        {
            var (one, other) = (left.GetValueOrDefault(name), right.GetValueOrDefault(name));
            var difference = one is null || other is null
                ? new Difference($"{path}/{name}", one?.Show() ?? Difference.None, other?.Show() ?? Difference.None)
                : Compare(one, other, $"{path}/{name}");
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private void Write(StringBuilder text)
    {
        switch (this)
        {
            case Leaf leaf:
                text.Append(leaf.Text);
                break;
            case Items items:
                text.Append('[');
                Array.ForEach(items.All, item => item.WriteWith(text, ", "));
                text.Append(']');
                break;
            case Map map:
                text.Append('{');
                map.Members.ToList().ForEach(member => member.Value.WriteWith(text.Append(member.Key).Append(": "), ", "));
                text.Append('}');
                break;
        }
    }

    private void WriteWith(StringBuilder text, string end)
    {
        Write(text);
        text.Append(end);
    }
}

/// <summary>Where two sides differ, and what each has there.</summary>
internal sealed record Difference(string Path, string Bicep, string Json)
{
    /// <summary>What stands for a member that one side does not have.</summary>
    internal const string None = "(none)";
}
