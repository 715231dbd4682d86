using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>Replaces template expressions, in values, keys and lists, and includes templates as it goes.</summary>
internal sealed class TemplateExpander
{
    private const int MostNodes = 200_000;
    private const long MostText = 20L * 1024 * 1024;

    private readonly Expansion _expansion;
    private readonly TemplateFiles _templates;
    private readonly ExpandedValues _values = new();
    private long _text;
    private int _nodes;

    internal TemplateExpander(Expansion expansion)
    {
        _expansion = expansion;
        _templates = new TemplateFiles(expansion, this, _values);
    }

    /// <summary>The root of a pipeline or of a template, without its parameters.</summary>
    internal ExpandedMapping ExpandRoot(YamlMapping root, TemplateScope scope) => ExpandMapping(root, scope, "parameters");

    /// <summary>The scope of a pipeline that no other includes.</summary>
    internal TemplateScope RootScope(SourceText source, YamlMapping root)
    {
        _templates.Know(root);
        return _templates.Bind(root["parameters"], null, root.Place, new TemplateScope { Source = source }, isRoot: true);
    }

    /// <summary>The root of the template that a pipeline extends.</summary>
    internal ExpandedMapping Extend(ExpandedMapping extends, TemplateScope scope) => _templates.Extend(extends, scope);

    internal ExpandedNode Expand(YamlNode node, TemplateScope scope)
    {
        if (!Take(node))
        {
            return new ExpandedSequence([], node.Place);
        }

        return node switch
        {
            YamlScalar scalar => ExpandScalar(scalar, scope),
            YamlSequence list => ExpandSequence(list, scope),
            YamlMapping map => ExpandMapping(map, scope),
            _ => new ExpandedSequence([], node.Place),
        };
    }

