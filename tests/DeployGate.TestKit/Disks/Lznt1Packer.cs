namespace DeployGate.TestKit.Disks;

/// <summary>A simple packer for the compression of NTFS: literals, and matches found by their first three bytes.</summary>
public static class Lznt1Packer
{
    private const int ChunkSize = 4096;

    /// <summary>The chunks for <paramref name="bytes"/>, and the two zeros that end them.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new List<byte>();
        for (var at = 0; at < bytes.Length; at += ChunkSize)
        {
            var chunk = bytes.Slice(at, Math.Min(ChunkSize, bytes.Length - at));
            var body = PackChunk(chunk);
            // A chunk that does not shrink is stored, and then always as a whole.
            var isPacked = body.Count < ChunkSize;
            if (!isPacked)
            {
                body = [.. chunk, .. new byte[ChunkSize - chunk.Length]];
            }

            var header = (isPacked ? 0xb000 : 0x3000) | (body.Count - 1);
            packed.Add((byte)header);
            packed.Add((byte)(header >> 8));
            packed.AddRange(body);
        }

        packed.AddRange([0, 0]);
        return [.. packed];
    }

    private static List<byte> PackChunk(ReadOnlySpan<byte> chunk)
    {
        var output = new List<byte>();
        var seen = new Dictionary<int, int>();
        var flags = 0;
        for (var (at, token) = (0, 0); at < chunk.Length; token++)
        {
            if (token % 8 == 0)
            {
                flags = output.Count;
                output.Add(0);
            }

            var (length, distance) = Match(chunk, at, seen, out var lengthBits);
            if (length < 3)
            {
                output.Add(chunk[at++]);
                continue;
            }

            output[flags] |= (byte)(1 << token % 8);
            var word = distance - 1 << lengthBits | length - 3;
            output.Add((byte)word);
            output.Add((byte)(word >> 8));
            at += length;
        }

        return output;
    }

    private static (int Length, int Distance) Match(ReadOnlySpan<byte> chunk, int at, Dictionary<int, int> seen, out int lengthBits)
    {
        var distanceBits = 4;
        while (1 << distanceBits < at)
        {
            distanceBits++;
        }

        lengthBits = 16 - distanceBits;
        if (at + 3 > chunk.Length)
        {
            return default;
        }

        var key = chunk[at] | chunk[at + 1] << 8 | chunk[at + 2] << 16;
        var found = seen.TryGetValue(key, out var before) && at - before <= 1 << distanceBits;
        seen[key] = at;
        if (!found)
        {
            return default;
        }

        var length = 3;
        var most = Math.Min(chunk.Length - at, (1 << lengthBits) + 2);
        while (length < most && chunk[before + length] == chunk[at + length])
        {
            length++;
        }

        return (length, at - before);
    }
}
