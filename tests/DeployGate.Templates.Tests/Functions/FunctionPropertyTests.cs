using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using FsCheck;
using FsCheck.Fluent;
using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

public sealed class FunctionPropertyTests
{
    private static readonly Gen<Value> s_leaf = Gen.OneOf(
        Gen.Constant<Value>(NullValue.Instance),
        Gen.Elements(true, false).Select(truth => (Value)new BoolValue(truth)),
        Gen.Choose(-5, 5).Select(number => (Value)new IntValue(number)),
        Gen.Elements("1.5", "1.0", "-0.25").Select(text => Eval($"json('{text}')")),
        Gen.Elements("", "a", "A", "b", "é", "/", "{0}", "\ud83d\ude00").Select(text => (Value)new StringValue(text)));

    private static readonly Gen<Value> s_value = Of(3);

    private static Gen<Value> Of(int depth) => depth == 0 ? s_leaf : Gen.OneOf(
        s_leaf,
        Of(depth - 1).ListOf(3).Select(items => (Value)new ArrayValue([.. items])),
        Gen.Zip(Gen.Elements("a", "A", "b", "c").ListOf(3), Of(depth - 1).ListOf(3))
            .Select(both => (Value)ObjectValue.From(both.Item1.Zip(both.Item2, (name, value) => new Member(name, value)))));

    private static Value Call(string name, params ImmutableArray<Value> arguments) => FunctionCatalog.Call(name, arguments, Unplaced);

    private static bool Same(Value x, Value y) => ValueEquality.AreEqual(x, y) == true;

    private static Gen<(T1 First, T2 Second, T3 Third)> Three<T1, T2, T3>(Gen<T1> first, Gen<T2> second, Gen<T3> third) =>
        first.SelectMany(x => second.SelectMany(y => third.Select(z => (x, y, z))));

