using DeployGate.Core.Text;

namespace DeployGate.Core.Tests.Text;

public sealed class RecentTextsTests
{
    [Fact]
    public void The_same_text_is_the_same_string()
    {
        var first = RecentTexts.Of("a text that several findings show".AsSpan(0, 20));

        Assert.Same(first, RecentTexts.Of("a text that several other findings show".AsSpan(0, 20)));
        Assert.Same(first, RecentTexts.Of(new string(first)));
        Assert.Same(first, RecentTexts.OfMade(first.AsSpan()));
    }

    [Fact]
    public void Every_text_stays_what_it_is()
    {
        var random = new Random(46);
        for (var i = 0; i < 100_000; i++)
        {
            var text = string.Create(random.Next(600), random, static (space, random) => random.GetItems("ab/é\0\ud83d", space));
            Assert.Equal(text, RecentTexts.Of(text));
            Assert.Equal(text, RecentTexts.Of(text.AsSpan()));
            Assert.Equal(text, RecentTexts.OfMade(text));
        }
    }

    [Fact]
    public void Texts_that_differ_in_one_character_are_not_taken_for_one_another()
    {
        for (var length = 1; length <= 600; length++)
        {
            for (var at = 0; at < length; at += 7)
            {
                var other = new string('a', at) + "b" + new string('a', length - at - 1);
                Assert.Equal(new string('a', length), RecentTexts.Of(new string('a', length)));
                Assert.Equal(other, RecentTexts.Of(other));
            }
        }
    }

    [Fact]
    public void Threads_that_ask_at_once_get_the_texts_that_they_asked_for()
    {
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var text = $"text {i % 500}";
                Assert.Equal(text, RecentTexts.Of(text.AsSpan()));
            }
        });
    }

    [Fact]
    public void A_forgotten_text_is_made_again()
    {
        var first = RecentTexts.Of("forgotten".AsSpan());
        RecentTexts.Forget();

        Assert.Equal(first, RecentTexts.Of("forgotten".AsSpan()));
    }
}
