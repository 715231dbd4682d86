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
        foreach (var at in Comments(source))
        {
            var line = source.PositionOf(at).Line;
            var text = source.Line(line)[(source.PositionOf(at).Column - 1 + Mark.Length)..];
            var place = new Place(source, new TextSpan(at, Mark.Length + text.TrimEnd().Length));
            var covered = HasCodeBefore(source, at) ? line : NextCode(source, line);
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

    private static IEnumerable<int> Comments(SourceText source)
    {
        for (var at = source.Content.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = source.Content.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            var before = BeforeOnLine(source, at).TrimEnd();
            if (s_comments.Any(mark => before.EndsWith(mark, StringComparison.OrdinalIgnoreCase)))
            {
                yield return at;
            }
        }
    }

    private static string BeforeOnLine(SourceText source, int at)
    {
        var position = source.PositionOf(at);
        return source.Line(position.Line)[..(position.Column - 1)];
    }

    private static bool HasCodeBefore(SourceText source, int at)
    {
        var before = BeforeOnLine(source, at).Trim();
        return !Array.Exists(s_comments, mark => before.Equals(mark, StringComparison.OrdinalIgnoreCase) || before.Equals($"@{mark}", StringComparison.OrdinalIgnoreCase));
    }

    // Decorators and opening brackets belong to what follows them.
    private static int NextCode(SourceText source, int line)
    {
        for (var next = line + 1; source.Exists(next); next++)
        {
            var text = source.Line(next).Trim();
            var isCode = text.Any(char.IsLetterOrDigit) && !text.StartsWith('@') && !Array.Exists(s_comments, mark => text.StartsWith(mark, StringComparison.Ordinal));
            if (isCode)
            {
                return next;
            }
        }

        return line;
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
