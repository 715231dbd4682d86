using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>
/// Turns nodes into values for expressions, and back: a step that was handed over as a parameter is again the node it was,
/// with all its places and guards.
/// </summary>
internal sealed class ExpandedValues
{
    private readonly Dictionary<Value, ExpandedNode> _nodes = new(ReferenceEqualityComparer.Instance);

    /// <summary>The value of a node.</summary>
    internal Value ValueOf(ExpandedNode node)
    {
        var value = node switch
        {
            ExpandedScalar { Typed: { } typed } => typed with { },
            ExpandedScalar scalar => scalar.Text.ToValue(),
            ExpandedSequence list => new ArrayValue([.. list.Items.Select(item => ValueOf(item.Node))], Open(list.Items.Select(item => item.Guard), list)) { Origin = new Origin(list.Place) },
            ExpandedMapping map => ObjectValue.From(map.Entries.Select(entry => new Member(entry.Key, ValueOf(entry.Value), entry.KeyPlace)), Open(map.Entries.Select(entry => entry.Guard), map)) with { Origin = new Origin(map.Place) },
            ExpandedUnread unread => new UnknownValue(unread.Reason, unread.What, unread.Detail),
            _ => new NullValue(),
        };
        _nodes[value] = node;
        return value;
    }

    /// <summary>The node of a value that an expression at <paramref name="place"/> gave.</summary>
    internal ExpandedNode NodeOf(Value value, Place place)
    {
        if (_nodes.TryGetValue(value, out var known))
        {
            return known;
        }

        return value switch
        {
            ArrayValue list => new ExpandedSequence([.. list.Items.Select(item => new ExpandedItem(NodeOf(item, place), null))], place),
            ObjectValue map => new ExpandedMapping([.. map.Members.Select(member => new ExpandedEntry(member.Name, member.NamePlace ?? place, NodeOf(member.Value, place), null))], place),
            StringValue or PartialString => new ExpandedScalar(new MappedText.Builder(place).Paste(value, place.Span).Build()),
            NullValue => new ExpandedScalar(MappedText.Of("", place)),
            _ => new ExpandedScalar(new MappedText.Builder(place).Paste(AzureText.ToText(value), place.Span).Build(), value),
        };
    }

    // What is there only under a condition makes the list open.
    private static UnknownValue? Open(IEnumerable<Model.Guard?> guards, ExpandedNode node) => guards.FirstOrDefault(guard => guard is not null) is { } guard
        ? new UnknownValue(UnknownReason.Condition, guard.Condition, $"a part of it depends on the condition '{guard.Condition}'") { Origin = new Origin(node.Place) }
        : null;
}
