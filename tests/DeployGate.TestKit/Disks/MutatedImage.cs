using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>
/// An image in memory, without its zeros, some bytes of which are changed. It notes what is read of the unchanged one: exactly those
/// places hold structures, and there the changes are made. It ends a reader that reads without end.
/// </summary>
public sealed class MutatedImage : IByteSource
{
    private const int Page = 4096;
    private const long MostBytes = 600L << 20;
    private const long MostReads = 400_000;

    private readonly Dictionary<long, byte[]> _original = [];
    private readonly Dictionary<long, byte[]> _changed = [];
    private long _bytes;
    private long _reads;

    /// <summary>Takes what is not zero of a source.</summary>
    public MutatedImage(IByteSource source)
    {
        Length = source.Length;
        var page = new byte[Page];
        for (long at = 0; at < Length; at += Page)
        {
            var part = page.AsSpan(0, (int)Math.Min(Page, Length - at));
            page.AsSpan().Clear();
            source.Read(at, part);
            if (page.AsSpan().ContainsAnyExcept((byte)0))
                _original[at] = page.ToArray();
        }
    }

    /// <inheritdoc/>
    public string Name => "image";

    /// <inheritdoc/>
    public long Length { get; }

    /// <summary>What was read, while <see cref="IsNoting"/>.</summary>
    public HashSet<(long Offset, int Count)> Places { get; } = [];

    /// <summary>Whether what is read is noted.</summary>
    public bool IsNoting { get; set; }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        _bytes += destination.Length;
        _reads++;
        if (_bytes > MostBytes || _reads > MostReads)
            throw new InvalidOperationException(FormattableString.Invariant($"The reader does not end: {_reads} reads, {_bytes} bytes."));

        if (IsNoting)
            Places.Add((offset, destination.Length));

        for (var done = 0; done < destination.Length;)
        {
            var at = (offset + done) / Page * Page;
            var within = (int)(offset + done - at);
            var part = destination.Slice(done, Math.Min(destination.Length - done, Page - within));
            if (_changed.TryGetValue(at, out var page) || _original.TryGetValue(at, out page))
                page.AsSpan(within, part.Length).CopyTo(part);
            else
                part.Clear();

            done += part.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The places of structures: single bytes are contents of files, everything else is structure.</summary>
    public IReadOnlyList<(long Offset, int Count)> Structures => [.. Places.Where(place => place.Count is > 1 and <= 65536).Order()];

    /// <summary>Bytes that hold something, in whole pages.</summary>
    public long Kept => (long)_original.Count * Page;

    /// <summary>Forgets how much was read: whoever copies the image is no reader that does not end.</summary>
    public void Forget() => (_bytes, _reads) = (long.MinValue / 2, long.MinValue / 2);

    /// <summary>Changes one to four places anew.</summary>
    /// <param name="random">Chooses what is changed.</param>
    /// <param name="places">Where structures lie.</param>
    /// <param name="mend">Puts checksums right again, half of the time, so that the change itself is what the reader meets; null where there are none.</param>
    public void Mutate(Random random, IReadOnlyList<(long Offset, int Count)> places, Action<byte[]>? mend)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(places);
        _changed.Clear();
        (_bytes, _reads) = (0, 0);
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var (offset, count) = places[random.Next(places.Count)];
            var bytes = this.ReadBytes(offset, count);
            Edit(random, bytes);
            if (random.Next(2) == 0)
                mend?.Invoke(bytes);

            Write(offset, bytes);
        }
    }

    private static void Edit(Random random, byte[] bytes)
    {
        var at = random.Next(bytes.Length);
        var rest = bytes.AsSpan(at);
        ReadOnlySpan<ulong> values = [0, 1, 2, 0xFF, 0x7F, 0x100, 0xFFFF, 0x8000, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000, ulong.MaxValue, (ulong)at, (ulong)random.NextInt64()];
        var value = values[random.Next(values.Length)];
        switch (random.Next(7))
        {
            case 0:
                rest[0] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                rest[0] = (byte)value;
                break;
            case 2 when rest.Length >= 2:
                BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)value);
                break;
            case 3 when rest.Length >= 4:
                BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)value);
                break;
            case 4 when rest.Length >= 4:
                BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)value);
                break;
            case 5 when rest.Length >= 8:
                BinaryPrimitives.WriteUInt64BigEndian(rest, value);
                break;
            default:
                var from = random.Next(bytes.Length);
                var length = Math.Min(random.Next(1, 64), bytes.Length - Math.Max(at, from));
                bytes.AsSpan(from, length).CopyTo(rest);
                break;
        }
    }

    private void Write(long offset, byte[] bytes)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var at = (offset + done) / Page * Page;
            var within = (int)(offset + done - at);
            if (!_changed.TryGetValue(at, out var page))
                _changed[at] = page = _original.TryGetValue(at, out var original) ? [.. original] : new byte[Page];

            var part = bytes.AsSpan(done, Math.Min(bytes.Length - done, Page - within));
            part.CopyTo(page.AsSpan(within));
            done += part.Length;
        }
    }
}
