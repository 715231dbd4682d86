using System.Diagnostics;
using DeployGate.Cli.Files;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Files;

/// <summary>What cannot be read is told in words of the tool: what, where, why and what helps, by kind.</summary>
public sealed class ReadProblemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_no_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "p.json"));
        Refused("p.json", "it is a folder", "Name a file.");
    }

    [Fact]
    public void A_name_may_be_too_long() =>
        Refused(new string('ä', 130) + ".json", "its name is longer than the system allows", "Shorten the names of the file and its folders.", OperatingSystem.IsWindows());

    [Fact]
    public void A_link_may_lead_nowhere()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "p.json"), "gone.json");
        Refused("p.json", "it is a link that leads nowhere, or in a circle", "Correct the link, or put the file in its place.");
    }

    [Fact]
    public void Links_may_lead_in_a_circle()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "p.json"), "q.json");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "q.json"), "p.json");
        Refused("p.json", "it is a link that leads nowhere, or in a circle", "Correct the link, or put the file in its place.");
    }

    [Fact]
    public void Another_program_may_have_the_file_for_itself()
    {
        _folder.Write("p.json", "{}");
        using var held = new FileStream(Path.Combine(_folder.Path, "p.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Refused("p.json", "another program has it open for itself alone", "Close it there, and run again.");
    }

    [Theory]
    [InlineData("p.json")]
    [InlineData("link.json")]
    public void A_pipe_that_nobody_writes_to_is_not_waited_for(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes with names are made with the means of Linux");
        using var made = Process.Start("mkfifo", [Path.Combine(_folder.Path, "p.json")]);
        made.WaitForExit();
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.json"), "p.json");
        Refused(file, "it is a pipe or a device, not a file", "Name a regular file; standard input is '-'.");
    }

    /// <summary>A file of the kernel that opens, has a length, and cannot be read: the speed of the loopback device.</summary>
    [Fact]
    public void A_device_may_refuse_to_be_read()
    {
        const string Speed = "/sys/class/net/lo/speed";
        Refused(Speed, "it is a pipe or a device, not a file", "Name a regular file; standard input is '-'.", !File.Exists(Speed));
    }

    /// <summary>What cannot be provoked without a broken disk, by the numbers of Linux.</summary>
    [Theory]
    [InlineData(5, "the disk failed while it was read (input/output error)")]
    [InlineData(24, "too many files are open")]
    [InlineData(116, "the network drive that holds it does not answer")]
    [InlineData(71, "the system refused it (error 71)")]
    public void An_error_of_the_system_has_words(int number, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the numbers are those of Linux");
        var said = ReadProblem.Of(new IOException("the system's own words", number), "p.json");
        Assert.Equal(reason, said.Reason);
        Assert.EndsWith(".", said.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_right_is_named() => Assert.Equal("access is denied", ReadProblem.Of(new UnauthorizedAccessException("the system's own words"), "p.json").Reason);

    private void Refused(string file, string reason, string fix, bool isSkipped = false)
    {
        Assert.SkipWhen(isSkipped || (OperatingSystem.IsWindows() && !Directory.Exists(Path.Combine(_folder.Path, file))), "this system has no such thing");
        _folder.Write("main.bicep", "param a string = 'b'\n");
        var (exit, output, _) = Repository.Run(_folder.Path, "check", "main.bicep", "--parameters", file);
        Assert.Equal(3, exit);
        Assert.Contains($"{file}: the parameter file was not read: {reason}\n", output, StringComparison.Ordinal);
        Assert.Contains($"fix: {fix}\n", output, StringComparison.Ordinal);
    }
}
