using DeployGate.Core.Policies;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Policies;

/// <summary>Conditions over the fields of a resource of which some are not known.</summary>
public sealed class PolicyRunTests
{
    private static readonly Place s_place = new(new SourceText("main.json", "x"), new TextSpan(0, 1));
    private static readonly UnknownValue s_open = new(UnknownReason.ParameterNoValue, "parameters('x')", "parameter 'x' has no value");

    private static readonly PolicySubject s_subject = new()
    {
        Mode = PolicyMode.Resources,
        Words = "thing 'a'",
        Place = s_place,
        Declaration = s_place,
        Fields = Map(
            ("type", Text("Microsoft.Compute/images")),
            ("tags", Map(("cost.center", Text("42")))),
            ("open", s_open),
            ("choice", s_open with { Alternatives = [Text("one"), Text("two")] }),
            ("properties", Map(
                ("size", new IntValue(30)),
                ("on", new BoolValue(true)),
                ("made", Text("2026-11-02T08:00:00Z")),
                ("compact", Text("20261102T080000Z")),
                ("added", Text("11/2/2026 4:00:00 PM")),
                ("version", Text("2026-11-02")),
                ("list", new ArrayValue([Map(("n", Text("a"))), Map(("n", Text("b")), ("hidden", new BoolValue(true)))])),
                ("longer", new ArrayValue([Map(("n", Text("a")))], s_open)),
                ("empty", new ArrayValue([]))))),
    };

    [Theory]
    [InlineData("type", Comparison.EqualTo, "MICROSOFT.compute/images", true)]
    [InlineData("type", Comparison.NotEqualTo, "Microsoft.Compute/images", false)]
    [InlineData("missing", Comparison.EqualTo, "x", false)]
    [InlineData("missing", Comparison.NotEqualTo, "x", true)]
    [InlineData("missing", Comparison.NotContains, "x", true)]
    [InlineData("missing", Comparison.Exists, "false", true)]
    [InlineData("type", Comparison.Exists, "true", true)]
    [InlineData("open", Comparison.Exists, "true", null)]
    [InlineData("open", Comparison.EqualTo, "x", null)]
    [InlineData("open.below", Comparison.NotEqualTo, "x", null)]
    [InlineData("choice", Comparison.Like, "*o*", true)]
    [InlineData("choice", Comparison.EqualTo, "one", null)]
    [InlineData("choice", Comparison.EqualTo, "three", false)]
    [InlineData("choice", Comparison.NotEqualTo, "three", true)]
    [InlineData("tags['cost.center']", Comparison.EqualTo, "42", true)]
    [InlineData("tags", Comparison.ContainsKey, "Cost.Center", true)]
    [InlineData("tags", Comparison.NotContainsKey, "owner", true)]
    [InlineData("properties.on", Comparison.EqualTo, "True", true)]
    [InlineData("properties.made", Comparison.Less, "2026-11-02T09:00:00+02:00", false)]
    [InlineData("properties.made", Comparison.GreaterOrEquals, "2026-11-02", true)]
    [InlineData("properties.made", Comparison.Less, "20261102T080001Z", true)]
    [InlineData("properties.made", Comparison.Greater, "20261102T080000Z", false)]
    [InlineData("properties.made", Comparison.Greater, "11/2/2026 7:59:59 AM", true)]
    [InlineData("properties.made", Comparison.Greater, "11/2/2026 8:00:01 PM", false)]
    [InlineData("properties.compact", Comparison.Less, "2026-11-02T09:00:00Z", true)]
    [InlineData("properties.added", Comparison.Greater, "20261102T080000Z", true)]
    [InlineData("properties.made", Comparison.Less, "Mon, 02 Nov 2026 09:00:00 GMT", null)]
    [InlineData("properties.made", Comparison.Less, "02.11.2026", null)]
    [InlineData("properties.version", Comparison.Less, "2026-11-02-preview", true)]
    [InlineData("properties.size", Comparison.Less, "text", null)]
    [InlineData("properties.list[*].n", Comparison.Like, "?", false)]
    [InlineData("properties.list[*].n", Comparison.NotEqualTo, "c", true)]
    [InlineData("properties.list[*].n", Comparison.EqualTo, "a", false)]
    [InlineData("properties.longer[*].n", Comparison.EqualTo, "a", null)]
    [InlineData("properties.longer[*].n", Comparison.EqualTo, "b", false)]
    [InlineData("properties.empty[*].n", Comparison.EqualTo, "a", true)]
    [InlineData("properties.none[*].n", Comparison.EqualTo, "a", true)]
    [InlineData("Microsoft.Compute/images/made", Comparison.Contains, "2026", true)]
    [InlineData("Microsoft.Compute/disks/made", Comparison.Contains, "2026", false)]
    [InlineData("Microsoft.Compute/disks/made", Comparison.NotContains, "2026", false)]
    public void A_field_is_compared(string field, Comparison comparison, string expected, bool? holds) =>
        Assert.Equal(holds, Evaluate(new PolicyCondition.Field(PathOf(field), Test(comparison, Text(expected)))).Value);

