using System.Collections.Immutable;

namespace DeployGate.Core.Policies;

/// <summary>One step of a path: into a member, or to every element when <paramref name="Name"/> is null.</summary>
public readonly record struct FieldStep(string? Name)
{
    /// <summary>Every element of an array.</summary>
    public bool IsEach => Name is null;
}

/// <summary>
/// The name of a field: members joined by dots, <c>['name']</c> for names with other characters, <c>[*]</c> for every element.
/// A resource type before the path (<c>Microsoft.Compute/virtualMachines/storageProfile.osDisk</c>) is Azure's alias form:
/// it applies to resources of this type alone.
/// </summary>
/// <param name="Text">As it is written.</param>
/// <param name="Prefix">The first member, where it stands before an alias (<c>resource</c>); otherwise empty.</param>
/// <param name="Type">The resource type of an alias; null for other fields.</param>
/// <param name="Steps">The way, for an alias that below <c>properties</c>.</param>
public sealed record FieldPath(string Text, string Prefix, string? Type, ImmutableArray<FieldStep> Steps)
{
    private const int MostSteps = 32;
    private const int LongestText = 512;
    private const string ResourcePrefix = "resource.";

    /// <summary>True when the field is a collection: it goes over every element of an array.</summary>
    public bool HasEach => Steps.Any(step => step.IsEach);

    /// <summary>Reads a field's name; the fault says what is wrong with it, and at which offset of the text.</summary>
    public static (FieldPath? Path, string Fault, int At) Parse(string text)
    {
        if (text.Length is 0 or > LongestText)
        {
            return (null, text.Length == 0 ? "the name of a field is empty" : $"the name of a field is longer than {LongestText} characters", 0);
        }

        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (bracket == 0)
        {
            return (null, "a name is expected here", 0);
        }

        var slash = text.LastIndexOf('/', (bracket < 0 ? text.Length : bracket) - 1);
        var isOfUse = slash > 0 && text.StartsWith(ResourcePrefix, StringComparison.OrdinalIgnoreCase);
        var typeStart = isOfUse ? ResourcePrefix.Length : 0;
        var steps = new List<FieldStep>();
        var (fault, at) = ReadSteps(text, slash + 1, steps);
        if (fault.Length > 0)
        {
            return (null, fault, at);
        }

        if (slash < 0)
        {
            return (new FieldPath(text, "", null, [.. steps]), "", 0);
        }

        var type = text[typeStart..slash];
        return type.Contains('/', StringComparison.Ordinal)
            ? (new FieldPath(text, isOfUse ? "resource" : "", type, [.. steps]), "", 0)
            : (null, "the name before the last '/' is not a resource type", 0);
    }

    /// <summary>True when this field lies in the elements of another, which is a collection.</summary>
    internal bool LiesIn(FieldPath collection)
    {
        if (!string.Equals(Type, collection.Type, StringComparison.OrdinalIgnoreCase) || Steps.Length < collection.Steps.Length)
        {
            return false;
        }

        for (var i = 0; i < collection.Steps.Length; i++)
        {
            if (!string.Equals(Steps[i].Name, collection.Steps[i].Name, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static (string Fault, int At) ReadSteps(string text, int at, List<FieldStep> steps)
    {
        var isFirst = true;
        while (at < text.Length || isFirst)
        {
            if (steps.Count >= MostSteps)
            {
                return ($"the name of a field has more than {MostSteps} parts", at);
            }

            var start = at;
            if (at < text.Length && text[at] == '[' && !isFirst)
            {
                if (!ReadBracket(text, ref at, steps))
                {
                    return ("write [*] for every element, or ['name'] for a member", start);
                }

                continue;
            }

            at += !isFirst && text[at] == '.' ? 1 : 0;
            var end = at;
            while (end < text.Length && text[end] is not ('.' or '[' or ']' or '\'' or '/') && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (end == at || (!isFirst && start == at))
            {
                return ("a name is expected here", Math.Min(at, text.Length - 1));
            }

            steps.Add(new FieldStep(text[at..end]));
            (at, isFirst) = (end, false);
        }

        return ("", 0);
    }

    private static bool ReadBracket(string text, ref int at, List<FieldStep> steps)
    {
        if (text.AsSpan(at).StartsWith("[*]"))
        {
            steps.Add(new FieldStep(null));
            at += 3;
            return true;
        }

        var end = text.IndexOf(']', at);
        var isQuoted = at + 2 < text.Length && text[at + 1] == '\'';
        if (isQuoted)
        {
            var close = text.IndexOf("']", at + 2, StringComparison.Ordinal);
            end = close < 0 ? -1 : close + 1;
        }

        var name = end < 0 ? "" : isQuoted ? text[(at + 2)..(end - 1)].Replace("''", "'", StringComparison.Ordinal) : text[(at + 1)..end];
        if (name.Length == 0 || (!isQuoted && long.TryParse(name, out _)))
        {
            return false;
        }

        steps.Add(new FieldStep(name));
        at = end + 1;
        return true;
    }
}
