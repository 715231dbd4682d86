namespace DeployGate.Reporting.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("C:\\vhds\\Größe 日本 😀.vhd", "C:\\vhds\\Größe 日本 😀.vhd")]
    [InlineData("a\r\n\tb", "a\\r\\n\\tb")]
    [InlineData("\0\u001b[31m\u007f\u009b", "\\u{0}\\u{1b}[31m\\u{7f}\\u{9b}")]
    [InlineData("\u202ea\u2066\u2069\u200b\ufeff\u2028", "\\u{202e}a\\u{2066}\\u{2069}\\u{200b}\\u{feff}\\u{2028}")]
    [InlineData("\U000E0041\U000E0100\ufe0f\u3164", "\\u{e0041}\\u{e0100}\\u{fe0f}\\u{3164}")]
    [InlineData("##vso[a.b]c ##[error]d ##VSO[e", "##vso\\[a.b]c ##\\[error]d ##VSO\\[e")]
    [InlineData("##v\u00adso[a.b]c", "##v\\u{ad}so[a.b]c")]
    [InlineData("a[0] #[b]", "a[0] #[b]")]
    public void What_is_not_plain_is_made_visible(string? value, string expected) => Assert.Equal(expected, SafeText.Line(value));

    [Fact]
    public void A_lone_surrogate_is_made_visible() => Assert.Equal("a\\u{d83d}b", SafeText.Line("a\ud83db"));

    [Fact]
    public void A_long_value_is_cut() =>
        Assert.Equal(new string('a', 1500) + "… (98500 more characters)", SafeText.Line(new string('a', 100_000)));

    [Theory]
    [InlineData("https://a/b?sv=1&sig=ab%2B/+=&se=2", "https://a/b?sv=1&sig=********&se=2")]
    [InlineData("?SIG=abc' and &amp;sig=d\"", "?SIG=***' and &amp;sig=*\"")]
    [InlineData("sig=a", "sig=*")]
    [InlineData("design=a, ?sig=", "design=a, ?sig=")]
    public void A_signature_is_masked(string text, string expected) => Assert.Equal(expected, Signature.Mask(text));
}