    [Theory]
    [InlineData(Comparison.Less, 31, true)]
    [InlineData(Comparison.Less, 30, false)]
    [InlineData(Comparison.LessOrEquals, 30, true)]
    [InlineData(Comparison.Greater, 30, false)]
    [InlineData(Comparison.GreaterOrEquals, 30, true)]
    [InlineData(Comparison.EqualTo, 30, true)]
    public void Numbers_are_put_in_order(Comparison comparison, long expected, bool holds) =>
        Assert.Equal(holds, Evaluate(new PolicyCondition.Field(PathOf("properties.size"), Test(comparison, new IntValue(expected)))).Value);

    [Theory]
    [InlineData("properties.list[*]", Comparison.EqualTo, 2, true)]
    [InlineData("properties.none[*]", Comparison.EqualTo, 0, true)]
    [InlineData("properties.longer[*]", Comparison.GreaterOrEquals, 1, true)]
    [InlineData("properties.longer[*]", Comparison.Less, 1, false)]
    [InlineData("properties.longer[*]", Comparison.EqualTo, 0, false)]
    [InlineData("properties.longer[*]", Comparison.Greater, 1, null)]
    [InlineData("properties.longer[*]", Comparison.EqualTo, 3, null)]
    [InlineData("open[*]", Comparison.GreaterOrEquals, 0, true)]
    [InlineData("open[*]", Comparison.Greater, 0, null)]
    [InlineData("Microsoft.Compute/disks/list[*]", Comparison.EqualTo, 0, true)]
    public void Elements_are_counted(string field, Comparison comparison, long expected, bool? holds) =>
        Assert.Equal(holds, Evaluate(new PolicyCondition.Count(new CountedItems.OfField(PathOf(field)), null, null, Test(comparison, new IntValue(expected)))).Value);

    [Fact]
    public void Inside_of_a_count_the_counted_element_is_the_one_that_the_count_is_at()
    {
        var where = new PolicyCondition.Field(PathOf("properties.list[*].hidden"), Test(Comparison.NotEqualTo, new BoolValue(true)));
        var count = new PolicyCondition.Count(new CountedItems.OfField(PathOf("properties.list[*]")), null, where, Test(Comparison.EqualTo, new IntValue(1)));
        Assert.True(Evaluate(count).Value);
    }

    [Fact]
    public void Counts_of_values_nest_and_each_is_called_by_its_name()
    {
        static Value Joined(PolicyNames names) => new StringValue($"{((StringValue)names.Current("outer")).Text}{((StringValue)names.Current(null)).Text}");
        var equal = new PolicyCondition.OfValue(new PolicyOperand.Computed("", Joined), Test(Comparison.In, new ArrayValue([Text("ay"), Text("bx")])));
        var inner = new PolicyCondition.Count(List("x", "y"), "inner", equal, Test(Comparison.EqualTo, new IntValue(1)));
        var outer = new PolicyCondition.Count(List("a", "b", "c"), "outer", inner, Test(Comparison.EqualTo, new IntValue(2)));
        Assert.True(Evaluate(outer).Value);
    }

    [Fact]
    public void What_is_not_known_says_why() =>
        Assert.Equal("parameter 'x' has no value", Evaluate(new PolicyCondition.Field(PathOf("open"), Test(Comparison.EqualTo, Text("x")))).Reason);

    [Fact]
    public void A_count_of_counts_is_stopped()
    {
        var items = new CountedItems.OfValue(new PolicyOperand.Literal(new ArrayValue([.. Enumerable.Range(0, 1_000).Select(i => new IntValue(i))])));
        PolicyCondition inner = new PolicyCondition.OfValue(new PolicyOperand.Literal(Text("x")), Test(Comparison.EqualTo, Text("x")));
        for (var i = 0; i < 6; i++)
        {
            inner = new PolicyCondition.Count(items, null, inner, Test(Comparison.Greater, new IntValue(500)));
        }

        var truth = Evaluate(new PolicyCondition.AllOf([inner, new PolicyCondition.Field(PathOf("type"), Test(Comparison.Exists, new BoolValue(true)))]));
        Assert.True(truth.Value is null && truth.Reason.StartsWith("the policy was stopped", StringComparison.Ordinal), $"{truth}");
    }

    private static Truth Evaluate(PolicyCondition condition) => new PolicyRun(s_subject, DateTimeOffset.UnixEpoch).Evaluate(condition);

    private static PolicyTest Test(Comparison comparison, Value expected) => new(comparison, new PolicyOperand.Literal(expected));

    private static CountedItems.OfValue List(params string[] items) => new(new PolicyOperand.Literal(new ArrayValue([.. items.Select(Text)])));

    private static FieldPath PathOf(string text) => FieldPath.Parse(text).Path ?? throw new InvalidOperationException(FieldPath.Parse(text).Fault);

    private static StringValue Text(string text) => new(text);

    private static ObjectValue Map(params (string Name, Value Value)[] members) => ObjectValue.From(members.Select(member => new Member(member.Name, member.Value)));
}