    private static void Holds<T>(Gen<T> gen, Func<T, bool> property) =>
        Prop.ForAll(gen.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true).WithReplay(20260501, 7));

    private static readonly Gen<string> s_text =
        Gen.Elements("a", "B", ",", ";", " ", "é", "\ud83d\ude00", "''", "\n").ListOf(6).Select(string.Concat);

    [Fact]
    public void Base64_comes_back() => Holds(s_text, text => Same(new StringValue(text), Call("base64ToString", Call("base64", new StringValue(text)))));

    [Fact]
    public void A_data_uri_comes_back() =>
        Holds(s_text, text => Same(new StringValue(text), Call("dataUriToString", Call("dataUri", new StringValue(text)))));

    [Fact]
    public void A_uri_component_comes_back() =>
        Holds(s_text, text => Same(new StringValue(text), Call("uriComponentToString", Call("uriComponent", new StringValue(text)))));

    [Fact]
    public void What_is_split_can_be_joined() => Holds(s_text, text =>
        Same(new StringValue(text), Call("join", Call("split", new StringValue(text), new StringValue(",")), new StringValue(","))));

    [Fact]
    public void Json_text_is_read_back_as_the_same_value() =>
        Holds(s_value, value => Same(value, Call("json", ValueJson.Write(value)!)));

    [Fact]
    public void A_union_with_itself_is_the_value_without_repetitions() => Holds(s_value, value => value switch
    {
        ArrayValue => Same(Call("union", value, value), Call("distinct", value)),
        ObjectValue => Same(Call("union", value, value), value),
        _ => true,
    });

    [Fact]
    public void A_union_holds_what_its_operands_hold() => Holds(Gen.Zip(s_value, s_value), pair =>
        pair.Item1 is not ArrayValue x || pair.Item2 is not ArrayValue y
        || x.Items.Concat(y.Items).All(item => Call("contains", Call("union", x, y), item) is BoolValue { IsTrue: true }));

    [Fact]
    public void Every_known_value_equals_itself() => Holds(s_value, value => Same(value, value));

    [Fact]
    public void Equality_is_symmetric_and_agrees_with_sets() => Holds(Gen.Zip(s_value, s_value), pair =>
    {
        var (x, y) = pair;
        var set = new ValueSet();
        set.Add(x);
        return ValueEquality.AreEqual(x, y) == ValueEquality.AreEqual(y, x) && set.Contains(y) == ValueEquality.AreEqual(x, y);
    });

    [Fact]
    public void A_range_has_the_length_that_was_asked_for() => Holds(Gen.Zip(Gen.Choose(-1000, 1000), Gen.Choose(0, 300)), pair =>
        Same(Call("length", Call("range", new IntValue(pair.Item1), new IntValue(pair.Item2))), new IntValue(pair.Item2)));

    [Fact]
    public void Take_and_skip_make_the_whole() => Holds(Gen.Zip(s_text, Gen.Choose(-2, 10)), pair =>
    {
        var (text, count) = ((Value)new StringValue(pair.Item1), new IntValue(pair.Item2));
        return Same(text, Call("concat", Call("take", text, count), Call("skip", text, count)));
    });

    /// <summary>
    /// What is answered while a part is unknown must be true whatever the part turns out to be. This is the property that
    /// keeps the gate from judging wrongly, so it is tried for every structural function.
    /// </summary>
    [Fact]
    public void What_is_answered_about_partly_known_strings_stays_true()
    {
        var fill = Gen.Elements("", "a", "b", "ab", "x/y", "-");
        var literal = Gen.Elements("", "a", "b", "-", "/", "ab", "a-");
        var sought = Gen.Elements("a", "b", "-", "/", "ab", "a-b", "-a", "b/");
        Holds(Gen.Zip(Three(literal, fill, literal), Three(fill, literal, sought)), draw =>
        {
            var ((before, first, between), (second, after, text)) = draw;
            var partly = PartialString.Join(
            [
                new StringPart(before), Hole("h1", first), new StringPart(between), Hole("h2", second), new StringPart(after),
            ]);
            var whole = new StringValue(before + first + between + second + after);
            var needle = new StringValue(text);
            return Agree(whole, partly)
                && ((string[])["contains", "startsWith", "endsWith", "indexOf", "lastIndexOf", "equals", "split"])
                    .All(name => Agree(Call(name, whole, needle), Call(name, partly, needle)))
                && ((string[])["startsWith", "endsWith", "equals"]).All(name => Agree(Call(name, needle, whole), Call(name, needle, partly)))
                && ((string[])["first", "last", "empty", "length"]).All(name => Agree(Call(name, whole), Call(name, partly)))
                && ((string[])["take", "skip", "substring"]).All(name => Agree(Call(name, whole, new IntValue(2)), Call(name, partly, new IntValue(2))))
                && Agree(Call("replace", whole, needle, new StringValue("+")), Call("replace", partly, needle, new StringValue("+")));
        });

        static StringPart Hole(string name, string text) =>
            new(Unknown(name, text.Contains('/', StringComparison.Ordinal) ? ValueShape.Text : ValueShape.IdSegment));

        static bool Agree(Value truth, Value answer) =>
            truth is UnknownValue || (!IsError(answer) && ValueEquality.AreEqual(truth, answer) != false);
    }

    [Fact]
    public void What_is_answered_about_partly_known_collections_stays_true()
    {
        var item = Gen.Elements<Value>(new StringValue("a"), new StringValue("b"), new IntValue(1), ObjectValue.Empty);
        Holds(Three(item.ListOf(3), item.ListOf(3), item), draw =>
        {
            var (x, y, hidden) = draw;
            Value truth = new ArrayValue([.. x, hidden]);
            Value partly = new ArrayValue([.. x, Unknown("u")]);
            Value open = new ArrayValue([.. x], Unknown("rest"));
            Value other = new ArrayValue([.. y]);
            return ((string[])["union", "intersection", "concat", "equals"]).All(name =>
                    Fits(Call(name, truth, other), Call(name, partly, other)) && Fits(Call(name, truth, other), Call(name, open, other))
                    && Fits(Call(name, other, truth), Call(name, other, partly)) && Fits(Call(name, other, truth), Call(name, other, open)))
                && ((string[])["contains", "indexOf", "lastIndexOf"]).All(name => Fits(Call(name, truth, y[0]), Call(name, partly, y[0])))
                && Fits(Call("contains", truth, y[0]), Call("contains", open, y[0]))
                && ((string[])["length", "empty", "first", "distinct"]).All(name => Fits(Call(name, truth), Call(name, partly)));
        });

        // Listed items must be there; a closed answer must not differ.
        static bool Fits(Value truth, Value answer) => answer is ArrayValue { Rest: not null } list
            ? list.Items.Where(found => Values.FirstUnknown(found) is null).All(found => Call("contains", truth, found) is BoolValue { IsTrue: true })
            : !IsError(answer) && ValueEquality.AreEqual(truth, answer) != false;
    }

    private static bool IsError(Value value) => value is UnknownValue { Reason: UnknownReason.EvaluationError };
}
