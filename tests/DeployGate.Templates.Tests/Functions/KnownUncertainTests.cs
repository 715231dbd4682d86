using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

/// <summary>
/// Answers that no public source proves. Each documents a choice, is one named place in the code, and may turn out wrong.
/// </summary>
public sealed class KnownUncertainTests
{
    [Theory]
    [InlineData("''", "concat()")]
    [InlineData("''", "string(null())")]
    [InlineData("{a: 1}", "shallowMerge(createArray(null(), createObject('a', 1), null()))")]
    [InlineData("{a: 1}", "union(null(), createObject('a', 1))")]
    [InlineData("['a']", "union(createArray('a'), null())")]
    [InlineData("null", "union(null(), null())")]
    [InlineData("{a: null}", "union(createObject('a', 1), createObject('a', null()))")]
    [InlineData("'4/8/2020 2:53:14 PM'", "dateTimeAdd('2020-04-07 14:53:14Z', 'P1D')")]
    [InlineData("true", "equals(1, json('1.0'))")]
    [InlineData("false", "equals(createObject('a', 1), createObject('A', 1))")]
    [InlineData("{a: 1, A: 2}", "createObject('a', 1, 'A', 2)")]
    [InlineData("3", "lastIndexOf('abc', '')")]
    [InlineData("'http://a/b%20c'", "uri('http://a', 'b c')")]
    [InlineData("{scheme: 'https', host: 'a', path: '/'}", "parseUri('https://a')")]
    [InlineData("'https://login.windows.net/'", "tryGet(environment(), 'authentication', 'loginEndpoint')")]
    [InlineData("'/subscriptions/s/resourceGroups/g'", "subscriptionResourceId('s', 'Microsoft.Resources/resourceGroups', 'g')")]
    [InlineData("'/subscriptions/s'", "tenantResourceId('microsoft.resources/subscriptions', 's')")]
    [InlineData("['Z', 'z', 'é']", "objectKeys(createObject('é', 1, 'Z', 2, 'z', 3))")]
    [InlineData("true", "less('', 'a')")]
    public void Is_assumed(string expected, string expression) => Gives(expected, expression);
}
