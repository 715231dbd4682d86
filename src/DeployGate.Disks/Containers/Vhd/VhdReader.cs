using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhd;

/// <summary>Reads a VHD. Source: Virtual Hard Disk Image Format Specification 1.0 (Microsoft, 2006).</summary>
internal static class VhdReader
{
    /// <summary>64 TiB; the format itself ends at 2 TiB, tools write more.</summary>
    private const long MaxSize = 64L << 40;

    /// <summary>The disk; null when the file is no VHD.</summary>
    internal static DiskImage? Read(IByteSource file, ReadOnlySpan<byte> head, FindParent? findParent, int depth)
    {
        var footer = VhdFooter.Parse(file.ReadBytes(file.Length - VhdFooter.Size, VhdFooter.Size));
        var copy = VhdFooter.Parse(head);
        var (chosen, remark) = Choose(footer, copy);
        if (chosen is null)
        {
            return null;
        }

        ImmutableArray<string> remarks = remark is null ? [] : [remark];
        if (chosen.CurrentSize is < 0 or > MaxSize)
        {
            throw Fault.At($"{file.Name}: VHD footer", file.Length - VhdFooter.Size + 48, "a size of at most 64 TiB", FormattableString.Invariant($"{chosen.CurrentSize} bytes"));
        }

        if (chosen.CurrentSize % (1 << 20) != 0)
        {
            remarks = remarks.Add(FormattableString.Invariant($"the size of {chosen.CurrentSize} bytes is no whole number of MiB: Azure refuses such a VHD"));
        }

        return chosen.Type switch
        {
            2 => Fixed(file, chosen, remarks),
            3 => Dynamic(file, chosen, remarks),
            4 => Differencing(file, chosen, remarks, findParent, depth),
            var other => throw Fault.At($"{file.Name}: VHD footer", file.Length - VhdFooter.Size + 60, "type 2 (fixed), 3 (dynamic) or 4 (differencing)", FormattableString.Invariant($"type {other}")),
        };
    }

    private static (VhdFooter? Footer, string? Remark) Choose(VhdFooter? footer, VhdFooter? copy) => (footer, copy) switch
    {
        ({ IsWhole: true }, _) => (footer, null),
        (_, { IsWhole: true, Type: 3 or 4 }) => (copy, "the VHD footer at the end is torn: its copy at the beginning was taken"),
        ({ Type: 2 }, _) => (footer, "the checksum of the VHD footer is wrong"),
        // A cookie alone, at the beginning or with a wrong checksum, is a VHD that cannot be read: taking it for a raw disk would be a guess.
        ({ }, _) => throw Fault.At("VHD footer", null, "a right checksum in the footer or its copy", "wrong checksums in both"),
        (null, { }) => throw Fault.At("VHD footer", 0, "a VHD footer at the end of the file", "a copy at the beginning whose checksum is wrong, and none at the end"),
        _ => (null, null),
    };

    private static DiskImage Fixed(IByteSource file, VhdFooter footer, ImmutableArray<string> remarks)
    {
        if (footer.CurrentSize > file.Length - VhdFooter.Size)
        {
            throw Fault.At($"{file.Name}: fixed VHD", file.Length, FormattableString.Invariant($"{footer.CurrentSize} bytes and a footer"), FormattableString.Invariant($"a file of {file.Length} bytes"));
        }

        return new DiskImage(ContainerKind.VhdFixed, new SliceByteSource(file.Name, file, 0, footer.CurrentSize), 512, remarks);
    }

    private static DiskImage Dynamic(IByteSource file, VhdFooter footer, ImmutableArray<string> remarks)
    {
        var header = VhdDynamicHeader.Read(file, footer);
        return new DiskImage(ContainerKind.VhdDynamic, new VhdBlockSource(file, header, footer.CurrentSize, null), 512, remarks);
    }

    private static DiskImage Differencing(IByteSource file, VhdFooter footer, ImmutableArray<string> remarks, FindParent? findParent, int depth)
    {
        var header = VhdDynamicHeader.Read(file, footer);
        if (depth >= ContainerReader.MaxChain)
        {
            throw Fault.At($"{file.Name}: differencing VHD", null, FormattableString.Invariant($"at most {ContainerReader.MaxChain} disks on top of each other"), "more, or a circle");
        }

        var path = VhdParentLocator.RelativePath(file, header);
        var parent = (path is null ? null : findParent?.Invoke(path))
            ?? throw Fault.At($"{file.Name}: differencing VHD", null, "its parent in the same folder", path is null ? "no relative path to it" : $"no such file ('{path}')");
        var image = ReadParent(parent, header, findParent, depth);
        return new DiskImage(ContainerKind.VhdDifferencing, new VhdBlockSource(file, header, footer.CurrentSize, image.Content), 512, [.. remarks, .. image.Remarks]);
    }

    private static DiskImage ReadParent(IByteSource parent, VhdDynamicHeader header, FindParent? findParent, int depth)
    {
        var footer = parent.Length < VhdFooter.Size ? null : VhdFooter.Parse(parent.ReadBytes(parent.Length - VhdFooter.Size, VhdFooter.Size));
        if (footer is null || !footer.UniqueId.AsSpan().SequenceEqual(header.ParentId.AsSpan()))
        {
            throw Fault.At($"{parent.Name}: parent of a differencing VHD", null, $"the identity {Hex(header.ParentId)}", footer is null ? "no VHD footer" : $"the identity {Hex(footer.UniqueId)}");
        }

        return ContainerReader.Read(parent, findParent, depth + 1);
    }

    private static string Hex(ImmutableArray<byte> bytes) => Convert.ToHexStringLower(bytes.AsSpan());
}
