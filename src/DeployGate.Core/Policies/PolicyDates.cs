using System.Globalization;

namespace DeployGate.Core.Policies;

/// <summary>The dates that policies put in order: ISO 8601, and what the functions of templates write when no format is given.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-date"/>
public static class PolicyDates
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private const string UtcNow = "yyyyMMddTHHmmssZ";

    // Of dateTimeAdd the documentation shows this form and the base's own; the tool writes this one, and both are read.
    private const string DateTimeAdd = "M/d/yyyy h:mm:ss tt";

    /// <summary>The date or time that a text says, in UTC where it names no zone; null for any other text.</summary>
    public static DateTimeOffset? Read(string text)
    {
        if (text.Length is < 8 or > 40 || !char.IsAsciiDigit(text[0]))
        {
            return null;
        }

        var isRead = text.Contains('-', StringComparison.Ordinal)
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var date)
            : DateTimeOffset.TryParseExact(text, [UtcNow, DateTimeAdd], CultureInfo.InvariantCulture, Utc, out date);
        return isRead ? date : null;
    }

    /// <summary>True for a date with a time of the day: such a text is a point of time, and never a version or a name.</summary>
    internal static bool IsTime(string text) => (text.Contains(':', StringComparison.Ordinal) || text.Contains('T', StringComparison.Ordinal)) && Read(text) is not null;
}
