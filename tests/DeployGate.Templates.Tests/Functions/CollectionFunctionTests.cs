using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

public sealed class CollectionFunctionTests
{
    [Theory]
    [InlineData("[1]", "array(1)")]
    [InlineData("['a']", "array(createArray('a'))")]
    [InlineData("[{a: 'b'}]", "array(createObject('a', 'b'))")]
    [InlineData("['a', 1, null, []]", "createArray('a', 1, null(), createArray())")]
    [InlineData("[]", "createArray()")]
    [InlineData("{intProp: 1, null: null}", "createObject('intProp', 1, 'null', null())")]
    [InlineData("{}", "createObject()")]
    [InlineData("[1, 2, 3]", "distinct(createArray(1, 2, 1, 3, 2))")]
    [InlineData("['a', 'A']", "distinct(createArray('a', 'A'))")]
    [InlineData("[{a: 1, b: 2}]", "distinct(createArray(createObject('a', 1, 'b', 2), createObject('b', 2, 'a', 1)))")]
    [InlineData("['a', 'b', [1]]", "flatten(createArray(createArray('a'), createArray('b', createArray(1))))")]
    [InlineData("'c'", "indexFromEnd(createArray('a', 'b', 'c'), 1)")]
    [InlineData("'a'", "indexFromEnd(createArray('a', 'b', 'c'), 3)")]
    [InlineData("null", "tryIndexFromEnd(createArray('a'), 2)")]
    [InlineData("null", "tryIndexFromEnd(createArray('a'), 0)")]
    [InlineData("null", "tryIndexFromEnd(null(), 1)")]
    [InlineData("['two', 'three']", "intersection(createArray('one', 'two', 'three', 'two'), createArray('three', 'two'))")]
    [InlineData("{one: 'a', three: 'c'}", "intersection(createObject('one', 'a', 'two', 'b', 'three', 'c'), createObject('one', 'a', 'two', 'z', 'three', 'c'))")]
    [InlineData("[{key: 'A', value: 2}, {key: 'b', value: 1}]", "items(createObject('b', 1, 'A', 2))")]
    [InlineData("['A', 'b']", "objectKeys(createObject('b', 1, 'A', 2))")]
    [InlineData("0", "min(createArray(0, 3, 2, 5))")]
    [InlineData("5", "max(0, 3, 2, 5)")]
    [InlineData("7", "min(7)")]
    [InlineData("[5, 6, 7]", "range(5, 3)")]
    [InlineData("[-1, 0]", "range(-1, 2)")]
    [InlineData("[]", "range(5, 0)")]
    [InlineData("{a: 2, b: {y: 1}}", "shallowMerge(createArray(createObject('a', 1, 'b', createObject('x', 1)), createObject('A', 2), createObject('b', createObject('y', 1))))")]
    [InlineData("1", "tryGet(createObject('a', createArray(createObject('b', 1))), 'A', 0, 'b')")]
    [InlineData("null", "tryGet(createObject('a', 1), 'b', 'c')")]
    [InlineData("null", "tryGet(createArray(1), 1)")]
    [InlineData("null", "tryGet(createArray(1), -1)")]
    [InlineData("2", "tryGet(createArray(1, 2), createObject('value', 1, 'fromEnd', true()))")]
    [InlineData("null", "tryGet(createArray(1, 2), createObject('value', 3, 'fromEnd', true()))")]
    [InlineData("0.25", "json('.25')")]
    [InlineData("null", "tryGet(null(), 'a')")]
    [InlineData("['one', 'two', 'three', 'four']", "union(createArray('one', 'two', 'three'), createArray('three', 'four', 'two'))")]
    [InlineData("{property: {one: 'a', two: 'b', three: 'c2', four: 'd'}, list: [2], x: 1}", "union(createObject('property', createObject('one', 'a', 'two', 'b', 'three', 'c1'), 'list', createArray(1)), createObject('Property', createObject('three', 'c2', 'four', 'd'), 'list', createArray(2), 'x', 1))")]
    [InlineData("{a: 1}", "union(createObject('a', createObject('b', 1)), createObject('a', 1))")]
    [InlineData("null", "null()")]
    public void Answers(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("createObject takes names and values in turn, so an even number of arguments, not 1", "createObject('a')")]
    [InlineData("argument 1 of createObject must be a string, not an int", "createObject(1, 1)")]
    [InlineData("createObject was given the name 'a' twice", "createObject('a', 1, 'a', 2)")]
    [InlineData("argument 1 of distinct must be an array, not a string", "distinct('a')")]
    [InlineData("flatten needs an array of arrays, but item 0 is an int", "flatten(createArray(1))")]
    [InlineData("argument 1 of flatten must be an array, not an object", "flatten(createObject())")]
    [InlineData("indexFromEnd counts from 1, the last item, to 1, the first; not 2", "indexFromEnd(createArray('a'), 2)")]
    [InlineData("argument 1 of indexFromEnd must be an array, not null", "indexFromEnd(null(), 1)")]
    [InlineData("intersection was given an array, but argument 2 is an object", "intersection(createArray(), createObject())")]
    [InlineData("argument 1 of intersection must be an array or an object, not null", "intersection(null(), createArray())")]
    [InlineData("argument 1 of items must be an object, not an array", "items(createArray())")]
    [InlineData("argument 1 of objectKeys must be an object, not a string", "objectKeys('a')")]
    [InlineData("max of an empty array", "max(createArray())")]
    [InlineData("min compares ints, not a string", "min(1, 'a')")]
    [InlineData("range makes 0 to 10000 numbers of 64 bits, not 10001 from 0", "range(0, 10001)")]
    [InlineData("range makes 0 to 10000 numbers of 64 bits, not -1 from 0", "range(0, -1)")]
    [InlineData("range makes 0 to 10000 numbers of 64 bits, not 9 from 9223372036854775807", "range(9223372036854775807, 9)")]
    [InlineData("shallowMerge needs an array of objects, but item 1 is an int", "shallowMerge(createArray(createObject(), 1))")]
    [InlineData("argument 2 of tryGet is an int, which does not look into an object", "tryGet(createObject('a', 1), 0)")]
    [InlineData("argument 3 of tryGet is a string, which does not look into an int", "tryGet(createObject('a', 1), 'a', 'b')")]
    [InlineData("union was given an array, but argument 2 is an object", "union(createArray(), createObject())")]
    [InlineData("argument 1 of union must be an array or an object, not an int", "union(1, 2)")]
    public void Refuses(string detail, string expression) => Fails(detail, expression);

