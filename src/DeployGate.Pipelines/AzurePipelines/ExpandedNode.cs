using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>A node after template expressions were replaced and templates included; what depends on an unknown condition has a guard.</summary>
internal abstract record ExpandedNode(Place Place);

/// <summary>Text; <paramref name="Typed"/> is the value of an expression that gives something else than text.</summary>
internal sealed record ExpandedScalar(MappedText Text, Value? Typed = null) : ExpandedNode(Text.Place)
{
    internal bool IsEmpty => Text.Content.Length == 0 && Typed is null;
}

/// <summary>A mapping; a key may stand more than once, each time with another guard.</summary>
internal sealed record ExpandedMapping(ImmutableArray<ExpandedEntry> Entries, Place Place) : ExpandedNode(Place)
{
    /// <summary>The value of a key; of several, the first.</summary>
    internal ExpandedNode? this[string key] => Entry(key)?.Value;

    internal ExpandedEntry? Entry(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The scalar of a key; where guards leave several, one hole with each as a possibility.</summary>
    internal ExpandedScalar? Scalar(string key)
    {
        ExpandedEntry? only = null;
        List<ExpandedEntry>? found = null;
        foreach (var entry in Entries)
        {
            if (entry.Key != key || entry.Value is not ExpandedScalar)
            {
                continue;
            }

            // What is certain stands for all before it.
            if (only is null || entry.Guard is null)
            {
                (only, found) = (entry, null);
            }
            else
            {
                (found ??= [only]).Add(entry);
            }
        }

        return found is not null ? Choice(key, found) : (ExpandedScalar?)only?.Value;
    }

    /// <summary>The known text of a key's scalar; null when there is none.</summary>
    internal string? KnownText(string key) => Scalar(key) is { Text: { IsKnown: true } text } ? text.Content.Trim() : null;

    /// <summary>The items of a key's sequence, those of all guards together.</summary>
    internal ImmutableArray<ExpandedItem> Items(string key)
    {
        var items = ImmutableArray.CreateBuilder<ExpandedItem>();
        foreach (var entry in Entries)
        {
            if (entry.Key != key)
            {
                continue;
            }

            items.AddRange(entry.Value switch
            {
                ExpandedSequence list when entry.Guard is null => list.Items,
                ExpandedSequence list => list.Items.Select(item => item with { Guard = Guard.Both(entry.Guard, item.Guard) }),
                ExpandedScalar { IsEmpty: true } => [],
                var other => [new ExpandedItem(other, entry.Guard)],
            });
        }

        return items.ToImmutable();
    }

    private static ExpandedScalar Choice(string key, List<ExpandedEntry> found)
    {
        var guard = found[^1].Guard!;
        var cause = guard.Value as UnknownValue ?? new UnknownValue(UnknownReason.Condition, guard.Condition, "it depends on a condition");
        var value = Unknowns.OneOf(
            cause with { Expression = key, Detail = $"it depends on the condition '{guard.Condition}'", Alternatives = [] },
            found.Select(entry => AzureText.ToText(((ExpandedScalar)entry.Value).Text.ToValue())));
        var place = found[^1].Value.Place;
        return new ExpandedScalar(new MappedText.Builder(place).Paste(value, place.Span).Build());
    }
}

/// <summary>A key and its value.</summary>
internal sealed record ExpandedEntry(string Key, Place KeyPlace, ExpandedNode Value, Guard? Guard);

/// <summary>A sequence.</summary>
internal sealed record ExpandedSequence(ImmutableArray<ExpandedItem> Items, Place Place) : ExpandedNode(Place);

/// <summary>An item of a sequence.</summary>
internal sealed record ExpandedItem(ExpandedNode Node, Guard? Guard);

/// <summary>A template that was not read, and why.</summary>
internal sealed record ExpandedUnread(UnknownReason Reason, string What, string Detail, Place Place) : ExpandedNode(Place);
