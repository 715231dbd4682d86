namespace DeployGate.Disks.Sources;

/// <summary>The check that every source makes first.</summary>
internal static class Bounds
{
    internal static void Check(IByteSource source, long offset, int count)
    {
        if (offset < 0 || count > source.Length || offset > source.Length - count)
        {
            throw Fault.At(source.Name, offset, FormattableString.Invariant($"{count} bytes"), FormattableString.Invariant($"the end after {source.Length} bytes"));
        }
    }

    /// <summary>The bytes from <paramref name="offset"/> on, as a new array. <paramref name="count"/> must be bounded by the caller.</summary>
    internal static byte[] ReadBytes(this IByteSource source, long offset, int count)
    {
        // Checked before the array is made: a hostile count never costs memory that the source could not fill.
        Check(source, offset, count);
        var bytes = new byte[count];
        source.Read(offset, bytes);
        return bytes;
    }
}
