using System.Text;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Registry;

public class HiveToolTests
{
    [Theory]
    [InlineData(SubKeyListKind.Hash, 500, 0)]
    [InlineData(SubKeyListKind.Hash, 3, 0)]
    [InlineData(SubKeyListKind.Fast, 500, 0)]
    [InlineData(SubKeyListKind.Plain, 500, 0)]
    [InlineData(SubKeyListKind.Hash, 500, 3 << 20)]
    public void Another_reader_reads_what_the_builder_wrote(SubKeyListKind kind, int largest, long padding)
    {
        Assert.SkipUnless(OtherTool.Exists("hivexget"), "hivexget is not installed");
        using var folder = new ScratchFolder();
        var builder = RegistryHiveTests.Small();
        (builder.Lists, builder.LargestList, builder.PadTo) = (kind, largest, padding);
        for (var i = 0; i < 20; i++)
        {
            builder.Value($@"Setup\{i}", "v", $"text {i}");
        }

        builder.Value("Big", "data", 1, Encoding.Unicode.GetBytes(new string('b', 20_000) + "\0"));
        builder.BuildSource().SaveAs(folder.PathOf("hive"));
        string Get(string key, string name) => Encoding.UTF8.GetString(OtherTool.Run("hivexget", folder.PathOf("hive"), key, name)).TrimEnd('\n');
        Assert.Equal("IMAGE_STATE_COMPLETE", Get(RegistryHiveTests.State, "ImageState"));
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal($"text {i}", Get($@"Setup\{i}", "v")));
        Assert.Equal(20_000, Get("Big", "data").Length);
    }

    [Fact]
    public void A_hive_that_another_writer_changed_is_read_as_it_reads_it()
    {
        Assert.SkipUnless(OtherTool.Exists("hivexregedit") && OtherTool.Exists("hivexget"), "hivexregedit is not installed");
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder.PathOf("hive"), new HiveBuilder().Key("Microsoft").Key("Setup").Build());
        File.WriteAllText(folder.PathOf("change.reg"), """
            Windows Registry Editor Version 5.00

            [\Microsoft\Windows]

            [\Microsoft\Windows\State]
            "ImageState"=str(1):"IMAGE_STATE_UNDEPLOYABLE"
            "Number"=dword:0000002a

            [\Setup\Status]
            "Text"=str(2):"%windir%"

            """);
        OtherTool.Run("hivexregedit", "--merge", folder.PathOf("hive"), folder.PathOf("change.reg"));
        var hive = RegistryHiveTests.Open(File.ReadAllBytes(folder.PathOf("hive")));
        Assert.Equal("IMAGE_STATE_UNDEPLOYABLE", hive.Value(@"Microsoft\Windows\State", "ImageState").Found().AsText);
        Assert.Equal(42ul, hive.Value(@"Microsoft\Windows\State", "Number").Found().AsNumber);
        Assert.Equal("%windir%", hive.Value(@"Setup\Status", "Text").Found().AsText);
        Assert.Equal(["Microsoft", "Setup"], hive.SubKeys("").Found());
    }
}
