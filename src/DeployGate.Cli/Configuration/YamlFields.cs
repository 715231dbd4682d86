using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Cli.Configuration;

/// <summary>Something wrong in a file that the user configures the tool with.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What is wrong, and what was meant where that can be guessed.</param>
internal sealed record Mistake(Place Place, string Message)
{
    /// <summary><c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{Place}: {Message}";
}

/// <summary>
/// Reads the members of a map one by one, and notes each mistake with its place. Whoever reads says which keys there are, so that
/// <see cref="Finish"/> knows those that nobody reads.
/// </summary>
internal sealed class YamlFields(YamlMapping map, List<Mistake> mistakes)
{
    private readonly List<string> _keys = [];

    /// <summary>The keys that were asked for.</summary>
    internal IReadOnlyList<string> Keys => _keys;

    /// <summary>Where the map stands.</summary>
    internal Place Place => map.Place;

    /// <summary>The fields of a map; null with a mistake when the node is no map.</summary>
    internal static YamlFields? Of(YamlNode node, string what, List<Mistake> mistakes)
    {
        if (node is YamlMapping map)
        {
            return new YamlFields(map, mistakes);
        }

        mistakes.Add(new Mistake(node.Place, $"{what} must be a map"));
        return null;
    }

    /// <summary>The node of a key; null when there is none, or it is empty.</summary>
    internal YamlNode? Node(string key)
    {
        _keys.Add(key);
        return map[key] is YamlScalar { IsPlain: true, Value: "" or "null" or "~" } ? null : map[key];
    }

    /// <summary>A text; null when there is none.</summary>
    internal YamlScalar? Text(string key) => Read(key, "a text", scalar => scalar);

    /// <summary>A text that must be there.</summary>
    internal YamlScalar? Needed(string key, string what)
    {
        var isThere = Node(key) is not null;
        _keys.RemoveAt(_keys.Count - 1);
        var text = Text(key);
        if (!isThere)
        {
            mistakes.Add(new Mistake(map.Place, $"{what} needs '{key}'"));
        }
        else if (text is { Value: var value } && string.IsNullOrWhiteSpace(value))
        {
            mistakes.Add(new Mistake(text.Place, $"'{key}' is empty"));
        }

        return text;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    internal bool? Flag(string key) => Read<bool?>(key, "true or false", scalar => scalar switch
    {
        { IsPlain: true, Value: "true" or "True" or "TRUE" } => true,
        { IsPlain: true, Value: "false" or "False" or "FALSE" } => false,
        _ => null,
    });

    /// <summary>A whole number.</summary>
    internal int? Number(string key) => Read<int?>(key, "a whole number", scalar => int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

    /// <summary>A day, <c>2027-01-31</c>.</summary>
    internal DateOnly? Day(string key) => Read<DateOnly?>(key, "a day, such as 2027-01-31", scalar => Days.Read(scalar.Value));

    /// <summary>One of certain words.</summary>
    internal YamlScalar? Word(string key, params string[] words)
    {
        var text = Text(key);
        if (text is not null && !YamlShape.IsWord(text, words, out var meant))
        {
            mistakes.Add(new Mistake(text.Place, $"'{key}' is one of {string.Join(", ", words)}, not '{text.Value}'{Spelling.Suggestion(meant)}"));
            return null;
        }

        return text;
    }

    /// <summary>Texts: a list, or one text for a list of one.</summary>
    internal ImmutableArray<YamlScalar> Texts(string key)
    {
        var texts = ImmutableArray.CreateBuilder<YamlScalar>();
        foreach (var node in Items(key))
        {
            if (node is YamlScalar text)
            {
                texts.Add(text);
            }
            else
            {
                mistakes.Add(new Mistake(node.Place, $"'{key}' is a list of texts, and this is none"));
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>The items of a list; one value stands for a list of one.</summary>
    internal ImmutableArray<YamlNode> Items(string key) => Node(key) switch
    {
        null => [],
        YamlSequence list => list.Items,
        var one => [one],
    };

    /// <summary>Notes every key that nobody asked for.</summary>
    internal void Finish()
    {
        foreach (var (key, meant) in YamlShape.UnknownKeys(map, _keys))
        {
            mistakes.Add(new Mistake(key.Place, $"there is no key '{key.Value}'{(meant is null ? $"; here are {string.Join(", ", _keys.Order(StringComparer.Ordinal))}" : Spelling.Suggestion(meant))}"));
        }
    }

    private T? Read<T>(string key, string what, Func<YamlScalar, T?> read)
    {
        if (Node(key) is not { } node)
        {
            return default;
        }

        var value = YamlShape.Scalar(node, read);
        if (value is null)
        {
            mistakes.Add(new Mistake(node.Place, $"'{key}' must be {what}"));
        }

        return value;
    }
}

/// <summary>Days as the tool's own files write them.</summary>
internal static class Days
{
    /// <summary>A day in the form <c>2027-01-31</c>; null for any other.</summary>
    internal static DateOnly? Read(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
