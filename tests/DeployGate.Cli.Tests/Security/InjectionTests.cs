using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.Cli.Tests.Hosts;
using DeployGate.Cli.Tests.Waivers;
using DeployGate.Reporting;

namespace DeployGate.Cli.Tests.Security;

/// <summary>Nothing that an input says becomes a command, a sequence, an element or a line of its own in anything that is written.</summary>
public sealed partial class InjectionTests(ITestOutputHelper output)
{
    [Fact]
    public void Table_of_fields_and_outputs_has_no_injection()
    {
        var counts = new SortedDictionary<string, (int Written, int Reached, int Injected)>(StringComparer.Ordinal);
        var injected = new List<string>();
        var fields = 0;
        foreach (var (file, json) in HostileInput.Files)
        {
            foreach (var (field, document) in HostileInput.Variants(json))
            {
                fields++;
                foreach (var (name, written) in Outputs(file, document))
                {
                    var fault = FaultOf(name, written);
                    var (all, reached, bad) = counts.GetValueOrDefault(name);
                    counts[name] = (all + 1, reached + (written.Contains("forged", StringComparison.Ordinal) ? 1 : 0), bad + (fault is null ? 0 : 1));
                    if (fault is not null)
                    {
                        injected.Add($"{file} {field} in {name}: {fault}");
                    }
                }
            }
        }

        output.WriteLine($"{fields} fields of {HostileInput.Files.Count} inputs, each in {counts.Count} outputs");
        output.WriteLine($"{"output",-18}{"written",9}{"reached",9}{"injected",10}");
        foreach (var (name, (all, reached, bad)) in counts)
        {
            output.WriteLine($"{name,-18}{all,9}{reached,9}{bad,10}");
        }

        Assert.Empty(injected);
        Assert.All(ReportFormats.All.Select(format => format.Name).Concat(["summary", "resolve text", "policy", "policy lint", "diagnose text", "comment", "action log", "suggestions"]), name => Assert.True(counts[name].Reached > 0, $"no field reached {name}"));
    }

    [Fact]
    public void A_file_may_be_called_anything()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows takes no such names");
        using var folder = new TemporaryFolder();
        var name = HostileInput.Value.Replace("\0", "", StringComparison.Ordinal).Replace('/', '_');
        folder.Write(name + "/vm.json", HostileInput.Files["vm.json"]);
        folder.Write(name + ".json", "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", broken");
        foreach (var (format, written) in Reports(folder, []))
        {
            Assert.Contains("forged", written, StringComparison.Ordinal);
            Assert.Null(FaultOf(format, written));
        }

        Assert.Null(FaultOf("stderr", HostileInput.Run(folder.Path, new Dictionary<string, string>(), ["check", name, "--baseline", name, "--config", name])));
    }

    /// <summary>What a guest says of itself, and what Azure does: each in turn, in every output that shows it.</summary>
    [Fact]
    public void What_disks_and_Azure_say_is_no_command_either()
    {
        using var folder = new TemporaryFolder();
        folder.Write("vm.json", HostileInput.Files["vm.json"]);
        var (written, reached) = (0, 0);
        foreach (var (field, disk) in HostileGuest.Disks())
        {
            File.WriteAllBytes(Path.Combine(folder.Path, "disk.vhd"), disk);
            string[] inspected = ["--disk", "https://contoso.blob.core.windows.net/vhds/lab.vhd=disk.vhd"];
            foreach (var (name, text) in (IEnumerable<(string, string)>)[
                ("inspect text", Say("inspect", "disk.vhd")), ("inspect json", Say("inspect", "disk.vhd", "--format", "json")), ("diagnose text", Say("diagnose", "disk.vhd")),
                .. Reports(folder, inspected), ("record", Say(["record", "vm.json", "--out", "facts.json", .. inspected])), ("facts", folder.Read("facts.json"))])
            {
                Assert.True(FaultOf(name, text) is not { } fault, $"{field} in {name}: {FaultOf(name, text)}: {text}");
                (written, reached) = (written + 1, reached + (text.Contains("forged", StringComparison.Ordinal) ? 1 : 0));
            }
        }

        Assert.True(reached > 0, "no field reached an output");
        output.WriteLine($"{written} outputs, reached by {reached}: 0 injections");

        string Say(params string[] arguments) => HostileInput.Run(folder.Path, new Dictionary<string, string>(), arguments);
    }

