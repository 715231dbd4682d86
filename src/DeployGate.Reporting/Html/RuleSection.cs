using System.Collections.Immutable;
using DeployGate.Core.Rules;

namespace DeployGate.Reporting.Html;

/// <summary>The rules that fired, each with its page.</summary>
internal static class RuleSection
{
    internal static void Write(HtmlPage page, IReadOnlyCollection<RuleDescriptor> rules, Func<string, string?> pageOf)
    {
        if (rules.Count == 0)
            return;

        var known = rules.Select(rule => rule.Id).ToImmutableHashSet(StringComparer.Ordinal);
        page.Open("rules", "Rules");
        foreach (var rule in rules)
        {
            var id = IdOf(rule.Id);
            page.Line($"<article class=\"rule\" id=\"{id}\" aria-labelledby=\"{id}-t\"><h3 id=\"{id}-t\">{HtmlText.Of(rule.Id)} {HtmlText.Of(rule.Name)}</h3>");
            page.Line($"<p class=\"lead\">{HtmlText.Of(rule.Summary)}</p>");
            if (pageOf(rule.Id) is { } text)
                PageHtml.Write(page, text, known);
            else
                page.Line($"<p>Its page: <code>{HtmlText.Of(rule.Page)}</code></p>");
            page.Line("</article>");
        }

        page.Close();
    }

    /// <summary>The anchor of a rule: letters, digits and hyphens, whatever its id is.</summary>
    internal static string IdOf(string ruleId) => "rule-" + string.Concat(ruleId.Where(char.IsAsciiLetterOrDigit));
}