    [Theory]
    [InlineData("[<any>]", "createArray(any)")]
    [InlineData("[('x'|'y')]", "createArray(either)")]
    [InlineData("{a: <any>}", "createObject('a', any)")]
    [InlineData("{b: 2, …}", "createObject(text, 1, 'b', 2)")]
    [InlineData("<list>", "array(list)")]
    [InlineData("[<text>]", "array(text)")]
    [InlineData("<array(any)>", "array(any)")]
    [InlineData("['a', …]", "flatten(createArray(createArray('a'), list))")]
    [InlineData("[<any>, 'a']", "flatten(createArray(createArray(any), createArray('a')))")]
    [InlineData("[{key: 'a', value: 1}, …]", "items(openMap)")]
    [InlineData("['a', …]", "objectKeys(openMap)")]
    [InlineData("[{key: 'a', value: <any>}]", "items(createObject('a', any))")]
    [InlineData("<range(0, number)>", "range(0, number)")]
    [InlineData("<max([…])>", "max(createArray(1, number))")]
    [InlineData("{a: 1, …}", "shallowMerge(createArray(createObject('a', 1), map))")]
    [InlineData("<any>", "tryGet(createObject('a', any), 'a')")]
    [InlineData("<tryGet({…}, 'z')>", "tryGet(openMap, 'z')")]
    [InlineData("1", "tryGet(openMap, 'a')")]
    [InlineData("<tryGet([…], number)>", "tryGet(createArray(1), number)")]
    [InlineData("<tryGet(any, 'a')>", "tryGet(any, 'a')")]
    [InlineData("['a', …]", "union(createArray('a'), list)")]
    [InlineData("(['a', 'c']|['a', 'b', 'c'])", "union(lists, createArray('c'))")]
    [InlineData("['a', <text>, …]", "union(createArray('a'), createArray(text))")]
    [InlineData("[{a: 1, b: <any>}, {a: 2, b: <any>}]", "union(createArray(createObject('a', 1, 'b', any)), createArray(createObject('a', 2, 'b', any)))")]
    [InlineData("{a: 1, b: 2, …}", "union(createObject('a', 1), map, createObject('b', 2))")]
    [InlineData("{a: {b: 1, …}}", "union(createObject('a', any), createObject('a', createObject('b', 1)))")]
    [InlineData("<union(any, any)>", "union(any, any)")]
    [InlineData("['a', …]", "intersection(createArray('a', text, 'b'), createArray('a', 'c'))")]
    [InlineData("[…]", "intersection(createArray('a'), list)")]
    [InlineData("<intersection(list, […])>", "intersection(list, createArray('a'))")]
    [InlineData("{a: 1}", "intersection(createObject('a', 1, 'b', 2), createObject('a', 1, 'b', 3))")]
    [InlineData("{…}", "intersection(createObject('a', 1), map)")]
    [InlineData("<indexFromEnd([…], 1)>", "indexFromEnd(openList, 1)")]
    [InlineData("<any>", "indexFromEnd(createArray(1, any), 1)")]
    [InlineData("['a', 'b', …]", "distinct(openList)")]
    public void Keeps_what_is_known(string expected, string expression) => Gives(expected, expression);

