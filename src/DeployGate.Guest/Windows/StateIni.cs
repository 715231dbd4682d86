using System.Text;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Guest.Windows;

/// <summary>Reads <c>State.ini</c>: section <c>[State]</c>, <c>ImageState=</c>, with or without quotes, in ANSI, UTF-8 or UTF-16.</summary>
internal static class StateIni
{
    private const int MaxBytes = 64 * 1024;

    internal static Lookup<string> Read(IByteSource file) => Text(file).Then<string>(text => Find(text) is { } word
        ? new Lookup<string>.Found(word)
        : new Lookup<string>.Unreadable(new ReadFailure(file.Name, null, "a line 'ImageState=' in the section [State]", "none")));

    private static Lookup<string> Text(IByteSource file)
    {
        if (file.Length > MaxBytes)
        {
            return new Lookup<string>.Unreadable(new ReadFailure(file.Name, null, FormattableString.Invariant($"at most {MaxBytes} bytes"), FormattableString.Invariant($"{file.Length}")));
        }

        return Fault.Catch(() =>
        {
            var bytes = new byte[file.Length];
            file.Read(0, bytes);
            return new Lookup<string>.Found(Decode(bytes));
        });
    }

    internal static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
        [not 0, 0, ..] => Encoding.Unicode.GetString(bytes),
        _ => Encoding.Latin1.GetString(bytes),
    };

    internal static string? Find(string text)
    {
        var isInState = false;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('['))
            {
                isInState = line.Equals("[State]", StringComparison.OrdinalIgnoreCase);
            }
            else if (isInState && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && line.AsSpan(0, at).Trim().Equals("ImageState", StringComparison.OrdinalIgnoreCase))
            {
                return line[(at + 1)..].Trim().Trim('"').Trim();
            }
        }

        return null;
    }
}
