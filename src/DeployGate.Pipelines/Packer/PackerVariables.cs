using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Packer;

/// <summary>Gives the variables of a template their values, the weakest source first.</summary>
/// <seealso href="https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables"/>
internal static class PackerVariables
{
    /// <summary>Defaults, the environment, files that are read by themselves, and what the command says, in its order.</summary>
    internal static void Set(PackerScope scope, IReadOnlyList<PackerFile> files, IEnumerable<PackerFile> automatic, IEnumerable<PackerSetting> settings, Func<Value, PackerFile?> read)
    {
        var names = Defaults(scope, files);
        foreach (var name in names)
        {
            if (scope.Environment("PKR_VAR_" + name) is { } value)
            {
                scope.Set(name, value);
            }
        }

        foreach (var file in automatic)
        {
            Assign(scope, file);
        }

        foreach (var setting in settings)
        {
            switch (setting)
            {
                case PackerSetting.Variable variable:
                    scope.Set(variable.Name, variable.Value);
                    break;
                case PackerSetting.File { Path: var path } when read(path) is { } file:
                    Assign(scope, file);
                    break;
                case PackerSetting.File { Path: var path }:
                    foreach (var name in names)
                    {
                        scope.Set(name, new UnknownValue(UnknownReason.MissingFile, $"var.{name}", $"the file of variables '{Commands.Values.Pattern(path)}' is not in the repository"));
                    }

                    break;
            }
        }
    }

    private static List<string> Defaults(PackerScope scope, IReadOnlyList<PackerFile> files)
    {
        List<string> names = [];
        foreach (var file in files)
        {
            var isSecret = file.Body["sensitive-variables"] is PackerNode.List list && scope.Evaluate(file.Source, list) is ArrayValue secrets
                ? secrets.Items.OfType<StringValue>().Select(name => name.Text).ToHashSet()
                : [];
            foreach (var (name, node, hides) in Declared(file))
            {
                names.Add(name);

                // An empty or null default of a JSON template says that the variable must be given.
                if (node is not null && scope.Evaluate(file.Source, node) is { } value and not NullValue && !(file.IsJson && value is StringValue { Text: "" }))
                {
                    scope.Set(name, hides || isSecret.Contains(name) ? value.AsSecret() : value);
                }
            }

            foreach (var local in file.Body.Blocks.Where(block => block.Type == "locals").SelectMany(block => block.Body.Attributes))
            {
                scope.Local(local.Name, file.Source, local.Value);
            }

            foreach (var local in file.Body.Blocks.Where(block => block is { Type: "local", Labels.Length: 1 }))
            {
                scope.Local(local.Labels[0], file.Source, local.Body["expression"] ?? new PackerNode.Opaque(local.Span, $"local.{local.Labels[0]}"));
            }
        }

        return names;
    }

    private static IEnumerable<(string Name, PackerNode? Default, bool IsSecret)> Declared(PackerFile file)
    {
        var json = file is { IsJson: true } && file.Body["variables"] is PackerNode.Map map ? map.Entries : [];
        var old = file.Body.Blocks.Where(block => block.Type == "variables").SelectMany(block => block.Body.Attributes);
        var blocks = file.Body.Blocks.Where(block => block is { Type: "variable", Labels.Length: 1 })
            .Select(block => (block.Labels[0], block.Body["default"], block.Body["sensitive"] is PackerNode.Reference { Name: "true" }));
        return json.Concat(old).Select(entry => (entry.Name, (PackerNode?)entry.Value, false)).Concat(blocks);
    }

    private static void Assign(PackerScope scope, PackerFile file)
    {
        foreach (var attribute in file.Body.Attributes)
        {
            scope.Set(attribute.Name, scope.Evaluate(file.Source, attribute.Value));
        }
    }
}

/// <summary>What a command says of variables.</summary>
internal abstract record PackerSetting
{
    private PackerSetting()
    {
    }

    /// <summary><c>-var name=value</c>.</summary>
    internal sealed record Variable(string Name, Value Value) : PackerSetting;

    /// <summary><c>-var-file path</c>.</summary>
    internal sealed record File(Value Path) : PackerSetting;
}
