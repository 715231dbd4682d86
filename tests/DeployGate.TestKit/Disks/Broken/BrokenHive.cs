using System.Text;
using DeployGate.Disks.Registry;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>A registry hive, with or without logs of both kinds, broken in its cells, its base block or its logs.</summary>
internal sealed class BrokenHive : IBrokenImage
{
    private static readonly uint[] s_numbers = [0, 1, 4, 8, 32, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff];

    private const string State = @"Microsoft\Windows\CurrentVersion\Setup\State";

    private static HiveBuilder Small() => new HiveBuilder()
        .Value(State, "ImageState", "IMAGE_STATE_COMPLETE")
        .Value(@"Setup", "SetupType", 2)
        .Value(@"Setup", "", "default")
        .Value(@"Setup", "Large", 11, BitConverter.GetBytes(0x1122334455667788))
        .Value(@"Setup", "Lines", 7, Encoding.Unicode.GetBytes("one\0two\0\0"));

    private static HiveFiles Files(int kind)
    {
        var builder = Small();
        builder.LargestList = kind % 3 == 0 ? 2 : 500;
        builder.Lists = (SubKeyListKind)(kind % 3);
        builder.Value("Big", "data", 3, new byte[40_000]);
        var before = builder.Build();
        builder.Value(State, "ImageState", "B");
        var dirty = new DirtyHive(before).Then(builder.Build());
        builder.Value(@"One\More", "v", 1);
        dirty.SwitchLog().Then(builder.Build());
        return kind switch
        {
            0 or 1 or 2 => new HiveFiles(before, null, null),
            3 or 4 => dirty.WithEntries(),
            _ => dirty.WithVector(),
        };
    }

    private readonly HiveFiles[] _kinds = [.. Enumerable.Range(0, 6).Select(Files)];
    private byte[] _hive = [];
    private byte[]? _log1;
    private byte[]? _log2;

    public long Break(Random random)
    {
        var files = _kinds[random.Next(_kinds.Length)];
        (_hive, _log1, _log2) = (Mutate(files.Hive, random, structured: random.Next(2) == 0), files.Log1, files.Log2);
        if (_log1 is not null && random.Next(2) == 0)
        {
            (_hive, _log1) = (files.Hive, Mutate(_log1, random, structured: false));
            SignEntry(_log1, random);
        }

        return _hive.Length + (_log1?.Length ?? 0) + (_log2?.Length ?? 0);
    }

    public void Read()
    {
        using var counted = new CountingByteSource(new MemoryByteSource("hive", _hive), 100_000, 100_000_000);
        RegistryHive.Open(counted, Source(_log1, "log1"), Source(_log2, "log2")).Match(
            found =>
            {
                Use(found);
                return 0;
            },
            _ => throw new InvalidOperationException("A hive that is handed in is never absent."),
            _ => 0);
    }

    public void Save(Stream file) => file.Write(_hive);

    private static void Use(RegistryHive hive)
    {
        _ = hive.Value(State, "ImageState").Map(value => (value.AsText, value.AsNumber, value.AsTexts));
        _ = hive.Value("Setup", "Lines").Map(value => value.AsTexts);
        _ = hive.Value("Big", "data");
        _ = hive.Key(@"Setup\None").Map(key => key.LastWritten);
        _ = hive.SubKeys("").Map(names => names.Length);
        _ = hive.LastWritten;
    }

    private static CountingByteSource? Source(byte[]? bytes, string name) =>
        bytes is null ? null : new CountingByteSource(new MemoryByteSource(name, bytes), 200_000, 100_000_000);

    private static byte[] Mutate(byte[] original, Random random, bool structured)
    {
        var bytes = original[..(random.Next(10) == 0 ? random.Next(original.Length + 1) : original.Length)];
        for (var i = random.Next(1, 6); i > 0 && bytes.Length > 64; i--)
        {
            // Most of a hive is free or data: the structured ones go for the cells and the base block.
            var at = structured ? Structure(bytes, random) : random.Next(random.Next(3) == 0 ? Math.Min(600, bytes.Length) : bytes.Length);
            if (random.Next(2) == 0 && at <= bytes.Length - 4)
            {
                BitConverter.GetBytes(random.Next(3) == 0 ? (uint)random.Next(bytes.Length) & ~7u : s_numbers[random.Next(s_numbers.Length)]).CopyTo(bytes, at);
            }
            else
            {
                bytes[at] ^= (byte)(1 << random.Next(8));
            }
        }

        if (random.Next(2) == 0 && bytes.Length >= 512)
        {
            BitConverter.GetBytes(BaseBlock.Checksum(bytes)).CopyTo(bytes, 508);
        }

        return bytes;
    }

    private static int Structure(byte[] bytes, Random random)
    {
        ReadOnlySpan<byte> tag = random.Next(8) switch { 0 => "vk"u8, 1 => "lh"u8, 2 => "lf"u8, 3 => "ri"u8, 4 => "db"u8, 5 => "li"u8, _ => "nk"u8 };
        var from = random.Next(bytes.Length);
        var found = bytes.AsSpan(from).IndexOf(tag);
        return found < 0 ? random.Next(bytes.Length) : Math.Min(bytes.Length - 1, from + found - 4 + random.Next(20) * 4);
    }

    private static void SignEntry(byte[] log, Random random)
    {
        if (log.Length > 1024 && log.AsSpan(512).StartsWith("HvLE"u8) && random.Next(2) == 0)
        {
            var size = BitConverter.ToUInt32(log, 516);
            DirtyHive.Sign(log.AsSpan(512, (int)Math.Clamp(size, 48, log.Length - 512)));
        }
    }
}
