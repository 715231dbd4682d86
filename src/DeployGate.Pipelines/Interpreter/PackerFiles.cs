using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Packer;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Finds the files of a Packer template, and reads its builds with the values that a command gives.</summary>
internal static class PackerFiles
{
    private const int MostFiles = 100;

    /// <summary>The builds, and the folder they were read in; null when the template is not in the repository.</summary>
    internal static (ImmutableArray<PackerBuild> Builds, PackerScope Scope)? Read(AzureContext azure, PathState path, PackerCommand command)
    {
        if (AzureContext.InRepository(path, command.Template) is not { } name)
        {
            return null;
        }

        var listed = name.EndsWith(".hcl", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? null : azure.Record.Files.List(name.Length == 0 ? "." : name);
        var folder = listed is not null ? name : name.Contains('/', StringComparison.Ordinal) ? name[..name.LastIndexOf('/')] : "";
        var files = listed is not null ? InFolder(azure, name, listed, ".pkr.hcl", ".pkr.json") : File(azure, path, command.Template) is { } one ? [one] : [];
        if (files.Count == 0)
        {
            return null;
        }

        var scope = new PackerScope
        {
            Root = folder.Length == 0 ? "." : folder,
            Environment = variable => path.Variables[variable] ?? path.Variables["env:" + variable],
        };
        var beside = listed ?? (files[0].IsJson ? [] : azure.Record.Files.List(folder.Length == 0 ? "." : folder) ?? []);
        PackerVariables.Set(scope, files, InFolder(azure, folder, beside, ".auto.pkrvars.hcl", ".auto.pkrvars.json"), command.Settings, file => File(azure, path, file));
        return (PackerTemplate.Read(files, scope), scope);
    }

    private static List<PackerFile> InFolder(AzureContext azure, string folder, IReadOnlyList<string> names, params string[] endings) =>
        [.. names.Where(name => endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Take(MostFiles)
            .Select(name => azure.Record.Files.Read(folder.Length == 0 ? name : $"{folder}/{name}")).OfType<FileRead.Found>().Select(found => Parse(azure, found.Source))];

    private static PackerFile? File(AzureContext azure, PathState path, Value? file) => azure.Read(path, file) switch
    {
        { File: { } source } => Parse(azure, source),
        { Text: StringValue { Text: var written } } when Values.Pattern(file) is { } name => Parse(azure, new SourceText(name, written)),
        _ => null,
    };

    private static PackerFile Parse(AzureContext azure, SourceText source)
    {
        var file = PackerParser.Parse(source);
        foreach (var problem in file.Problems)
        {
            azure.Record.Remark(new Place(source, problem.Span), $"this part of the Packer template is not read: {problem.Message}", RemarkCodes.UnsupportedSyntax);
        }

        return file;
    }
}
