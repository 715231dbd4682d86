using System.Text.RegularExpressions;
using DeployGate.Reporting.Html;

namespace DeployGate.Reporting.Tests.Html;

/// <summary>
/// Reads our page as strictly as it is written: every tag is one that the page uses, with quoted attributes that the page uses, properly
/// nested; no other angle bracket stands anywhere, and no id twice.
/// </summary>
internal static partial class HtmlCheck
{
    private static readonly HashSet<string> s_tags =
    [
        .. "html head meta title body a header div p button svg path h1 h2 h3 h4 strong nav ul ol li main section table caption thead tbody tr th td form fieldset".Split(' '),
        .. "legend label input select option output article span code figure pre i mark figcaption details summary dl dt dd samp time g rect text br b footer".Split(' '),
    ];

    private static readonly HashSet<string> s_attributes =
    [
        .. "lang charset http-equiv content name class href id hidden type d viewBox focusable role tabindex scope rowspan colspan value checked autocomplete x y width height rx rel".Split(' '),
        .. "aria-label aria-labelledby aria-hidden data-gate data-s data-r data-f text-anchor".Split(' '),
    ];

    private static readonly HashSet<string> s_void = ["meta", "input", "br"];

    internal static IReadOnlyList<string> Errors(string html)
    {
        var errors = new List<string>();
        var body = html
            .Replace($"<script>{HtmlAssets.Script}</script>", "", StringComparison.Ordinal)
            .Replace($"<style>{HtmlAssets.Style}</style>", "", StringComparison.Ordinal);
        var open = new Stack<string>();
        var ids = new HashSet<string>();
        var rest = Tag().Replace(body["<!doctype html>".Length..], match => { CheckTag(match, open, ids, errors); return ""; });
        errors.AddRange(open.Select(tag => $"<{tag}> is not closed"));
        if (rest.AsSpan().ContainsAny('<', '>'))
            errors.Add($"a bracket is left over: {Left().Match(rest).Value}");
        if (Loose().Match(rest) is { Success: true } loose)
            errors.Add($"'{loose.Value}' is not an entity of ours");
        return errors;
    }

    private static void CheckTag(Match match, Stack<string> open, HashSet<string> ids, List<string> errors)
    {
        var name = match.Groups["name"].Value;
        if (match.Groups["end"].Length > 0)
        {
            if (open.Count == 0 || open.Pop() != name)
                errors.Add($"</{name}> closes another element");
            return;
        }

        if (!s_tags.Contains(name))
            errors.Add($"<{name}> is not of this page");
        foreach (var (attribute, value) in match.Groups["attribute"].Captures.Zip(match.Groups["value"].Captures, (one, other) => (one.Value, other.Value.TrimStart('=').Trim('"'))))
        {
            if (!s_attributes.Contains(attribute))
                errors.Add($"the attribute {attribute} is not of this page");
            if (attribute == "id" && !ids.Add(value))
                errors.Add($"the id {value} stands twice");
            if (attribute == "href" && !value.StartsWith('#') && !value.StartsWith("https://", StringComparison.Ordinal))
                errors.Add($"a link to {value}");
        }

        if (!s_void.Contains(name) && match.Groups["self"].Length == 0)
            open.Push(name);
    }

    [GeneratedRegex("""<(?<end>/)?(?<name>[a-z][a-z0-9]*)( (?<attribute>[a-zA-Z-]+)(?<value>(="[^"<>]*")?))*(?<self>/)?>""")]
    private static partial Regex Tag();

    [GeneratedRegex(".{0,20}[<>].{0,20}")]
    private static partial Regex Left();

    [GeneratedRegex("&(?!(amp|lt|gt|quot|#39);).{0,10}")]
    private static partial Regex Loose();
}
