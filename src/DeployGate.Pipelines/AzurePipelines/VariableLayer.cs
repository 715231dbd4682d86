using System.Collections.Immutable;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>A variable as it is declared; its text may hold macros and a run-time expression.</summary>
internal sealed record DeclaredVariable(string Name, ExpandedScalar Value, Guard? Guard);

/// <summary>The variables of the pipeline, a stage, a job or a matrix row.</summary>
internal sealed record VariableLayer(ImmutableArray<DeclaredVariable> Variables, ImmutableArray<string> Groups, ExpandedUnread? Unread)
{
    internal static VariableLayer Empty { get; } = new([], [], null);

    /// <summary>Reads a <c>variables</c> node in any of its forms.</summary>
    internal static VariableLayer Of(ExpandedMapping owner)
    {
        var variables = ImmutableArray.CreateBuilder<DeclaredVariable>();
        var groups = ImmutableArray.CreateBuilder<string>();
        ExpandedUnread? unread = null;
        foreach (var item in owner.Items("variables"))
        {
            switch (item.Node)
            {
                case ExpandedMapping map when map.Entry("group") is not null:
                    groups.Add(map.KnownText("group") ?? "?");
                    break;
                case ExpandedMapping map when map.KnownText("name") is { } name && map.Entry("value") is not null:
                    if (map.Scalar("value") is { } value)
                    {
                        variables.Add(new DeclaredVariable(name, value, item.Guard));
                    }

                    break;
                case ExpandedMapping map:
                    variables.AddRange(Of(map, item.Guard));
                    break;
                case ExpandedUnread template:
                    unread = template;
                    break;
            }
        }

        return new VariableLayer(variables.ToImmutable(), groups.ToImmutable(), unread);
    }

    /// <summary>The variables of a mapping of names to values.</summary>
    internal static IEnumerable<DeclaredVariable> Of(ExpandedMapping map, Guard? guard) => map.Entries
        .Where(entry => entry.Value is ExpandedScalar)
        .Select(entry => new DeclaredVariable(entry.Key, (ExpandedScalar)entry.Value, Guard.Both(guard, entry.Guard)));
}
