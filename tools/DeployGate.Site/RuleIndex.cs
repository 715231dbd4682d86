using System.Globalization;
using System.Net;
using System.Text;
using DeployGate.Core.Rules;
using DeployGate.Reporting;

namespace DeployGate.Site;

/// <summary>The list of all rules, made of the catalog that the tool itself uses.</summary>
internal static class RuleIndex
{
    private const string Lead = "Ids never change their meaning. The severity is the one a rule has where deploygate.yml does not say another.";

    internal static SitePage Page()
    {
        var html = new StringBuilder($"<h1 id=\"rules\">Rules</h1>\n<p>{Lead}</p>\n<div class=\"wide\" role=\"region\" aria-label=\"Rules\" tabindex=\"0\">\n<table>\n<thead><tr>");
        html.AppendJoin("", ((string[])["Rule", "Name", "Severity", "Stage", "What is wrong"]).Select(column => $"<th scope=\"col\">{column}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (var rule in RuleCatalog.All.Select(one => one.Descriptor))
        {
            var severity = ContractWords.Of(rule.Severity);
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><a href=\"../../{SiteSources.PathOf(rule.Page)}\">{rule.Id}</a></th><td>{rule.Name}</td><td><span class=\"badge {severity}\">{severity}</span></td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{StagesOf(rule)}</td><td>{WebUtility.HtmlEncode(rule.Summary)}</td></tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
        return new SitePage(SiteSources.Rules, "policies/rules", html.ToString(), [new PageSection(1, "rules", "Rules", Lead)]);
    }

    private static string StagesOf(RuleDescriptor rule) => rule.Stages.IsEmpty ? "any" : string.Join(", ", rule.Stages.Select(stage => ContractWords.Of(stage)));
}
