using DeployGate.Core.Text;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Uses;

public class ValuePathTests
{
    private static readonly Place s_place = new(new SourceText("f", "text"), new TextSpan(0, 4));
    private static readonly UnknownValue s_unknown = new(UnknownReason.ParameterNoValue, "parameters('p')", "no value");

    private static ObjectValue Map(string name, Value value, UnknownValue? rest = null) => new([new Member(name, value)], rest);

    [Fact]
    public void A_missing_member_or_null_is_absent()
    {
        Assert.Null(ValuePath.Find(Map("a", new IntValue(1)), s_place, "b"));
        Assert.Null(ValuePath.Find(Map("a", NullValue.Instance), s_place, "a"));
        Assert.Null(ValuePath.Find(Map("a", new IntValue(1)), s_place, "a", "b"));
    }

    [Fact]
    public void What_an_open_object_does_not_list_may_be_there()
    {
        Assert.Same(s_unknown, ValuePath.Find(Map("a", new IntValue(1), s_unknown), s_place, "b")!.Value);
        Assert.IsType<UnknownValue>(ValuePath.Find(Map("a", s_unknown), s_place, "a", "b", "c")!.Value);
    }

    [Fact]
    public void Alternatives_are_followed_inside_and_a_missing_member_is_one_of_them()
    {
        var choice = s_unknown with { Alternatives = [Map("x", new IntValue(1)), Map("y", new IntValue(2))] };
        var found = ValuePath.Find(Map("a", choice), s_place, "a", "x")!;
        Assert.Equal([new IntValue(1), NullValue.Instance], ValuePath.Candidates(found.Value));
    }
}
