using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Security;

/// <summary>Every place of an input that names a file, with every spelling of a file outside of the repository: nothing of it is read.</summary>
public sealed class TraversalTests
{
    private const string Canary = "canary-of-the-machine";
    private const string Head = "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\", ";
    private const string BicepImage = "resource i 'Microsoft.Compute/images@2024-07-01' = { name: 'i', properties: { storageProfile: { osDisk: { osType: 'Linux', osState: 'Specialized', blobUri: 'https://a/b.vhd' } } } }\n";

    /// <summary>Where the name stands; <c>PATH</c> is replaced by it, and <c>outside</c> gets the contents.</summary>
    private static readonly Dictionary<string, (string File, string Text, string Extension, string Content)> s_places = new()
    {
        ["templateLink"] = ("main.json", Head + "\"resources\": [ { \"type\": \"Microsoft.Resources/deployments\", \"apiVersion\": \"2022-09-01\", \"name\": \"d\", \"properties\": { \"mode\": \"Incremental\", \"templateLink\": { \"relativePath\": \"PATH\" } } } ] }", ".json", Head + "\"resources\": [ { \"type\": \"Microsoft.Compute/images\", \"apiVersion\": \"1\", \"name\": \"" + Canary + "\", \"properties\": { \"storageProfile\": { \"osDisk\": { \"osState\": \"Specialized\" } } } } ] }"),
        ["uri"] = ("main.json", Head + "\"resources\": [ { \"type\": \"Microsoft.Resources/deployments\", \"apiVersion\": \"2022-09-01\", \"name\": \"d\", \"properties\": { \"mode\": \"Incremental\", \"templateLink\": { \"uri\": \"PATH\" } } } ] }", ".json", Head + "\"resources\": [ { \"type\": \"Microsoft.Compute/images\", \"apiVersion\": \"1\", \"name\": \"" + Canary + "\", \"properties\": { \"storageProfile\": { \"osDisk\": { \"osState\": \"Specialized\" } } } } ] }"),
        ["module"] = ("main.bicep", "module m 'PATH' = { name: 'm' }\n" + BicepImage, ".bicep", BicepImage.Replace("'i'", $"'{Canary}'", StringComparison.Ordinal)),
        ["loadTextContent"] = ("main.bicep", "var t = loadTextContent('PATH')\n" + BicepImage.Replace("'i'", "t", StringComparison.Ordinal), ".txt", Canary),
        ["loadJsonContent"] = ("main.bicep", "var t = loadJsonContent('PATH')\n" + BicepImage.Replace("'i'", "t.n", StringComparison.Ordinal), ".json", $$"""{ "n": "{{Canary}}" }"""),
        ["loadYamlContent"] = ("main.bicep", "var t = loadYamlContent('PATH')\n" + BicepImage.Replace("'i'", "t.n", StringComparison.Ordinal), ".yaml", $"n: {Canary}\n"),
        ["loadFileAsBase64"] = ("main.bicep", "var t = base64ToString(loadFileAsBase64('PATH'))\n" + BicepImage.Replace("'i'", "t", StringComparison.Ordinal), ".txt", Canary),
        ["import"] = ("main.bicep", "import { n } from 'PATH'\n" + BicepImage.Replace("'i'", "n", StringComparison.Ordinal), ".bicep", $"@export()\nvar n = '{Canary}'\n"),
        ["using"] = ("main.bicepparam", "using 'PATH'\n", ".bicep", BicepImage.Replace("'i'", $"'{Canary}'", StringComparison.Ordinal)),
        ["extends"] = ("main.bicepparam", "using 'inside.bicep'\nextends 'PATH'\n", ".bicepparam", $"using none\nparam n = '{Canary}'\n"),
        ["configured facts"] = ("deploygate.yml", "version: 1\nstate: 'PATH'\n", ".json", $$"""{ "schema": "deploygate-facts/v1", "resources": [ { "id": "{{Canary}}" } ] }"""),
        ["configured policies"] = ("deploygate.yml", "version: 1\npolicies: ['PATH']\n", ".yml", $"version: 1\n{Canary}: 1\n"),
        ["configured baseline"] = ("deploygate.yml", "version: 1\nbaseline: 'PATH'\n", ".json", $"{{ \"{Canary}\": 1 }}"),
        ["sourced script"] = ("main.sh", "source PATH\naz image create -g rg -n img --os-type Linux --source $N\n", ".sh", $"N={Canary}\n"),
        ["pipeline template"] = ("azure-pipelines.yml", "steps:\n- template: 'PATH'\n", ".yml", $"steps:\n- script: az image create -g rg -n img --os-type Linux --source {Canary}\n"),
        ["pipeline script"] = ("azure-pipelines.yml", "steps:\n- bash: sh PATH\n", ".sh", $"az image create -g rg -n img --os-type Linux --source {Canary}\n"),
        ["dot-sourced PowerShell"] = ("main.ps1", ". PATH\naz image create -g rg -n img --os-type Linux --source $N\n", ".ps1", $"$N = '{Canary}'\n"),
    };