    /// <summary>A suggestion repeats lines of the file: what is seen in them stays in its fence, and lines that hide something are not suggested.</summary>
    [Theory]
    [InlineData("// ```suggestion forged <img src=forged> ![f](http://forged) ````", true)]
    [InlineData("// ##vso[task.forged] ::error::forged - forged", true)]
    [InlineData("// \u202e forged", false)]
    [InlineData("// \u200b forged", false)]
    [InlineData("/* \u001b[31m forged */", false)]
    public void A_line_that_is_suggested_is_shown_as_it_is_or_not_at_all(string comment, bool isSuggested)
    {
        using var folder = new TemporaryFolder();
        folder.Write("facts/cured.json", HostileInput.Files["facts/cured.json"]);
        folder.Write("policies.yml", HostileInput.Files["policies.yml"]);
        folder.Write("lab.bicep", SpecializedImage.Bicep("cured", onLine: " " + comment));
        var said = HostOutputs(folder, "lab.bicep").Single(one => one.Name == "suggestions").Written;
        var line = said.Split('\n').SingleOrDefault(line => line.Contains("osState: 'Generalized'", StringComparison.Ordinal));
        Assert.Equal(isSuggested ? $"        osState: 'Generalized' {comment}" : null, line);
        Assert.DoesNotContain("forged", Rendered(said), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_typed_is_no_command_either()
    {
        // No system hands over an argument with a NUL in it.
        var value = HostileInput.Value.Replace("\0", "", StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        foreach (var arguments in (string[][])[["explain", value], ["rules", "--format", value], ["inspect", value], ["diagnose", value], [value], ["resolve", value], ["policy", "lint", value], ["check", "--disk", value], ["check", "--report", value], ["record", "--out", value + "/x"]])
        {
            var said = HostileInput.Run(folder.Path, new Dictionary<string, string>(), arguments);
            Assert.True(FaultOf(arguments[0], said) is null, $"{string.Join(' ', arguments)}: {said}");
        }
    }

    private static IEnumerable<(string Name, string Written)> Outputs(string changed, string document)
    {
        using var folder = new TemporaryFolder();
        foreach (var (file, content) in HostileInput.Files)
        {
            folder.Write(file, file == changed ? document : content);
        }

        foreach (var one in Reports(folder, ["--state", "facts", "--policy", "policies.yml"]))
        {
            yield return one;
        }

        foreach (var (name, arguments) in HostileInput.Commands)
        {
            yield return (name, HostileInput.Run(folder.Path, new Dictionary<string, string>(), arguments));
        }

        foreach (var one in HostOutputs(folder, "cured.json"))
        {
            yield return one;
        }
    }

    // The action on a pull request: what it says to the runner, and what it sends to the pull request.
    private static IEnumerable<(string Name, string Written)> HostOutputs(TemporaryFolder folder, string shown)
    {
        using var hub = new LoopbackGitHub { File = new JsonObject { ["filename"] = shown, ["patch"] = "@@ -1,0 +1,500 @@" } };
        folder.Write(".event", """{ "pull_request": { "number": 7 } }""");
        folder.Write(".outputs", "");
        var environment = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_OUTPUT"] = Path.Combine(folder.Path, ".outputs"),
            ["GITHUB_EVENT_PATH"] = Path.Combine(folder.Path, ".event"),
            ["GITHUB_REPOSITORY"] = "contoso/images",
            ["GITHUB_API_URL"] = hub.Address,
            ["INPUT_PATHS"] = ".",
            ["INPUT_STATE"] = "facts",
            ["INPUT_POLICY"] = "policies.yml",
            ["INPUT_COMMENT"] = "true",
            ["INPUT_SUGGEST"] = "true",
            ["INPUT_TOKEN"] = "t",
            ["INPUT_REPORT"] = "json=out.json",
        };
        yield return ("action log", HostileInput.Run(folder.Path, environment, ["action"]));
        yield return ("action outputs", folder.Read(".outputs"));
        yield return ("comment", string.Concat(hub.Comments.Select(one => one.Body)));
        yield return ("suggestions", string.Join("\n\n", hub.Reviews.SelectMany(review => review["comments"]!.AsArray()).Select(comment => (string)comment!["body"]!)));
    }

    // One run with all formats, on a host that has a summary.
    private static IEnumerable<(string Name, string Written)> Reports(TemporaryFolder folder, string[] options)
    {
        var formats = ReportFormats.All.Select(format => format.Name).ToList();
        var environment = new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_STEP_SUMMARY"] = Path.Combine(folder.Path, "out.summary") };
        var said = HostileInput.Run(folder.Path, environment, ["check", ".", "--verbose", .. options, .. formats.SelectMany(format => (string[])["--report", $"{format}=out.{format}"])]);
        yield return ("stdout and stderr", said);
        foreach (var name in formats.Append("summary").Where(name => File.Exists(Path.Combine(folder.Path, "out." + name))))
        {
            yield return (name, folder.Read("out." + name));
        }
    }

    private static string? FaultOf(string name, string written)
    {
        if (written.AsSpan().IndexOfAny("\u001b\u009b\u202e\0") >= 0)
        {
            return "an active character";
        }

        // A suggestion is sent to the pull request alone, which no agent reads, and must hold the file's own line to the letter.
        if (name is not "suggestions" && (written.Contains("##vso[task.forged", StringComparison.OrdinalIgnoreCase) || written.Contains("##[forged", StringComparison.Ordinal)))
        {
            return "a command of an agent";
        }

        foreach (var line in written.Split('\n', '\r'))
        {
            if (line.TrimStart() is var start && (start.StartsWith("::error::forged", StringComparison.Ordinal) || start.StartsWith("- forged", StringComparison.Ordinal)))
            {
                return $"a line of its own: {line}";
            }
        }

        return name switch
        {
            "html" when written.Contains("<img", StringComparison.OrdinalIgnoreCase) => "an element",
            "action outputs" when !Output().Replace(written, "").AsSpan().Trim().IsEmpty => "an output of its own",
            "markdown" or "summary" or "comment" or "suggestions" when Rendered(written).Contains("<img", StringComparison.OrdinalIgnoreCase) => "an element",
            "markdown" or "summary" or "comment" or "suggestions" when Rendered(written).Contains("![f](", StringComparison.Ordinal) => "a picture",
            "json" or "sarif" or "diagnose json" or "inspect json" or "facts" => ParseFault(() => JsonDocument.Parse(written).Dispose()),
            "junit" => ParseFault(() => XDocument.Parse(written)),
            _ => null,
        };
    }

    [GeneratedRegex(@"^(?:verdict|findings|blocked|undecided|report|sarif)<<(?<d>deploygate_[0-9a-f]{32})\n[a-z0-9.-]*\n\k<d>\n", RegexOptions.Multiline)]
    private static partial Regex Output();

    // What stands in a fence or between backticks is shown as it is.
    private static string Rendered(string markdown) => CodeSpan().Replace(Fence().Replace(markdown, ""), "");

    [GeneratedRegex(@"^(?<f>`{3,})[^`\n]*\n.*?^\k<f>`*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<!`)(?<t>`+)(?!`).*?(?<!`)\k<t>(?!`)")]
    private static partial Regex CodeSpan();

    private static string? ParseFault(Action parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or System.Xml.XmlException)
        {
            return exception.Message;
        }
    }
}
