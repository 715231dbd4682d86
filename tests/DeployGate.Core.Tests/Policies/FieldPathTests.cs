using DeployGate.Core.Policies;
using DeployGate.Core.Text;

namespace DeployGate.Core.Tests.Policies;

public sealed class FieldPathTests
{
    [Theory]
    [InlineData("stage", "|stage")]
    [InlineData("tags['cost.center']", "|tags cost.center")]
    [InlineData("tags['it''s']", "|tags it's")]
    [InlineData("tags[owner].x", "|tags owner x")]
    [InlineData("properties.a[*].b[*]", "|properties a * b *")]
    [InlineData("Microsoft.Compute/virtualMachines/storageProfile.imageReference.id", "Microsoft.Compute/virtualMachines|storageProfile imageReference id")]
    [InlineData("resource.Microsoft.Compute/disks/osType", "Microsoft.Compute/disks|osType")]
    public void A_name_is_read(string text, string expected)
    {
        var path = FieldPath.Parse(text).Path!;
        Assert.Equal(expected, $"{path.Type}|{string.Join(' ', path.Steps.Select(step => step.Name ?? "*"))}");
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a..b", 2)]
    [InlineData("a.", 1)]
    [InlineData("[*]", 0)]
    [InlineData("a[0]", 1)]
    [InlineData("a[", 1)]
    [InlineData("a['x", 1)]
    [InlineData("a b", 1)]
    [InlineData("Compute/x", 0)]
    public void What_is_no_name_is_told_with_its_place(string text, int at)
    {
        var (path, fault, where) = FieldPath.Parse(text);
        Assert.Null(path);
        Assert.NotEmpty(fault);
        Assert.Equal(at, where);
    }

    [Theory]
    [InlineData("stagee", "stage")]
    [InlineData("idntity", "identity")]
    [InlineData("Identtiy", "identity")]
    [InlineData("zzzz", null)]
    public void The_nearest_word_is_suggested(string word, string? expected) =>
        Assert.Equal(expected, Suggestions.Nearest(word, ["stage", "identity", "image"]));
}
