namespace DeployGate.EndToEnd.Tests;

public class BadInputTests
{
    private const string Head = "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\",\n";
    private const string GoodImage = "{ \"type\": \"Microsoft.Compute/images\", \"apiVersion\": \"1\", \"name\": \"i\", \"properties\": { \"storageProfile\": { \"osDisk\": { \"osState\": \"Specialized\", \"blobUri\": \"https://a/b.vhd\" } } } }";

    public static TheoryData<string, string, string> Broken => new()
    {
        { "broken JSON", Head + "\"resources\": [ { \"type\" 1 } ] }", "bad.json:2:25: not valid JSON: expected ':' after the name, found '1'" },
        { "cut off", Head + "\"resources\": [ { \"type\": \"a/b", "bad.json:2:26: not valid JSON: a string that begins here is never closed" },
        { "nested 10 000 deep", Head + "\"resources\": " + new string('[', 10_000), "objects and arrays are nested more than 256 deep" },
        { "cyclic variables", Head + "\"variables\": { \"a\": \"[variables('b')]\", \"b\": \"[variables('a')]\" }, \"resources\": [ { \"type\": \"a/b\", \"apiVersion\": \"1\", \"name\": \"[variables('a')]\" } ] }", "the variable 'a' refers to itself: a -> b -> a" },
        { "a copy count of 10^9", Head + "\"resources\": [ { \"type\": \"a/b\", \"apiVersion\": \"1\", \"name\": \"n\", \"copy\": { \"name\": \"c\", \"count\": 1000000000 } } ] }", "bad.json:2:97: a copy loop has a count of 1000000000; Azure allows 0 to 800" },
        { "wrong types", Head + "\"parameters\": [], \"resources\": \"x\" }", "'resources' is neither an array nor an object" },
        { "a missing member", Head + "\"resources\": [ { \"apiVersion\": \"1\", \"name\": \"n\" } ] }", "bad.json:2:16: 'type' is missing here" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_template_gets_one_clear_message_and_all_else_is_still_checked(string what, string text, string message)
    {
        using var work = new Workspace().With("bad.json", text).With("good.json", Head + "\"resources\": [ " + GoodImage + " ] }");
        var alone = Tool.Run(work.Folder, ["check", "bad.json"]);
        Assert.True(alone.ExitCode == 3, $"{what}: exit {alone.ExitCode}");
        Assert.Contains(message, alone.Output, StringComparison.Ordinal);
        Assert.Contains("= fix: ", alone.Output, StringComparison.Ordinal);
        var both = Tool.Run(work.Folder, ["check", "."]);
        Assert.Equal(1, both.ExitCode);
        Assert.Contains(message, both.Output, StringComparison.Ordinal);
        Assert.Contains("error[DG2004]", both.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_100_MB_is_refused_unread()
    {
        using var work = new Workspace().With("big.json", Head + "\"x\": \"");
        using (var stream = File.Open(Path.Combine(work.Folder, "big.json"), FileMode.Open))
        {
            stream.SetLength(100_000_000);
        }

        foreach (var path in (string[])["big.json", "."])
        {
            var run = Tool.Run(work.Folder, ["check", path]);
            Assert.Equal(3, run.ExitCode);
            Assert.Contains("big.json: the file was not read: it has 95 MB; at most 16 MB are read", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Facts_that_are_not_JSON_are_told_and_the_templates_are_checked()
    {
        using var work = new Workspace().With("good.json", Head + "\"resources\": [ " + GoodImage + " ] }").With("facts/vm.json", "not JSON");
        var run = Tool.Run(work.Folder, ["check", "good.json", "--state", "facts"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: facts/vm.json:1:", run.Output, StringComparison.Ordinal);
        Assert.Contains("error[DG2004]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("file modes bind neither Windows nor root");
            return;
        }

        using var work = new Workspace().With("locked.json", Head + "\"resources\": [] }");
        File.SetUnixFileMode(Path.Combine(work.Folder, "locked.json"), UnixFileMode.None);
        var run = Tool.Run(work.Folder, ["check", "locked.json"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("locked.json: the file was not read: access is denied", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_instead_of_a_parameter_file_is_told()
    {
        using var work = new Workspace().With("good.json", Head + "\"resources\": [ " + GoodImage + " ] }").With("folder/x", "");
        var run = Tool.Run(work.Folder, ["check", "good.json", "--parameters", "folder"]);
        Assert.Contains("folder: the parameter file was not read: it is a folder", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("linked.json")]
    public void Nothing_outside_the_repository_is_read_through_a_link(string link)
    {
        using var outside = new Workspace().With("outside.json", Head + "\"resources\": [ " + GoodImage + " ] }");
        using var work = new Workspace().With(".git/HEAD", "");
        var target = Path.Combine(outside.Folder, "outside.json");
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "links need a right on Windows");
        File.CreateSymbolicLink(Path.Combine(work.Folder, "linked.json"), target);
        var path = link == "linked.json" ? link : Path.GetRelativePath(work.Folder, target);
        work.With("main.json", Head + $"\"resources\": [ {{ \"type\": \"Microsoft.Resources/deployments\", \"apiVersion\": \"1\", \"name\": \"d\", \"properties\": {{ \"templateLink\": {{ \"relativePath\": \"{path}\" }} }} }} ] }}");
        var run = Tool.Run(work.Folder, ["check", "."]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("outside of the repository", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("DG2004", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_among_the_facts_does_not_lead_out_of_the_repository()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "links need a right on Windows");
        using var outside = new Workspace().With("secret.json", "{ \"id\": \"/subscriptions/s\" }");
        using var work = new Workspace().With(".git/HEAD", "").With("facts/x.txt", "").With("good.json", Head + "\"resources\": [ " + GoodImage + " ] }");
        File.CreateSymbolicLink(Path.Combine(work.Folder, "facts", "link.json"), Path.Combine(outside.Folder, "secret.json"));
        var run = Tool.Run(work.Folder, ["check", "good.json", "--state", "facts"]);
        Assert.Contains("facts/link.json: it is a link that leads out of the repository, and was not read", run.Output, StringComparison.Ordinal);
    }
}
