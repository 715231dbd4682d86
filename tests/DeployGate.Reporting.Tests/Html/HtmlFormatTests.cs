using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Uses;

namespace DeployGate.Reporting.Tests.Html;

public sealed class HtmlFormatTests
{
    internal static readonly ReportStyle Style = new()
    {
        PageOf = id => $"# {id}: its name\n\nerror\n\n## Why\n\nA page with `code`, **weight**,\na [link](https://example.com/a?b=1&c=2), [DG9001](DG9001.md), [none](DG0000.md) and [bad](javascript:alert).\n\n- one\n  more\n- two\n\n| A | B |\n| --- | --- |\n| 1 | <b> |\n\n```json\n{{ \"a\": \"<script>\" }}\n```\n",
        Checkout = new Checkout(new Uri("https://github.com/contoso/images"), "0123456789abcdef"),
    };

    [Fact]
    public void The_page_is_written_as_strictly_as_it_is_read() => Assert.Empty(HtmlCheck.Errors(Sample.Write("html", Sample.Full, Style)));

    [Fact]
    public void An_empty_report_is_a_page() => Assert.Empty(HtmlCheck.Errors(Sample.Write("html", new GateReport("0.1.0", [], [], [], 0, 0))));

    [Theory]
    [InlineData("<p><script>alert(1)</script></p>")]
    [InlineData("<p onclick=\"a\"></p>")]
    [InlineData("<p>a < b</p>")]
    [InlineData("<p>&nbsp;</p>")]
    [InlineData("<p><b></p>")]
    [InlineData("<a href=\"javascript:a\"></a>")]
    [InlineData("<p id=\"a\"></p><p id=\"a\"></p>")]
    public void The_check_finds_what_is_wrong(string body) => Assert.NotEmpty(HtmlCheck.Errors("<!doctype html>" + body));

    [Fact]
    public void The_policy_allows_this_style_and_this_script_and_nothing_else()
    {
        var page = Sample.Write("html", Sample.Full);
        string HashOf(string element) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Regex.Match(page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value)));

        Assert.Contains(
            $"content=\"default-src 'none'; style-src '{HashOf("style")}'; script-src '{HashOf("script")}'; base-uri 'none'; form-action 'none'\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("\\s(src|srcset|action|style|on[a-z]+)=\"", page);
    }

    [Fact]
    public void A_use_stands_in_its_cell_and_nowhere_else()
    {
        var use = Sample.Report.Uses[0] with { OsType = OsType.Linux, Stage = Stage.Capture, Declared = OsState.Generalized, Actual = "Generalized", Verdict = Verdict.Allowed };
        var page = Sample.Write("html", Sample.Report with { Uses = [use], Findings = [], Errors = [] });
        var row = Regex.Match(page, "<th rowspan=\"2\" scope=\"rowgroup\">capture</th>.*?</tbody>", RegexOptions.Singleline).Value;

        Assert.Single(Regex.Matches(page, " here\""));
        Assert.Matches("(?s)<th scope=\"row\">Linux</th>\\s*<td class=\"agree here\"><b>agree</b><span class=\"cases\">1 use</span></td>", row);
        Assert.DoesNotContain("system not known", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_system_of_a_use_is_not_guessed()
    {
        var use = Sample.Report.Uses[0] with { Actual = "Generalized", Verdict = Verdict.Allowed };

        Assert.Contains("<th scope=\"row\">system not known</th>", Sample.Write("html", Sample.Report with { Uses = [use], Findings = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_Markdown_becomes_HTML_and_leads_nowhere_bad()
    {
        var page = Sample.Write("html", Sample.Full, Style);

        Assert.Contains("<p>A page with <code>code</code>, <strong>weight</strong>, a <a href=\"https://example.com/a?b=1&amp;c=2\" rel=\"noreferrer\">link</a>, <a href=\"#rule-DG9001\">DG9001</a>, none and bad.</p>", page, StringComparison.Ordinal);
        Assert.Contains("<ul><li>one more</li><li>two</li></ul>", page, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"sample\"><span>{ &quot;a&quot;: &quot;&lt;script&gt;&quot; }</span></pre>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_findings_stay_below_five_megabytes()
    {
        var page = Sample.Write("html", Sample.Report with { Findings = [.. Enumerable.Repeat(Sample.Wrong, 1_000)] });

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1_000_000, 5_000_000);
    }
}
