using System.Collections.Immutable;
using DeployGate.Cli.Configuration;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Templates;

namespace DeployGate.Cli.Waivers;

/// <summary>
/// Finds waivers in comments, <c>deploygate: ignore DG2002 until 2027-01-31 -- reason</c>, and the same words in the
/// <c>metadata.deploygate</c> of ARM templates. A comment after code covers its line; one that stands alone covers the next line of code.
/// Metadata covers the object it belongs to: a resource, or the whole template.
/// </summary>
internal static class InlineWaivers
{
    private const string Mark = "deploygate:";

    // How the languages that are read begin a comment; the last two are of batch files.
    private static readonly string[] s_comments = ["//", "#", "/*", "::", "rem"];

    /// <summary>The waivers of a file, and what is wrong with those that are none.</summary>
    internal static (ImmutableArray<Waiver> Waivers, ImmutableArray<InputError> Errors) Read(SourceText source, TemplateFile? template)
    {
        var waivers = ImmutableArray.CreateBuilder<Waiver>();
        var errors = ImmutableArray.CreateBuilder<InputError>();
        var lines = new CodeLines(source);
        var marks = Comments(source).ToList();
        for (var i = 0; i < marks.Count; i++)
        {
            // Up to the next waiver, so that a line of a thousand of them is not read a thousand times.
            var (comment, at) = marks[i];
            var line = source.PositionOf(at).Line;
            var (start, end) = (at + Mark.Length, Math.Min(lines.EndOf(line), i + 1 < marks.Count ? marks[i + 1].Comment : int.MaxValue));
            var text = source.Content[start..Math.Max(start, end)];
            var place = new Place(source, new TextSpan(at, Mark.Length + text.TrimEnd().Length));
            var covered = lines.HasCodeBefore(line, comment) ? line : lines.NextCode(line);
            Add(text, place, new WaiverReach.Line(source.Path, covered), waivers, errors);
        }

        foreach (var (text, holder) in template?.MetadataOf("deploygate") ?? [])
        {
            Add(text.Value, text.Place, new WaiverReach.Range(holder), waivers, errors);
        }

        return (waivers.ToImmutable(), errors.ToImmutable());
    }

    private static void Add(string text, Place place, WaiverReach reach, ImmutableArray<Waiver>.Builder waivers, ImmutableArray<InputError>.Builder errors)
    {
        var (words, mistake) = WaiverText.Read(text);
        if (words is null)
        {
            errors.Add(new InputError(place.Source.Path, place.Start, $"this is no waiver: {mistake}", $"Write: {WaiverText.Form}"));
            return;
        }

        waivers.AddRange(words.Rules.Select(rule => new Waiver(rule, reach, words.Reason, words.Expires, SuppressionKind.InSource, place)));
    }

    // Where the comments begin, and the marks in them.
    private static IEnumerable<(int Comment, int At)> Comments(SourceText source)
    {
        for (var at = source.Content.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = source.Content.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            if (CommentBefore(source.Content.AsSpan(source.StartOf(source.PositionOf(at).Line)..at)) is { } length)
            {
                yield return (at - length, at);
            }
        }
    }

    // How many characters back the comment begins at whose mark a text ends, blanks included; null when it ends with none.
    private static int? CommentBefore(ReadOnlySpan<char> before)
    {
        var trimmed = before.TrimEnd();
        foreach (var mark in s_comments)
        {
            if (trimmed.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                return before.Length - trimmed.Length + mark.Length;
            }
        }

        return null;
    }

    /// <summary>Which lines of a text hold code; each line is looked at once, however many waivers stand above it.</summary>
    private sealed class CodeLines(SourceText source)
    {
        private int[]? _next;
        private (int Line, int At) _first;

        /// <summary>Where a line ends, its line end left out.</summary>
        internal int EndOf(int line)
        {
            var (start, end) = (source.StartOf(line), source.StartOf(line + 1));
            return start + source.Content.AsSpan(start..end).TrimEnd("\r\n").Length;
        }

        /// <summary>True when something else than blanks stands before a comment; an @ may.</summary>
        internal bool HasCodeBefore(int line, int comment)
        {
            if (_first.Line != line)
            {
                var text = source.Content.AsSpan(source.StartOf(line)..comment);
                _first = (line, comment - text.TrimStart().Length);
            }

            return !(source.Content.AsSpan(Math.Min(_first.At, comment)..comment) is "" or "@");
        }

        /// <summary>The next line below one that holds code; the line itself where there is none.</summary>
        internal int NextCode(int line)
        {
            _next ??= Find();
            return line + 1 < _next.Length && _next[line + 1] > 0 ? _next[line + 1] : line;
        }

        // For each line the first one from it on that holds code, 0 where none does.
        private int[] Find()
        {
            var count = source.PositionOf(source.Content.Length).Line;
            var next = new int[count + 1];
            for (var line = count; line >= 1; line--)
            {
                next[line] = IsCode(source.Content.AsSpan(source.StartOf(line)..EndOf(line)).Trim()) ? line : line < count ? next[line + 1] : 0;
            }

            return next;
        }

        // Decorators and opening brackets belong to what follows them.
        private static bool IsCode(ReadOnlySpan<char> text)
        {
            foreach (var mark in s_comments)
            {
                if (text.StartsWith(mark, StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return !text.StartsWith('@') && HasWord(text);
        }

        private static bool HasWord(ReadOnlySpan<char> text)
        {
            foreach (var c in text)
            {
                if (char.IsLetterOrDigit(c))
                {
                    return true;
                }
            }

            return false;
        }
    }
}

/// <summary>The words of a waiver.</summary>
/// <param name="Rules">The rules it is about.</param>
/// <param name="Expires">The last day; null for no end.</param>
/// <param name="Reason">Why; never empty.</param>
internal sealed record WaiverText(ImmutableArray<string> Rules, DateOnly? Expires, string Reason)
{
    internal const string Form = "deploygate: ignore RULE [until YYYY-MM-DD] -- reason";

    private static readonly char[] s_blanks = [' ', '\t', ','];

    /// <summary>Reads what follows the mark; the mistake is for the user.</summary>
    internal static (WaiverText? Text, string Mistake) Read(string text)
    {
        var end = text.IndexOf("*/", StringComparison.Ordinal);
        var whole = (end < 0 ? text : text[..end]).Trim();
        var dashes = whole.IndexOf("--", StringComparison.Ordinal);
        var words = (dashes < 0 ? whole : whole[..dashes]).Split(s_blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["ignore", ..])
        {
            return (null, words is [] ? "it says nothing" : $"'{words[0]}' is not a word that is known here");
        }

        var until = Array.IndexOf(words, "until");
        var rules = words[1..(until < 0 ? words.Length : until)];
        if (rules.Length == 0)
        {
            return (null, "it names no rule");
        }

        if (Array.Find(rules, rule => rule.StartsWith("DG", StringComparison.OrdinalIgnoreCase) && RuleCatalog.Find(rule) is null) is { } unknown)
        {
            return (null, $"there is no rule '{unknown}'{Spelling.Suggestion(unknown, RuleCatalog.All.Select(rule => rule.Descriptor.Id))}");
        }

        DateOnly? expires = null;
        if (until >= 0 && (words.Length != until + 2 || (expires = Days.Read(words[until + 1])) is null))
        {
            return (null, "after 'until' stands one day, such as 2027-01-31");
        }

        var reason = dashes < 0 ? "" : whole[(dashes + 2)..].Trim();
        return reason.Length == 0 ? (null, "it gives no reason after '--'") : (new WaiverText([.. rules], expires, reason), "");
    }
}
