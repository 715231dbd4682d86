using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

public sealed class LambdaFunctionTests
{
    private static Value Call(string name, string array, params (int Arity, LambdaBody Body)[] lambdas) =>
        Call(name, [Eval(array)], lambdas);

    private static Value Call(string name, ImmutableArray<Value> values, params (int Arity, LambdaBody Body)[] lambdas) =>
        LambdaFunctions.Call(name, values, [.. lambdas.Select(lambda => lambda.Body)], [.. lambdas.Select(lambda => lambda.Arity)]);

    private static LambdaBody Function(string name, params Value[] more) => items => FunctionCatalog.Call(name, [.. items, .. more], Unplaced);

    [Fact]
    public void Map_gives_an_item_for_each()
    {
        Assert.Equal("['A', 'B']", Render(Call("MAP", "createArray('a', 'b')", (1, Function("toUpper")))));
        Assert.Equal("['a0', 'b1']", Render(Call("map", "createArray('a', 'b')", (2, Function("concat")))));
        Assert.Equal("['A', 'B', …]", Render(Call("map", "openList", (1, Function("toUpper")))));
        Assert.Equal("['a{index}', 'b{index}', …]", Render(Call("map", "openList", (2, Function("concat")))));
        Assert.Equal("<map(list, …)>", Render(Call("map", "list", (1, Function("toUpper")))));
        Assert.Equal("(['A']|['A', 'B'])", Render(Call("map", "lists", (1, Function("toUpper")))));
    }

    [Fact]
    public void Filter_keeps_what_passes()
    {
        Assert.Equal("[5, 6]", Render(Call("filter", "range(1, 6)", (1, Function("greater", new IntValue(4))))));
        Assert.Equal("['a']", Render(Call("filter", "createArray('a', 'b')", (2, items => new BoolValue(((IntValue)items[1]).Number == 0)))));
        Assert.Equal("['a', …]", Render(Call("filter", "createArray('a', text)", (1, Function("equals", new StringValue("a"))))));
        Assert.Equal("*['a']", Render(Call("filter", "createArray('a')", (1, _ => new BoolValue(true) { IsSecret = true }))));
        Assert.Equal("the lambda of filter must give a bool, not an int", Detail(Call("filter", "createArray(1)", (1, items => items[0]))));
    }

    [Fact]
    public void Reduce_folds()
    {
        Assert.Equal("21", Render(Call("reduce", [Eval("range(1, 6)"), new IntValue(0)], (2, Function("add")))));
        Assert.Equal("7", Render(Call("reduce", [Eval("createArray()"), new IntValue(7)], (2, Function("add")))));
        Assert.Equal("'-a0b1'", Render(Call("reduce", [Eval("createArray('a', 'b')"), new StringValue("-")], (3, Function("concat")))));
        Assert.Equal("<reduce([…], 0, …)>", Render(Call("reduce", [Eval("openList"), new IntValue(0)], (2, Function("add")))));
    }

    [Fact]
    public void Reduce_may_not_double_without_end()
    {
        var result = Call("reduce", [Eval("range(0, 100)"), new StringValue("ab")], (2, items => new ArrayValue([items[0], items[0]])));
        Assert.Equal("the result of reduce is too large: a value of more than 2000000 parts", Detail(result));
    }

    [Fact]
    public void Sort_is_stable()
    {
        Assert.Equal("[1, 2, 3, 4, 5]", Render(Call("sort", "createArray(4, 2, 5, 1, 3)", (2, Function("less")))));
        LambdaBody shorter = items => new BoolValue(((StringValue)items[0]).Text.Length < ((StringValue)items[1]).Text.Length);
        Assert.Equal("['b', 'a', 'dd', 'cc']", Render(Call("sort", "createArray('dd', 'b', 'cc', 'a')", (2, shorter))));
        Assert.Equal("[<number>, 1, …]", Render(Call("sort", "createArray(number, 1)", (2, Function("less")))));
        Assert.Equal("the lambda of sort must give a bool, not a string", Detail(Call("sort", "createArray('b', 'a')", (2, items => items[0]))));
    }

    [Fact]
    public void ToObject_groupBy_and_mapValues_make_objects()
    {
        Assert.Equal("{a: 'a', b: 'b'}", Render(Call("toObject", "createArray('a', 'b')", (1, items => items[0]))));
        Assert.Equal("{k: 'B'}", Render(Call("toObject", "createArray('a', 'b')", (1, _ => new StringValue("k")), (1, Function("toUpper")))));
        Assert.Equal("{a: 'a', …}", Render(Call("toObject", "createArray('a', text)", (1, items => items[0]))));
        Assert.Equal("{a: ['apple', 'avocado'], b: ['banana']}", Render(Call("groupBy", "createArray('apple', 'banana', 'avocado')", (1, Function("first")))));
        Assert.Equal("{a: ['a', …], …}", Render(Call("groupBy", "createArray('a', text)", (1, items => items[0]))));
        Assert.Equal("{a: 2, b: 3}", Render(Call("mapValues", "createObject('a', 1, 'b', 2)", (1, Function("add", new IntValue(1))))));
        Assert.Equal("{a: 2, …}", Render(Call("mapValues", "openMap", (1, Function("add", new IntValue(1))))));
        Assert.Equal("the lambda of toObject must give a string, not an int", Detail(Call("toObject", "createArray(1)", (1, items => items[0]))));
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        Assert.Equal("argument 1 of map must be an array, not an int", Detail(Call("map", "1", (1, items => items[0]))));
        Assert.Equal("argument 1 of mapValues must be an object, not an array", Detail(Call("mapValues", "createArray()", (1, items => items[0]))));
        Assert.Equal("lambda 1 of map declares 1 or 2 variable(s), not 3", Detail(Call("map", "createArray()", (3, items => items[0]))));
        Assert.Equal("map takes 1 value(s) and 1 lambda(s), not 1 and 0", Detail(Call("map", "createArray()")));
        Assert.False(LambdaFunctions.Has("concat"));
    }

    [Fact]
    public void What_is_in_a_secret_is_secret()
    {
        var secret = Eval("createArray('a', 'b')").AsSecret();
        var seen = new List<Value>();
        LambdaBody watch = items =>
        {
            seen.Add(items[0]);
            return new IntValue(1);
        };
        var result = Call("map", [secret], (1, watch));
        Assert.True(result.IsSecret);
        Assert.All(seen, item => Assert.True(item.IsSecret));
        Assert.Equal("*[*'b', *'a']", Render(Call("sort", [secret], (2, Function("greater")))));
    }

    private static string Detail(Value value) => Assert.IsType<UnknownValue>(value).Detail;
}
