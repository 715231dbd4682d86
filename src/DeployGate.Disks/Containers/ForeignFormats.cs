namespace DeployGate.Disks.Containers;

/// <summary>Other ways of packing a disk, known by their first bytes, so that a message can name them and the cure.</summary>
internal static class ForeignFormats
{
    internal static string? NameOf(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.StartsWith("QFI"u8) && head[3] == 0xFB => Convertible("a qcow2 image"),
        _ when head.StartsWith("KDMV"u8) || head.StartsWith("COWD"u8) || head.StartsWith("# Disk DescriptorFile"u8) => Convertible("a VMDK"),
        _ when head.Length >= 0x44 && head[0x40..].StartsWith((ReadOnlySpan<byte>)[0x7F, 0x10, 0xDA, 0xBE]) => Convertible("a VDI"),
        _ when head.StartsWith("QED\0"u8) => Convertible("a QED image"),
        _ when head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => "a gzip file (unpack it first)",
        _ when head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) => "an xz file (unpack it first)",
        _ when head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) => "a zstd file (unpack it first)",
        _ when head.StartsWith("BZh"u8) => "a bzip2 file (unpack it first)",
        _ when head.StartsWith("PK\x03\x04"u8) => "a zip archive (unpack it first)",
        _ when head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) => "a 7z archive (unpack it first)",
        _ when head.StartsWith("MSWIM\0\0\0"u8) => "a Windows image file (WIM), which is no disk",
        _ => null,
    };

    private static string Convertible(string format) => $"{format} (Azure does not take it either; 'qemu-img convert -O vpc -o subformat=fixed,force_size' makes a VHD)";
}
