using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>One deployment: a template with its parameters, in its scope. Everything in it is evaluated once, when asked for.</summary>
internal sealed class DeploymentEvaluation
{
    /// <summary>Azure nests no deeper, and neither does anyone.</summary>
    internal const int MaxNesting = 10;

    private Once<ObjectValue> _outputs;

    internal DeploymentEvaluation(EvaluationRun run, TemplateModel model, ParameterArguments arguments, FunctionContext context, int nesting)
    {
        Run = run;
        Model = model;
        Context = context;
        Nesting = nesting;
        Evaluator = new ExpressionEvaluator(this);
        Parameters = new ParameterValues(this, arguments);
        Variables = new VariableValues(this);
        Resources = new ResourceInstances(this);
        References = new TemplateReferences(this);
    }

    internal EvaluationRun Run { get; }

    internal TemplateModel Model { get; }

    internal FunctionContext Context { get; }

    /// <summary>Answers functions that are not the template language's; null where there is no such host.</summary>
    internal Func<string, HostBody?>? Host { get; init; }

    internal int Nesting { get; }

    /// <summary>The deployment that this one is nested in; null for the outermost.</summary>
    internal DeploymentEvaluation? Outer { get; init; }

    internal ExpressionEvaluator Evaluator { get; }

    internal ParameterValues Parameters { get; }

    internal VariableValues Variables { get; }

    internal ResourceInstances Resources { get; }

    internal TemplateReferences References { get; }

    /// <summary>The outputs: each its value, those with a false condition left out.</summary>
    internal ObjectValue Outputs => _outputs.Get(
        this, static one => one.EvaluateOutputs(), static one => new ObjectValue([], Errors.At(one.Model.Place, "outputs", "the outputs refer to themselves")));

    private ObjectValue EvaluateOutputs()
    {
        var members = new List<Member>();
        foreach (var output in Model.Outputs)
        {
            if (output.Condition is not null && Evaluator.Evaluate(output.Condition, Frames.None) is BoolValue { IsTrue: false })
            {
                continue;
            }

            var expression = output.Loop is null ? output.Value : new LoopExpression(output.Where, output.Loop, output.Value);
            var value = Evaluator.Evaluate(expression, Frames.None);
            members.Add(new Member(output.Name, output.IsSecret ? value.AsSecret() : value, output.Where));
        }

        return ObjectValue.From(members);
    }
}
