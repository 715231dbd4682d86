using DeployGate.Core.Resources;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Yaml;

/// <summary>The first document of a YAML file, or what is wrong with the file. One of the two is null, or both for an empty file.</summary>
public sealed record YamlDocument(YamlNode? Root, Problem? Problem)
{
    /// <summary>The first alias; null when there is none. Azure Pipelines reads no aliases.</summary>
    public Place? FirstAlias { get; init; }

    /// <summary>Most nodes a document may hold, aliases counted as copies.</summary>
    public const int MostNodes = 1_000_000;

    /// <summary>Deepest nesting.</summary>
    public const int Deepest = 100;

    /// <summary>Reads a text; never throws.</summary>
    public static YamlDocument Read(SourceText source)
    {
        var binary = source.Content.AsSpan().IndexOfAnyInRange('\0', '\b');
        if (binary >= 0)
        {
            var place = new Place(source, new TextSpan(binary, 1));
            return new YamlDocument(null, new Problem(place, "the file is not text: it holds a control character", "Save the file as UTF-8 text.", IsFatal: true));
        }

        return new YamlComposer(source).Read();
    }
}
