using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Arm;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Json;

namespace DeployGate.Templates;

/// <summary>What a file of a template language is.</summary>
public enum TemplateFileKind
{
    /// <summary>Neither: left alone unless it was named.</summary>
    Other,

    /// <summary>A template, ARM JSON or Bicep.</summary>
    Template,

    /// <summary>A parameter file.</summary>
    Parameters,
}

/// <summary>A file that was read: what it is, its value, and what is wrong with it. A Bicep file is parsed when it is first evaluated.</summary>
public sealed class TemplateFile
{
    private TemplateFile(SourceText source, TemplateFileKind kind, ObjectValue? root, ImmutableArray<Problem> problems)
    {
        (Source, Kind, _root, _problems) = (source, kind, root, problems);
    }

    private TemplateFile(SourceText source, TemplateFileKind kind)
    {
        (Source, Kind, _tree) = (source, kind, new WeakReference<BicepFile>(null!));
    }

    /// <summary>The text.</summary>
    public SourceText Source { get; }

    /// <summary>What the file is.</summary>
    public TemplateFileKind Kind { get; }

    /// <summary>What is wrong with it: broken JSON is fatal, a trailing comma is a remark.</summary>
    public ImmutableArray<Problem> Problems
    {
        get
        {
            if (_problems.IsDefault)
            {
                Parse();
            }

            return _problems;
        }
    }

    // Default for a Bicep file until it is parsed; then every thread finds the same.
    private ImmutableArray<Problem> _problems;

    // Null for Bicep, for broken JSON, and once it was let go of.
    private ObjectValue? _root;

    private bool _isLetGo;

    internal ObjectValue? Root
    {
        get
        {
            var root = Volatile.Read(ref _root);
            if (root is null && _isLetGo)
            {
                root = JsonReader.Read(Source).Root as ObjectValue;
                Volatile.Write(ref _root, root);
            }

            return root;
        }
    }

    // Thousands of trees are many times their texts, and each is needed for a moment when its file is evaluated: a file is parsed when it is
    // first asked for, and who finds the tree gone gets an equal one from the same text. Null for JSON.
    private readonly WeakReference<BicepFile>? _tree;

    internal BicepFile? Bicep => _tree is null ? null : _tree.TryGetTarget(out var file) ? file : Parse();

    private BicepFile Parse()
    {
        var file = BicepParser.Parse(Source);
        _problems = file.Problems;
        _tree!.SetTarget(file);
        return file;
    }

    /// <summary>
    /// Forgets the values of a JSON file, which are many times its text, and packs the text: whoever asks again gets equal ones, read from the same
    /// text, which stay until they are let go of again. Other threads may still be asking. The values of a command line stay.
    /// </summary>
    public void LetGo()
    {
        if (IsCommandLine)
        {
            return;
        }

        if (_root is not null)
        {
            _isLetGo = true;
            Volatile.Write(ref _root, null);
        }

        Source.Pack();
    }

    /// <summary>The template that a <c>.bicepparam</c> file names with <c>using</c>, relative to it; null for all else.</summary>
    public string? Using { get; private init; }

    /// <summary>
    /// False when no resource of the template, nor of those that it deploys, can be one that images come from or go through. Tells by the text
    /// alone, without evaluating: a type that is not written out counts as any.
    /// </summary>
    public bool MayDeclareArtifacts =>
        Source.Content.Contains("Microsoft.Compute", StringComparison.OrdinalIgnoreCase)
        || Source.Content.Contains("Microsoft.Resources/deployments", StringComparison.OrdinalIgnoreCase)
        || Source.Content.Contains("\\u", StringComparison.Ordinal)
        || (_tree is null ? HasTypeExpression(Source.Content) : Source.Content.Contains("module", StringComparison.Ordinal));

