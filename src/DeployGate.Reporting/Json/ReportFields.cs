using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.Json;

/// <summary>Takes members out of a report's JSON. The first that is missing or of another kind is remembered; after that, values mean nothing.</summary>
internal sealed class ReportFields
{
    /// <summary>What is wrong with the report; null while nothing is.</summary>
    internal string? Error { get; private set; }

    internal static bool Has(JsonElement holder, string name) => holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out _);

    internal JsonElement Object(JsonElement holder, string name) => Member(holder, name, JsonValueKind.Object, "an object");

    internal string Text(JsonElement holder, string name) => Member(holder, name, JsonValueKind.String, "a text") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    /// <summary>A text that may be null or absent.</summary>
    internal string? TextOrNull(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? Text(holder, name) : null;

    /// <summary>A whole number from 0.</summary>
    internal int Count(JsonElement holder, string name)
    {
        var member = Member(holder, name, JsonValueKind.Number, "a number");
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) && number >= 0)
        {
            return number;
        }

        Fail(name, "a whole number from 0");
        return 0;
    }

    internal ImmutableArray<T> Array<T>(JsonElement holder, string name, Func<JsonElement, T> read)
    {
        var member = Member(holder, name, JsonValueKind.Array, "a list");
        return member.ValueKind == JsonValueKind.Array ? [.. member.EnumerateArray().Select(read)] : [];
    }

    /// <summary>A list that stands beside another, element by element.</summary>
    internal ImmutableArray<JsonElement> Beside<T>(JsonElement holder, string name, ImmutableArray<T> other)
    {
        var elements = Array(holder, name, element => element);
        if (elements.Length == other.Length)
        {
            return elements;
        }

        Fail(name, $"a list of {other.Length}, one for each element it stands beside");
        return [.. Enumerable.Repeat(default(JsonElement), other.Length)];
    }

    /// <summary>One of the contract's words.</summary>
    internal T Word<T>(JsonElement holder, string name, IReadOnlyDictionary<string, T> words)
    {
        if (words.TryGetValue(Text(holder, name), out var value))
        {
            return value;
        }

        Fail(name, $"one of {string.Join(", ", words.Keys)}");
        return default!;
    }

    /// <summary>A time in the form of ISO 8601; null for null and for an empty text.</summary>
    internal DateTimeOffset? Time(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        Fail(name, "a time");
        return null;
    }

    /// <summary>The line and column of an error; null where the whole file is meant.</summary>
    internal LinePosition? Position(JsonElement holder) => holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty("line", out var line) && line.ValueKind == JsonValueKind.Number
        ? new LinePosition(Count(holder, "line"), Count(holder, "column"))
        : null;

    internal void Fail(string name, string expected) => Error ??= $"its '{name}' is not {expected}";

    private JsonElement Member(JsonElement holder, string name, JsonValueKind kind, string expected)
    {
        if (holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var member) && member.ValueKind == kind)
        {
            return member;
        }

        Fail(name, expected);
        return default;
    }
}
