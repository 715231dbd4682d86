using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>The compiler of Bicep: whoever deploys what it writes deploys its source.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-cli"/>
internal static class BicepFiles
{
    /// <summary>The compiler by itself takes the file without an option, where <c>az bicep</c> has one.</summary>
    internal static void Run(PathState path, ImmutableArray<Value> words, Place place)
    {
        var flat = words.SelectMany(word => word is ArrayValue { Rest: null } list ? list.Items : [word]).ToImmutableArray();
        if (AzBinder.Bind([Values.Text("bicep"), .. flat.Skip(1)], place) is { Command.Kind: CommandKind.BicepBuild } bound)
        {
            Build(path, bound);
        }
    }

    internal static Value? Build(PathState path, BoundCommand command)
    {
        var file = command["file"] ?? command.Rest.FirstOrDefault();
        if (command.Has("stdout") || file is null || AzureContext.InRepository(path, file) is not { } source)
        {
            return null;
        }

        var name = source[(source.LastIndexOf('/') + 1)..];
        var compiled = (name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name) + ".json";
        var output = command["outfile"]
            ?? (command["outdir"] is StringValue { Text: var folder } ? Values.Text($"{folder.TrimEnd('/', '\\')}/{compiled}")
            : command.Has("outdir") ? null : Values.Text("/" + compiled));
        var key = output is null ? null
            : command.Has("outfile") || command.Has("outdir") ? AzureContext.KeyOf(path, output)
            : source.LastIndexOf('/') is var slash and >= 0 ? $"{source[..slash]}/{compiled}" : compiled;
        if (key is not null)
        {
            Artifacts.Build(path, key, new StringValue(source) { Origin = file.Origin });
        }

        return null;
    }
}