    // Bounds what is built: nodes, text, and the depth of templates in templates.
    private bool Take(YamlNode node)
    {
        _text += node is YamlScalar scalar ? scalar.Value.Length : 0;
        if (++_nodes <= MostNodes && _text <= MostText && System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        _expansion.ReportLimit(node.Place, $"template expansion stopped at {MostNodes} nodes or {MostText} characters");
        return false;
    }

    private ExpandedNode ExpandScalar(YamlScalar scalar, TemplateScope scope)
    {
        if (!scalar.Value.Contains("${{", StringComparison.Ordinal))
        {
            return new ExpandedScalar(scalar.Text);
        }

        if (ExpressionSpans.Whole(scalar.Value) is { } whole)
        {
            return _values.NodeOf(scope.Evaluate(whole), scalar.Place);
        }

        var (text, at) = (scalar.Text, 0);
        var builder = new MappedText.Builder(scalar.Place);
        while (ExpressionSpans.Find(text.Content, at) is { } found)
        {
            builder.Add(text, at, found.Start);
            var value = AzureText.ToText(scope.Evaluate(found.Inner));
            builder.Paste(value, text.PlaceOf(found.Start, found.End).Span);
            _text += (value as StringValue)?.Text.Length ?? 0;
            at = found.End;
        }

        return new ExpandedScalar(builder.Add(text, at, text.Content.Length).Build());
    }

    private ExpandedMapping ExpandMapping(YamlMapping map, TemplateScope scope, string? without = null)
    {
        // Variables that stand beside are in sight of everything else, wherever they are written.
        ExpandedNode? variables = null;
        if (map.Entry("variables") is { Value: YamlMapping or YamlSequence } declared)
        {
            variables = ExpandVariables(declared, ref scope);
        }

        var entries = ImmutableArray.CreateBuilder<ExpandedEntry>();
        var chain = new ConditionChain();
        foreach (var entry in map.Entries)
        {
            if (entry.Key.Value == without)
            {
                continue;
            }

            if (TemplateDirective.Of(entry.Key) is { } directive)
            {
                foreach (var (node, guard) in Follow(directive, entry, chain, scope))
                {
                    Merge(entries, node, guard);
                }

                continue;
            }

            var key = Key(entry.Key, scope);
            var value = key == "variables" && variables is not null ? variables : Child(key, entry.Value, scope);
            entries.Add(new ExpandedEntry(key, entry.Key.Place, value, null));
        }

        return new ExpandedMapping(entries.ToImmutable(), map.Place);
    }

    private ExpandedNode Child(string key, YamlNode value, TemplateScope scope)
    {
        var node = Expand(value, scope);
        return TemplateFiles.IsKind(key) && node is ExpandedSequence list ? _templates.Include(key, list, scope) : node;
    }

    // Each variable sees those before it.
    private ExpandedNode ExpandVariables(YamlEntry declared, ref TemplateScope scope)
    {
        if (declared.Value is YamlMapping map)
        {
            var entries = ImmutableArray.CreateBuilder<ExpandedEntry>();
            foreach (var entry in map.Entries)
            {
                var part = ExpandMapping(new YamlMapping([entry], entry.Key.Place), scope);
                entries.AddRange(part.Entries);
                scope = TemplateVariables.Extend(scope, part);
            }

            // A chain of conditions needs its entries together.
            var whole = map.Entries.Any(entry => TemplateDirective.Of(entry.Key) is TemplateDirective.Else or TemplateDirective.If { IsElse: true }) ? ExpandMapping(map, scope) : new ExpandedMapping(entries.ToImmutable(), map.Place);
            scope = TemplateVariables.Extend(scope, whole);
            return whole;
        }

        var items = ImmutableArray.CreateBuilder<ExpandedItem>();
        var chain = new ConditionChain();
        foreach (var item in ((YamlSequence)declared.Value).Items)
        {
            var part = new ExpandedSequence([.. Items(item, chain, scope)], item.Place);
            part = _templates.Include("variables", part, scope);
            items.AddRange(part.Items);
            scope = TemplateVariables.Extend(scope, part);
        }

        return new ExpandedSequence(items.ToImmutable(), declared.Value.Place);
    }

    private ExpandedSequence ExpandSequence(YamlSequence list, TemplateScope scope)
    {
        var items = ImmutableArray.CreateBuilder<ExpandedItem>();
        var chain = new ConditionChain();
        foreach (var item in list.Items)
        {
            items.AddRange(Items(item, chain, scope));
        }

        return new ExpandedSequence(items.ToImmutable(), list.Place);
    }

    // An item that is an expression, or a directive over a list, is replaced by the items it gives.
    private IEnumerable<ExpandedItem> Items(YamlNode item, ConditionChain chain, TemplateScope scope)
    {
        if (item is YamlMapping { Entries.Length: > 0 } map && map.Entries.All(entry => TemplateDirective.Of(entry.Key) is not null))
        {
            foreach (var entry in map.Entries)
            {
                foreach (var (node, guard) in Follow(TemplateDirective.Of(entry.Key)!, entry, chain, scope))
                {
                    foreach (var spliced in Splice(node, guard))
                    {
                        yield return spliced;
                    }
                }
            }
        }
        else if (item is YamlScalar scalar && ExpressionSpans.Whole(scalar.Value) is not null)
        {
            foreach (var spliced in Splice(Expand(item, scope), null))
            {
                yield return spliced;
            }
        }
        else
        {
            yield return new ExpandedItem(Expand(item, scope), null);
        }
    }

    private static IEnumerable<ExpandedItem> Splice(ExpandedNode node, Guard? guard) => node switch
    {
        ExpandedSequence list when guard is null => list.Items,
        ExpandedSequence list => list.Items.Select(item => item with { Guard = Guard.Both(guard, item.Guard) }),
        ExpandedScalar { IsEmpty: true } or ExpandedMapping { Entries.Length: 0 } => [],
        _ => [new ExpandedItem(node, guard)],
    };

    private IEnumerable<(ExpandedNode Node, Guard? Guard)> Follow(TemplateDirective directive, YamlEntry entry, ConditionChain chain, TemplateScope scope)
    {
        switch (directive)
        {
            case TemplateDirective.If or TemplateDirective.Else:
                var (isTaken, guard) = chain.Take(directive, entry.Key.Place, scope);
                return isTaken ? [(Expand(entry.Value, scope), guard)] : [];
            case TemplateDirective.Each loop:
                return Loop(loop, entry, scope);
            default:
                return [(Expand(entry.Value, scope), null)];
        }
    }

    private IEnumerable<(ExpandedNode Node, Guard? Guard)> Loop(TemplateDirective.Each loop, YamlEntry entry, TemplateScope scope)
    {
        var list = scope.Evaluate(loop.List);
        IEnumerable<Value> items = list switch
        {
            ArrayValue array => array.Items,
            ObjectValue map => map.Members.Select(member => ObjectValue.From([new Member("key", new StringValue(member.Name)), new Member("value", member.Value)])),
            UnknownValue or PartialString => [Unknowns.From(list, loop.Name)],
            _ => [],
        };
        var guard = list is UnknownValue or PartialString ? new Guard($"each {loop.Name} in {loop.List}", entry.Key.Place, list) : null;
        foreach (var item in items)
        {
            if (_nodes > MostNodes)
            {
                yield break;
            }

            yield return (Expand(entry.Value, scope with { Locals = scope.Locals.SetItem(loop.Name, item) }), guard);
        }
    }

    private static void Merge(ImmutableArray<ExpandedEntry>.Builder entries, ExpandedNode node, Guard? guard)
    {
        if (node is ExpandedMapping map)
        {
            entries.AddRange(guard is null ? map.Entries : map.Entries.Select(entry => entry with { Guard = Guard.Both(guard, entry.Guard) }));
        }
    }

    private static string Key(YamlScalar key, TemplateScope scope)
    {
        if (!key.Value.Contains("${{", StringComparison.Ordinal))
        {
            return key.Value;
        }

        var (builder, at) = (new System.Text.StringBuilder(), 0);
        while (ExpressionSpans.Find(key.Value, at) is { } found)
        {
            builder.Append(key.Value, at, found.Start - at).Append((AzureText.ToText(scope.Evaluate(found.Inner)) as StringValue)?.Text ?? found.Inner);
            at = found.End;
        }

        return builder.Append(key.Value, at, key.Value.Length - at).ToString();
    }
}
