using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Values;

/// <summary>Texts beside one another are one part; one that stays alone is the same object as before.</summary>
public sealed class TextJoinTests
{
    private static readonly UnknownValue s_hole = new(UnknownReason.RuntimeFunction, "f()", "only Azure knows");

    [Fact]
    public void Nothing_is_the_empty_string()
    {
        var join = new TextJoin([]);
        join.Add("");

        Assert.Equal(new StringValue(""), join.ToValue());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(256)]
    public void Texts_are_joined_whatever_the_space(int space)
    {
        var join = new TextJoin(new char[space]);
        join.Add("/subscriptions/");
        join.Add(new StringValue("one"));
        join.Add("/".AsSpan());
        join.Add(new StringPart("two"));

        Assert.Equal(new StringValue("/subscriptions/one/two"), join.ToValue());
    }

    [Fact]
    public void Holes_part_the_texts()
    {
        var join = new TextJoin(stackalloc char[8]);
        join.Add("a");
        join.Add("b");
        join.Add(s_hole);
        join.Add("");
        join.Add(s_hole);
        join.Add("c".AsSpan());
        join.Add("d");
        join.Add(s_hole);

        var parts = Assert.IsType<PartialString>(join.ToValue()).Parts;

        Assert.Equal(["ab", null, null, "cd", null], parts.Select(part => part.Literal));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void Any_number_of_parts_keeps_its_order(int count)
    {
        var join = new TextJoin(stackalloc char[8]);
        for (var i = 0; i < count; i++)
        {
            join.Add(s_hole with { Expression = $"f({i})" });
        }

        var parts = Assert.IsType<PartialString>(join.ToValue()).Parts;

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"f({i})"), parts.Select(part => part.Hole?.Expression));
    }

    [Fact]
    public void A_text_that_stays_alone_is_not_copied()
    {
        var (first, last) = (new StringPart("first"), new StringPart("last"));
        var join = new TextJoin(stackalloc char[8]);
        join.Add(first);
        join.Add(s_hole);
        join.Add(last);
        join.Add("!");

        var parts = Assert.IsType<PartialString>(join.ToValue()).Parts;

        Assert.Same(first.Literal, parts[0].Literal);
        Assert.Equal("last!", parts[2].Literal);
    }

    [Fact]
    public void What_is_no_string_is_a_hole()
    {
        var join = new TextJoin([]);
        join.Add("a");
        join.Add(new IntValue(1));

        Assert.Equal(["a", null], Assert.IsType<PartialString>(join.ToValue()).Parts.Select(part => part.Literal));
    }

    [Fact]
    public void More_holes_than_a_usual_id_has_are_kept_in_order()
    {
        var join = new TextJoin([]);
        for (var i = 0; i < 20; i++)
        {
            join.Add($"{i}");
            join.Add(s_hole);
        }

        var literals = Assert.IsType<PartialString>(join.ToValue()).Parts.Where(part => part.Literal is not null).Select(part => part.Literal!);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), literals);
    }
}
