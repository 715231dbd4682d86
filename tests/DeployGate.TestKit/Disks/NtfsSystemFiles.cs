using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>The files of a volume that tell of the volume itself.</summary>
internal sealed class NtfsSystemFiles(NtfsBuilder options, NtfsRecords records)
{
    private const uint Hidden = 6;
    private const int LogSize = 64 << 10;

    private static readonly (long Number, string Name)[] s_files =
    [
        (0, "$MFT"), (1, "$MFTMirr"), (2, "$LogFile"), (3, "$Volume"), (4, "$AttrDef"), (6, "$Bitmap"), (7, "$Boot"), (8, "$BadClus"), (9, "$Secure"), (10, "$UpCase"),
    ];

    internal static IEnumerable<NtfsStream> RootNames() => NamesOf(".", 0x1000_0000 | Hidden);

    internal static IEnumerable<(string Name, ulong Reference, byte[] Key)> Names() => s_files
        .Append((Number: 5L, Name: "."))
        .Select(file => (file.Name, NtfsRecords.ReferenceOf(file.Number), Key(file.Name, file.Number == 5 ? 0x1000_0000 | Hidden : Hidden)));

    /// <summary>Writes those that do not depend on where the others lie.</summary>
    internal void Write(NtfsStream boot, Func<IByteSource, NtfsStream> store)
    {
        Add(2, "$LogFile", store(new MemoryByteSource("log", Log())));
        var state = new byte[12];
        (state[8], state[9], state[10]) = (3, 1, (byte)(options.Dirty ? 1 : 0));
        Add(3, "$Volume", NtfsStream.Resident(0x60, Encoding.Unicode.GetBytes(options.Label)), NtfsStream.Resident(0x70, state), NtfsStream.Resident(0x80, []));
        Add(4, "$AttrDef", store(new MemoryByteSource("definitions", Definitions())));
        Add(7, "$Boot", boot);
        Add(8, "$BadClus", NtfsStream.Resident(0x80, []));
        // Empty: no file here has a descriptor in it, but other readers want the file itself.
        Add(9, "$Secure", NtfsStream.Resident(0x80, [], "$SDS"), NtfsStream.Resident(0x90, EmptyView(0x12), "$SDH"), NtfsStream.Resident(0x90, EmptyView(0x10), "$SII"));
        var upper = new byte[128 << 10];
        for (var i = 0; i < 65536; i++)
        {
            NtfsPieces.Set16(upper, 2 * i, char.ToUpperInvariant((char)i));
        }

        Add(10, "$UpCase", store(new MemoryByteSource("upper", upper)));
    }

    /// <summary>Writes those that tell where all lies.</summary>
    internal void WriteLast(IReadOnlyList<NtfsRun> mft, IReadOnlyList<NtfsRun> mirror, IReadOnlyList<NtfsRun> bitmap, long bitmapSize, int count)
    {
        var used = new byte[(count + 63) / 64 * 8];
        Array.Fill(used, (byte)0xff, 0, records.Count / 8);
        for (var i = records.Count / 8 * 8; i < records.Count; i++)
        {
            used[i / 8] |= (byte)(1 << i % 8);
        }

        Add(1, "$MFTMirr", NonResident(mirror, 4 * options.RecordSize));
        Add(6, "$Bitmap", NonResident(bitmap, bitmapSize));
        Add(0, "$MFT", NonResident(mft, (long)count * options.RecordSize), NtfsStream.Resident(0xb0, used));
    }

    private static NtfsStream NonResident(IReadOnlyList<NtfsRun> runs, long size) => new(0x80, "", null, runs, size, size, 0, 0);

    private void Add(long number, string name, params NtfsStream[] streams) => records.Add(number, 1, [.. NamesOf(name, Hidden), .. streams], NtfsFileOptions.Usual);

    private static IEnumerable<NtfsStream> NamesOf(string name, uint flags) =>
        [NtfsStream.Resident(0x10, NtfsPieces.StandardInformation(Hidden)), NtfsStream.Resident(0x30, Key(name, flags))];

    private static byte[] Key(string name, uint flags) => NtfsPieces.FileName(NtfsRecords.ReferenceOf(5), name, 3, 0, flags, 0);

    private byte[] EmptyView(uint collation)
    {
        var root = new byte[48];
        NtfsPieces.Set32(root, 4, collation);
        NtfsPieces.Set32(root, 8, (uint)options.IndexBlockSize);
        root[12] = 1;
        NtfsPieces.Set32(root, 16, 16);
        NtfsPieces.Set32(root, 20, 32);
        NtfsPieces.Set32(root, 24, 32);
        NtfsPieces.Set16(root, 40, 16);
        NtfsPieces.Set16(root, 44, 2);
        return root;
    }

    private byte[] Log()
    {
        var log = new byte[LogSize];
        if (!options.LogOpen)
        {
            log.AsSpan().Fill(0xff);
            return log;
        }

        var page = log.AsSpan(0, 4096);
        "RSTR"u8.CopyTo(page);
        NtfsPieces.Set16(page, 4, 0x1e);
        NtfsPieces.Set16(page, 6, 9);
        NtfsPieces.Set32(page, 16, 4096);
        NtfsPieces.Set32(page, 20, 4096);
        NtfsPieces.Set16(page, 24, 0x30);
        NtfsPieces.Set64(page, 0x30, 77);
        NtfsPieces.Protect(page);
        return log;
    }

    private static byte[] Definitions()
    {
        (uint Type, string Name)[] types =
        [
            (0x10, "$STANDARD_INFORMATION"), (0x20, "$ATTRIBUTE_LIST"), (0x30, "$FILE_NAME"), (0x60, "$VOLUME_NAME"), (0x70, "$VOLUME_INFORMATION"),
            (0x80, "$DATA"), (0x90, "$INDEX_ROOT"), (0xa0, "$INDEX_ALLOCATION"), (0xb0, "$BITMAP"), (0xc0, "$REPARSE_POINT"),
        ];
        var table = new byte[(types.Length + 1) * 160];
        for (var i = 0; i < types.Length; i++)
        {
            Encoding.Unicode.GetBytes(types[i].Name).CopyTo(table, i * 160);
            NtfsPieces.Set32(table, i * 160 + 0x80, types[i].Type);
            NtfsPieces.Set64(table, i * 160 + 0x98, -1);
        }

        return table;
    }
}