    public static TheoryData<string> Places => [.. s_places.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public void Nothing_outside_of_the_repository_is_read(string place)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right on Windows");
        var (file, text, extension, content) = s_places[place];
        using var folder = new TemporaryFolder();
        folder.Write("outside" + extension, content);
        folder.Write("repository/.git/HEAD", "");
        folder.Write("repository/a/x.txt", "");
        folder.Write("repository/inside.bicep", "param n string\n" + BicepImage.Replace("'i'", "n", StringComparison.Ordinal));
        var repository = Path.Combine(folder.Path, "repository");
        var outside = Path.Combine(folder.Path, "outside" + extension);
        File.CreateSymbolicLink(Path.Combine(repository, "linked" + extension), outside);
        File.CreateSymbolicLink(Path.Combine(repository, "linked-folder"), folder.Path);
        File.CreateSymbolicLink(Path.Combine(repository, "twice" + extension), "linked-folder/outside" + extension);
        File.CreateSymbolicLink(Path.Combine(repository, "knot"), "knot/knot");
        File.CreateSymbolicLink(Path.Combine(repository, "circle" + extension), Path.Combine(repository, "circle" + extension));
        string[] spellings = ["../outside", "a/../../outside", "./a/../.././outside", "linked", "linked-folder/outside", "twice", "knot/x", outside[..^extension.Length], "file://" + outside[..^extension.Length], "//localhost" + outside[..^extension.Length], @"..\outside", @"a\..\..\outside", "circle", "%2e%2e/outside", "../repository/../outside"];
        foreach (var spelling in spellings)
        {
            folder.Write("repository/" + file, text.Replace("PATH", (spelling + extension).Replace(@"\", file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".bicep", StringComparison.Ordinal) || file.EndsWith(".bicepparam", StringComparison.Ordinal) ? @"\\" : @"\", StringComparison.Ordinal), StringComparison.Ordinal));
            foreach (var command in (string[][])[["check", file is "deploygate.yml" ? "." : file, "--report", "json", "--verbose"], ["resolve", file is "deploygate.yml" ? "inside.bicep" : file]])
            {
                var (_, output, error) = Repository.Run(repository, command);
                Assert.False((output + error).Contains(Canary, StringComparison.Ordinal), $"{place}, {spelling}: {output}{error}");
            }
        }
    }

    /// <summary>A name with a character that no name can hold: what is not there is told, and the run goes on.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public void A_name_that_no_file_can_have_is_no_crash(string place)
    {
        var (file, text, extension, _) = s_places[place];
        using var folder = new TemporaryFolder();
        folder.Write(".git/HEAD", "");
        folder.Write("inside.bicep", "param n string\n" + BicepImage.Replace("'i'", "n", StringComparison.Ordinal));
        var nul = Path.GetExtension(file) switch { ".json" => @"\u0000", ".bicep" or ".bicepparam" => @"\u{0}", _ => "\0" };
        foreach (var spelling in (string[])[$"a{nul}b", $"../{nul}", new string('a', 300), new string('a', 5000), "a/" + string.Concat(Enumerable.Repeat("b/", 3000)), "con", "a:b", " ", "~/x", "a*?b"])
        {
            folder.Write(file, text.Replace("'PATH'", Path.GetExtension(file) == ".yml" ? $"\"{spelling.Replace("\0", "\\0", StringComparison.Ordinal)}{extension}\"" : $"'{spelling}{extension}'", StringComparison.Ordinal).Replace("PATH", spelling + extension, StringComparison.Ordinal));
            foreach (var command in (string[][])[["check", "."], ["check", file is "deploygate.yml" ? "." : file, "--fix=diff"], ["resolve", file is "deploygate.yml" ? "inside.bicep" : file]])
            {
                var (exit, output, error) = Repository.Run(folder.Path, command);
                Assert.True(exit is >= 0 and <= 4, $"{place}, {spelling}: {exit}: {output}{error}");
            }
        }
    }

    /// <summary>The same places read what lies inside, so that the test above would see it.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public void What_lies_inside_is_read(string place)
    {
        Assert.SkipWhen(place is "uri" or "configured facts" or "configured baseline" or "extends", "an address is never read; facts, baselines and parameters alone are not shown");
        var (file, text, extension, content) = s_places[place];
        using var folder = new TemporaryFolder();
        folder.Write(".git/HEAD", "");
        folder.Write("inside.bicep", "param n string\n" + BicepImage.Replace("'i'", "n", StringComparison.Ordinal));
        folder.Write("inner" + extension, content);
        folder.Write(file, text.Replace("PATH", "./inner" + extension, StringComparison.Ordinal));
        var (_, output, error) = Repository.Run(folder.Path, ["check", file is "deploygate.yml" ? "." : file, "--report", "json", "--verbose"]);
        var (_, resolved, _) = Repository.Run(folder.Path, ["resolve", file is "deploygate.yml" ? "inside.bicep" : file]);
        Assert.True((output + error + resolved).Contains(Canary, StringComparison.Ordinal), $"{output}{error}{resolved}");
    }
}
