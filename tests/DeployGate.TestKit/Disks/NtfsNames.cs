namespace DeployGate.TestKit.Disks;

/// <summary>What a file's record and its directory say of it besides its bytes.</summary>
internal static class NtfsNames
{
    private const uint DirectoryFlag = 0x1000_0000;
    private const uint ReparseFlag = 0x400;

    internal static IEnumerable<NtfsStream> Of(NtfsNode node)
    {
        yield return NtfsStream.Resident(0x10, NtfsPieces.StandardInformation(FlagsOf(node.Options)));
        foreach (var (_, _, key) in Keys(node))
        {
            yield return NtfsStream.Resident(0x30, key);
        }
    }

    internal static IEnumerable<(string Name, ulong Reference, byte[] Key)> Keys(NtfsNode node)
    {
        var flags = FlagsOf(node.Options) | (node.Content is null ? DirectoryFlag : 0);
        var parent = NtfsRecords.ReferenceOf(node.Parent!.Number);
        byte[] Key(string name, byte kind) => NtfsPieces.FileName(parent, name, kind, node.Content?.Length ?? 0, flags, node.Options.Reparse?.Tag ?? 0);
        yield return (node.Name, NtfsRecords.ReferenceOf(node.Number), Key(node.Name, 1));
        if (node.Options.DosName is { } dos)
        {
            yield return (dos, NtfsRecords.ReferenceOf(node.Number), Key(dos, 2));
        }
    }

    private static uint FlagsOf(NtfsFileOptions options) =>
        0x20u | (options.Sparse ? 0x200u : 0) | (options.Reparse is null ? 0 : ReparseFlag) | (options.Compressed ? 0x800u : 0) | (options.Encrypted ? 0x4000u : 0);

    internal static NtfsStream Reparse(uint tag, byte[] data)
    {
        var value = new byte[8 + data.Length];
        NtfsPieces.Set32(value, 0, tag);
        NtfsPieces.Set16(value, 4, data.Length);
        data.CopyTo(value, 8);
        return NtfsStream.Resident(0xc0, value);
    }
}
