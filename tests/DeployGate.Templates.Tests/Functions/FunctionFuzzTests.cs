using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

/// <summary>Every function with arguments that make no sense: it must answer, soon, and tell no secret.</summary>
public sealed class FunctionFuzzTests
{
    private const string Secret = "S3CR3T";
    private const int Calls = 50_000;

    private static readonly string[] s_texts =
    [
        "", " ", "a", "A", "0", "-1", "1.5", "true", "null", "[1]", "{\"a\":1}", "{a:'b'", "{0}", "{0:D999999999}", "{0,99999999}", "{{}}", "}",
        "P1D", "-P1Y", "P", "2020-01-01", "12:00", "9999-12-31T23:59:59Z", "yyyy", "%", "u", "10.0.0.0/8", "::1/128", "1.2.3.4", "fe80::1%1/64",
        "http://a/b?c#d", "https://[::1]:99999/", "file:///a", "/b", "..", "data:,x", "data:;base64,%%%", "YQ==", "P/t", "P/t/u", "Microsoft.Compute/images",
        "/subscriptions/s", "*", "a*b", "\0", "\ud800", "\udc00", "\ud83d\ude00", "İ", "ß", "a,b;c", "'", "\"", "\\u0000", "%2", "%zz", "12345678901234567890",
    ];

    private static readonly long[] s_numbers = [0, 1, -1, 2, 24, 128, 10_000, 10_001, int.MaxValue, long.MaxValue, long.MinValue, 253402300800];

    private static readonly FunctionContext[] s_contexts =
    [
        .. Enum.GetValues<ScopeKind>().Select(kind => new FunctionContext { Scope = DeploymentScope.Unknown(kind) }),
    ];

    private sealed class Source(int seed)
    {
        private readonly Random _random = new(seed);

        internal int Next(int below) => _random.Next(below);

        internal T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

        internal Value Value(int depth, bool withSecrets)
        {
            var value = Any(depth, withSecrets);
            return withSecrets && value is not StringValue && Next(20) == 0 ? value.AsSecret() : value;
        }

        private Value Any(int depth, bool withSecrets) => Next(depth > 0 ? 14 : 9) switch
        {
            0 => NullValue.Instance,
            1 => new BoolValue(Next(2) == 0),
            2 => new IntValue(Pick(s_numbers)),
            3 => new FloatValue(Pick([1.5, double.NaN, double.PositiveInfinity, -0.0, 1e300]), "1.5"),
            4 when withSecrets => new StringValue(Pick(["", "a/", "{0:", "'", "https://x/", "P/"]) + Secret + Pick(["", "/b", "}", "'", "=="])) { IsSecret = true },
            5 or 6 => Hole(depth, withSecrets),
            7 => PartialString.Join([new StringPart(Pick(s_texts)), new StringPart(Hole(0, withSecrets)), new StringPart(Pick(s_texts))]),
            9 or 10 => new ArrayValue([.. Many(depth, withSecrets)], Next(4) == 0 ? Hole(0, withSecrets) : null),
            11 or 12 => ObjectValue.From(Many(depth, withSecrets).Select(item => new Member(Pick(s_texts), item)), Next(4) == 0 ? Hole(0, withSecrets) : null),
            _ => new StringValue(Pick(s_texts)),
        };

        private List<Value> Many(int depth, bool withSecrets) =>
            [.. Enumerable.Range(0, Next(4)).Select(_ => Value(depth - 1, withSecrets))];

        private UnknownValue Hole(int depth, bool withSecrets) => new(UnknownReason.ParameterNoValue, "parameters('p')", "no value")
        {
            Shape = Pick(Enum.GetValues<ValueShape>()),
            IsSecret = withSecrets && Next(4) == 0,
            Alternatives = depth > 0 && Next(3) == 0 ? [.. Many(depth, withSecrets)] : [],
        };
    }

    private static readonly string[] s_names = [.. FunctionCatalog.Names.Order(StringComparer.Ordinal), "listKeys", "noSuchFunction"];

    private static IEnumerable<(string Name, ImmutableArray<Value> Arguments, Value Result)> Draw(int seed, bool withSecrets)
    {
        var source = new Source(seed);
        for (var i = 0; i < Calls; i++)
        {
            var name = s_names[i % s_names.Length];
            var function = FunctionCatalog.Find(name);
            var (min, max) = (function?.MinArguments ?? 1, Math.Min(function?.MaxArguments ?? 1, 5));
            ImmutableArray<Value> arguments =
                [.. Enumerable.Range(0, source.Next(30) == 0 ? source.Next(6) : min + source.Next(Math.Max(1, max - min + 1))).Select(_ => source.Value(2, withSecrets))];
            yield return (name, arguments, FunctionCatalog.Call(name, arguments, source.Pick(s_contexts)));
        }
    }

    // The limit is against hanging alone.
    [Fact(Timeout = 600_000)]
    public async Task No_function_throws_and_each_ends()
    {
        var known = await Task.Run(() => Draw(1, withSecrets: false).Count(call => call.Result is not UnknownValue), TestContext.Current.CancellationToken);
        Assert.True(known > Calls / 10, $"only {known} calls had an answer: the arguments try too little");
    }

    [Fact]
    public void No_secret_leaks()
    {
        foreach (var (name, arguments, result) in Draw(2, withSecrets: true))
        {
            var call = $"{name}({string.Join(", ", arguments.Select(Render))}) = {Render(result)}";
            // A container keeps a secret in its place; whether it shows it is asked below.
            var isContainer = name is "createArray" or "createObject" or "shallowMerge" or "union";
            Assert.True(result.IsSecret || isContainer || !arguments.Any(Values.HasSecret), call);
            Assert.False(Leaks(result, isHidden: false), call);
        }
    }

    [Fact]
    public void No_result_is_secret_without_reason()
    {
        foreach (var (name, arguments, result) in Draw(3, withSecrets: false))
        {
            Assert.True(!result.IsSecret || name == "listKeys", $"{name}({string.Join(", ", arguments.Select(Render))})");
        }
    }

    // Hidden text may be known, but expressions and details are printed even for secrets.
    private static bool Leaks(Value value, bool isHidden)
    {
        var hidden = isHidden || value.IsSecret;
        return value switch
        {
            StringValue text => !hidden && Has(text.Text),
            FloatValue number => !hidden && Has(number.Lexeme),
            PartialString partly => partly.Parts.Any(part => part.Literal is { } literal ? !hidden && Has(literal) : Leaks(part.Hole!, hidden)),
            ArrayValue list => list.Items.Any(item => Leaks(item, hidden)) || (list.Rest is not null && Leaks(list.Rest, hidden)),
            ObjectValue map => map.Members.Any(member => (!hidden && Has(member.Name)) || Leaks(member.Value, hidden))
                || (map.Rest is not null && Leaks(map.Rest, hidden)),
            UnknownValue unknown => Has(unknown.Expression) || Has(unknown.Detail) || unknown.Alternatives.Any(possible => Leaks(possible, hidden)),
            _ => false,
        };
    }

    private static bool Has(string text) => text.Contains(Secret, StringComparison.OrdinalIgnoreCase)
        || text.Contains(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret)), StringComparison.Ordinal);
}
