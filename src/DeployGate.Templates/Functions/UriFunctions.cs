using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Functions that put addresses together and take them apart.</summary>
internal static class UriFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Structural("uri", 2, 2, ValueShape.Text, Combine),
        Strict("uriComponent", 1, 1, ValueShape.Text, Escape),
        Strict("uriComponentToString", 1, 1, ValueShape.Text, Unescape),
        Strict("buildUri", 1, 1, ValueShape.Text, BuildUri),
        Strict("parseUri", 1, 1, ValueShape.Map, ParseUri),
    ];

    private static Value Escape(FunctionArguments a) =>
        a.Text(0, out var text) ? new StringValue(Uri.EscapeDataString(text)) : a.Problem;

    private static Value Unescape(FunctionArguments a) =>
        a.Text(0, out var text) ? new StringValue(Uri.UnescapeDataString(text)) : a.Problem;

    private static Value Combine(FunctionArguments a)
    {
        if (a[0] is not (StringValue or PartialString or UnknownValue) || a[1] is not (StringValue or PartialString or UnknownValue))
        {
            return a.WrongKind(a[0] is StringValue or PartialString or UnknownValue ? 1 : 0, "a string");
        }

        if (a[0] is not StringValue { Text: var start } || a[1] is not StringValue { Text: var relative })
        {
            return CombinePartly(a);
        }

        if (!TryAbsolute(start, out var root))
        {
            return a.Fail($"argument 1 of {a.Name} is not an absolute address: {a.Show(start)}");
        }

        return TryCombine(root, relative, out var combined)
            ? new StringValue(Text(combined))
            : a.Fail($"argument 2 of {a.Name} is not an address: {a.Show(relative)}");
    }

    // Uncertain: whether Azure writes the address as escaped as here.
    private static string Text(Uri address) => address.AbsoluteUri;

    private static bool TryCombine(Uri root, string relative, [NotNullWhen(true)] out Uri? combined)
    {
        // A path from the root would be taken for a file's path on Unix, so relative addresses are read as such.
        combined = null;
        return HasScheme(relative)
            ? Uri.TryCreate(relative, UriKind.Absolute, out combined)
            : Uri.TryCreate(relative, UriKind.Relative, out var tail) && Uri.TryCreate(root, tail, out combined);
    }

    /// <summary>
    /// What can be said when one side is partly known: a relative path that climbs nowhere is appended to the base's
    /// directory, and its known end (the file's name, most often) stays known.
    /// </summary>
    private static Value CombinePartly(FunctionArguments a)
    {
        if (!IsPlainPath(TextParts.Start(a[1])) || a[1] is not (StringValue or PartialString)
            || TextParts.Of(a[1]) is not { } tail || tail.Any(part => part.Literal?.Contains("..", StringComparison.Ordinal) == true))
        {
            return a.Unknown();
        }

        return Directory(a) is { } directory ? PartialString.Join([.. directory, .. tail]) : a.Unknown();
    }

    private static ImmutableArray<StringPart>? Directory(FunctionArguments a)
    {
        switch (a[0])
        {
            case StringValue { Text: var known } when TryAbsolute(known, out var root) && TryCombine(root, ".", out var directory):
                return [new StringPart(Text(directory))];
            case PartialString holed when holed.KnownEnd.EndsWith('/') && !TextParts.HasKnown(holed, '?'):
                return holed.Parts;
            case UnknownValue or PartialString:
                var cause = Values.FirstUnknown(a[0])!;
                var expression = Residual.Call(a.Name, [a[0], new StringValue(".")]);
                return [new StringPart(Unknowns.From(cause, expression, ValueShape.Text) with { IsSecret = Values.HasSecret(a[0]) })];
            default:
                return null;
        }
    }

    // Begins with a name's characters, so it has no scheme, does not start at the root and is not empty.
    private static bool IsPlainPath(string start) =>
        start.Length > 0 && char.IsAsciiLetterOrDigit(start[0]) && !HasScheme(start)
        && start.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~' or '?' or '=' or '&' or '%')
        && start.AsSpan().IndexOfAny('/', '?', '.') >= 0;

    private static bool TryAbsolute(string text, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        return HasScheme(text) && Uri.TryCreate(text, UriKind.Absolute, out address);
    }

    private static bool HasScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(text[0])
            && text.Take(colon).All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }

    private static Value BuildUri(FunctionArguments a)
    {
        if (!a.Map(0, out var parts))
        {
            return a.Problem;
        }

        if (parts.GetText("scheme") is not { Length: > 0 } scheme || !Uri.CheckSchemeName(scheme)
            || parts.GetText("host") is not { Length: > 0 } host || Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return a.Fail($"{a.Name} needs a scheme and a host");
        }

        var port = parts.Get("port") switch
        {
            null or IntValue { Number: -1 } => "",
            IntValue { Number: >= 0 and <= 65535 } number => string.Create(CultureInfo.InvariantCulture, $":{number.Number}"),
            _ => null,
        };
        if (port is null || parts.Get("path") is not (null or StringValue) || parts.Get("query") is not (null or StringValue))
        {
            return a.Fail($"{a.Name} needs a port from 0 to 65535, and path and query that are strings");
        }

        var (path, query) = (parts.GetText("path") ?? "", parts.GetText("query") ?? "");
        var text = $"{scheme}://{host}{port}/{path.TrimStart('/')}{(query.Length == 0 || query[0] == '?' ? "" : "?")}{query}";
        return Uri.TryCreate(text, UriKind.Absolute, out var address) ? new StringValue(Text(address)) : a.Fail($"{a.Name} was given no address");
    }

    private static Value ParseUri(FunctionArguments a)
    {
        if (!a.Text(0, out var text))
        {
            return a.Problem;
        }

        return TryAbsolute(text, out var address) ? Components(address) : a.Fail($"{a.Show(text)} is not an absolute address");
    }

    // Uncertain: whether Azure leaves out what the address leaves out, as here.
    private static ObjectValue Components(Uri address)
    {
        var members = ImmutableArray.CreateBuilder<Member>();
        members.Add(new Member("scheme", new StringValue(address.Scheme)));
        members.Add(new Member("host", new StringValue(address.Host)));
        if (!address.IsDefaultPort)
        {
            members.Add(new Member("port", new IntValue(address.Port)));
        }

        members.Add(new Member("path", new StringValue(address.AbsolutePath)));
        if (address.Query.Length > 0)
        {
            members.Add(new Member("query", new StringValue(address.Query)));
        }

        return new ObjectValue(members.ToImmutable());
    }
}
