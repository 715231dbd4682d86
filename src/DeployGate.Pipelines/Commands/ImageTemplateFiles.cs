using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.Commands;

/// <summary>Image templates in files: the JSON of the resource, as <c>az image builder create --image-template</c> takes it.</summary>
internal static class ImageTemplateFiles
{
    /// <summary>The resource's body; null when the file is not there, or is no image template.</summary>
    internal static ObjectValue? Read(AzureContext azure, PathState path, Value file)
    {
        if (CommandScope.IsAddress(file) || azure.Read(path, file) is not { Text: StringValue { Text: var text } } found)
        {
            return null;
        }

        // JSON is YAML, apart from tabs between its tokens.
        var source = found.File ?? new SourceText(Values.Pattern(file) ?? "template.json", text);
        source = source.Content.Contains('\t', StringComparison.Ordinal) ? new SourceText(source.Path, source.Content.Replace('\t', ' ')) : source;
        return YamlDocument.Read(source).Root is YamlMapping root
            && YamlValues.Of(root, Scalar) is ObjectValue body
            && body.Get("properties") is ObjectValue properties
            && (properties.Get("distribute") ?? properties.Get("source")) is not null
            ? body
            : null;
    }

    // "<subscriptionId>" is for people, or for a program that puts a value there.
    private static Value Scalar(YamlScalar scalar)
    {
        var value = YamlValues.Typed(scalar);
        if (value is not StringValue { Text: var text })
        {
            return value;
        }

        var open = text.IndexOf('<', StringComparison.Ordinal);

        List<Value> parts = [];
        var start = 0;
        while (open >= 0 && text.IndexOf('>', open) is var close and > 0)
        {
            parts.Add(Values.Text(text[start..open]));
            parts.Add(new UnknownValue(UnknownReason.ExternalInput, text[(open + 1)..close], "it is a placeholder in the file") { Shape = ValueShape.IdSegment });
            start = close + 1;
            open = text.IndexOf('<', start);
        }

        parts.Add(Values.Text(text[start..]));
        return parts.Count == 1 ? value : Values.Concat(parts, scalar.Place);
    }
}
