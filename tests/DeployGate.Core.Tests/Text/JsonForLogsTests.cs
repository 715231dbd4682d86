using System.Globalization;
using System.Text.Json;
using DeployGate.Core.Text;

namespace DeployGate.Core.Tests.Text;

public sealed class JsonForLogsTests
{
    [Theory]
    [InlineData("##vso[task.complete]", "\\u0023\\u0023vso[task.complete]")]
    [InlineData("a\u202Eb\u200Bc\u00AD", "a\\u202Eb\\u200Bc\\u00AD")]
    [InlineData("\u2028\u2029\u0085\u007F", "\\u2028\\u2029\\u0085\\u007F")]
    [InlineData("\u0600\u180E\uFFF9", "\\u0600\\u180E\\uFFF9")]
    [InlineData("\U000E0041", "\\uDB40\\uDC41")]
    [InlineData("\u001B[31m", "\\u001B[31m")]
    [InlineData("Größe, 大小, 😀, <&>'", "Größe, 大小, 😀, <&>'")]
    [InlineData("plain\n", "plain\n")]
    [InlineData("", "")]
    [InlineData("half \uD800 of one#", "half \uD800 of one\\u0023")]
    public void What_acts_on_a_log_is_an_escape(string text, string expected) => Assert.Equal(expected, JsonForLogs.Escape(text));

    /// <summary>Both sets that stood in two places: no character of either may stay as it is.</summary>
    [Fact]
    public void No_character_of_an_active_kind_stays()
    {
        int[] ranges = [.. Enumerable.Range(0x7F, 0x21), .. Enumerable.Range(0x200B, 5), .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2060, 16)];
        var kinds = Enumerable.Range(0, char.MaxValue + 1).Where(c => c != '\n' && CharUnicodeInfo.GetUnicodeCategory((char)c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        foreach (var c in kinds.Concat(ranges).Append('#').Select(c => (char)c))
        {
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"x\\u{(int)c:X4}y"), JsonForLogs.Escape($"x{c}y"));
        }
    }

    [Fact]
    public void A_reader_gets_the_same_value_back()
    {
        var escaped = JsonForLogs.Escape("\"#\u202E\u00AD\U000E0041é\"");
        Assert.Equal("#\u202E\u00AD\U000E0041é", JsonSerializer.Deserialize<string>(escaped));
    }
}
