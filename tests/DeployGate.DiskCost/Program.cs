using System.Diagnostics;
using System.Globalization;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Sources.Http;
using DeployGate.Guest;
using DeployGate.TestKit.Disks;

// What an inspection reads, beside its floor. `scripts/inspect-cost.sh` runs it.
//   make FOLDER   writes windows.raw and windows.vhd, 127 GiB each, sparse
//   read FILE…    for each: the floor (every structure on the path read exactly, nothing kept), and the same over ranges on loopback
//   trace FILE    each request of 64 KiB blocks: its offset and length, and which readers asked for it
switch (args)
{
    case ["make", var folder]:
        Disks.Make(folder);
        return 0;
    case ["read", .. var files]:
        foreach (var file in files)
        {
            Disks.Read(file);
        }

        return 0;
    case ["trace", var file]:
        Disks.Trace(file);
        return 0;
    default:
        Console.Error.WriteLine("usage: DeployGate.DiskCost make FOLDER | read FILE… | trace FILE");
        return 2;
}

internal static class Disks
{
    private const long Size = 127L << 30;
    private const int RangeBlock = 64 << 10;

    /// <summary>Windows with a hive of 60 MB in 1 503 pieces, an MFT in 99, and 4 000 files beside it.</summary>
    internal static void Make(string folder)
    {
        var guest = WindowsGuest.InUse with { SoftwareSize = 60 << 20, SoftwareOptions = new NtfsFileOptions { Pieces = 1503 } };
        var volume = guest.Volume();
        volume.MftPieces = 99;
        for (var i = 0; i < 4000; i++)
        {
            volume.File($"Windows/System32/library number {i}.dll", [1]);
        }

        var disk = DiskBuilder.Gpt(
            Size,
            (GptEntry.EfiSystem, new SparseByteSource("efi", 100L << 20)),
            (GptEntry.Reserved, new SparseByteSource("msr", 16L << 20)),
            (GptEntry.BasicData, volume.Build(Size - (200L << 20))));
        disk.SaveAs(Path.Combine(folder, "windows.raw"));
        DiskBuilder.FixedVhd(disk).SaveAs(Path.Combine(folder, "windows.vhd"));
    }

    internal static void Read(string path)
    {
        var exact = Inspect(path, source => source, out var floor);
        Tell(path, "floor, exact reads", exact, floor);

        using var file = Open(path);
        using var server = new RangeServer(file);
        var options = RangeOptions.Default with { AllowedHosts = ["127.0.0.1"] };
        using var ranges = ((Lookup<HttpRangeSource>.Found)HttpRangeSource.Open(server.Address, options, TimeProvider.System)).Value;
        using var metered = new MeteredByteSource(ranges, ReadBudget.Remote, TimeProvider.System);
        using var cached = new CachedByteSource(metered, RangeBlock, 256);
        var remote = GuestInspector.Inspect(path, cached, null, DateTimeOffset.UnixEpoch);
        Tell(path, "ranges of 64 KiB", remote, metered.Cost with { Reads = ranges.Requests });
    }

    internal static void Trace(string path)
    {
        using var cached = new CachedByteSource(new TracedByteSource(Open(path)), RangeBlock, 256);
        Console.WriteLine(GuestInspector.Inspect(path, cached, null, DateTimeOffset.UnixEpoch).State);
    }

    private static DiskInspection Inspect(string path, Func<IByteSource, IByteSource> wrap, out ReadCost cost)
    {
        using var metered = new MeteredByteSource(Open(path), ReadBudget.Local, TimeProvider.System);
        var inspection = GuestInspector.Inspect(path, wrap(metered), null, DateTimeOffset.UnixEpoch);
        cost = metered.Cost;
        return inspection;
    }

    private static IByteSource Open(string path) => ((Lookup<IByteSource>.Found)FileByteSource.Open(Path.GetFileName(path), File.OpenHandle(path))).Value;

    private static void Tell(string path, string what, DiskInspection inspection, ReadCost cost) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileName(path),-20} {what,-20} {inspection.State,-12} {cost.Bytes,10} bytes {cost.Reads,6} reads"));
}

/// <summary>Prints each read of a source, with the methods that led to it, the innermost first.</summary>
internal sealed class TracedByteSource(IByteSource source) : IByteSource
{
    private const int MostFrames = 8;
    private int _reads;

    public string Name => source.Name;

    public long Length => source.Length;

    public void Read(long offset, Span<byte> destination)
    {
        var frames = new StackTrace().GetFrames().Select(frame => frame.GetMethod()).Where(method => method?.DeclaringType?.FullName is { } type
            && type.StartsWith("DeployGate.", StringComparison.Ordinal) && !type.Contains(".Sources.", StringComparison.Ordinal) && !type.EndsWith("ByteSource", StringComparison.Ordinal));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{++_reads,3} {offset,14} {destination.Length,8}  {string.Join(" < ", frames.Take(MostFrames).Select(method => $"{method!.DeclaringType!.Name}.{method.Name}"))}"));
        source.Read(offset, destination);
    }

    public void Dispose() => source.Dispose();
}
