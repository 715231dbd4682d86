using System.Diagnostics;
using DeployGate.Site;

namespace DeployGate.Cli.Tests.Documentation;

/// <summary>The site in a real browser without a window; skipped where there is none. <c>DEPLOYGATE_CHROMIUM</c> names another.</summary>
public sealed class SiteBrowserTests
{
    private static readonly string s_browser = Environment.GetEnvironmentVariable("DEPLOYGATE_CHROMIUM") is { Length: > 0 } given ? given : "/usr/bin/chromium";

    [Theory]
    [InlineData("dg2002", "<li><a href=\"../../policies/rules/DG2002.html\">DG2002: capture-specialized-as-generalized</a>")]
    [InlineData("sysprep%20oobe", "policies/rules/DG1002.html#fix")]
    [InlineData("nothing-has-this-word", "<p role=\"status\">0 found</p>")]
    public void Search_finds_rules_by_id_and_by_word(string words, string expected)
    {
        var (page, log) = Open($"policies/rules/DG1001.html?q={words}");
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        Assert.Contains("<section id=\"found\" aria-label=\"Found\">", page, StringComparison.Ordinal);
        Assert.Contains(expected, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_question_nothing_is_found_and_the_index_is_not_loaded()
    {
        var (page, log) = Open("index.html");
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        Assert.Contains("<form id=\"search\" role=\"search\">", page, StringComparison.Ordinal);
        Assert.Contains("<section id=\"found\" aria-label=\"Found\" hidden=\"\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("search-index.js", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_scripts_the_page_is_there_and_the_search_is_not()
    {
        // A frame that may run no script; the page around it looks inside.
        const string Look = """
            <!doctype html><iframe sandbox="allow-same-origin" src="docs/index.html?q=sysprep"></iframe><script>addEventListener("load", () => {
            const inside = document.querySelector("iframe").contentDocument;
            const seen = (selector) => [...inside.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length;
            document.documentElement.dataset.said = [seen("main h1"), seen("#pages a") > 20, seen("main table"), seen("#search"), seen("#found")].join(" ");
            });</script>
            """;
        var (page, _) = Open("look.html", new SiteFile("look.html", Look), "--allow-file-access-from-files");
        Assert.Contains("data-said=\"1 true 3 0 0\"", page, StringComparison.Ordinal);
    }

    private static (string Page, string Log) Open(string address, SiteFile? more = null, params string[] options)
    {
        Assert.SkipUnless(File.Exists(s_browser), $"There is no browser at {s_browser}: install chromium, or name one with DEPLOYGATE_CHROMIUM.");
        using var folder = new TemporaryFolder();
        foreach (var file in SiteBuilder.Build(Repository.Root).Append(more).OfType<SiteFile>())
            folder.Write(file.Path, file.Content);
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--enable-logging=stderr", $"--user-data-dir={folder.Path}/profile",
            .. options, "--dump-dom", $"{new Uri(folder.Path).AbsoluteUri}/{address}",
        ];
        using var process = Process.Start(new ProcessStartInfo(s_browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var log = process.StandardError.ReadToEndAsync();
        var page = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "The browser did not come back.");
        return (page.Result, WithoutSpeed(log.Result));
    }

    // On a busy machine the browser remarks that fonts take long: that is about the machine, not the page.
    private static string WithoutSpeed(string log) => string.Join('\n', log.Split('\n').Where(line => !line.Contains("\"Slow network is detected.", StringComparison.Ordinal)));
}
