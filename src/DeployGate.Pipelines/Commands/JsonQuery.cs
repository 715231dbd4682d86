using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>The few forms of JMESPath and jq that scripts use to take an id out of an answer; all else gives an unknown.</summary>
/// <seealso href="https://jmespath.org/specification.html"/>
internal static class JsonQuery
{
    /// <summary>What <c>--query</c> and <c>--output</c> make of an answer.</summary>
    internal static Value Apply(Value answer, Value? query, string? output)
    {
        var taken = query switch
        {
            null => answer,
            StringValue text => Take(answer, text.Text),
            PartialString filter when NameFilter(query) is not null => Take(answer, filter.KnownEnd[(filter.KnownEnd.IndexOf(']', StringComparison.Ordinal) + 1)..]),
            _ => Values.Unknown("query", "the query is not known"),
        };

        // One element on a line of its own is that element.
        return output is "tsv" && taken is ArrayValue { Rest: null, Items: [var only] } ? only : taken;
    }

    /// <summary>The name in <c>[?name=='X']</c>; null for any other query.</summary>
    internal static Value? NameFilter(Value? query)
    {
        const string Start = "[?name==";
        var text = query switch { StringValue known => known.Text, PartialString partial => partial.KnownStart, _ => "" };
        if (!text.StartsWith(Start, StringComparison.Ordinal) || text.Length <= Start.Length || text[Start.Length] is not ('\'' or '`' or '"'))
        {
            return null;
        }

        var quoted = Values.Split(Values.After(query!, Start.Length + 1), text[Start.Length]);
        return quoted is { Length: > 1 } parts ? parts[0] : null;
    }

    /// <summary>Follows a path; what the answer does not show is unknown, and the same each time it is asked for.</summary>
    internal static Value Take(Value answer, string query)
    {
        var current = answer;
        foreach (var step in Steps(query.Trim().Trim('"')))
        {
            current = Step(current, step);
        }

        return current is ArrayValue { Rest: null, Items: [ArrayValue inner] } ? inner : current;
    }

    private static Value Step(Value current, string step)
    {
        if (step is "[]" or "[*]" or "|" || step.StartsWith("[?", StringComparison.Ordinal))
        {
            return current;
        }

        if (step.StartsWith('['))
        {
            var inside = step[1..^1];
            return int.TryParse(inside, out var index)
                ? current is ArrayValue list ? index >= 0 && index < list.Items.Length ? list.Items[index] : index < 0 && list.Items.Length > 0 ? list.Items[^1] : Unknown(current, step) : Unknown(current, step)
                : Take(current, inside);
        }

        return current switch
        {
            ObjectValue map => map.Find(step)?.Value ?? (map.Rest is { } rest ? rest with { Expression = $"{rest.Expression}.{step}" } : NullValue.Instance),
            ArrayValue list => new ArrayValue([.. list.Items.Select(item => Step(item, step))], list.Rest),
            _ => Unknown(current, step),
        };
    }

    private static UnknownValue Unknown(Value current, string step) => current is UnknownValue unknown
        ? unknown with { Expression = $"{unknown.Expression}.{step}", Alternatives = [] }
        : Values.Unknown($"{Values.Pattern(current)}.{step}", "the answer does not show it");

    private static IEnumerable<string> Steps(string query)
    {
        var start = 0;
        for (var i = 0; i <= query.Length; i++)
        {
            var c = i < query.Length ? query[i] : '.';
            if (c is not ('.' or '[' or '|' or ' '))
            {
                continue;
            }

            if (i > start)
            {
                yield return query[start..i].Trim('"');
            }

            if (c == '[' && query.IndexOf(']', i) is var close and > 0)
            {
                yield return query[i..(close + 1)];
                i = close;
            }

            start = i + 1;
        }
    }
}
