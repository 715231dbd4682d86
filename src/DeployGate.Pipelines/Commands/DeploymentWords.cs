using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>The words that name templates and parameters on command lines and in tasks.</summary>
/// <seealso href="https://learn.microsoft.com/cli/azure/deployment/group#az-deployment-group-create"/>
internal static class DeploymentWords
{
    private static readonly System.Buffers.SearchValues<char> s_protecting = System.Buffers.SearchValues.Create("()[]{}\"'\\");

    /// <summary>The template as a path of the repository where it is one.</summary>
    internal static Located<Value>? Template(PathState path, Value? word)
    {
        if (word is null)
        {
            return null;
        }

        var place = word.Origin?.Place;
        var value = AzureContext.InRepository(path, CommandScope.IsAddress(word) ? null : word) is { } inside ? new StringValue(inside) { Origin = word.Origin } : word;
        return place is null ? null : new Located<Value>(Artifacts.SourceOf(path, word) is { } source ? source.At(word.Origin) : value, place);
    }

    /// <summary>Words of <c>--parameters</c>: files, pairs, and inline objects.</summary>
    internal static ImmutableArray<ParameterSource> OfAz(AzureContext azure, PathState path, IEnumerable<Value> words) => [.. words.Select(word => OfWord(azure, path, word))];

    /// <summary>
    /// What <c>azure/arm-deploy</c> makes of its input: words between blanks outside double quotes; a line end is no blank, and
    /// single quotes are characters.
    /// </summary>
    internal static IEnumerable<Value> SplitAtBlanks(Value text)
    {
        if (text is not (StringValue or PartialString))
        {
            return [text];
        }

        return Split(text, c => c == ' ');
    }

    /// <summary>The sources of an <c>overrideParameters</c> input: <c>-name value</c>, where brackets and quotes protect blanks.</summary>
    /// <seealso href="https://github.com/microsoft/azure-pipelines-tasks/blob/master/Tasks/AzureResourceManagerTemplateDeploymentV3/operations/ParameterParser.ts"/>
    internal static ImmutableArray<ParameterSource> OfOverride(Value? text, Place place)
    {
        switch (text)
        {
            case null or StringValue { Text: "" }:
                return [];
            case UnknownValue unknown:
                return [new ParameterSource.Unread(unknown, place)];
        }

        var sources = ImmutableArray.CreateBuilder<ParameterSource>();
        string? name = null;
        List<Value> values = [];
        foreach (var word in OverrideTokens.Split(text))
        {
            if (word is StringValue { Text: ['-', _, ..] token } && !token.AsSpan(1).ContainsAny(s_protecting) && !double.TryParse(token, System.Globalization.CultureInfo.InvariantCulture, out _))
            {
                Close();
                name = token[1..].Trim();
            }
            else
            {
                values.Add(word);
            }
        }

        Close();
        return sources.ToImmutable();

        void Close()
        {
            if (name is not null)
            {
                var value = values.Count == 0 ? Values.Text("") : values.Count == 1 ? values[0] : Values.Concat([.. values.SelectMany((one, i) => i == 0 ? new[] { one } : [Values.Text(" "), one])], place);
                sources.Add(new ParameterSource.Named(name, value.At(new Origin(place)), place));
            }

            values.Clear();
        }
    }

    private static ParameterSource OfWord(AzureContext azure, PathState path, Value word)
    {
        var place = word.Origin?.Place!;
        var start = word switch { StringValue known => known.Text, PartialString partial => partial.KnownStart, _ => "" };
        if (word is UnknownValue unknown)
        {
            return new ParameterSource.Unread(unknown, place);
        }

        if (word is ObjectValue || start.StartsWith('{'))
        {
            return new ParameterSource.Inline(word, place);
        }

        if (start.StartsWith('@'))
        {
            return new ParameterSource.File(PathOf(path, Values.After(word, 1)), place);
        }

        var equals = start.IndexOf('=', StringComparison.Ordinal);
        var isFile = start.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || start.EndsWith(".bicepparam", StringComparison.OrdinalIgnoreCase);
        if (equals > 0 && !(isFile && azure.Read(path, word) is not null))
        {
            return new ParameterSource.Named(start[..equals], Values.After(word, equals + 1), place);
        }

        return CommandScope.IsAddress(word)
            ? new ParameterSource.Unread(new UnknownValue(UnknownReason.OtherRepository, start, $"the parameters are fetched from '{start}'"), place)
            : new ParameterSource.File(PathOf(path, word), place);
    }

