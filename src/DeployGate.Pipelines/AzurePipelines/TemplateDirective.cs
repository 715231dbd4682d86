using DeployGate.Core.Text;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>What a key of the form <c>${{ … }}</c> asks for.</summary>
internal abstract record TemplateDirective
{
    private TemplateDirective()
    {
    }

    internal sealed record If(string Condition, bool IsElse) : TemplateDirective;

    internal sealed record Else : TemplateDirective;

    internal sealed record Each(string Name, string List) : TemplateDirective;

    internal sealed record Insert : TemplateDirective;

    /// <summary>The directive of a key; null for all other keys.</summary>
    internal static TemplateDirective? Of(YamlScalar key)
    {
        if (ExpressionSpans.Whole(key.Value)?.Trim() is not { } text)
        {
            return null;
        }

        var word = text.Split([' ', '(', '\t', '\n'], 2)[0];
        return word switch
        {
            "if" => new If(text[2..].Trim(), false),
            "elseif" => new If(text[6..].Trim(), true),
            "else" when text == "else" => new Else(),
            "insert" when text == "insert" => new Insert(),
            "each" => Loop(text[4..]),
            _ => null,
        };
    }

    private static Each? Loop(string text)
    {
        var at = text.IndexOf(" in ", StringComparison.Ordinal);
        return at < 0 ? null : new Each(text[..at].Trim(), text[(at + 4)..].Trim());
    }
}

/// <summary>Follows a chain of <c>if</c>, <c>elseif</c> and <c>else</c>: which of them are taken, and under which guard.</summary>
internal sealed class ConditionChain
{
    private readonly List<Guard> _open = [];
    private bool _isDecided = true;

    /// <summary>Whether a branch is taken; its guard when that is not known.</summary>
    internal (bool IsTaken, Guard? Guard) Take(TemplateDirective directive, Place place, TemplateScope scope)
    {
        if (directive is TemplateDirective.If { IsElse: false })
        {
            _open.Clear();
            _isDecided = false;
        }

        if (_isDecided)
        {
            return (false, null);
        }

        Guard? outer = null;
        foreach (var before in _open)
        {
            outer = Guard.Both(outer, new Guard($"not ({before.Condition})", before.Place, before.Value));
        }

        if (directive is not TemplateDirective.If condition)
        {
            _isDecided = true;
            return (true, outer);
        }

        var value = scope.Evaluate(condition.Condition);
        switch (AzureEvaluator.IsTrue(value))
        {
            case true:
                _isDecided = true;
                return (true, outer);
            case false:
                return (false, null);
            default:
                var guard = new Guard(condition.Condition, place, value);
                _open.Add(guard);
                return (true, Guard.Both(outer, guard));
        }
    }
}
