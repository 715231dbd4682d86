using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.TestKit;

namespace DeployGate.Cli.Tests.Fixing;

public sealed class FixTests
{
    private const string Image = """
        { "resources": [
          { "type": "Microsoft.Compute/galleries/images", "apiVersion": "2024-03-03", "name": "contoso/app",
            "properties": { "osType": "Linux", "osState": "Generalized" } },
          { "type": "Microsoft.Compute/galleries/images/versions", "apiVersion": "2024-03-03", "name": "contoso/app/1.0.0",
            "dependsOn": [ "[resourceId('Microsoft.Compute/galleries/images', 'contoso', 'app')]" ],
            "properties": { "storageProfile": { "osDiskImage": { "source": {
              "id": "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Compute/snapshots/app" } } } } }
        ] }
        """;

    private const string Inspection = """
        { "schema": "deploygate-inspection/v1", "os": { "type": "Linux" }, "state": "Specialized",
          "disk": "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Compute/snapshots/app" }
        """;

    [Fact]
    public void A_profile_of_a_specialized_machine_is_removed_with_its_lines_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        folder.Write("main.bicep", MendableMachine.Template);
        var (exit, _, error) = Repository.Run(folder.Path, "check", "--fix");
        Assert.Equal((0, "deploygate: fixed DG3001 in main.bicep:13:1: remove osProfile: the machine brings its own identity\n"), (exit, error));
        Assert.Equal(MendableMachine.Mended, folder.Read("main.bicep"));
    }

    [Theory]
    [InlineData("""{ "osProfile": { "computerName": "vm" }, "x": 1 }""", """{ "x": 1 }""")]
    [InlineData("""{ "x": 1, "osProfile": { "computerName": "vm" } }""", """{ "x": 1 }""")]
    [InlineData("{\n  \"osProfile\": {\n  },\n  \"x\": 1\n}", "{\n  \"x\": 1\n}")]
    [InlineData("{\r\n  \"x\": 1,\r\n  \"osProfile\": {\r\n  }\r\n}", "{\r\n  \"x\": 1\r\n}")]
    public void A_member_of_json_goes_with_its_comma(string before, string after)
    {
        static string Template(string members) => $$"""
            { "resources": [
              { "type": "Microsoft.Compute/galleries/images", "apiVersion": "2024-03-03", "name": "contoso/app", "properties": { "osType": "Linux", "osState": "Specialized" } },
              { "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm", "properties": {{members.Insert(1, """ "storageProfile": { "imageReference": { "id": "[resourceId('Microsoft.Compute/galleries/images', 'contoso', 'app')]" }, "osDisk": { "createOption": "FromImage" } },""")}} }
            ] }
            """;
        using var folder = new TemporaryFolder();
        folder.Write("vm.json", Template(before));
        Assert.Equal(0, Repository.Run(folder.Path, "check", "vm.json", "--fix").Exit);
        JsonNode.Parse(folder.Read("vm.json"));
        Assert.Equal(Normalize(Template(after)), Normalize(folder.Read("vm.json")));
    }

    [Fact]
    public void The_declared_state_becomes_what_the_source_is()
    {
        using var folder = new TemporaryFolder();
        folder.Write("app.json", Image);
        folder.Write("facts.json", Inspection);
        Assert.Equal(0, Repository.Run(folder.Path, "check", "app.json", "--state", "facts.json", "--fix").Exit);
        Assert.Equal(Image.Replace("\"osState\": \"Generalized\"", "\"osState\": \"Specialized\"", StringComparison.Ordinal), folder.Read("app.json"));
    }

    [Fact]
    public void A_cure_that_would_harm_another_use_is_none()
    {
        using var folder = new TemporaryFolder();
        var both = Image.Replace("\n] }", """
            ,
              { "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm", "properties": { "osProfile": { "computerName": "vm" }, "storageProfile": {
                "imageReference": { "id": "[resourceId('Microsoft.Compute/galleries/images', 'contoso', 'app')]" }, "osDisk": { "createOption": "FromImage" } } } }
            ] }
            """, StringComparison.Ordinal);
        folder.Write("app.json", both);
        folder.Write("facts.json", Inspection);
        var (exit, _, error) = Repository.Run(folder.Path, "check", "app.json", "--state", "facts.json", "--fix");
        Assert.Equal((1, ""), (exit, error));
        Assert.Equal(both, folder.Read("app.json"));
    }

    [Fact]
    public void What_a_person_must_decide_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var template = MendableMachine.Definition.Replace("Specialized", "Generalized", StringComparison.Ordinal) + MendableMachine.Machine.Replace("osProfile", "noProfile", StringComparison.Ordinal);
        folder.Write("main.bicep", template);
        var (exit, output, error) = Repository.Run(folder.Path, "check", "--fix");
        Assert.Equal((1, ""), (exit, error));
        Assert.Contains("error[DG3002]", output, StringComparison.Ordinal);
        Assert.Equal(template, folder.Read("main.bicep"));
    }

    [Fact]
    public void A_diff_is_shown_first_changes_nothing_and_is_what_git_applies()
    {
        using var folder = new TemporaryFolder();
        folder.Write("main.bicep", MendableMachine.Template);
        folder.Write("app.json", Image.Replace("\n", "\r\n", StringComparison.Ordinal));
        folder.Write("facts.json", Inspection);
        string[] arguments = ["check", "main.bicep", "app.json", "--state", "facts.json"];
        var (exit, diff, _) = Repository.Run(folder.Path, [.. arguments, "--fix=diff"]);
        Assert.Equal(1, exit);
        Assert.StartsWith("--- a/app.json\n+++ b/app.json\n@@ -1,6 +1,6 @@\n", diff, StringComparison.Ordinal);
        Assert.Equal(MendableMachine.Template, folder.Read("main.bicep"));

        folder.Write("fix.diff", diff);
        Git(folder, "apply", "--ignore-whitespace", "fix.diff");
        var (app, main) = (folder.Read("app.json"), folder.Read("main.bicep"));
        folder.Write("main.bicep", MendableMachine.Template);
        folder.Write("app.json", Image.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(0, Repository.Run(folder.Path, [.. arguments, "--fix"]).Exit);
        Assert.Equal((folder.Read("app.json"), folder.Read("main.bicep")), (app, main));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    public void The_encoding_and_the_mark_stay(string name, bool hasMark)
    {
        using var folder = new TemporaryFolder();
        var encoding = Encoding.GetEncoding(name);
        byte[] Bytes(string text) => [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        var file = Path.Combine(folder.Path, "main.bicep");
        File.WriteAllBytes(file, Bytes("// größer\n" + MendableMachine.Template));
        Assert.Equal(0, Repository.Run(folder.Path, "check", "--fix").Exit);
        Assert.Equal(Bytes("// größer\n" + MendableMachine.Mended), File.ReadAllBytes(file));
    }

    [Fact]
    public void A_file_with_bytes_that_are_no_text_is_not_rewritten()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "main.bicep");
        byte[] bytes = [.. "// "u8, 0xFF, .. Encoding.UTF8.GetBytes("\n" + MendableMachine.Template)];
        File.WriteAllBytes(file, bytes);
        var (exit, _, error) = Repository.Run(folder.Path, "check", "--fix");
        Assert.Equal((2, "deploygate: --fix: nothing was changed: 'main.bicep' holds bytes that are no text in its encoding\n"), (exit, error));
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_script_stays_executable_and_a_default_is_written_out()
    {
        using var folder = new TemporaryFolder();
        folder.Write("image.sh", """
            az sig image-definition create -g rg -r contoso -i app --publisher C \
              --offer O --sku S --os-type Linux
            az sig image-version create -g rg -r contoso -i app -e 1.0.0 --os-snapshot /subscriptions/S/resourceGroups/rg/providers/Microsoft.Compute/snapshots/app

            """);
        folder.Write("facts.json", Inspection);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(folder.Path, "image.sh"), mode);
        }

        Assert.Equal(0, Repository.Run(folder.Path, "check", "image.sh", "--state", "facts.json", "--fix").Exit);
        Assert.Contains("\n  --offer O --sku S --os-type Linux --os-state Specialized\n", folder.Read("image.sh"), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(folder.Path, "image.sh")) == mode);
    }

    [Fact]
    public void Sarif_has_the_proven_cures_as_fixes()
    {
        using var folder = new TemporaryFolder();
        folder.Write("main.bicep", MendableMachine.Template);
        var log = JsonNode.Parse(Repository.Run(folder.Path, "check", "--report", "sarif").Output)!;
        var replacement = log["runs"]![0]!["results"]![0]!["fixes"]![0]!["artifactChanges"]![0]!["replacements"]![0]!;
        Assert.Equal("""{"startLine":13,"startColumn":1,"endLine":17,"endColumn":1}""", replacement["deletedRegion"]!.ToJsonString());
        Assert.Equal("", (string?)replacement["insertedContent"]!["text"]);
    }

    [Fact]
    public void A_diff_forges_no_command_of_a_host()
    {
        using var folder = new TemporaryFolder();
        folder.Write("main.bicep", "/*\n::error::forged\n##vso[task.complete]\n\u001b[2J\n*/\n" + MendableMachine.Machine + MendableMachine.Definition.Replace("contoso", "contoso", StringComparison.Ordinal));
        folder.Write("main.bicep", folder.Read("main.bicep").Replace("resource vm", "/*\n::error::forged\n##vso[task.complete]x\n\u001b[2J\n*/ resource vm", StringComparison.Ordinal).Replace("// who signs in", "/*\n::error::forged\n##vso[task.complete]x\n\u001b[2J\n*/", StringComparison.Ordinal));
        var (_, diff, _) = Repository.Run(folder.Path, "check", "--fix=diff");
        Assert.Contains("osProfile", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("##vso[", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", diff, StringComparison.Ordinal);
        Assert.DoesNotContain(diff.Split('\n'), line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--fix", "--write-baseline", "x.json")]
    [InlineData("--fix=no")]
    [InlineData("--fox")]
    public void Words_that_make_no_sense_are_told(params string[] words)
    {
        using var folder = new TemporaryFolder();
        folder.Write("main.bicep", MendableMachine.Template);
        Assert.Equal(2, Repository.Run(folder.Path, ["check", .. words]).Exit);
        Assert.Equal(MendableMachine.Template, folder.Read("main.bicep"));
    }

    [Fact]
    public void Only_what_was_touched_is_fixed_where_only_that_is_reported()
    {
        using var folder = new TemporaryFolder();
        folder.Write("main.bicep", MendableMachine.Template);
        folder.Write("old.bicep", MendableMachine.Template);
        Git(folder, "init", "-q");
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "first");
        folder.Write("main.bicep", MendableMachine.Definition + MendableMachine.Machine.Replace("'Standard_D2s_v5'", "'Standard_D4s_v5'", StringComparison.Ordinal));
        var (exit, output, error) = Repository.Run(folder.Path, "check", "--changed-since", "HEAD", "--fix");
        Assert.Equal((0, "deploygate: fixed DG3001 in main.bicep:13:1: remove osProfile: the machine brings its own identity\n"), (exit, error));
        Assert.DoesNotContain("osProfile", folder.Read("main.bicep"), StringComparison.Ordinal);
        Assert.Equal(MendableMachine.Template, folder.Read("old.bicep"));
        Assert.Contains("1 left out, untouched", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_never_fixed()
    {
        using var folder = new TemporaryFolder();
        var (exit, output, error) = Commands.Runs.Run(folder.Path, Image.Replace("Generalized", "Specialized", StringComparison.Ordinal), null, "check", "-", "--fix");
        Assert.NotEqual(70, exit);
        Assert.DoesNotContain("fixed", output + error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static string Normalize(string text) => text.Replace("{ ", "{", StringComparison.Ordinal).Replace(" }", "}", StringComparison.Ordinal).Replace(" \"", "\"", StringComparison.Ordinal);

    private static void Git(TemporaryFolder folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
