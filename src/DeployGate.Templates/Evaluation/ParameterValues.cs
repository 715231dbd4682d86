using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>What was supplied for the parameters of one deployment.</summary>
/// <param name="Values">Values by parameter name.</param>
/// <param name="Rest">Why more may have been supplied than is known; null when this is all.</param>
internal sealed record ParameterArguments(IReadOnlyDictionary<string, Value> Values, UnknownValue? Rest)
{
    internal static ParameterArguments None { get; } = new(new Dictionary<string, Value>(), null);
}

/// <summary>The parameters of a deployment: what was supplied, else the default, else unknown; each checked against its declaration.</summary>
internal sealed class ParameterValues(DeploymentEvaluation deployment, ParameterArguments arguments)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _inProgress = [];

    internal Value Get(string name, LazyPlace asked)
    {
        if (_values.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!deployment.Model.Parameters.TryGetValue(name, out var declaration))
        {
            return Errors.At(asked.Value!, $"parameters('{name}')", $"the template has no parameter '{name}'");
        }

        return Determined(declaration, name, asked);
    }

    // The value of a parameter that has none yet, under the name by which it is asked for.
    private Value Determined(ParameterDeclaration declaration, string name, LazyPlace asked)
    {
        if (VariableValues.Among(_inProgress, name) is >= 0 and var first)
        {
            deployment.Run.Report(VariableValues.Cycle(asked.Value!, "parameter", [.. _inProgress[first..], name]));
            return Errors.At(asked.Value!, $"parameters('{name}')", $"the default of the parameter '{name}' refers to itself");
        }

        _inProgress.Add(name);
        var value = Determine(declaration);
        _inProgress.RemoveAt(_inProgress.Count - 1);
        return _values[name] = declaration.IsSecret ? value.AsSecret() : value;
    }

    /// <summary>Evaluates every parameter, so that a wrong value is told even where nothing uses it.</summary>
    internal void CheckAll()
    {
        foreach (var declaration in deployment.Model.Parameters.Values)
        {
            if (!_values.ContainsKey(declaration.Name))
            {
                Determined(declaration, declaration.Name, declaration.Where);
            }
        }
    }

    private Value Determine(ParameterDeclaration declaration)
    {
        arguments.Values.TryGetValue(declaration.Name, out var supplied);
        if (supplied is not null and not NullValue)
        {
            return Checked(declaration, supplied);
        }

        if (supplied is null && arguments.Rest is { } rest)
        {
            return rest with { Expression = $"parameters('{declaration.Name}')", Origin = new Origin(declaration.Place), Alternatives = [] };
        }

        if (declaration.Default is not null && !(supplied is NullValue && declaration.IsNullable))
        {
            return deployment.Evaluator.Evaluate(declaration.Default, Frames.None);
        }

        if (declaration.IsNullable)
        {
            return NullValue.Instance.At(supplied?.Origin ?? new Origin(declaration.Place));
        }

        return new UnknownValue(
            UnknownReason.ParameterNoValue,
            $"parameters('{declaration.Name}')",
            $"parameter '{declaration.Name}' has no value; supply it with --parameters")
        {
            Origin = new Origin(declaration.Place),
            Shape = ShapeOf(declaration.Kind),
            Alternatives = declaration.Kind is ParameterKind.List or ParameterKind.Map ? [] : declaration.Allowed,
        };
    }

    private Value Checked(ParameterDeclaration declaration, Value value)
    {
        if (!HasKind(value, declaration.Kind))
        {
            var place = PlaceOf(declaration, value);
            Refuse(place, $"parameter '{declaration.Name}' must be {Name(declaration.Kind)}", "Correct the value: Azure refuses the deployment.");
            return Errors.At(place, $"parameters('{declaration.Name}')", $"the value supplied for '{declaration.Name}' is not {Name(declaration.Kind)}");
        }

        if (!declaration.Allowed.IsEmpty && !IsAllowed(declaration, value))
        {
            var allowed = string.Join(", ", declaration.Allowed.Take(8).Select(allowed => ValueJson.Write(allowed)));
            Refuse(PlaceOf(declaration, value), $"the value of parameter '{declaration.Name}' is not one of its allowed values", $"Use one of: {allowed}.");
        }

        var measure = value switch
        {
            IntValue number => number.Number,
            StringValue text => text.Text.Length,
            ArrayValue { Rest: null } list => list.Items.Length,
            _ => (long?)null,
        };
        if (measure < declaration.Minimum || measure > declaration.Maximum)
        {
            Refuse(PlaceOf(declaration, value), $"the value of parameter '{declaration.Name}' is outside of its limits ({declaration.Minimum?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"} to {declaration.Maximum?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"})", "Supply a value within the limits.");
        }

        return value;
    }

    private static Place PlaceOf(ParameterDeclaration declaration, Value value) => value.WrittenAt.Value ?? declaration.Place;

    // For an array every item must be allowed, unless the allowed values are arrays themselves.
    private static bool IsAllowed(ParameterDeclaration declaration, Value value)
    {
        if (value is ArrayValue list && !declaration.Allowed.Any(allowed => allowed is ArrayValue))
        {
            return list.Items.All(item => IsAllowed(declaration, item));
        }

        return declaration.Allowed.Any(allowed => ValueEquality.AreEqual(allowed, value) != false);
    }

    private static bool HasKind(Value value, ParameterKind kind) => value is UnknownValue || kind switch
    {
        ParameterKind.Text => value is StringValue or PartialString,
        ParameterKind.Number => value is IntValue,
        ParameterKind.Truth => value is BoolValue,
        ParameterKind.Map => value is ObjectValue,
        ParameterKind.List => value is ArrayValue,
        _ => true,
    };

    private static string Name(ParameterKind kind) => kind switch
    {
        ParameterKind.Text => "a string",
        ParameterKind.Number => "an integer",
        ParameterKind.Truth => "true or false",
        ParameterKind.Map => "an object",
        _ => "an array",
    };

    private static ValueShape ShapeOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Text => ValueShape.Text,
        ParameterKind.Number => ValueShape.Number,
        ParameterKind.Truth => ValueShape.Truth,
        ParameterKind.Map => ValueShape.Map,
        ParameterKind.List => ValueShape.List,
        _ => ValueShape.Any,
    };

    private void Refuse(Place place, string message, string fix) => deployment.Run.Report(new Problem(place, message, fix, IsFatal: true));
}
