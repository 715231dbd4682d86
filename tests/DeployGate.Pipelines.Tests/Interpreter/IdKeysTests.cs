using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Tests.Interpreter;

public class IdKeysTests
{
    private static readonly UnknownValue s_hole = new(UnknownReason.ExternalInput, "/x/", "it is not known");

    [Fact]
    public void A_key_is_the_id_as_it_is_shown_without_slashes_around()
    {
        var keys = new IdKeys();
        Assert.Equal("a/b", keys.Of(new StringValue("//a/b/")));
        Assert.Equal("a/{/x/}/b", keys.Of(Partial("/a/", null, "/b//")));
        Assert.Equal("{/x/}{/x/}", keys.Of(Partial("/", null, null, "/")));
        Assert.Equal("{/x/}", keys.Of(Partial((string?)null)));
    }

    [Fact]
    public void The_key_of_the_same_value_is_made_once_and_that_of_another_is_its_own()
    {
        var keys = new IdKeys();
        var id = Partial("/a/", null);
        Assert.Same(keys.Of(id), keys.Of(id));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"b{i}", keys.Of(new StringValue($"/b{i}")));
        }

        Assert.Equal("a/{/x/}", keys.Of(id));
    }

    private static PartialString Partial(params string?[] parts) => new([.. parts.Select(part => part is null ? new StringPart(s_hole) : new StringPart(part))]);
}
