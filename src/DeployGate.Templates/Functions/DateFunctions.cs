using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Functions of dates; none of them knows today's.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-date"/>
internal static class DateFunctions
{
    // What utcNow() writes unless told otherwise; .NET does not read it by itself.
    private const string CompactFormat = "yyyyMMddTHHmmssZ";
    private const string EpochFormat = "yyyy-MM-ddTHH:mm:ssZ";
    private const DateTimeStyles ToUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    // Longer texts are no dates and no formats.
    private const int LongestText = 1024;

    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Strict("dateTimeAdd", 2, 3, ValueShape.Text, Add),
        Strict("dateTimeFromEpoch", 1, 1, ValueShape.Text, FromEpoch),
        Strict("dateTimeToEpoch", 1, 1, ValueShape.Number, ToEpoch),
    ];

    // Uncertain: documentation shows this form where no format is given.
    private static string DefaultFormat => "M/d/yyyy h:mm:ss tt";

    private static Value Add(FunctionArguments a)
    {
        var format = DefaultFormat;
        if (!a.Text(0, out var start) || !a.Text(1, out var duration) || (a.Count > 2 && !a.Text(2, out format)))
        {
            return a.Problem;
        }

        if (Parse(start) is not { } date)
        {
            return NotADate(a);
        }

        if (ParseDuration(duration) is not { } length)
        {
            return a.Fail($"argument 2 of {a.Name} is not an ISO 8601 duration: {a.Show(duration)}");
        }

        var ticks = (Int128)date.Ticks + length.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return a.Fail($"the result of {a.Name} lies outside the years 1 to 9999");
        }

        return Write(new DateTime((long)ticks, DateTimeKind.Utc), format) is { } text
            ? new StringValue(text)
            : a.Fail($"argument 3 of {a.Name} is not a date format: {a.Show(format)}");
    }

    private static UnknownValue NotADate(FunctionArguments a) => a.Fail($"argument 1 of {a.Name} is not a date: {a.Show(a[0])}");

    private static Value FromEpoch(FunctionArguments a)
    {
        if (!a.Int(0, out var seconds))
        {
            return a.Problem;
        }

        var ticks = DateTime.UnixEpoch.Ticks + ((Int128)seconds * TimeSpan.TicksPerSecond);
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks
            ? a.Fail($"{a.Show(a[0])} seconds lie outside the years 1 to 9999")
            : new StringValue(new DateTime((long)ticks, DateTimeKind.Utc).ToString(EpochFormat, CultureInfo.InvariantCulture));
    }

    private static Value ToEpoch(FunctionArguments a)
    {
        if (!a.Text(0, out var text))
        {
            return a.Problem;
        }

        return Parse(text) is { } date
            ? new IntValue((long)Math.Floor((date - DateTime.UnixEpoch).TotalSeconds))
            : NotADate(a);
    }

    private static DateTime? Parse(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, CompactFormat, CultureInfo.InvariantCulture, ToUtc, out var date))
        {
            return date;
        }

        return NamesYear(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, ToUtc, out date) ? date : null;
    }

    // .NET fills in today's date or year where a text has none ("10:30", "5 March"): the answer would change by the day.
    private static bool NamesYear(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits == 4)
            {
                return true;
            }
        }

        return false;
    }

    private static TimeSpan? ParseDuration(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string? Write(DateTime date, string format)
    {
        if (format.Length > LongestText)
        {
            return null;
        }

        try
        {
            return date.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
