using System.Text;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Keeps secrets out of facts: members that hold them by their name, and shared access signatures by their form.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/create-service-sas"/>
internal static class Secrets
{
    private static readonly HashSet<string> Names = new(
        [
            "secrets", "customData", "userData", "accessSAS", "sasToken", "protectedSettings", "commandToExecute",
            "additionalUnattendContent",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] NameEnds = ["password", "secret", "accountKey", "connectionString"];

    // Not SearchValues: its vectorised search is compiled at run time, which costs a cold start more than it ever saves.
    private static readonly string[] Marks = ["sig=", "sig%3D", "AccountKey=", "SharedAccessKey="];

    // Made when a secret is met, which most runs never do.
    private static class Ends
    {
        internal static readonly System.Buffers.SearchValues<char> OfUrl = System.Buffers.SearchValues.Create(" \t\r\n\"'<>`");

        internal static readonly System.Buffers.SearchValues<char> OfSecret = System.Buffers.SearchValues.Create(" \t\r\n\"'<>`&;,");
    }

    /// <summary>True for a member whose value is a secret or may hold one (<c>adminPassword</c>, <c>customData</c>).</summary>
    internal static bool IsSecretName(string name) =>
        Names.Contains(name) || NameEnds.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text without the queries of signed URLs, and without signatures and keys that stand outside a URL.</summary>
    internal static string Clean(string text)
    {
        if (IndexOfMark(text) < 0)
            return text;
        var cut = CutQueries(text);
        return IndexOfMark(cut) < 0 ? cut : Redact(cut);
    }

    private static string CutQueries(string text)
    {
        var kept = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (var at = rest.IndexOf("://"); at >= 0; at = rest.IndexOf("://"))
        {
            var length = rest[at..].IndexOfAny(Ends.OfUrl) is var end && end < 0 ? rest.Length - at : end;
            var url = rest.Slice(at, length);
            var query = url.IndexOf('?');
            var isSigned = query >= 0 && IndexOfMark(url[query..]) >= 0;
            kept.Append(rest[..(isSigned ? at + query : at + length)]);
            rest = rest[(at + length)..];
        }

        return kept.Append(rest).ToString();
    }

    private static string Redact(string text)
    {
        var kept = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (var at = IndexOfMark(rest); at >= 0; at = IndexOfMark(rest))
        {
            var value = at + rest[at..].IndexOfAny('=', '%') + 1;
            // An encoded mark ends in %3D.
            value += rest[value - 1] == '%' ? 2 : 0;
            var end = rest[value..].IndexOfAny(Ends.OfSecret);
            kept.Append(rest[..value]).Append("***");
            rest = end < 0 ? [] : rest[(value + end)..];
        }

        return kept.Append(rest).ToString();
    }

    private static int IndexOfMark(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (true)
        {
            var at = FirstMark(text[from..]);
            if (at < 0)
                return -1;
            if (BeginsWord(text, from + at))
                return from + at;
            from += at + 1;
        }
    }

    private static int FirstMark(ReadOnlySpan<char> text)
    {
        // Every mark holds one of the two, and hardly any text does.
        if (text.IndexOfAny('=', '%') < 0)
            return -1;
        var first = -1;
        foreach (var mark in Marks)
        {
            var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }

        return first;
    }

    // "rsig=" is no signature, but "%26sig=" and "%3Fsig=" are: the letter belongs to an escape. "StorageAccountKey=" is a key.
    private static bool BeginsWord(ReadOnlySpan<char> text, int at) =>
        text[at + 1] is not ('i' or 'I') || at == 0 || !char.IsLetter(text[at - 1]) || (at >= 3 && text[at - 3] == '%');
}
