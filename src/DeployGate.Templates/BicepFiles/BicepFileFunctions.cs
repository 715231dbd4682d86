using System.IO.Enumeration;
using System.Text;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Json;
using DeployGate.Templates.Model;
using DeployGate.Templates.Yaml;

namespace DeployGate.Templates.BicepFiles;

/// <summary>The functions that read files while the template is read: <c>loadTextContent</c>, <c>loadJsonContent</c>, <c>loadYamlContent</c>, <c>loadFileAsBase64</c>, <c>loadDirectoryFileInfo</c>.</summary>
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

        if (call.Arguments.IsEmpty)
        {
            return new BrokenExpression(place, place.FirstLine, $"{call.Name.Text}() takes the path of a file");
        }

        if (call.Arguments[0] is not StringSyntax { Literal: { } relative })
        {
            return Unknown(place, call, UnknownReason.Unsupported, $"{call.Name.Text}() is evaluated only when its path is written out");
        }

        if (call.Name.Text == "loadDirectoryFileInfo")
        {
            return Listed(call, relative, place);
        }

        return files.Read(Relative(path, relative)) switch
        {
            FileRead.Found found => Loaded(call, found, place),
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

    private static Expression Loaded(FunctionCallSyntax call, FileRead.Found found, Place place)
    {
        switch (call.Name.Text)
        {
            case "loadTextContent":
                return Text(call, found, 1) is { } text
                    ? BicepExpressions.Literal(place, new StringValue(text))
                    : Unknown(place, call, UnknownReason.EvaluationError, "the encoding it asks for is none that the function knows");
            case "loadFileAsBase64":
                var bytes = found.Bytes ?? Encoding.UTF8.GetBytes(found.Source.Content);
                return BicepExpressions.Literal(place, new StringValue(Convert.ToBase64String(bytes.Span)));
            default:
                return Data(call, found, place);
        }
    }

    private static Expression Data(FunctionCallSyntax call, FileRead.Found found, Place place)
    {
        if (Text(call, found, 2) is not { } text)
        {
            return Unknown(place, call, UnknownReason.EvaluationError, "the encoding it asks for is none that the function knows");
        }

        var fault = "the file is not JSON";
        var root = call.Name.Text == "loadYamlContent"
            ? YamlValues.Read(text, out fault)
            : JsonReader.Read(ReferenceEquals(text, found.Source.Content) ? found.Source : new SourceText(found.Source.Path, text)).Root;
        if (root is null)
        {
            return Unknown(place, call, UnknownReason.EvaluationError, fault ?? "the file could not be read");
        }

        return call.Arguments is [_, StringSyntax { Literal: { } selector }, ..]
            ? Selected(new LiteralExpression(place, root), selector, place)
            : new LiteralExpression(place, root);
    }

    // Without an encoding the file's own mark decides, else UTF-8.
    private static string? Text(FunctionCallSyntax call, FileRead.Found found, int argument)
    {
        if (call.Arguments.Length <= argument || found.Bytes is not { } bytes)
        {
            return found.Source.Content;
        }

        Encoding? encoding = (call.Arguments[argument] as StringSyntax)?.Literal switch
        {
            "utf-8" => Encoding.UTF8,
            "us-ascii" => Encoding.ASCII,
            "iso-8859-1" => Encoding.Latin1,
            "utf-16" => Encoding.Unicode,
            "utf-16BE" => Encoding.BigEndianUnicode,
            _ => null,
        };
        return encoding?.GetString(bytes.Span).TrimStart('\uFEFF');
    }

    private Expression Listed(FunctionCallSyntax call, string relative, Place place)
    {
        var folder = relative.Replace('\\', '/').TrimEnd('/');
        var pattern = call.Arguments is [_, StringSyntax { Literal: { } wanted }, ..] ? wanted : "*";
        if (files.List(Relative(path, folder)) is not { } names)
        {
            return Unknown(place, call, UnknownReason.EvaluationError, $"the folder '{relative}' is not there, is too large, or lies outside of the repository");
        }

        var shown = folder.StartsWith("./", StringComparison.Ordinal) ? folder[2..] : folder;
        var prefix = shown is "" or "." ? "" : shown + "/";
        var items = names
            .Where(name => FileSystemName.MatchesSimpleExpression(pattern, name))
            .OrderBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Select(Value (name) => ObjectValue.From([
                new Member("relativePath", new StringValue(prefix + name)),
                new Member("baseName", new StringValue(name)),
                new Member("extension", new StringValue(Path.GetExtension(name)))]));
        return BicepExpressions.Literal(place, new ArrayValue([.. items]));
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
