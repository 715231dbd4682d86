using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

public sealed class FunctionCatalogTests
{
    // The functions of Azure Resource Manager, by the sections of its documentation.
    private const string Text = """
        base64 base64ToString base64ToJson concat contains dataUri dataUriToString endsWith startsWith first last format guid indexOf
        lastIndexOf join json length newGuid padLeft replace skip take split string substring toLower toUpper trim uniqueString uri
        uriComponent uriComponentToString buildUri parseUri like utcNow fail
        """;

    private const string Collections = """
        array createArray createObject distinct empty flatten indexFromEnd tryIndexFromEnd intersection items objectKeys min max range
        shallowMerge tryGet union
        """;

    private const string Logic = """
        add sub mul div mod int float bool true false null not equals less lessOrEquals greater greaterOrEquals dateTimeAdd
        dateTimeFromEpoch dateTimeToEpoch parseCidr cidrSubnet cidrHost
        """;

    private const string Resources = """
        deployment environment subscription resourceGroup managementGroup tenant deployer roleDefinitions resourceId
        subscriptionResourceId tenantResourceId managementGroupResourceId extensionResourceId reference references providers pickZones
        toLogicalZone toLogicalZones toPhysicalZone toPhysicalZones externalInputs target
        """;

    private const string Lambdas = "map filter reduce sort toObject groupBy mapValues";

    private const string OfTheEvaluator = "if and or coalesce parameters variables copyIndex lambda lambdaVariables resourceInfo";

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_function_is_registered_and_none_besides() => Assert.Equal(
        [.. Words($"{Text} {Collections} {Logic} {Resources}").Order(StringComparer.Ordinal)],
        FunctionCatalog.Names.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_lambda_function_is_registered() => Assert.Equal(Words(Lambdas), LambdaFunctions.Names);

    [Fact]
    public void What_the_evaluator_handles_is_not_here() => Assert.All(Words(OfTheEvaluator), name => Assert.Null(FunctionCatalog.Find(name)));

    [Theory]
    [InlineData("ToLower", "toLower")]
    [InlineData("RESOURCEID", "resourceId")]
    [InlineData("listKeys", "listKeys")]
    [InlineData("ListAccountSas", "ListAccountSas")]
    public void Names_are_found_in_any_case(string name, string expected) => Assert.Equal(expected, FunctionCatalog.Find(name)?.Name);

    [Fact]
    public void A_result_of_many_combinations_is_simply_unknown()
    {
        var seven = Unknown("seven", ValueShape.Text) with { Alternatives = [.. Enumerable.Range(0, 7).Select(i => new StringValue($"{i}"))] };
        var two = FunctionCatalog.Call("concat", [seven, seven], Unplaced);
        Assert.Equal(49, Assert.IsType<UnknownValue>(two).Alternatives.Length);
        Assert.Equal("'{seven}{seven}{seven}'", Render(FunctionCatalog.Call("concat", [seven, seven, seven], Unplaced)));
    }

    [Fact]
    public void Alternatives_that_agree_are_one_known_value()
    {
        var cased = Unknown("cased", ValueShape.Text) with { Alternatives = [new StringValue("a"), new StringValue("A")] };
        Assert.Equal("'a'", Render(FunctionCatalog.Call("toLower", [cased], Unplaced)));
        Assert.Equal(ValueShape.Text, Assert.IsType<UnknownValue>(FunctionCatalog.Call("concat", [new StringValue("x"), cased], Unplaced)).Shape);
    }

    [Fact]
    public void Alternatives_within_alternatives_are_tried_too()
    {
        var inner = Unknown("inner") with { Alternatives = [new StringValue("b"), Unknown("rest", ValueShape.Text)] };
        var outer = Unknown("outer") with { Alternatives = [new StringValue("a"), inner] };
        Assert.Equal("('-a'|'-b'|'-{rest}')", Render(FunctionCatalog.Call("concat", [new StringValue("-"), outer], Unplaced)));
    }

    [Fact]
    public void An_unknown_result_keeps_the_reason_and_tells_the_call()
    {
        var result = Assert.IsType<UnknownValue>(Eval("uniqueString(resourceId('P/t', 'n'), 'a')"));
        Assert.Equal(UnknownReason.DeploymentContext, result.Reason);
        Assert.Equal("the subscription was not given (--subscription)", result.Detail);
        Assert.Equal(
            "uniqueString('/subscriptions/{subscription().subscriptionId}/resourceGroups/{resourceGroup().name}/providers/P/t/n', 'a')",
            result.Expression);
    }

    [Fact]
    public void Long_expressions_are_cut()
    {
        var result = Assert.IsType<UnknownValue>(Eval("uniqueString(text, padLeft('', 4000, 'a'), padLeft('', 4000, 'b'))"));
        Assert.InRange(result.Expression.Length, 100, 400);
    }

    [Theory]
    [InlineData("*'a-hunter2'", "concat('a-', secret)")]
    [InlineData("*7", "length(secret)")]
    [InlineData("['a', *'hunter2']", "createArray('a', secret)")]
    [InlineData("{user: 'a', pw: *'hunter2'}", "createObject('user', 'a', 'pw', secret)")]
    [InlineData("{a: 1, pw: *'hunter2'}", "shallowMerge(createArray(createObject('a', 1), createObject('pw', secret)))")]
    [InlineData("*{…}", "createObject(secretText, 1)")]
    [InlineData("*'a'", "first(createArray('a', secret))")]
    [InlineData("*'{parameters('pw')}-hunter2'", "concat(secretText, '-', secret)")]
    [InlineData("*<uniqueString(parameters('pw'), ***)>", "uniqueString(secretText, secret)")]
    [InlineData("*'{text}hunter2'", "concat(text, secret)")]
    public void Secrets_make_secrets(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("*** is not a whole number of 64 bits", "int(secret)")]
    [InlineData("format cannot read the braces in ***", "format(concat('{', secret), 1)")]
    [InlineData("*** is not an address range: an IP address, '/' and a prefix length", "parseCidr(secret)")]
    public void Errors_do_not_tell_secrets(string detail, string expression) => Fails(detail, expression);
}
