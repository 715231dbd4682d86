using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Arm;
using DeployGate.Templates.Json;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>
/// Finds linked templates in the repository. Where a template lies when it is deployed is unknown, so its own address is a
/// hole; what is joined to that hole is a path relative to the template, and is a file here.
/// </summary>
internal sealed class LinkedTemplates(ISourceFiles files)
{
    private const string OwnAddress = "deployment().properties.templateLink.uri";
    private const string OwnFolder = "uri(deployment().properties.templateLink.uri, '.')";

    private readonly Dictionary<string, JsonDocument> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TemplateModel> _models = new(StringComparer.Ordinal);

    /// <summary>The files that were linked to.</summary>
    internal ImmutableArray<string> Paths => [.. _documents.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The address of a template itself, as <c>deployment()</c> gives it; its origin keeps which file it is.</summary>
    internal static UnknownValue AddressOf(Place template) => Hole(OwnAddress, new Origin(new Place(template.Source, new TextSpan(template.Span.Start, 0))));

    /// <summary><c>uri(base, relative)</c> where the base is the template's own address or folder; null where it is not.</summary>
    internal static Value? Combine(ImmutableArray<Value> arguments)
    {
        if (arguments is not [var start, var relative] || relative is not (StringValue or PartialString))
        {
            return null;
        }

        var (own, tail) = SplitOwn(start);
        if (own is null)
        {
            return null;
        }

        var folder = tail.LastIndexOf('/') is >= 0 and var slash ? tail[..(slash + 1)] : "";
        return relative is StringValue { Text: "." or "./" or "" }
            ? IdText.Join(Hole(OwnFolder, own.Origin), folder)
            : IdText.Join(Hole(OwnFolder, own.Origin), folder, relative);
    }

    /// <summary>The model of a linked file, read once.</summary>
    internal TemplateModel Model(SourceText source, ObjectValue root, List<Problem> problems)
    {
        if (!_models.TryGetValue(source.Path, out var model))
        {
            model = _models[source.Path] = ArmTemplateReader.Read(root, root.Origin!.Place, problems);
        }

        return model;
    }

    /// <summary>The file a <c>templateLink</c> means; else the reason why there is none.</summary>
    internal (SourceText? Source, ObjectValue? Root, UnknownValue? Unknown) Find(Value link, string from, Place place, EvaluationRun run)
    {
        if (PathOf(link, from) is not var (start, relative))
        {
            return (null, null, NotAvailable(link, place));
        }

        var path = Join(start, relative);
        switch (files.Read(path))
        {
            case FileRead.Found found:
                return Parse(found.Source, place, run);
            case FileRead.Missing:
                run.Report(new Problem(place, $"the linked template '{relative}' is not in the repository", "Correct the path; a template that lies elsewhere cannot be checked.", IsFatal: false));
                return (null, null, Unavailable(place, relative, $"there is no file '{path}'"));
            case FileRead.Refused refused:
                run.Report(new Problem(place, $"the linked template '{relative}' was not read: {refused.Reason}", refused.Fix, IsFatal: true));
                return (null, null, Unavailable(place, relative, refused.Reason));
            default:
                return (null, null, Unavailable(place, relative, "it could not be read"));
        }
    }

    private (SourceText?, ObjectValue?, UnknownValue?) Parse(SourceText source, Place place, EvaluationRun run)
    {
        if (!_documents.TryGetValue(source.Path, out var document))
        {
            document = _documents[source.Path] = JsonReader.Read(source);
            foreach (var problem in document.Problems)
            {
                run.Report(problem);
            }
        }

        return document.Root is ObjectValue { Origin: not null } root
            ? (root.Origin!.Place.Source, root, null)
            : (null, null, Unavailable(place, source.Path, "the linked file is not a template"));
    }

    // The part of a link after the template's own address; a query string (a SAS) is not part of the path.
    private static (string From, string Relative)? PathOf(Value link, string from)
    {
        if (link is not ObjectValue map)
        {
            return null;
        }

        if (map.Get("relativePath") is StringValue { Text.Length: > 0 } relative)
        {
            return (from, relative.Text);
        }

        var (own, tail) = SplitOwn(map.Get("uri"));
        var path = tail.Split('?')[0].TrimStart('/');
        return own is not null && path.Length > 0 ? (own.Origin?.Place.Source.Path ?? from, path) : null;
    }

    private static (UnknownValue? Own, string Tail) SplitOwn(Value? address)
    {
        var parts = address switch
        {
            PartialString partial => partial.Parts,
            UnknownValue unknown => [new StringPart(unknown)],
            _ => [],
        };
        if (parts is not [{ Hole.Expression: OwnAddress or OwnFolder }, ..])
        {
            return (null, "");
        }

        // A hole after a complete file name is a token that may be empty.
        var tail = parts.Length > 1 ? parts[1].Literal ?? "" : "";
        var isWhole = parts.Length <= 2 || tail.Contains('?', StringComparison.Ordinal) || tail.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        return (isWhole ? parts[0].Hole : null, tail);
    }

    private static string Join(string from, string relative)
    {
        var folder = from.LastIndexOf('/') is >= 0 and var slash ? from[..(slash + 1)] : "";
        return folder + relative.Replace('\\', '/');
    }

    private static UnknownValue NotAvailable(Value link, Place place)
    {
        var target = link is ObjectValue map ? map.Get("uri") ?? map.Get("id") : link;
        var text = target switch
        {
            StringValue known when !known.IsSecret => known.Text.Split('?')[0],
            PartialString partial => partial.Pattern.Split('?')[0],
            UnknownValue unknown => unknown.Expression,
            _ => "templateLink",
        };
        return Unavailable(place, text, "the linked template is not a file of this repository");
    }

    private static UnknownValue Unavailable(Place place, string what, string why) =>
        new(UnknownReason.LinkedTemplateNotAvailable, Errors.Cut(what), why) { Origin = new Origin(place) };

    private static UnknownValue Hole(string expression, Origin? origin) =>
        new(UnknownReason.DeploymentContext, expression, "where the template lies is known only at deployment") { Shape = ValueShape.Text, Origin = origin };
}
