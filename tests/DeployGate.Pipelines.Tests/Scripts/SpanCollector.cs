using System.Collections;
using System.Reflection;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Tests.Scripts;

/// <summary>Every span in a tree, found by walking the properties of its records; no node can be forgotten.</summary>
internal static class SpanCollector
{
    private static readonly Dictionary<Type, PropertyInfo[]> s_properties = [];

    internal static IEnumerable<TextSpan> SpansOf(object root) => NodesOf(root).OfType<TextSpan>();

    internal static IEnumerable<object> NodesOf(object root)
    {
        var open = new Stack<object>([root]);
        while (open.TryPop(out var node))
        {
            yield return node;
            if (node is not (string or ScriptText or TextSpan) && !node.GetType().IsPrimitive && !node.GetType().IsEnum)
            {
                Push(open, node);
            }
        }
    }

    private static void Push(Stack<object> open, object node)
    {
        var values = node is IEnumerable items ? items.Cast<object?>() : PropertiesOf(node.GetType()).Select(p => p.GetValue(node));
        foreach (var value in values)
        {
            if (value is not null)
            {
                open.Push(value);
            }
        }
    }

    private static PropertyInfo[] PropertiesOf(Type type)
    {
        lock (s_properties)
        {
            if (!s_properties.TryGetValue(type, out var properties))
            {
                const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                properties = [.. type.GetProperties(Instance).Where(p => p.GetIndexParameters().Length == 0 && p.Name is not ("EqualityContract" or "Literal"))];
                s_properties[type] = properties;
            }

            return properties;
        }
    }
}
