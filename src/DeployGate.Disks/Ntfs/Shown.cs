using System.Text;

namespace DeployGate.Disks.Ntfs;

/// <summary>Bytes of a disk as they may stand in a message: hostile ones must not forge a line or a colour.</summary>
internal static class Shown
{
    /// <summary>The first four bytes: as letters when they are such, else in hexadecimal.</summary>
    internal static string Signature(ReadOnlySpan<byte> bytes)
    {
        var four = bytes[..Math.Min(4, bytes.Length)];
        foreach (var value in four)
        {
            if (!char.IsAsciiLetterOrDigit((char)value))
            {
                return Convert.ToHexStringLower(four);
            }
        }

        return Encoding.ASCII.GetString(four);
    }
}
