namespace DeployGate.Cli.Inspecting;

/// <summary>Tells a recorded inspection from the disk itself: by the first character, as the name of a file says nothing.</summary>
internal static class RecordedInspection
{
    /// <summary>True when a file is there and cannot be JSON: its first character is neither a brace nor a bracket.</summary>
    internal static bool IsDisk(string full)
    {
        try
        {
            var info = new FileInfo(full);
            if (!info.Exists || info.Length == 0)
            {
                return false;
            }

            using var file = File.OpenHandle(full);
            Span<byte> head = stackalloc byte[64];
            var text = head[..RandomAccess.Read(file, head, 0)];
            text = text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? text[3..] : text;
            text = text.TrimStart(" \t\r\n"u8);
            var isUtf16 = text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
            return !isUtf16 && (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Whoever reads it next says why it cannot be read.
            return false;
        }
    }
}
