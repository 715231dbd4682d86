using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>The JSON of one file as values, and where the outer ones begin.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc8259"/>
internal sealed class JsonText
{
    /// <summary>Levels of objects and arrays; Azure's answers have about fifteen.</summary>
    internal const int MostLevels = 128;

    private const string Fix = "Write the answer with '-o json', and keep warnings out of the file: they go to standard error.";

    private readonly JsonValues _values;

    private JsonText(Value root, JsonValues values) => (Root, _values) = (root, values);

    internal Value Root { get; }

    /// <summary>Zero-based offset in UTF-16 code units; null for values deep inside, whose places are not kept.</summary>
    internal int? StartOf(Value value) => _values.StartOf(value);

    /// <summary>Parses a text whose root is an object or an array; otherwise says what is wrong.</summary>
    internal static JsonText? Parse(SourceText source, out InputError? error)
    {
        if (string.IsNullOrWhiteSpace(source.Content))
            return Fail(source, null, "the file is empty", "Write the answer again, and look at the command's messages: it may have failed.", out error);
        // A lone surrogate becomes U+FFFD, which is one code unit as well: offsets stay right.
        var bytes = Encoding.UTF8.GetBytes(source.Content);
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MostLevels };
        var reader = new Utf8JsonReader(bytes, options);
        var values = new JsonValues(bytes);
        try
        {
            reader.Read();
            var root = values.Read(ref reader, 0);
            // Whatever follows the first value is refused by this read.
            reader.Read();
            return root is ObjectValue or ArrayValue ? Succeed(root, values, out error) : FailRoot(source, root, values, out error);
        }
        catch (JsonException bad)
        {
            var offset = OffsetOf(bytes, bad);
            // The reader counts a bracket as its own level's only after the next token.
            var level = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
            var isTooDeep = level >= MostLevels && offset < bytes.Length && bytes[offset] is (byte)'{' or (byte)'[';
            return FailSyntax(source, Encoding.UTF8.GetCharCount(bytes, 0, offset), isTooDeep, out error);
        }
        catch (InvalidOperationException)
        {
            // The reader's way to refuse an escape such as \ud800 without its second half, met only when the string is taken.
            var at = Encoding.UTF8.GetCharCount(bytes, 0, (int)reader.TokenStartIndex);
            return Fail(source, at, "the file is not JSON: this string holds an escape that is half a character", Fix, out error);
        }
    }

    private static JsonText Succeed(Value root, JsonValues values, out InputError? error)
    {
        error = null;
        return new JsonText(root, values);
    }

    private static JsonText? FailRoot(SourceText source, Value root, JsonValues values, out InputError? error) =>
        Fail(source, values.StartOf(root), $"the file is JSON, but it is only {Words.KindOf(root)}", Words.Accepted, out error);

    private static JsonText? FailSyntax(SourceText source, int at, bool isTooDeep, out InputError? error)
    {
        const string depthFix = "Give an answer of Azure as it was printed; none is nested like this.";
        if (isTooDeep)
            return Fail(source, at, $"the JSON is nested deeper than {MostLevels} levels", depthFix, out error);
        var rest = source.Content.AsSpan(at).TrimStart();
        return rest.IsEmpty
            ? Fail(source, at, "the file is not JSON: it ends too early", "Write the answer again; the command may have been interrupted.", out error)
            : Fail(source, at, $"the file is not JSON: {Words.FirstOf(source.Content.AsSpan(at))} cannot stand here", Fix, out error);
    }

    private static JsonText? Fail(SourceText source, int? at, string message, string fix, [NotNull] out InputError? error)
    {
        error = new InputError(source.Path, at is { } offset ? source.PositionOf(offset) : null, message, fix);
        return null;
    }

    // The exception counts lines from 0 and bytes in the line.
    private static int OffsetOf(byte[] bytes, JsonException bad)
    {
        var offset = 0;
        for (var line = bad.LineNumber ?? 0; line > 0; line--)
        {
            var end = bytes.AsSpan(offset).IndexOf((byte)'\n');
            if (end < 0)
                break;
            offset += end + 1;
        }

        return (int)Math.Min(offset + (bad.BytePositionInLine ?? 0), bytes.Length);
    }
}
