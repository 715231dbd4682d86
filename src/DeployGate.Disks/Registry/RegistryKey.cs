namespace DeployGate.Disks.Registry;

/// <summary>A key of the registry.</summary>
/// <param name="Name">Its last name as written.</param>
/// <param name="LastWritten">When it was changed last; null when what stands there is no time.</param>
/// <param name="SubKeys">Number of keys below it, as it states.</param>
/// <param name="Values">Number of its values, as it states.</param>
/// <param name="Offset">Where it stands, in bytes from the start of the hive file (of the recovered one, when logs were applied).</param>
public sealed record RegistryKey(string Name, DateTimeOffset? LastWritten, long SubKeys, long Values, long Offset);

/// <summary>Times of Windows: 100 nanoseconds since 1601, UTC.</summary>
internal static class FileTime
{
    internal static DateTimeOffset? Read(long value) =>
        value > 0 && value <= DateTimeOffset.MaxValue.ToFileTime() ? DateTimeOffset.FromFileTime(value).ToUniversalTime() : null;
}
