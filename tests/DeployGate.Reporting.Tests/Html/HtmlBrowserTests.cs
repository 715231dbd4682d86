using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DeployGate.Core.Reports;

namespace DeployGate.Reporting.Tests.Html;

/// <summary>The page in a real browser without a window; skipped where there is none. <c>DEPLOYGATE_CHROMIUM</c> names another.</summary>
public sealed class HtmlBrowserTests
{
    private static readonly string s_browser = Environment.GetEnvironmentVariable("DEPLOYGATE_CHROMIUM") is { Length: > 0 } given ? given : "/usr/bin/chromium";

    [Fact]
    public void The_script_shows_the_filters_and_nothing_is_complained_of()
    {
        var (page, log) = Open(Sample.Write("html", Sample.Full, HtmlFormatTests.Style));

        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        Assert.Matches("<form id=\"filter\" aria-label=\"Filter the findings\">", page);
        Assert.Contains("role=\"status\">3 of 3</output>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_complete_without_its_script()
    {
        // A frame that may run no script; the page around it looks inside.
        const string Look = """
            const inside = document.querySelector("iframe").contentDocument;
            const seen = (selector) => [...inside.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length;
            document.documentElement.dataset.said = [seen("article.finding"), seen("article.rule"), seen("#filter"), seen("#theme"), seen("table"), inside.querySelectorAll("section[hidden]").length].join(" ");
            """;
        var report = Sample.Write("html", Sample.Full, HtmlFormatTests.Style).Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
        var (page, _) = Open($"<!doctype html><iframe sandbox=\"allow-same-origin\" srcdoc=\"{report}\"></iframe><script>addEventListener(\"load\", () => {{ {Look} }});</script>");

        Assert.Contains("data-said=\"3 3 0 0 8 0\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src=x onerror=\"document.title='taken'\">")]
    [InlineData("\"><script>document.title='taken'</script><svg onload=\"document.title='taken'\">")]
    [InlineData("</style></script></svg></title><base href=\"https://example.com\">")]
    public void Hostile_input_stays_text(string value)
    {
        foreach (var field in HostileReport.Fields.Values)
        {
            Assert.Empty(HtmlCheck.Errors(Sample.Write("html", field(value), HtmlFormatTests.Style)));
        }

        var report = Sample.Full with
        {
            Findings = [.. Sample.Full.Findings.Select(finding => finding with { Message = value, Why = value, Label = value, Lineage = [new LineageStep(value, value, value, value)], Evidence = [new EvidenceItem(value, value, null)] })],
        };
        var (page, log) = Open(Sample.Write("html", report, HtmlFormatTests.Style));

        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        Assert.Contains("<title>DeployGate: the gate is closed</title>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(img|base)\\b", page);
    }

    [Fact]
    public void The_filters_leave_what_fits()
    {
        var said = Ask("""
            const form = document.getElementById("filter");
            const shown = () => [...document.querySelectorAll("article.finding")].filter((one) => one.checkVisibility()).map((one) => one.dataset.r).join(" ");
            const change = () => form.dispatchEvent(new Event("input", { bubbles: true }));
            form.elements.text.value = "CANONICAL latest"; change(); const none = shown() + form.querySelector("output").textContent + document.getElementById("nothing").hidden;
            form.elements.text.value = "windows SETUP"; change(); const text = shown();
            form.elements.text.value = ""; form.elements.rule.value = "DG9001"; change(); const rule = shown();
            form.elements.rule.value = ""; form.elements.severity[0].checked = false; change(); const severity = shown();
            form.elements.severity[0].checked = true; form.elements.file.value = "1"; change(); const file = shown();
            return [none, text, rule, severity, file].join(" | ");
            """);

        Assert.Equal("0 of 3false | DG1002 | DG9001 | DG9001 DG7001 | DG9001 DG7001", said);
    }

    [Fact]
    public void Everything_that_can_be_used_has_a_name()
    {
        var said = Ask("""
            // What is far below is not laid out, and has no name until then.
            document.styleSheets[0].insertRule(".finding { content-visibility: visible !important; }", document.styleSheets[0].cssRules.length);
            const wanting = [...document.querySelectorAll("a, button, input, select, output, svg[role=img], nav, form, section, article, table, [role=region]")]
              .filter((one) => one.computedRole !== "none" && one.tagName !== "OUTPUT" && !(one.computedName || "").trim());
            const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((one) => Number(one.tagName[1]));
            const jumps = levels.filter((level, index) => index > 0 && level > levels[index - 1] + 1).length;
            const broken = [...document.querySelectorAll("a[href^='#']")].filter((one) => !document.getElementById(one.getAttribute("href").slice(1))).length;
            const counts = ["main", "header", "footer", "h1"].map((one) => document.querySelectorAll(one).length).join("");
            return [wanting.map((one) => one.outerHTML.slice(0, 80)).join(" "), jumps, broken, counts, document.querySelector("svg[role=img]").computedName.slice(0, 12)].join("|");
            """, "--enable-blink-features=ComputedAccessibilityInfo");

        Assert.Equal("|0|0|1111|Lineage: use", said);
    }

    [Fact]
    public void The_button_turns_the_colours()
    {
        var said = Ask("""
            const colour = () => getComputedStyle(document.body).backgroundColor;
            const before = colour(); document.getElementById("theme").click(); const after = colour(); document.getElementById("theme").click();
            return [before !== after, before === colour()].join(" ");
            """);

        Assert.Equal("true true", said);
    }

    // The page's policy lets no other script run; the copy that is asked names one more.
    private static string Ask(string script, params string[] options)
    {
        var driver = $"document.documentElement.dataset.said = (() => {{ {script} }})();";
        var hash = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(driver)))}";
        var page = Sample.Write("html", Sample.Full, HtmlFormatTests.Style)
            .Replace("script-src ", $"script-src '{hash}' ", StringComparison.Ordinal)
            .Replace("</body>", $"<script>{driver}</script></body>", StringComparison.Ordinal);
        var (dumped, log) = Open(page, options);

        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        return Regex.Match(dumped, "data-said=\"([^\"]*)\"").Groups[1].Value;
    }

    private static (string Page, string Log) Open(string page, params string[] options)
    {
        Assert.SkipUnless(File.Exists(s_browser), $"There is no browser at {s_browser}: install chromium, or name one with DEPLOYGATE_CHROMIUM.");
        var folder = Directory.CreateTempSubdirectory("deploygate-html-");
        try
        {
            var file = Path.Combine(folder.FullName, "report.html");
            File.WriteAllText(file, page);
            string[] arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--enable-logging=stderr", $"--user-data-dir={folder.FullName}/profile",
                .. options, "--dump-dom", new Uri(file).AbsoluteUri,
            ];
            using var process = Process.Start(new ProcessStartInfo(s_browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var log = process.StandardError.ReadToEndAsync();
            var dumped = process.StandardOutput.ReadToEndAsync();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "The browser did not come back.");
            return (dumped.Result, WithoutSpeed(log.Result));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // On a busy machine the browser remarks that fonts take long: that is about the machine, not the page.
    private static string WithoutSpeed(string log) => string.Join('\n', log.Split('\n').Where(line => !line.Contains("\"Slow network is detected.", StringComparison.Ordinal)));
}
