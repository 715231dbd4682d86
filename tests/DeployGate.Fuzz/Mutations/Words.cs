using DeployGate.Fuzz.Running;

namespace DeployGate.Fuzz.Mutations;

/// <summary>What readers of any language stumble over: extremes of numbers and texts, and characters that are no usual ones.</summary>
internal static class Words
{
    private static readonly string[] s_numbers =
    [
        "0", "-0", "-1", "1", "2", "7", "100", "255", "256", "65535", "65536", "1000000", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "1e308", "1e309", "-1e309", "1e-400",
        "0.1", "1e999999999", "0x7fffffff", "0xffffffffffffffff", "0b1", "0777", "00", "1_000", "1.", ".1", "NaN", "Infinity", "99999999999999999999999999999999999999999999999999",
        "2026-02-30", "9999-12-31", "0001-01-01", "2026-11-20T10:00:00Z", "9999-12-31T23:59:59.9999999+14:00", "0001-01-01T00:00:00+14:00", "-62135596800", "253402300800",
    ];

    private static readonly string[] s_odd =
    [
        "\0", "\u0001", "\b", "\u000b", "\f", "\u001b", "\u007f", "\u0085", "\u00a0", "\u00ad", "\u0130", "\u0131", "\u0301", "\u200b", "\u200d", "\u2028", "\u2029", "\u202e", "\ud800", "\udc00", "\udbff\udfff",
        "\ud800\ud800", "\udc00\ud800", "\ue000", "\ufeff", "\ufffd", "\uffff", "\ud83d\ude00", "\r", "\n", "\r\n", "\t", "\n\r", " ", "\u3000", "\\", "\"", "'", "`", "'''", "\"\"\"", "${", "$(", "${{", "}}", "]]>", "<!--",
        "*/", "/*", "//", "#", "--", "@", "&a", "*a", "!!binary", "%YAML 1.2\n---\n", "<<: *a", "\\u0000", "\\ud800", "\\u{110000}", "\\x", "%", "%%", "!", "^", "&&", "||", ";", "|", "~", "$$", "$?", "$((", "<<EOF\n", "@'\n",
        "@\"\n", "../../../../etc/passwd", "/subscriptions/", "{0,2000000000}", "{0:D999999999}", "(a+)+$", "constructor", "__proto__", "null", "true", "[*]", "[[", "[", "]",
    ];

    internal static string Number(Dice dice) => dice.Of(s_numbers);

    internal static string Odd(Dice dice) => dice.Of(s_odd);

    /// <summary>A text that is empty, odd, or very long.</summary>
    internal static string Extreme(Dice dice) => dice.Next(6) switch
    {
        0 => "",
        1 => new string((char)dice.Next(0x20, 0x7f), dice.Next(1, 5_000)),
        2 => string.Concat(Enumerable.Repeat(Odd(dice), dice.Next(1, 200))),
        3 => new string((char)dice.Next(0x10000), dice.Next(1, 4)),
        4 => Odd(dice) + Odd(dice),
        _ => Number(dice),
    };
}
