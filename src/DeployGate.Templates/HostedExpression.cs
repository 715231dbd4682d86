using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Arm;
using DeployGate.Templates.Evaluation;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Model;

namespace DeployGate.Templates;

/// <summary>A function that the host of an expression supplies.</summary>
/// <param name="Name">Its name; expressions write it in any case.</param>
/// <param name="MinArguments">How many arguments it needs.</param>
/// <param name="MaxArguments">How many it takes.</param>
public sealed record HostFunction(string Name, int MinArguments, int MaxArguments);

/// <summary>Computes a call of a host's function.</summary>
public delegate Value HostBody(ImmutableArray<Value> arguments);

/// <summary>A call of a host's function as it is written; the argument is null where it is not one literal text.</summary>
public sealed record HostCall(string Name, string? Argument, Place Place);

/// <summary>
/// An expression of the template language that stands outside of templates: no parameters, no variables, no deployment. What
/// its answer depends on is in its arguments, and in the functions that its host supplies.
/// </summary>
public sealed class HostedExpression
{
    // A policy is asked for every resource: what one answer may cost is far below what a whole template may.
    private const long MostSteps = 100_000;

    private static readonly string[] s_forms = ["if", "and", "or", "coalesce", "lambda", "lambdaVariables"];

    private readonly Expression _expression;
    private readonly TemplateModel _model;

    private HostedExpression(Expression expression, ImmutableArray<Problem> problems, ImmutableArray<HostCall> calls)
    {
        (_expression, Problems, Calls) = (expression, problems, calls);
        _model = ArmTemplateReader.Read(ObjectValue.Empty with { Origin = new Origin(expression.Place) }, expression.Place, []);
    }

    /// <summary>What is wrong: syntax, a function that does not exist, or one that only a deployment can answer.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>The calls of the host's functions.</summary>
    public ImmutableArray<HostCall> Calls { get; }

    /// <summary>True when a text is an expression: it stands in single square brackets.</summary>
    public static bool IsExpression(string text) => ArmExpressionParser.IsExpression(text);

    /// <summary>Reads a text for which <see cref="IsExpression"/> holds. Never fails; what is wrong stands in <see cref="Problems"/>.</summary>
    /// <param name="place">Where the text stands.</param>
    /// <param name="text">The text with its brackets.</param>
    /// <param name="host">The functions that the host supplies.</param>
    public static HostedExpression Read(Place place, string text, ImmutableArray<HostFunction> host)
    {
        var expression = ArmExpressionParser.Parse(place, text);
        var check = new Check(host);
        check.Visit(expression);
        return new HostedExpression(expression, [.. check.Problems], [.. check.Calls]);
    }

    /// <summary>The value; unknown where <paramref name="call"/> or an argument says so.</summary>
    /// <param name="call">Finds a function of the host by its name, in any case; null for names that are not the host's.</param>
    public Value Evaluate(Func<string, HostBody?> call)
    {
        var run = new EvaluationRun(NoFiles.Instance) { StepsLeft = MostSteps };
        var context = new FunctionContext { Scope = DeploymentScope.Unknown(ScopeKind.ResourceGroup) };
        return new DeploymentEvaluation(run, _model, ParameterArguments.None, context, nesting: 0) { Host = call }.Evaluator.Evaluate(_expression, Frames.None);
    }

    /// <summary>The functions that an expression outside of a template may call, those of <paramref name="host"/> first.</summary>
    private static IEnumerable<string> Names(ImmutableArray<HostFunction> host) =>
        [.. host.Select(function => function.Name), .. s_forms, .. LambdaFunctions.Names, .. FunctionCatalog.Names.Where(name => FunctionCatalog.Find(name)!.Class == FunctionClass.Pure)];

    private sealed class NoFiles : ISourceFiles
    {
        internal static NoFiles Instance { get; } = new();

        public FileRead Read(string path) => new FileRead.Missing(path);
    }

    private sealed class Check(ImmutableArray<HostFunction> host)
    {
        internal List<Problem> Problems { get; } = [];

        internal List<HostCall> Calls { get; } = [];

        internal void Visit(Expression expression)
        {
            switch (expression)
            {
                case BrokenExpression broken:
                    Problems.Add(new Problem(broken.Place, $"not a valid expression: {broken.Message}", "Correct the expression; a literal text that begins with '[' is written '[['.", IsFatal: true));
                    break;
                case CallExpression call:
                    VisitCall(call);
                    break;
                case MemberExpression member:
                    Visit(member.Target);
                    break;
                case IndexExpression index:
                    Visit(index.Target);
                    Visit(index.Key);
                    break;
            }
        }

        private void VisitCall(CallExpression call)
        {
            foreach (var argument in call.Arguments)
            {
                Visit(argument);
            }

            var isOwn = call.Namespace is null or "sys" or "az";
            if (host.FirstOrDefault(one => isOwn && Same(one.Name, call.Name)) is { } function)
            {
                var isCountRight = call.Arguments.Length >= function.MinArguments && call.Arguments.Length <= function.MaxArguments;
                if (!isCountRight)
                {
                    Problems.Add(new Problem(call.Place, $"{function.Name}() takes {function.MinArguments}{(function.MinArguments == function.MaxArguments ? "" : $" to {function.MaxArguments}")} argument(s), not {call.Arguments.Length}", "Correct the call.", IsFatal: true));
                }

                Calls.Add(new HostCall(function.Name, call.Arguments is [LiteralExpression { Value: StringValue text }] ? text.Text : null, call.Place));
                return;
            }

            if (isOwn && Names(host).Contains(call.Name, StringComparer.OrdinalIgnoreCase))
            {
                return;
            }

            var isTemplates = isOwn && (FunctionCatalog.Find(call.Name) is not null || Same(call.Name, "parameters") || Same(call.Name, "variables") || Same(call.Name, "copyIndex"));
            var name = call.Namespace is null ? call.Name : $"{call.Namespace}.{call.Name}";
            Problems.Add(isTemplates
                ? new Problem(call.Place, $"{name}() asks the template or the deployment, and stands outside of both", "Take the value from a field: field('…').", IsFatal: true)
                : new Problem(call.Place, $"there is no function '{name}'", Nearest(call.Name) is { } nearest ? $"Did you mean '{nearest}'?" : "Use a function of the template language.", IsFatal: true));
        }

        private string? Nearest(string name) => Suggestions.Nearest(name, Names(host));

        private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }
}
