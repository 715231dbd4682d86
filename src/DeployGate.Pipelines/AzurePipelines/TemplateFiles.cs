using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>Includes templates: finds their files, binds their parameters, and keeps the bounds of the service.</summary>
internal sealed class TemplateFiles(Expansion expansion, TemplateExpander expander, ExpandedValues values)
{
    private const int MostFiles = 100;
    private const int Deepest = 100;

    private static readonly string[] s_kinds = ["stages", "jobs", "steps", "variables"];

    private readonly Dictionary<string, YamlMapping?> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _repositories = new(StringComparer.OrdinalIgnoreCase);

    internal static bool IsKind(string key) => s_kinds.Contains(key);

    /// <summary>A list with each template in it replaced by what it holds.</summary>
    internal ExpandedSequence Include(string kind, ExpandedSequence list, TemplateScope scope)
    {
        if (!list.Items.Any(item => item.Node is ExpandedMapping map && map.Entry("template") is not null))
        {
            return list;
        }

        var items = ImmutableArray.CreateBuilder<ExpandedItem>();
        foreach (var item in list.Items)
        {
            if (item.Node is ExpandedMapping map && map["template"] is { } path)
            {
                items.AddRange(Load(kind, map, path, scope).Select(included => included with { Guard = Guard.Both(item.Guard, included.Guard) }));
            }
            else
            {
                items.Add(item);
            }
        }

        return list with { Items = items.ToImmutable() };
    }

    /// <summary>The root of the template that a pipeline extends; an empty one, with a step that says so, when it is not read.</summary>
    internal ExpandedMapping Extend(ExpandedMapping extends, TemplateScope scope)
    {
        if (extends["template"] is not { } path)
        {
            return extends with { Entries = [] };
        }

        var (root, unread) = Open(extends, path, scope);
        if (unread is not null)
        {
            return new ExpandedMapping([new ExpandedEntry("steps", path.Place, new ExpandedSequence([new ExpandedItem(unread, null)], path.Place), null)], path.Place);
        }

        return root!["extends"] is ExpandedMapping further
            ? root with { Entries = [.. root.Entries.Where(entry => entry.Key != "extends"), .. Extend(further, scope).Entries] }
            : root;
    }

    /// <summary>The scope of a template: its parameters, and the variables of the caller.</summary>
    internal TemplateScope Bind(YamlNode? declared, ExpandedMapping? given, Place call, TemplateScope scope, bool isRoot)
    {
        var parameters = TemplateScope.None.ToBuilder();
        foreach (var (name, place, type, fallback, options) in Declarations(declared))
        {
            if (given?[name] is { } node)
            {
                parameters[name] = Converted(values.ValueOf(node), type);
            }
            else if (fallback is not null)
            {
                parameters[name] = Converted(values.ValueOf(expander.Expand(fallback, scope with { Parameters = TemplateScope.None })), type);
            }
            else
            {
                if (!isRoot)
                {
                    expansion.Report(call, $"the parameter '{name}' of the template has no default and is not given", $"Give '{name}' under 'parameters'.");
                }

                parameters[name] = Missing(name, place, type, options);
            }
        }

        return scope with { Parameters = parameters.ToImmutable(), Locals = TemplateScope.None };
    }

    private IEnumerable<ExpandedItem> Load(string kind, ExpandedMapping call, ExpandedNode path, TemplateScope scope)
    {
        var (root, unread) = Open(call, path, scope);
        if (unread is not null)
        {
            return [new ExpandedItem(unread, null)];
        }

        // Variables may be written as a mapping; the caller's are a list.
        var items = root!.Items(kind).SelectMany(item => kind == "variables" && item.Node is ExpandedMapping map && map.Entry("name") is null && map.Entry("group") is null
            ? map.Entries.Select(entry => Variable(entry, item.Guard))
            : [item]).ToList();
        if (items.Count == 0 && root.Entry(kind) is null)
        {
            expansion.Report(path.Place, $"the template has no '{kind}'", $"Include a template of {kind} here.");
        }

        return items;
    }

    private static ExpandedItem Variable(ExpandedEntry entry, Guard? guard)
    {
        var name = new ExpandedEntry("name", entry.KeyPlace, new ExpandedScalar(Scripts.MappedText.Of(entry.Key, entry.KeyPlace)), null);
        return new ExpandedItem(new ExpandedMapping([name, new ExpandedEntry("value", entry.KeyPlace, entry.Value, null)], entry.KeyPlace), Guard.Both(guard, entry.Guard));
    }

