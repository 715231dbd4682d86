using System.Text.Json.Nodes;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.Cli.Tests.Waivers;

namespace DeployGate.Cli.Tests.Sharding;

/// <summary>What is not all parts of one run is not merged: exit code 3, one message, and no report.</summary>
public sealed class MergeInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MergeInputTests()
    {
        _folder.Write("a.bicep", SpecializedImage.Bicep("a"));
        _folder.Write("b.bicep", SpecializedImage.Bicep("b"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1/1001")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("+1/2")]
    [InlineData("one/two")]
    [InlineData("job/4")]
    [InlineData("1/99999999999999999999")]
    public void A_part_that_is_none_is_wrong_usage(string shard)
    {
        var (exit, _, error) = Repository.Run(_folder.Path, "check", $"--shard={shard}");
        Assert.Equal(2, exit);
        Assert.Contains($"--shard {shard}: write the number of the part and how many there are, 1/4 to 4/4, or job/4 where JOB_COMPLETION_INDEX tells it; at most 1000", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fix", "a part neither fixes files nor writes a baseline")]
    [InlineData("--fix=diff", "a part neither fixes files nor writes a baseline")]
    [InlineData("--write-baseline=known.json", "a part neither fixes files nor writes a baseline")]
    [InlineData("--baseline=known.json", "give the baseline to 'deploygate merge'")]
    public void What_a_part_cannot_do_is_refused(string option, string why)
    {
        var (exit, _, error) = Repository.Run(_folder.Path, "check", "--shard", "1/2", option);
        Assert.Equal(2, exit);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "known.json")));
    }

    [Fact]
    public void A_missing_part_is_named() => Refused("of 3 parts these are missing: 2", [Part("1/3"), Part("3/3")]);

    [Fact]
    public void A_part_that_is_there_twice_is_named()
    {
        string[] parts = [Part("1/2"), Part("1/2"), Part("2/2")];
        Refused($"part 1 of 2 was given 2 times: '{parts[0]}', '{parts[1]}'; leave all but one out", parts);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(3)]
    [InlineData(0)]
    public void A_number_that_no_part_has_is_refused_beside_all_real_parts(int index) =>
        Refused($"' says that it is part {index} of 2, and there is no such part; leave it out", [Part("1/2"), Part("2/2"), Edit(Part("1/2"), report => report["shard"]!["index"] = index)]);

    [Fact]
    public void Parts_of_differently_divided_runs_are_told()
    {
        string[] parts = [Part("1/2"), Part("2/3")];
        Refused($"the reports are parts of differently divided runs: '{parts[0]}' is one of 2, '{parts[1]}' one of 3", parts);
    }

    [Fact]
    public void A_file_that_was_changed_between_the_parts_is_told()
    {
        var first = Part("1/2");
        _folder.Write("a.bicep", SpecializedImage.Bicep("c"));
        Refused("the reports are parts of runs over different files", [first, Part("2/2")]);
    }

    [Fact]
    public void Parts_of_different_versions_are_told() =>
        Refused("the reports are of different versions of the tool: ", [Part("1/2"), Edit(Part("2/2"), report => report["tool"]!["version"] = "0.0.0")]);

    [Fact]
    public void The_report_of_a_whole_run_is_no_part()
    {
        Repository.Run(_folder.Path, "check", "--report", "json=whole.json");
        Refused("it tells of a whole run", ["whole.json"]);
    }

    [Theory]
    [InlineData("", "it is empty; copy it again, or run its part again")]
    [InlineData(" \n", "it is empty; copy it again, or run its part again")]
    [InlineData("{", "it ends in the middle: line 1, column 2; copy it again, or run its part again")]
    [InlineData("{ \"schema\": \"deploygate-rep", "it ends in the middle: line 1, column 28; copy it again, or run its part again")]
    [InlineData("{ schema", "it is not JSON: line 1, column 3")]
    [InlineData("[]", "it is no report: it has no \"schema\": \"deploygate-report/v1\"; give the JSON reports that 'check --shard' writes with --report json=FILE")]
    [InlineData("null", "it is no report")]
    [InlineData("""{ "schema": 1 }""", "it is no report")]
    [InlineData("""{ "schema": "deploygate-report/v2", "shard": {} }""", "it is no report")]
    [InlineData("""{ "schema": "deploygate-report/v1", "shard": {} }""", "its 'summary' is not an object; it was changed after it was written, or is of another version: run its part again")]
    [InlineData("""{ "schema": "deploygate-report/v1", "shard": "\ud800" }""", "its 'shard' is not an object")]
    [InlineData("""{ "schema": "\ud800", "shard": {} }""", "it is not JSON: a string holds an escape that is half a character")]
    public void What_is_no_report_is_told(string text, string why)
    {
        _folder.Write("broken.json", text);
        Refused(why, [Part("1/2"), "broken.json"]);
    }

    [Theory]
    [InlineData("severity", "\"fatal\"", "its 'severity' is not one of off, note, warning, error")]
    [InlineData("message", "7", "its 'message' is not a text")]
    [InlineData("location", "\"a.bicep\"", "its 'location' is not an object")]
    [InlineData("location", """{ "file": "a.bicep", "line": 1 }""", "its 'location' is not a place: file, line, column, endLine and endColumn")]
    [InlineData("location", """{ "file": "a.bicep", "line": 2147483647, "column": 1, "endLine": 1, "endColumn": 1 }""", "it names a line or a column that no file has")]
    [InlineData("location", """{ "file": "a.bicep", "line": 0, "column": 1, "endLine": 1, "endColumn": 1 }""", "it names a line or a column that no file has")]
    [InlineData("related", "{}", "its 'related' is not a list")]
    [InlineData("evidence", """[ { "place": "x", "value": "y", "readAt": "yesterday" } ]""", "its 'readAt' is not a time")]
    [InlineData("lineage", "[]", "its 'readAt' is not a list of 0, one for each element it stands beside")]
    public void A_finding_that_is_none_is_told(string member, string value, string why) =>
        Refused(why, [Edit(Part("1/2"), report => report["findings"]![0]![member] = JsonNode.Parse(value)), Part("2/2")]);

    [Fact]
    public void Positions_in_many_lines_take_no_memory_without_bound() => Refused("it names a line or a column that no file has", [Edit(Part("1/2"), report =>
    {
        var errors = report["shard"]!["usedWaivers"]!.AsArray();
        for (var file = 0; file < 40; file++)
        {
            errors.Add(JsonNode.Parse($$"""{ "location": { "file": "f{{file}}", "line": 4000000, "column": 1, "endLine": 4000000, "endColumn": 1 } }"""));
        }
    }), Part("2/2")]);

    [Fact]
    public void A_file_outside_of_the_repository_is_not_quoted()
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret.txt", "the secret line\n");
        var path = Path.GetRelativePath(_folder.Path, Path.Combine(outside.Path, "secret.txt")).Replace('\\', '/');
        var forged = Edit(Part("1/2"), report => report["findings"]![0]!["location"] = JsonNode.Parse($$"""{ "file": "{{path}}", "line": 1, "column": 1, "endLine": 1, "endColumn": 4 }"""));
        var (exit, output, error) = Repository.Run(_folder.Path, "merge", forged, Part("2/2"));
        Assert.Equal(1, exit);
        Assert.Contains("secret.txt:1:1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("the secret line", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_is_not_there_is_told() => Refused("there is no report 'gone.json'", [Part("1/2"), "gone.json"]);

    [Fact]
    public void A_folder_without_reports_is_told()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        Refused("empty: the folder holds no report (*.json)", ["empty"]);
    }

    [Fact]
    public void A_baseline_that_is_not_there_is_wrong_usage()
    {
        var (exit, _, error) = Repository.Run(_folder.Path, "merge", Part("1/1"), "--baseline", "gone.json");
        Assert.Equal(2, exit);
        Assert.Contains("there is no baseline 'gone.json'", error, StringComparison.Ordinal);
    }

    private void Refused(string why, string[] reports)
    {
        var (exit, output, error) = Repository.Run(_folder.Path, ["merge", .. reports, "--report", "json=merged/all.json", "--report", "text"]);
        Assert.Equal((3, ""), (exit, output));
        Assert.StartsWith("deploygate: the reports were not merged: ", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "merged")));
    }

    /// <summary>Runs a part, and names its report.</summary>
    private string Part(string shard)
    {
        var name = $"part-{Guid.NewGuid():N}.json";
        Repository.Run(_folder.Path, "check", "a.bicep", "b.bicep", "--shard", shard, "--report", $"json={name}");
        return name;
    }

    private string Edit(string name, Action<JsonNode> edit)
    {
        var report = JsonNode.Parse(_folder.Read(name))!;
        edit(report);
        _folder.Write(name, report.ToJsonString());
        return name;
    }
}
