using System.Text;
using DeployGate.Disks.Ntfs;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Ntfs;

public class Lznt1Tests
{
    [Fact]
    public void The_example_of_the_specification_expands()
    {
        // MS-XCA 3.3.
        var packed = Convert.FromHexString("38b08846232000204720410010a24701a045204400084501507900c045200524138805b4024a44ef0358028c091601484500be009e000401189000");
        var text = new byte[142];
        Assert.True(Lznt1.TryExpand(packed, text));
        Assert.Equal("F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E F# G F# E D E A F# F# G A A G F# E D D E F# E D D\0", Encoding.ASCII.GetString(text));
    }

    [Theory]
    [InlineData("00b001", true)]
    [InlineData("01b001", false)]
    [InlineData("02b0010000", false)]
    [InlineData("00c041", false)]
    [InlineData("0000", true)]
    [InlineData("", true)]
    public void Chunks_that_end_early_copy_from_before_the_start_or_have_another_mark_are_refused(string packed, bool expands) =>
        Assert.Equal(expands, Lznt1.TryExpand(Convert.FromHexString(packed), new byte[8192]));

    [Fact]
    public void What_the_packer_packs_expands_to_the_same()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(1, 20_000)];
            var letters = random.Next(1, 256);
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = i > 40 && random.Next(4) > 0 ? bytes[i - random.Next(1, 40)] : (byte)random.Next(letters);
            }

            var expanded = new byte[bytes.Length];
            Assert.True(Lznt1.TryExpand(Lznt1Packer.Pack(bytes), expanded));
            Assert.Equal(bytes, expanded);
        }
    }
}
