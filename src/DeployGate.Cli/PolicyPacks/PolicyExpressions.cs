using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Policies;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Yaml;
using DeployGate.Templates;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>Reads the expressions of policies, in the language of templates.</summary>
internal sealed class PolicyExpressions(PolicyMode mode, List<PolicyMistake> mistakes)
{
    private static readonly ImmutableArray<HostFunction> s_functions = [new("field", 1, 1), new("current", 0, 1), new("utcNow", 0, 1)];

    // Later and later, each at the same time of the day: a form that hides days, months or years the wrong way round shows it.
    private static readonly ImmutableArray<DateTimeOffset> s_moments =
    [
        .. from day in (DateOnly[])[new(2026, 2, 28), new(2026, 9, 5), new(2026, 10, 1), new(2027, 1, 2)] select new DateTimeOffset(day, new TimeOnly(10, 0), TimeSpan.Zero),
    ];

    /// <summary>A scalar: an expression, or the value that YAML's core schema says.</summary>
    internal PolicyOperand Scalar(YamlScalar scalar)
    {
        if (HostedExpression.IsExpression(scalar.Value))
        {
            return Expression(scalar.Place, scalar.Value);
        }

        return new PolicyOperand.Literal(scalar.Value is ['[', '[', .., ']'] ? new StringValue(scalar.Value[1..]) : PolicyYaml.Typed(scalar));
    }

    /// <summary>A scalar, or a list of them.</summary>
    internal PolicyOperand Operand(YamlNode node)
    {
        if (node is not YamlSequence list)
        {
            return node is YamlScalar scalar ? Scalar(scalar) : new PolicyOperand.Literal(PolicyYaml.ValueOf(node));
        }

        ImmutableArray<PolicyOperand> items = [.. list.Items.Select(Operand)];
        return items.All(item => item is PolicyOperand.Literal)
            ? new PolicyOperand.Literal(new ArrayValue([.. items.Select(item => ((PolicyOperand.Literal)item).Value)]))
            : new PolicyOperand.Computed("[…]", names => new ArrayValue([.. items.Select(item => item is PolicyOperand.Computed computed ? computed.Expression(names) : ((PolicyOperand.Literal)item).Value)]));
    }

    /// <summary>
    /// Warns of an operand that is put in order and gives times whose form policies do not read: such texts are compared letter by letter, and
    /// the later one may come first.
    /// </summary>
    internal void CheckOrder(PolicyOperand operand, Place place)
    {
        if (operand is not PolicyOperand.Computed computed || !computed.Text.Contains("utcNow", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var open = new UnknownValue(UnknownReason.ExternalInput, "?", "a policy is read before it is asked");
        var texts = s_moments.Select(now => (computed.Expression(new PolicyNames(_ => open, _ => open, now)) as StringValue)?.Text).ToList();
        if (texts.All(text => text is not null && PolicyDates.Read(text) is null) && !texts.SequenceEqual(texts.Order(StringComparer.OrdinalIgnoreCase)))
        {
            mistakes.Add(new PolicyMistake(place, $"times in this form are compared as texts, and their order is not that of time: '{Cut(texts[0]!)}'", "Leave the format out, or write 'yyyy-MM-ddTHH:mm:ssZ'.", IsWarning: true));
        }
    }

    /// <summary>A text in which expressions stand in brackets; <c>[[</c> is a bracket.</summary>
    internal PolicyText Text(YamlScalar scalar)
    {
        var parts = ImmutableArray.CreateBuilder<PolicyOperand>();
        var text = scalar.Value;
        var literal = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '[' || text.AsSpan(at).StartsWith("[["))
            {
                at += text[at] == '[' ? 1 : 0;
                literal.Append(text[at]);
                continue;
            }

            var end = EndOf(text, at);
            if (end < 0)
            {
                mistakes.Add(new PolicyMistake(PolicyYaml.PlaceIn(scalar, at, 1), "an expression is never closed: ']' is missing", "Close it, or write '[[' for a bracket."));
                break;
            }

            parts.Add(new PolicyOperand.Literal(new StringValue(literal.ToString())));
            parts.Add(Expression(PolicyYaml.PlaceIn(scalar, at, end - at), text[at..end]));
            literal.Clear();
            at = end - 1;
        }

        parts.Add(new PolicyOperand.Literal(new StringValue(literal.ToString())));
        return new PolicyText(parts.ToImmutable());
    }

    private PolicyOperand.Computed Expression(Place place, string text)
    {
        var expression = HostedExpression.Read(place, text, s_functions);
        mistakes.AddRange(expression.Problems.Select(problem => new PolicyMistake(problem.At, problem.Message, problem.Fix)));
        foreach (var call in expression.Calls.Where(call => call is { Name: "field", Argument: not null }))
        {
            CheckField(call.Argument!, call.Place);
        }

        return new PolicyOperand.Computed(text, names => expression.Evaluate(name => BodyOf(name, names)));
    }

    /// <summary>The field that a text names; null when it names none, which is told.</summary>
    internal FieldPath? CheckField(string text, Place place, YamlScalar? scalar = null)
    {
        var (path, fault, at) = FieldPath.Parse(text);
        if (path is null)
        {
            mistakes.Add(new PolicyMistake(scalar is null ? place : PolicyYaml.PlaceIn(scalar, at, 1), $"'{Cut(text)}' is not the name of a field: {fault}", "Write members with dots: properties.storageProfile.osDisk.osType."));
            return null;
        }

        if (PolicyKeys.FaultOf(path, mode) is { } unknown)
        {
            mistakes.Add(new PolicyMistake(place, unknown.Message, unknown.Nearest is { } nearest ? $"Did you mean '{nearest}'?" : $"Fields of mode '{(mode == PolicyMode.Uses ? "uses" : "resources")}': {string.Join(", ", mode == PolicyMode.Uses ? PolicyKeys.UseFields : PolicyKeys.ResourceFields)}."));
            return null;
        }

        return path;
    }

    internal static string Cut(string text) => text.Length > 80 ? text[..80] + "…" : text;

    private static HostBody? BodyOf(string name, PolicyNames names) => name.ToLowerInvariant() switch
    {
        "field" => arguments => arguments is [StringValue field] ? names.Field(field.Text) : WrongCall("field", arguments),
        "current" => arguments => arguments switch
        {
            [] => names.Current(null),
            [StringValue which] => names.Current(which.Text),
            _ => WrongCall("current", arguments),
        },
        "utcnow" => arguments => UtcNow(arguments, names.Now),
        _ => null,
    };

    private static Value UtcNow(ImmutableArray<Value> arguments, DateTimeOffset now)
    {
        var format = arguments is [StringValue { Text.Length: > 0 and <= 100 } given] ? given.Text : arguments.IsEmpty ? "yyyyMMddTHHmmssZ" : null;
        try
        {
            return format is null ? WrongCall("utcNow", arguments) : new StringValue(now.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            return WrongCall("utcNow", arguments);
        }
    }

    private static UnknownValue WrongCall(string name, ImmutableArray<Value> arguments) =>
        arguments.OfType<UnknownValue>().FirstOrDefault() ?? new UnknownValue(UnknownReason.EvaluationError, $"{name}()", $"{name}() was given something else than the text it takes");

    // Where an expression ends that begins at a bracket: brackets nest, and those in quotes count for nothing.
    private static int EndOf(string text, int start)
    {
        var (depth, isQuoted) = (0, false);
        for (var at = start; at < text.Length; at++)
        {
            isQuoted ^= text[at] == '\'';
            depth += isQuoted ? 0 : text[at] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return -1;
    }
}
