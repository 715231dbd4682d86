using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;

namespace DeployGate.Templates.Tests.Functions;

/// <summary>
/// Evaluates expressions as templates write them, so that a vector reads like its documentation. A name without parentheses
/// stands for a value of <see cref="Names"/>; results are compared in the notation of <see cref="Render"/>.
/// </summary>
internal sealed class Expr(string text, FunctionContext context)
{
    private int _at;

    internal static FunctionContext Unplaced { get; } = new() { Scope = DeploymentScope.Unknown(ScopeKind.ResourceGroup) };

    internal static Dictionary<string, Value> Names { get; } = new()
    {
        ["any"] = Unknown("any"),
        ["text"] = Unknown("text", ValueShape.Text),
        ["segment"] = Unknown("segment", ValueShape.IdSegment),
        ["number"] = Unknown("number", ValueShape.Number),
        ["truth"] = Unknown("truth", ValueShape.Truth),
        ["list"] = Unknown("list", ValueShape.List),
        ["map"] = Unknown("map", ValueShape.Map),
        ["either"] = Unknown("either", ValueShape.Text) with { Alternatives = [new StringValue("x"), new StringValue("y")] },
        ["lists"] = Unknown("lists", ValueShape.List) with { Alternatives = [List("a"), List("a", "b")] },
        ["openList"] = List("a", "b") with { Rest = Unknown("more") },
        ["openMap"] = new ObjectValue([new Member("a", new IntValue(1))], Unknown("more")),
        ["path"] = IdText.Join("/subscriptions/", Unknown("sub", ValueShape.IdSegment), "/images/", Unknown("img", ValueShape.IdSegment), "/v1"),
        ["mixed"] = IdText.Join("Start-", Unknown("u", ValueShape.Text), "-End"),
        ["secret"] = new StringValue("hunter2") { IsSecret = true },
        ["secretText"] = Unknown("parameters('pw')", ValueShape.Text) with { IsSecret = true },
        ["unpaired"] = new StringValue("\ud800"),
    };

    internal static UnknownValue Unknown(string expression, ValueShape shape = ValueShape.Any) =>
        new(UnknownReason.ParameterNoValue, expression, "no value was given") { Shape = shape };

    internal static ArrayValue List(params string[] items) => new([.. items.Select(item => new StringValue(item))]);

    internal static Value Eval(string expression, FunctionContext? context = null) => new Expr(expression, context ?? Unplaced).Read();

    internal static void Gives(string expected, string expression, FunctionContext? context = null) =>
        Assert.Equal(expected, Render(Eval(expression, context)));

    internal static void Fails(string detail, string expression)
    {
        var error = Assert.IsType<UnknownValue>(Eval(expression));
        Assert.Equal(UnknownReason.EvaluationError, error.Reason);
        Assert.Equal(detail, error.Detail);
    }

    /// <summary>
    /// Known values as a template would write them, unknown ones as <c>&lt;expression&gt;</c>, alternatives as <c>(a|b)</c>,
    /// errors as <c>error</c>; a star before what is secret, an ellipsis in what is open.
    /// </summary>
    internal static string Render(Value value) => (value.IsSecret ? "*" : "") + value switch
    {
        NullValue => "null",
        BoolValue truth => truth.IsTrue ? "true" : "false",
        IntValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue number => number.Lexeme,
        StringValue known => $"'{known.Text}'",
        PartialString partly => $"'{partly.Pattern}'",
        ArrayValue list => $"[{string.Join(", ", list.Items.Select(Render).Concat(list.Rest is null ? [] : ["…"]))}]",
        ObjectValue map => $"{{{string.Join(", ", map.Members.Select(member => $"{member.Name}: {Render(member.Value)}").Concat(map.Rest is null ? [] : ["…"]))}}}",
        UnknownValue { Alternatives.Length: > 0 } unknown => $"({string.Join("|", unknown.Alternatives.Select(Render))})",
        UnknownValue { Reason: UnknownReason.EvaluationError } => "error",
        UnknownValue unknown => $"<{unknown.Expression}>",
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    private Value Read()
    {
        Skip();
        var start = _at;
        if (text[_at] == '\'')
        {
            return ReadText();
        }

        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '-'))
        {
            _at++;
        }

        var word = text[start.._at];
        if (long.TryParse(word, CultureInfo.InvariantCulture, out var number))
        {
            return new IntValue(number);
        }

        return _at < text.Length && text[_at] == '(' ? FunctionCatalog.Call(word, ReadArguments(), context) : Names[word];
    }

    private ImmutableArray<Value> ReadArguments()
    {
        var arguments = ImmutableArray.CreateBuilder<Value>();
        _at++;
        for (Skip(); text[_at] != ')'; Skip())
        {
            arguments.Add(Read());
            Skip();
            _at += text[_at] == ',' ? 1 : 0;
        }

        _at++;
        return arguments.ToImmutable();
    }

    private StringValue ReadText()
    {
        var read = new StringBuilder();
        for (_at++; text[_at] != '\'' || (_at + 1 < text.Length && text[_at + 1] == '\''); _at++)
        {
            _at += text[_at] == '\'' ? 1 : 0;
            read.Append(text[_at]);
        }

        _at++;
        return new StringValue(read.ToString());
    }

    private void Skip()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }
}
