using System.Text;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Tests;

/// <summary>Files in memory, by path.</summary>
internal sealed class MemoryFiles(IReadOnlyDictionary<string, string>? files = null) : ISourceFiles
{
    public FileRead Read(string path) => files is not null && files.TryGetValue(Normal(path), out var text)
        ? new FileRead.Found(new SourceText(Normal(path), text))
        : new FileRead.Missing(path);

    public IReadOnlyList<string>? List(string folder)
    {
        var prefix = Normal(folder) + "/";
        var below = files?.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Select(path => path[prefix.Length..]).ToList() ?? [];
        return below.Count == 0 ? null : [.. below.Where(name => !name.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static string Normal(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment != ".")
            {
                kept.Add(segment);
            }
        }

        return string.Join('/', kept);
    }
}

/// <summary>Resolves templates written in tests. Single quotes stand for double quotes, to keep the JSON readable.</summary>
internal static class Resolving
{
    private const string Schema = "'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', 'contentVersion': '1.0.0.0'";

    /// <summary>Resolves sections of a template: everything but schema and version.</summary>
    internal static ResolvedTemplate Sections(string sections, string? parameters = null, IReadOnlyDictionary<string, string>? files = null, DeploymentTarget? target = null) =>
        Text("{" + Json(Schema) + ", " + Json(sections) + "}", parameters, files, target);

    internal static ResolvedTemplate Text(string template, string? parameters = null, IReadOnlyDictionary<string, string>? files = null, DeploymentTarget? target = null)
    {
        var resolver = new TemplateResolver(new MemoryFiles(files));
        TemplateFile[] parameterFiles = parameters is null ? [] : [TemplateFile.Read(new SourceText("main.parameters.json", Json(parameters)))];
        return resolver.Resolve(TemplateFile.Read(new SourceText("main.json", template)), parameterFiles, target ?? new DeploymentTarget());
    }

    /// <summary>The value of one expression, in a template with the given other sections.</summary>
    internal static Value Output(string expression, string sections = "'resources': []", string? parameters = null, DeploymentTarget? target = null) =>
        Sections($"{sections}, 'outputs': {{ 'o': {{ 'type': 'string', 'value': {expression} }} }}", parameters, target: target).Outputs.Members[0].Value;

    /// <summary>Double quotes for backticks and single quotes; inside expressions write ’ for a single quote.</summary>
    internal static string Json(string text) => text.Replace('\'', '"').Replace('’', '\'');

    internal static ResolvedResource Only(this ResolvedTemplate template) => Assert.Single(template.Resources);

    internal static string Show(this Value? value)
    {
        var text = new StringBuilder();
        Write(text, value ?? NullValue.Instance);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Value value)
    {
        switch (value)
        {
            case NullValue:
                text.Append("null");
                break;
            case BoolValue truth:
                text.Append(truth.IsTrue ? "true" : "false");
                break;
            case IntValue number:
                text.Append(number.Number);
                break;
            case FloatValue real:
                text.Append(real.Lexeme);
                break;
            case StringValue plain:
                text.Append(plain.Text);
                break;
            case PartialString partial:
                text.Append('~').Append(partial.Pattern);
                break;
            case ArrayValue list:
                text.Append('[').AppendJoin(", ", list.Items.Select(Show)).Append(list.Rest is null ? "]" : ", …]");
                break;
            case ObjectValue map:
                text.Append('{').AppendJoin(", ", map.Members.Select(member => $"{member.Name}: {member.Value.Show()}")).Append(map.Rest is null ? "}" : ", …}");
                break;
            case UnknownValue unknown:
                text.Append('?').Append(unknown.Reason);
                break;
        }
    }
}