    internal static Value PathOf(PathState path, Value word) => Artifacts.SourceOf(path, word) is { } source ? source.At(word.Origin) : AzureContext.InRepository(path, word) is { } inside ? new StringValue(inside) { Origin = word.Origin } : word;

    private static IEnumerable<Value> Split(Value text, Func<char, bool> isBlank)
    {
        List<StringPart> current = [];
        var isQuoted = false;
        IEnumerable<StringPart> parts = text is PartialString partial ? partial.Parts : [new StringPart(((StringValue)text).Text)];
        foreach (var part in parts)
        {
            if (part.Literal is not { } literal)
            {
                current.Add(part);
                continue;
            }

            foreach (var c in literal)
            {
                isQuoted ^= c == '"';
                if (!isQuoted && isBlank(c))
                {
                    if (current.Count > 0)
                    {
                        yield return PartialString.Join(current) with { Origin = text.Origin };
                        current = [];
                    }
                }
                else if (c != '"')
                {
                    current.Add(new StringPart(c.ToString()));
                }
            }
        }

        if (current.Count > 0)
        {
            yield return PartialString.Join(current) with { Origin = text.Origin };
        }
    }
}

/// <summary>Cuts an <c>overrideParameters</c> text at blanks and tabs that nothing protects.</summary>
internal static class OverrideTokens
{
    internal static IEnumerable<Value> Split(Value text)
    {
        List<StringPart> current = [];
        var open = new Stack<char>();
        var isEscaped = false;
        IEnumerable<StringPart> parts = text is PartialString partial ? partial.Parts : [new StringPart(((StringValue)text).Text)];
        foreach (var part in parts)
        {
            if (part.Literal is not { } literal)
            {
                current.Add(part);
                continue;
            }

            var start = 0;
            for (var at = 0; at < literal.Length; at++)
            {
                var c = literal[at];
                if (c is ' ' or '\t' && open.Count == 0 && !isEscaped)
                {
                    Add(current, literal[start..at]);
                    start = at + 1;
                    if (current.Count > 0)
                    {
                        yield return Token(current, text);
                        current = [];
                    }

                    continue;
                }

                Track(open, c, isEscaped);
                isEscaped = c == '\\' && !isEscaped;
            }

            Add(current, literal[start..]);
        }

        if (current.Count > 0)
        {
            yield return Token(current, text);
        }
    }

    private static void Add(List<StringPart> current, string literal)
    {
        if (literal.Length > 0)
        {
            current.Add(new StringPart(literal));
        }
    }

    private static void Track(Stack<char> open, char c, bool isEscaped)
    {
        var inside = open.TryPeek(out var opening) && opening is '"' or '\'' ? opening : '\0';
        if (isEscaped)
        {
            return;
        }

        if (inside != '\0' ? c == inside : open.Count > 0 && c == Closing(opening))
        {
            open.Pop();
        }
        else if (inside == '\0' && c is '(' or '[' or '{' or '"' or '\'')
        {
            open.Push(c);
        }
    }

    private static char Closing(char opening) => opening switch { '(' => ')', '[' => ']', '{' => '}', _ => opening };

    // One pair of double quotes around a token is dropped; line ends around it are of no account.
    private static Value Token(List<StringPart> parts, Value text)
    {
        var joined = PartialString.Join(parts);
        var value = joined is StringValue known
            ? new StringValue(known.Text.Trim('\n', '\r') is ['"', .. var inner, '"'] ? inner : known.Text.Trim('\n', '\r'))
            : joined is PartialString { KnownStart: ['"', ..] } quoted && quoted.KnownEnd.EndsWith('"') ? Values.Concat([Values.After(DropLast(quoted), 1)], null) : joined;
        return value with { Origin = text.Origin };
    }

    private static Value DropLast(PartialString quoted) => PartialString.Join([.. quoted.Parts.Take(quoted.Parts.Length - 1), new StringPart(quoted.KnownEnd[..^1])]);
}
