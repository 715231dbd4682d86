using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Reads times as ISO 8601 writes them; without an offset they are UTC.</summary>
internal static class Timestamps
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    /// <summary>A time in UTC, to the second.</summary>
    internal static string Write(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time of a member; null when there is none, or none that can be read, which is remarked on.</summary>
    internal static DateTimeOffset? Read(FactsSource source, ObjectValue map, string name)
    {
        if (map.Get(name) is not { } value)
            return null;
        var text = (value as StringValue)?.Text;
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        var shown = text is null ? Words.KindOf(value) : Words.Quote(text);
        source.Remark(value, $"'{name}' is {shown}, which is not a time, so it is not known how old these facts are", "Write it like 2026-11-20T10:00:00Z.");
        return null;
    }
}
