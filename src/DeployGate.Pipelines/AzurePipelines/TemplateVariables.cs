using DeployGate.Core.Values;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>The variables that template expressions see.</summary>
internal static class TemplateVariables
{
    /// <summary>The scope with the variables of a <c>variables</c> node.</summary>
    internal static TemplateScope Extend(TemplateScope scope, ExpandedNode node)
    {
        switch (node)
        {
            case ExpandedMapping map:
                foreach (var entry in map.Entries)
                {
                    scope = Set(scope, entry.Key, entry.Value, entry.Guard is not null);
                }

                break;
            case ExpandedSequence list:
                foreach (var item in list.Items)
                {
                    scope = item.Node switch
                    {
                        ExpandedMapping variable when variable.KnownText("name") is { } name && variable["value"] is { } value => Set(scope, name, value, item.Guard is not null),
                        ExpandedUnread unread => scope with { UnreadVariables = new UnknownValue(unread.Reason, unread.What, unread.Detail) },
                        _ => scope,
                    };
                }

                break;
        }

        return scope;
    }

    private static TemplateScope Set(TemplateScope scope, string name, ExpandedNode node, bool isGuarded)
    {
        if (node is not ExpandedScalar scalar)
        {
            return scope;
        }

        // What a run-time expression gives is not known yet; macros stay as they are written.
        Value value = scalar.Text.Content.TrimStart().StartsWith("$[", StringComparison.Ordinal)
            ? new UnknownValue(UnknownReason.RuntimeOutput, $"variables.{name}", "computed at run time")
            : AzureText.ToText(scalar.Typed ?? scalar.Text.ToValue());
        if (isGuarded)
        {
            var cause = new UnknownValue(UnknownReason.Condition, $"variables.{name}", "it depends on a condition");
            value = Expressions.Unknowns.OneOf(cause, [scope.Variables.GetValueOrDefault(name, NullValue.Instance), value]);
        }

        return scope with { Variables = scope.Variables.SetItem(name, value) };
    }
}
