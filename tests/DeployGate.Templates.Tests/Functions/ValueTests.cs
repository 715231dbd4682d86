using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

public sealed class ValueTests
{
    private static Value Nested(int levels, Value inner)
    {
        for (var i = 0; i < levels; i++)
        {
            inner = new ArrayValue([inner]);
        }

        return inner;
    }

    [Fact]
    public void A_secret_is_found_at_any_depth()
    {
        Value secret = new StringValue("s") { IsSecret = true };
        Assert.True(Values.HasSecret(secret));
        Assert.True(Values.HasSecret(Nested(100, secret)));
        Assert.True(Values.HasSecret(new ObjectValue([new Member("a", secret)])));
        Assert.True(Values.HasSecret(Unknown("u") with { Alternatives = [secret] }));
        Assert.True(Values.HasSecret(new ArrayValue([], Unknown("rest") with { IsSecret = true })));
        Assert.True(Values.HasSecret(PartialString.Join([new StringPart("a"), new StringPart(Unknown("h") with { IsSecret = true })])));
        Assert.False(Values.HasSecret(Nested(100, new StringValue("s"))));
    }

    [Fact]
    public void What_nests_too_deep_counts_as_secret_and_is_refused()
    {
        var deep = Nested(100_000, new IntValue(1));
        Assert.True(Values.HasSecret(deep));
        Assert.Null(ValueEquality.AreEqual(deep, Nested(100_000, new IntValue(1))));
        foreach (var name in (string[])["string", "length", "createArray", "array", "equals", "union", "format"])
        {
            var result = FunctionCatalog.Call(name, name is "equals" or "union" or "format" ? [deep, deep] : [deep], Unplaced);
            Assert.Equal($"an argument of {name} nests deeper than 200 levels", Assert.IsType<UnknownValue>(result).Detail);
        }
    }

    [Fact]
    public void A_walk_that_was_cut_short_is_not_remembered()
    {
        // The shared part is met first far down, where the walk ends, and then again near the top.
        var part = new ArrayValue([.. Enumerable.Repeat<Value>(new IntValue(1), 50)]);
        Assert.True(Values.HasSecret(Nested(300, part)));
        Assert.False(Values.HasSecret(part));
        Assert.False(Values.HasSecret(Nested(10, part)));
    }

    [Fact]
    public void Shared_parts_are_walked_once()
    {
        Value value = new ArrayValue([.. Enumerable.Repeat<Value>(new IntValue(1), 20)]);
        for (var i = 0; i < 100; i++)
        {
            value = new ArrayValue([value, value]);
        }

        Assert.False(Values.HasSecret(value));
    }

    [Theory]
    [InlineData("json('1e2')", "100", true)]
    [InlineData("json('0.1')", "json('0.10')", true)]
    [InlineData("json('9223372036854775808')", "9223372036854775807", false)]
    [InlineData("''", "null()", false)]
    [InlineData("true()", "'True'", false)]
    [InlineData("createObject('a', null())", "createObject()", false)]
    public void Equality_of_known_values(string x, string y, bool expected)
    {
        Assert.Equal(expected, ValueEquality.AreEqual(Eval(x), Eval(y)));
        Assert.Equal(expected, ValueEquality.AreEqual(Eval(y), Eval(x)));
    }

    [Fact]
    public void Origins_do_not_make_values_differ()
    {
        var place = new DeployGate.Core.Text.Place(new DeployGate.Core.Text.SourceText("a.json", "x"), new DeployGate.Core.Text.TextSpan(0, 1));
        Assert.True(ValueEquality.AreEqual(new StringValue("a").At(new Origin(place)), new StringValue("a")));
    }
}
