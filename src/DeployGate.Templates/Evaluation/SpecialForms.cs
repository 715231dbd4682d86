using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>The functions that do not evaluate all their arguments first, or that ask the template itself.</summary>
internal sealed class SpecialForms(DeploymentEvaluation deployment)
{
    private const int MaxFunctionDepth = 64;

    internal delegate Value Form(SpecialForms forms, CallExpression call, Frames frames);

    private static readonly Dictionary<string, Form> s_forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["if"] = (forms, call, frames) => forms.If(call, frames),
        ["and"] = (forms, call, frames) => forms.Logic(call, frames, decides: false),
        ["or"] = (forms, call, frames) => forms.Logic(call, frames, decides: true),
        ["coalesce"] = (forms, call, frames) => forms.Coalesce(call, frames),
        ["parameters"] = (forms, call, frames) => forms.Parameters(call, frames),
        ["variables"] = (forms, call, frames) => forms.Variables(call, frames),
        ["copyIndex"] = (forms, call, frames) => forms.CopyIndex(call, frames),
        ["lambdaVariables"] = (forms, call, frames) => forms.LambdaVariables(call, frames),
        ["reference"] = (forms, call, frames) => forms.FromTemplate(call, frames, deployment => deployment.References.Reference),
        ["references"] = (forms, call, frames) => forms.FromTemplate(call, frames, deployment => deployment.References.References),
        ["resourceInfo"] = (forms, call, frames) => forms.FromTemplate(call, frames, deployment => deployment.References.ResourceInfo),
        ["listOutputsWithSecureValues"] = (forms, call, frames) => forms.FromTemplate(call, frames, deployment => deployment.References.SecureOutputs),
        ["readEnvironmentVariable"] = (forms, call, frames) => forms.EnvironmentVariable(call, frames),
        ["uri"] = (forms, call, frames) => forms.Uri(call, frames),
    };

    /// <summary>The special form of a name, in any case; null when there is none.</summary>
    internal static Form? Find(string name) => s_forms.GetValueOrDefault(name);

    internal Value Call(CallExpression call, Frames frames)
    {
        var isBuiltIn = call.Namespace is null or "sys" or "az";
        if (!isBuiltIn)
        {
            return CallUserFunction(call, frames);
        }

        var callee = Callee.Of(call.Name);
        if (callee.Form is not null)
        {
            return callee.Form(this, call, frames);
        }

        if (deployment.Host?.Invoke(call.Name) is { } body)
        {
            return Computed(call, body(EvaluateAll(call.Arguments, frames)));
        }

        return HasLambda(call.Arguments) ? CallWithLambdas(call, frames) : Computed(call, deployment.Run.Written(FunctionCatalog.CallFound(callee.Function, call.Name, EvaluateAll(call.Arguments, frames), deployment.Context), call));
    }

    // A variable that the user did not allow is unknown, also where it has a default: the deployment may well see it.
    private Value EnvironmentVariable(CallExpression call, Frames frames)
    {
        if (call.Arguments.IsEmpty || Evaluate(call.Arguments[0], frames) is not StringValue name)
        {
            return WrongCall(call, "the name of a variable");
        }

        return deployment.Run.Environment.TryGetValue(name.Text, out var value)
            ? value is not null ? new StringValue(value).At(new Origin(call.Place))
                : call.Arguments is [_, var otherwise] ? Evaluate(otherwise, frames)
                : Errors.At(call.Place, call.Place.FirstLine, $"the environment variable '{name.Text}' is not set")
            : new UnknownValue(UnknownReason.ExternalInput, $"readEnvironmentVariable('{Errors.Cut(name.Text)}')", $"the environment is read only for names that are allowed: --allow-env {Errors.Cut(name.Text)}") { Origin = new Origin(call.Place), Shape = ValueShape.Text };
    }

    // What a function made is written at its call; what it only passed on (an item, a default) was written where it was.
    private static Value Computed(CallExpression call, Value result) => !result.IsWritten
        ? result with { WrittenAt = call.Where }
        : result.IsSeenThrough(call.Where) ? result : result.Through(call.Where, $"{call.Name}()");

    private ImmutableArray<Value> EvaluateAll(ImmutableArray<Expression> arguments, Frames frames) => deployment.Evaluator.EvaluateAll(arguments, frames);

    private Value Evaluate(Expression expression, Frames frames) => deployment.Evaluator.Evaluate(expression, frames);

    private static UnknownValue WrongCall(CallExpression call, string expected) =>
        Errors.At(call.Place, call.Place.FirstLine, $"{call.Name}() takes {expected}");

    private Value If(CallExpression call, Frames frames)
    {
        if (call.Arguments is not [var condition, var whenTrue, var whenFalse])
        {
            return WrongCall(call, "a condition and two values");
        }

        switch (Evaluate(condition, frames))
        {
            case BoolValue known:
                var chosen = Evaluate(known.IsTrue ? whenTrue : whenFalse, frames);
                return chosen.IsWritten ? chosen : chosen with { WrittenAt = call.Where };
            case UnknownValue unknown:
                return Choices.Of(unknown, [Evaluate(whenTrue, frames), Evaluate(whenFalse, frames)], call.Place);
            default:
                return Errors.At(call.Place, call.Place.FirstLine, "the condition of if() must be true or false");
        }
    }

    private Value Logic(CallExpression call, Frames frames, bool decides)
    {
        UnknownValue? unknown = null;
        foreach (var argument in call.Arguments)
        {
            switch (Evaluate(argument, frames))
            {
                case BoolValue known when known.IsTrue == decides:
                    return new BoolValue(decides) { WrittenAt = call.Where };
                case BoolValue:
                    break;
                case UnknownValue value:
                    unknown ??= value;
                    break;
                default:
                    return Errors.At(call.Place, call.Place.FirstLine, $"{call.Name}() takes only true and false");
            }
        }

        return unknown is null
            ? new BoolValue(!decides) { WrittenAt = call.Where }
            : unknown with { Expression = Errors.Cut(call.Place.FirstLine), Shape = ValueShape.Truth, Alternatives = [], Origin = new Origin(call.Place) };
    }

    private Value Coalesce(CallExpression call, Frames frames)
    {
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var value = Evaluate(call.Arguments[i], frames);
            if (value is UnknownValue unknown)
            {
                var rest = call.Arguments[(i + 1)..].Select(argument => Evaluate(argument, frames)).FirstOrDefault(later => later is not NullValue);
                return unknown.Alternatives.IsEmpty || rest is null
                    ? unknown
                    : Choices.Of(unknown, unknown.Alternatives.Where(one => one is not NullValue).Append(rest), call.Place);
            }

            if (value is not NullValue)
            {
                return value;
            }
        }

        return NullValue.Instance.At(new Origin(call.Place));
    }

    private Value Parameters(CallExpression call, Frames frames)
    {
        if (Argument(call, frames) is not { } name)
        {
            return WrongCall(call, "the name of a parameter");
        }

        if (frames.IsInFunction)
        {
            return LocalFrame.Find(frames.Arguments, name)
                ?? Errors.At(call.Place, call.Place.FirstLine, $"the function has no parameter '{name}'; a function sees only its own");
        }

        return Passed(deployment.Parameters.Get(name, call.Where), call, "parameter", name);
    }

    private Value Variables(CallExpression call, Frames frames)
    {
        if (Argument(call, frames) is not { } name)
        {
            return WrongCall(call, "the name of a variable");
        }

        return frames.IsInFunction
            ? Errors.At(call.Place, call.Place.FirstLine, "a user function cannot see variables")
            : Passed(deployment.Variables.Get(name, call.Where), call, "variable", name);
    }

    private static Value Passed(Value value, CallExpression call, string kind, string name) => ExpressionEvaluator.PassedOn(value, call.Where, kind, name);

    // A text that is written costs as much as its evaluation.
    private string? Argument(CallExpression call, Frames frames) =>
        call.OnlyText is { } text && deployment.Run.TrySpend() ? text.Text
        : call.Arguments is [var only] ? (Evaluate(only, frames) as StringValue)?.Text
        : null;

    private Value CopyIndex(CallExpression call, Frames frames)
    {
        var arguments = EvaluateAll(call.Arguments, frames);
        var name = arguments is [StringValue first, ..] ? first.Text : null;
        var offset = arguments.Length > (name is null ? 0 : 1) ? arguments[^1] : new IntValue(0);
        var loop = frames.Loops;
        while (loop is not null && !(name is null ? loop.IsResourceLoop : string.Equals(loop.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            loop = loop.Outer;
        }

        return (loop?.Index, offset) switch
        {
            (null, _) => Errors.At(call.Place, call.Place.FirstLine, name is null ? "copyIndex() stands outside of a loop" : $"there is no loop '{name}' here"),
            (IntValue index, IntValue by) => new IntValue(unchecked(index.Number + by.Number)) { WrittenAt = call.Where },
            (UnknownValue index, _) => index.At(new Origin(call.Place)),
            _ => WrongCall(call, "the name of a loop and an offset"),
        };
    }

    private Value LambdaVariables(CallExpression call, Frames frames) => Argument(call, frames) is { } name
        ? LocalFrame.Find(frames.Lambdas, name) ?? Errors.At(call.Place, call.Place.FirstLine, $"no lambda here has a variable '{name}'")
        : WrongCall(call, "the name of a lambda's variable");

    private static bool HasLambda(ImmutableArray<Expression> arguments)
    {
        foreach (var argument in arguments)
        {
            if (IsLambda(argument))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLambda(Expression expression) =>
        expression is CallExpression { Namespace: null } call && string.Equals(call.Name, "lambda", StringComparison.OrdinalIgnoreCase);

    private Value CallWithLambdas(CallExpression call, Frames frames)
    {
        var plain = EvaluateAll([.. call.Arguments.Where(argument => !IsLambda(argument))], frames);
        var lambdas = call.Arguments.Where(IsLambda).Cast<CallExpression>().ToList();
        var bodies = new List<LambdaBody>();
        foreach (var lambda in lambdas)
        {
            if (lambda.Arguments.IsEmpty)
            {
                return WrongCall(lambda, "names and a body");
            }

            var names = lambda.Arguments[..^1].Select(argument => (Evaluate(argument, frames) as StringValue)?.Text ?? "").ToArray();
            bodies.Add(arguments => Evaluate(lambda.Arguments[^1], Bind(frames, names, arguments)));
        }

        return Computed(call, LambdaFunctions.Call(call.Name, plain, bodies, [.. lambdas.Select(lambda => lambda.Arguments.Length - 1)]));
    }

    private static Frames Bind(Frames frames, string[] names, ImmutableArray<Value> arguments)
    {
        var locals = frames.Lambdas;
        for (var i = 0; i < names.Length && i < arguments.Length; i++)
        {
            locals = new LocalFrame(names[i], arguments[i], locals);
        }

        return frames with { Lambdas = locals };
    }

    private Value CallUserFunction(CallExpression call, Frames frames)
    {
        var name = $"{call.Namespace}.{call.Name}";
        if (!deployment.Model.Functions.TryGetValue(name, out var function))
        {
            return Errors.At(call.Place, call.Place.FirstLine, $"there is no function '{name}'");
        }

        if (frames.FunctionDepth >= MaxFunctionDepth)
        {
            return Errors.At(call.Place, call.Place.FirstLine, $"'{name}' calls itself without end");
        }

        var arguments = EvaluateAll(call.Arguments, frames);
        if (arguments.Length != function.Parameters.Length)
        {
            return WrongCall(call, $"{function.Parameters.Length} arguments");
        }

        LocalFrame? locals = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            locals = new LocalFrame(function.Parameters[i], arguments[i], locals);
        }

        var inside = new Frames(Arguments: locals, FunctionDepth: frames.FunctionDepth + 1);
        return Passed(Evaluate(function.Body, inside), call, "function", name);
    }

    private Value FromTemplate(CallExpression call, Frames frames, Func<DeploymentEvaluation, Func<ImmutableArray<Value>, Value?>> ask)
    {
        var arguments = EvaluateAll(call.Arguments, frames);
        var known = ask(deployment)(arguments);
        var answer = (known is null ? null : deployment.Run.Paid(known, call)) ?? FunctionCatalog.Call(call.Name, arguments, deployment.Context);
        return answer.IsWritten ? answer : answer with { WrittenAt = call.Where };
    }

    private Value Uri(CallExpression call, Frames frames)
    {
        var arguments = EvaluateAll(call.Arguments, frames);
        return Computed(call, LinkedTemplates.Combine(arguments) ?? FunctionCatalog.Call(call.Name, arguments, deployment.Context));
    }
}
