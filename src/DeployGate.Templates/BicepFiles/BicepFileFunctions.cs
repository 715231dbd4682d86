using System.Text;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Json;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.BicepFiles;

/// <summary>The functions that read files while the template is read: <c>loadTextContent</c>, <c>loadJsonContent</c>, <c>loadFileAsBase64</c>.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-files"/>
internal sealed class BicepFileFunctions(string path, ISourceFiles files)
{
    /// <summary>The value as an expression; null when the call is none of these functions.</summary>
    internal Expression? TryLower(FunctionCallSyntax call, Place place)
    {
        if (call.Name.Text is not ("loadTextContent" or "loadJsonContent" or "loadFileAsBase64" or "loadYamlContent" or "loadDirectoryFileInfo"))
        {
            return null;
        }

        if (call.Arguments is not [StringSyntax { Literal: { } relative }, ..])
        {
            return new BrokenExpression(place, place.FirstLine, $"{call.Name.Text}() takes the literal path of a file");
        }

        if (call.Name.Text is "loadYamlContent" or "loadDirectoryFileInfo")
        {
            return Unknown(place, call, UnknownReason.Unsupported, $"{call.Name.Text}() is not evaluated");
        }

        return files.Read(Relative(path, relative)) switch
        {
            FileRead.Found found => Loaded(call, found.Source, place),
            FileRead.Refused refused => Unknown(place, call, UnknownReason.EvaluationError, $"'{relative}' was not read: {refused.Reason}"),
            _ => Unknown(place, call, UnknownReason.EvaluationError, $"there is no file '{relative}'"),
        };
    }

    /// <summary>A path beside the file that names it.</summary>
    internal static string Relative(string from, string relative)
    {
        var folder = from.LastIndexOf('/') is >= 0 and var slash ? from[..(slash + 1)] : "";
        return folder + relative;
    }

    private static Expression Loaded(FunctionCallSyntax call, SourceText source, Place place)
    {
        switch (call.Name.Text)
        {
            case "loadTextContent":
                return BicepExpressions.Literal(place, new StringValue(source.Content));
            case "loadFileAsBase64":
                return BicepExpressions.Literal(place, new StringValue(Convert.ToBase64String(Encoding.UTF8.GetBytes(source.Content))));
            default:
                var root = JsonReader.Read(source).Root;
                if (root is null)
                {
                    return Unknown(place, call, UnknownReason.EvaluationError, "the file is not JSON");
                }

                return call.Arguments is [_, StringSyntax { Literal: { } selector }, ..]
                    ? Selected(new LiteralExpression(place, root), selector, place)
                    : new LiteralExpression(place, root);
        }
    }

    // The plain part of JSONPath: names, and numbers in brackets.
    private static Expression Selected(Expression current, string selector, Place place)
    {
        foreach (var step in selector.TrimStart('$').Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = step.Trim('\'', '"');
            Value key = int.TryParse(name, out var number) ? new IntValue(number) : new StringValue(name);
            current = new IndexExpression(place, current, BicepExpressions.Literal(place, key), IsSafe: false);
        }

        return current;
    }

    private static LiteralExpression Unknown(Place place, FunctionCallSyntax call, UnknownReason reason, string detail) =>
        BicepExpressions.Literal(place, new UnknownValue(reason, $"{call.Name.Text}(…)", detail));
}
