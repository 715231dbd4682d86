using DeployGate.Core.Policies;
using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Policies;

/// <summary>Patterns against texts with holes, compared with trying every short filling.</summary>
public sealed class TextPatternTests
{
    private static readonly string[] s_fillings = [.. Fillings(3)];

    [Theory]
    [InlineData("*/galleries/contoso/images/*", "/x/GALLERIES/Contoso/images/web", true)]
    [InlineData("*/galleries/contoso/images/*", "/x/galleries/other/images/web", false)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("a*b", "ab", true)]
    [InlineData("a*b", "abc", false)]
    public void Like_takes_stars_and_no_case(string pattern, string text, bool fits) =>
        Assert.Equal(fits, TextPattern.Like(pattern).Fits(new StringValue(text)));

    [Theory]
    [InlineData("v#-??.", "v1-abX", true, true)]
    [InlineData("v#-??.", "V1-abX", false, true)]
    [InlineData("v#-??.", "v1-1bX", false, false)]
    [InlineData("##", "123", false, false)]
    public void Match_takes_digits_letters_and_any_characters(string pattern, string text, bool withCase, bool withoutCase)
    {
        Assert.Equal(withCase, TextPattern.Match(pattern, hasCase: true).Fits(new StringValue(text)));
        Assert.Equal(withoutCase, TextPattern.Match(pattern, hasCase: false).Fits(new StringValue(text)));
    }

    [Fact]
    public void What_is_said_of_a_text_with_holes_holds_for_every_filling()
    {
        var random = new Random(7);
        var seen = new HashSet<bool?>();
        for (var i = 0; i < 4_000; i++)
        {
            var pattern = Word(random, "ab/*", 6);
            var (before, after) = (Word(random, "ab/", 3), Word(random, "ab/", 3));
            var shape = random.Next(2) == 0 ? ValueShape.Any : ValueShape.IdSegment;
            var hole = new UnknownValue(UnknownReason.ParameterNoValue, "p", "why") { Shape = shape };
            var text = PartialString.Join([new StringPart(before), new StringPart(hole), new StringPart(after)]);
            var said = TextPattern.Like(pattern).Fits(text);
            seen.Add(said);
            var answers = s_fillings.Where(filling => shape == ValueShape.Any || !filling.Contains('/')).Select(filling => TextPattern.Like(pattern).Fits(new StringValue(before + filling + after))).ToHashSet();
            Assert.True(said is null || answers.SetEquals([said]), $"{pattern} / {before}{{}}{after}: said {said}, answers {string.Join(' ', answers)}");
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public void What_would_take_too_long_is_not_known() =>
        Assert.Null(TextPattern.Like(new string('*', 5_000)).Fits(new StringValue(new string('a', 5_000))));

    private static string Word(Random random, string letters, int longest) =>
        string.Concat(Enumerable.Range(0, random.Next(longest + 1)).Select(_ => letters[random.Next(letters.Length)]));

    private static IEnumerable<string> Fillings(int longest) =>
        longest == 0 ? [""] : Fillings(longest - 1).SelectMany(word => word.Length == longest - 1 ? (string[])[word, word + "a", word + "b", word + "/"] : [word]);
}
