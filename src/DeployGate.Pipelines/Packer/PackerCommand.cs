using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Packer;

/// <summary>A call of <c>packer build</c>.</summary>
/// <param name="Template">The file or folder; null when none is named.</param>
/// <param name="Settings">What it says of variables, in order.</param>
/// <param name="Only">The builds it is limited to; null when it is not.</param>
/// <param name="Except">The builds it leaves out.</param>
internal sealed record PackerCommand(Value? Template, ImmutableArray<PackerSetting> Settings, ImmutableArray<Value>? Only, ImmutableArray<Value> Except)
{
    /// <summary>Reads the words after <c>packer build</c>.</summary>
    internal static PackerCommand Read(IReadOnlyList<Value> words)
    {
        var settings = ImmutableArray.CreateBuilder<PackerSetting>();
        ImmutableArray<Value>? only = null;
        ImmutableArray<Value> except = [];
        Value? template = null;
        for (var i = 0; i < words.Count; i++)
        {
            var start = words[i] switch { StringValue known => known.Text, PartialString partial => partial.KnownStart, _ => "" };
            if (!start.StartsWith('-') || start == "-")
            {
                template = words[i];
                continue;
            }

            var equals = start.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? start : start[..equals]).TrimStart('-');
            if (name is not ("var" or "var-file" or "only" or "except" or "on-error" or "parallel-builds" or "parallel") || (equals < 0 && i + 1 >= words.Count))
            {
                continue;
            }

            var value = equals < 0 ? words[++i] : Values.After(words[i], equals + 1);
            switch (name)
            {
                case "var" when Variable(value) is { } variable:
                    settings.Add(variable);
                    break;
                case "var-file":
                    settings.Add(new PackerSetting.File(value));
                    break;
                case "only":
                    only = Values.Split(value, ',') ?? [value];
                    break;
                case "except":
                    except = Values.Split(value, ',') ?? [value];
                    break;
            }
        }

        return new PackerCommand(template, settings.ToImmutable(), only, except);
    }

    /// <summary>Whether a build of these names is made; null when that is not known.</summary>
    internal bool? Selects(ImmutableArray<string> names)
    {
        var kept = Only is { } only ? Matches(only, names) : true;
        var left = Matches(Except, names);
        return kept == false || left == true ? false : kept == true && left == false ? true : null;
    }

    private static PackerSetting.Variable? Variable(Value word)
    {
        var start = word switch { StringValue known => known.Text, PartialString partial => partial.KnownStart, _ => "" };
        var equals = start.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? null : new PackerSetting.Variable(start[..equals].Trim(), Values.After(word, equals + 1));
    }

    private static bool? Matches(ImmutableArray<Value> patterns, ImmutableArray<string> names)
    {
        if (patterns.OfType<StringValue>().Any(pattern => names.Any(name => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Text, name, ignoreCase: false))))
        {
            return true;
        }

        return patterns.All(pattern => pattern is StringValue) ? false : null;
    }
}
