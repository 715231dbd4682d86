using System.Collections.Immutable;

namespace DeployGate.Disks.Ext;

/// <summary>Feature bits of ext2, ext3 and ext4, as far as a reader must know them.</summary>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/globals.html"/>
internal static class ExtFeatures
{
    internal const uint HasJournal = 0x4;
    internal const uint SparseSuper2 = 0x200;

    internal const uint FileType = 0x2;
    internal const uint Recover = 0x4;
    internal const uint MetaBlockGroups = 0x10;
    internal const uint Extents = 0x40;
    internal const uint SixtyFourBit = 0x80;
    internal const uint ChecksumSeed = 0x2000;

    internal const uint SparseSuper = 0x1;
    internal const uint GroupChecksum = 0x10;
    internal const uint MetadataChecksum = 0x400;

    // filetype, recover, meta_bg, extents, 64bit, mmp, flex_bg, ea_inode, metadata_csum_seed, largedir, inline_data, encrypt, casefold.
    // The last two are refused where they matter: at the encrypted or case-folded directory or file.
    private const uint Readable = 0x2 | 0x4 | 0x10 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x2000 | 0x4000 | 0x8000 | 0x10000 | 0x20000;

    // What a driver of ext3 accepts; anything beyond makes it an ext4, as blkid tells them apart.
    private const uint OldIncompatible = 0x2 | 0x4 | 0x10;
    private const uint OldReadOnly = 0x1 | 0x2 | 0x4;

    private static readonly ImmutableDictionary<uint, string> s_names = new Dictionary<uint, string>
    {
        [0x1] = "compression",
        [0x8] = "journal_dev (an external journal)",
        [0x1000] = "dirdata",
    }.ToImmutableDictionary();

    /// <summary>The features in <paramref name="incompatible"/> that this reader does not know; null when there are none.</summary>
    internal static string? Unknown(uint incompatible)
    {
        var unknown = incompatible & ~Readable;
        if (unknown == 0)
            return null;

        return string.Join(", ", Enumerable.Range(0, 32).Select(bit => 1u << bit).Where(bit => (unknown & bit) != 0)
            .Select(bit => s_names.TryGetValue(bit, out var name) ? name : FormattableString.Invariant($"0x{bit:x}")));
    }

    internal static string FileSystem(uint compatible, uint incompatible, uint readOnly)
    {
        if ((incompatible & ~OldIncompatible) != 0 || (readOnly & ~OldReadOnly) != 0)
            return "ext4";

        return (compatible & HasJournal) != 0 ? "ext3" : "ext2";
    }
}