    [Fact]
    public void Unions_of_large_arrays_are_not_quadratic()
    {
        var text = Assert.IsType<StringValue>(Eval("padLeft('', 60000, ',')"));
        var call = FunctionCatalog.Call;
        Value many = new ArrayValue([.. Enumerable.Range(0, 100_000).Select(i => new StringValue($"/subscriptions/{i}"))]);
        var union = Assert.IsType<ArrayValue>(call("union", [many, many, many], Unplaced));
        Assert.Equal(100_000, union.Items.Length);
        Assert.Equal(100_000, Assert.IsType<ArrayValue>(call("intersection", [many, many], Unplaced)).Items.Length);

        // One long string many times over must not be hashed whole each time.
        Value repeated = new ArrayValue([.. Enumerable.Repeat<Value>(text, 100_000)]);
        Assert.Single(Assert.IsType<ArrayValue>(call("distinct", [repeated], Unplaced)).Items);
    }

    [Fact]
    public void Arrays_may_not_grow_without_end()
    {
        Value ten = Eval("range(0, 10000)");
        var result = FunctionCatalog.Call("concat", [.. Enumerable.Repeat(ten, 11)], Unplaced);
        Assert.Equal("the result of concat has more than 100000 items", Assert.IsType<UnknownValue>(result).Detail);
    }

    [Fact]
    public void Doubling_in_depth_ends_in_an_error()
    {
        Value value = new StringValue("a");
        for (var i = 0; i < 1000; i++)
        {
            value = FunctionCatalog.Call("createArray", [value, value], Unplaced);
            if (value is UnknownValue)
            {
                break;
            }
        }

        Assert.Equal("the result of createArray is too large: a value of more than 2000000 parts", Assert.IsType<UnknownValue>(value).Detail);
    }

    [Fact]
    public void Nesting_ends_in_an_error()
    {
        Value value = new StringValue("a");
        for (var i = 0; i < 1000 && value is not UnknownValue; i++)
        {
            value = FunctionCatalog.Call("createArray", [value], Unplaced);
        }

        Assert.Equal("the result of createArray is too large: a value nested deeper than 200 levels", Assert.IsType<UnknownValue>(value).Detail);
    }
}