    private (ExpandedMapping? Root, ExpandedUnread? Unread) Open(ExpandedMapping call, ExpandedNode path, TemplateScope scope)
    {
        if (path is not ExpandedScalar { Text: { IsKnown: true } text })
        {
            return (null, new ExpandedUnread(UnknownReason.Condition, "template", "the path of the template is not known", path.Place));
        }

        var reference = text.Content.Trim();
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var isSelf = at >= 0 && reference[(at + 1)..].Equals("self", StringComparison.OrdinalIgnoreCase);
        if (at >= 0 && !isSelf)
        {
            var alias = reference[(at + 1)..];
            var repository = _repositories.GetValueOrDefault(alias, alias);
            return (null, new ExpandedUnread(UnknownReason.OtherRepository, reference, $"the template '{reference[..at]}' is in the repository {repository}", path.Place));
        }

        var file = Resolve(at < 0 ? reference : reference[..at], isSelf, path.Place.Source.Path);
        if (scope.Including.Contains(file) || file == scope.Source.Path)
        {
            expansion.Report(path.Place, $"the template '{file}' includes itself: {string.Join(" > ", scope.Including.Append(file))}", "Break the cycle.");
            return (null, new ExpandedUnread(UnknownReason.EvaluationError, file, $"the template '{file}' includes itself", path.Place));
        }

        if (scope.Including.Length >= Deepest || _files.Count >= MostFiles && !_files.ContainsKey(file))
        {
            expansion.ReportLimit(path.Place, scope.Including.Length >= Deepest ? $"templates nest deeper than {Deepest} levels" : $"the pipeline includes more than {MostFiles} files");
            return (null, new ExpandedUnread(UnknownReason.Limit, file, "templates were not read beyond the limit", path.Place));
        }

        if (Read(file, path.Place) is not { } root)
        {
            return (null, new ExpandedUnread(UnknownReason.MissingFile, file, $"the template '{file}' was not read", path.Place));
        }

        var inner = Bind(root["parameters"], call["parameters"] as ExpandedMapping, path.Place, scope, isRoot: false) with { Source = root.Place.Source, Including = scope.Including.Add(file) };
        return (expander.ExpandRoot(root, inner), null);
    }

    private YamlMapping? Read(string path, Place askedFrom)
    {
        if (!_files.TryGetValue(path, out var root))
        {
            var document = expansion.Read(path, askedFrom, "template") is { } source ? YamlDocument.Read(source) : null;
            if (document is not null)
            {
                expansion.Report(document, PipelineHost.AzurePipelines);
            }

            _files[path] = root = document?.Root as YamlMapping;
        }

        return root;
    }

    /// <summary>Remembers the repositories that a pipeline names: <c>resources.repositories</c>.</summary>
    internal void Know(YamlMapping root)
    {
        foreach (var repository in ((root["resources"] as YamlMapping)?["repositories"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (repository["repository"] is YamlScalar alias)
            {
                var reference = repository["ref"] is YamlScalar name ? $"@{name.Value}" : "";
                _repositories[alias.Value] = ((repository["name"] as YamlScalar)?.Value ?? alias.Value) + reference;
            }
        }
    }

    // From the including file's folder, or from the root. A path that climbs out is left to the files to refuse.
    private static string Resolve(string path, bool fromRoot, string includer)
    {
        var forward = path.Replace('\\', '/');
        List<string> kept = fromRoot || forward.StartsWith('/') ? [] : [.. includer.Split('/')[..^1]];
        foreach (var segment in forward.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && kept.Count > 0 && kept[^1] != "..")
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

    private static IEnumerable<(string Name, Place Place, string? Type, YamlNode? Default, YamlNode? Values)> Declarations(YamlNode? declared) => declared switch
    {
        YamlMapping map => map.Entries.Select(entry => (entry.Key.Value, entry.Key.Place, (string?)null, (YamlNode?)entry.Value, (YamlNode?)null)),
        YamlSequence list => list.Items.OfType<YamlMapping>().Where(item => item["name"] is YamlScalar).Select(item =>
            (((YamlScalar)item["name"]!).Value, item.Place, (item["type"] as YamlScalar)?.Value, item["default"], item["values"])),
        _ => [],
    };

    private static Value Missing(string name, Place place, string? type, YamlNode? options)
    {
        var unknown = new UnknownValue(UnknownReason.QueueTime, $"parameters.{name}", $"the parameter '{name}' is given when the run is started; it has no default")
        {
            Origin = new Origin(place),
            Shape = type switch { "boolean" => ValueShape.Truth, "number" => ValueShape.Number, null or "string" => ValueShape.Text, _ => ValueShape.Any },
        };
        return type == "boolean"
            ? unknown with { Alternatives = [new BoolValue(false), new BoolValue(true)] }
            : Expressions.Unknowns.OneOf(unknown, YamlValues.Scalars(options).Select(option => Converted(new StringValue(option.Value) { Origin = new Origin(option.Place) }, type)));
    }

    private static Value Converted(Value value, string? type)
    {
        if (value.Origin is { } origin && value is StringValue text)
        {
            Value? typed = type switch
            {
                "boolean" => bool.TryParse(text.Text, out var flag) ? new BoolValue(flag) : null,
                "number" => Expressions.Numbers.Parse(text.Text),
                _ => null,
            };
            return typed is null ? value : typed with { Origin = origin, IsSecret = value.IsSecret };
        }

        return type == "string" && value is BoolValue or IntValue or FloatValue ? AzureText.ToText(value) : value;
    }
}
