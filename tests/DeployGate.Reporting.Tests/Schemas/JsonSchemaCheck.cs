using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeployGate.Reporting.Tests.Schemas;

/// <summary>
/// Validates a document against the part of JSON Schema 2020-12 that our schemas use. A keyword it does not know is a
/// failure of the test: nothing is passed over in silence.
/// </summary>
/// <seealso href="https://json-schema.org/draft/2020-12/json-schema-validation"/>
internal sealed class JsonSchemaCheck
{
    private readonly JsonElement _root;
    private readonly List<string> _errors = [];

    private JsonSchemaCheck(JsonElement root) => _root = root;

    /// <summary>What is wrong with the document, each with its JSON pointer; empty when it is valid.</summary>
    internal static IReadOnlyList<string> Errors(string schemaFile, string document)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Schemas", schemaFile);
        using var schema = JsonDocument.Parse(File.ReadAllText(path));
        return Errors(schema.RootElement, document);
    }

    internal static IReadOnlyList<string> Errors(JsonElement schema, string document)
    {
        using var parsed = JsonDocument.Parse(document);
        var check = new JsonSchemaCheck(schema);
        check.Check(schema, parsed.RootElement, "");
        return check._errors;
    }

    private void Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.ValueKind is JsonValueKind.True)
            return;
        if (schema.ValueKind is JsonValueKind.False)
            Fail(at, "nothing may stand here");
        else
        {
            foreach (var keyword in schema.EnumerateObject())
                CheckKeyword(schema, keyword.Name, keyword.Value, value, at);
        }
    }

    private void CheckKeyword(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string at)
    {
        switch (keyword)
        {
            case "$schema" or "title" or "description" or "default" or "definitions" or "$defs":
                break;
            case "$ref":
                Check(Resolve(rule.GetString()!), value, at);
                break;
            case "anyOf":
                Demand(rule.EnumerateArray().Any(option => Matches(option, value)), at, "matches no option of anyOf");
                break;
            case "oneOf":
                Demand(rule.EnumerateArray().Count(option => Matches(option, value)) == 1, at, "does not match one option of oneOf");
                break;
            case "type":
                var types = rule.ValueKind == JsonValueKind.Array ? [.. rule.EnumerateArray()] : new[] { rule };
                Demand(types.Any(type => IsOfType(value, type.GetString()!)), at, $"is not of type {rule}");
                break;
            case "enum":
                Demand(rule.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value)), at, $"is none of {rule}");
                break;
            case "const":
                Demand(JsonElement.DeepEquals(rule, value), at, $"is not {rule}");
                break;
            default:
                CheckByKind(schema, keyword, rule, value, at);
                break;
        }
    }

    private void CheckByKind(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string at)
    {
        switch (keyword)
        {
            case "required" or "properties" or "additionalProperties":
                if (value.ValueKind == JsonValueKind.Object)
                    CheckObject(schema, keyword, rule, value, at);
                break;
            case "items" or "minItems" or "uniqueItems":
                if (value.ValueKind == JsonValueKind.Array)
                    CheckArray(keyword, rule, [.. value.EnumerateArray()], at);
                break;
            case "minimum" or "maximum":
                if (value.ValueKind == JsonValueKind.Number)
                {
                    var order = value.GetDecimal().CompareTo(rule.GetDecimal());
                    Demand(keyword == "minimum" ? order >= 0 : order <= 0, at, $"is beyond the {keyword} {rule}");
                }

                break;
            case "pattern" or "format":
                if (value.ValueKind == JsonValueKind.String)
                    Demand(IsWellFormed(keyword, rule.GetString()!, value.GetString()!), at, $"does not have the {keyword} {rule}");
                break;
            default:
                throw new NotSupportedException($"The keyword '{keyword}' is not known here.");
        }
    }

    private void CheckObject(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string at)
    {
        switch (keyword)
        {
            case "required":
                foreach (var name in rule.EnumerateArray())
                    Demand(value.TryGetProperty(name.GetString()!, out _), at, $"lacks '{name}'");
                break;
            case "properties":
                foreach (var property in rule.EnumerateObject())
                {
                    if (value.TryGetProperty(property.Name, out var member))
                        Check(property.Value, member, $"{at}/{property.Name}");
                }

                break;
            default:
                var known = schema.TryGetProperty("properties", out var named) ? named : default;
                foreach (var member in value.EnumerateObject())
                {
                    if (known.ValueKind == JsonValueKind.Undefined || !known.TryGetProperty(member.Name, out _))
                        Check(rule, member.Value, $"{at}/{member.Name}");
                }

                break;
        }
    }

    private void CheckArray(string keyword, JsonElement rule, JsonElement[] items, string at)
    {
        switch (keyword)
        {
            case "items":
                for (var i = 0; i < items.Length; i++)
                    Check(rule, items[i], $"{at}/{i}");
                break;
            case "minItems":
                Demand(items.Length >= rule.GetInt32(), at, $"has fewer than {rule} items");
                break;
            default:
                var isUnique = !items.Where((item, i) => items.Take(i).Any(other => JsonElement.DeepEquals(other, item))).Any();
                Demand(!rule.GetBoolean() || isUnique, at, "has equal items");
                break;
        }
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The type '{type}' is not known here."),
    };

    private static bool IsWellFormed(string keyword, string rule, string text) => (keyword, rule) switch
    {
        ("pattern", _) => Regex.IsMatch(text, rule),
        (_, "uri") => Uri.TryCreate(text, UriKind.Absolute, out var uri) && Uri.IsWellFormedUriString(text, UriKind.Absolute) && uri.Scheme.Length > 1,
        (_, "uri-reference") => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute),
        (_, "date-time") => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        (_, "uuid") => Guid.TryParseExact(text, "D", out _),
        _ => throw new NotSupportedException($"The format '{rule}' is not known here."),
    };

    private bool Matches(JsonElement schema, JsonElement value)
    {
        var check = new JsonSchemaCheck(_root);
        check.Check(schema, value, "");
        return check._errors.Count == 0;
    }

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(_root, (element, name) => element.GetProperty(name));

    private void Demand(bool isMet, string at, string what)
    {
        if (!isMet)
            Fail(at, what);
    }

    private void Fail(string at, string what) => _errors.Add($"{at}: {what}");
}