    // "type": "[…]"
    private static bool HasTypeExpression(string json)
    {
        for (var at = json.IndexOf("\"type\"", StringComparison.OrdinalIgnoreCase); at >= 0; at = json.IndexOf("\"type\"", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (json.AsSpan(at + 6).TrimStart() is [':', .. var rest] && rest.TrimStart() is ['"', '[', ..] or ['/', ..])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The texts under a name in the <c>metadata</c> of an ARM template, of its resources and of whatever else has metadata, each with the
    /// object that the metadata belongs to. A text, or a list of texts. None for Bicep, which has comments.
    /// </summary>
    public IEnumerable<(Located<string> Text, Place Holder)> MetadataOf(string name) =>
        Root is not null && Source.Content.Contains($"\"{name}\"", StringComparison.OrdinalIgnoreCase) ? MetadataOf(Root, name) : [];

    private static IEnumerable<(Located<string> Text, Place Holder)> MetadataOf(Value value, string name)
    {
        var inner = value switch
        {
            ObjectValue map => map.Members.Select(member => member.Value),
            ArrayValue list => list.Items,
            _ => [],
        };
        var own = (value as ObjectValue)?.Get("metadata", name) switch
        {
            StringValue text => [text],
            ArrayValue list => list.Items.OfType<StringValue>(),
            _ => [],
        };
        return own.Select(text => (new Located<string>(text.Text, text.Origin!.Place), value.Origin!.Place)).Concat(inner.SelectMany(one => MetadataOf(one, name)));
    }

    /// <summary>
    /// True when a text may be a template or parameter file: it names one of their schemas. Tells without parsing, so that a
    /// repository's other JSON files cost nothing.
    /// </summary>
    public static bool MayBe(string content) =>
        content.Contains("deploymentTemplate.json", StringComparison.OrdinalIgnoreCase)
        || content.Contains("deploymentParameters.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads ARM JSON; a file without a schema but with resources is a template, one with only parameters a parameter file.</summary>
    public static TemplateFile Read(SourceText source)
    {
        var extension = Path.GetExtension(source.Path).ToLowerInvariant();
        if (extension is ".bicep" or ".bicepparam")
        {
            return ReadBicep(source, extension);
        }

        var document = JsonReader.Read(source);
        var root = document.Root as ObjectValue;
        var problems = document.Problems;
        if (document.Root is not null && root is null)
        {
            problems = problems.Add(new Problem(document.Root.Origin!.Place, "a template is a JSON object", "Name a template or parameter file.", IsFatal: true));
        }

        return new TemplateFile(source, KindOf(source, root), root, problems);
    }

    private static TemplateFile ReadBicep(SourceText source, string extension)
    {
        if (extension == ".bicep")
        {
            return new TemplateFile(source, TemplateFileKind.Template);
        }

        // The template that a parameter file uses is asked for before anything is evaluated.
        var file = BicepParser.Parse(source);
        var named = file.Statements.OfType<UsingStatement>().FirstOrDefault()?.Path?.Literal;
        return new TemplateFile(source, TemplateFileKind.Parameters) { Using = named };
    }

    /// <summary>
    /// Parameters that a command line or a task supplies. Each text is what was written; the type the template declares
    /// decides what it means. With <paramref name="rest"/> any other parameter may be supplied as well.
    /// </summary>
    public static TemplateFile OfCommandLine(SourceText source, IEnumerable<Member> values, UnknownValue? rest = null) =>
        new(source, TemplateFileKind.Parameters, ObjectValue.From(values, rest), []) { IsCommandLine = true };

    /// <summary>True when the values are those of a command line: texts to be converted, and not the whole story.</summary>
    internal bool IsCommandLine { get; private init; }

    private static TemplateFileKind KindOf(SourceText source, ObjectValue? root)
    {
        if (root is null)
        {
            // Broken: the schema still tells what it was meant to be.
            return MayBe(source.Content) ? TemplateFileKind.Template : TemplateFileKind.Other;
        }

        var schema = root.GetText("$schema");
        return (ArmSchema.IsTemplate(schema), ArmSchema.IsParameters(schema)) switch
        {
            (true, _) => TemplateFileKind.Template,
            (_, true) => TemplateFileKind.Parameters,
            _ when root.Get("resources") is not null => TemplateFileKind.Template,
            _ when root.Get("parameters") is ObjectValue => TemplateFileKind.Parameters,
            _ => TemplateFileKind.Other,
        };
    }
}
