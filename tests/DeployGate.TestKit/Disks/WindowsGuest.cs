using System.Text;

namespace DeployGate.TestKit.Disks;

/// <summary>
/// The files of a Windows installation that say what it is; each can be changed or left out. What sysprep and setup leave is in
/// <see cref="Prepared"/> and <see cref="InUse"/>.
/// </summary>
public sealed record WindowsGuest
{
    private const string StateKey = @"Microsoft\Windows\CurrentVersion\Setup\State";
    private const string VersionKey = @"Microsoft\Windows NT\CurrentVersion";

    /// <summary>After <c>sysprep /generalize /oobe /shutdown</c>.</summary>
    public static WindowsGuest Prepared { get; } = new();

    /// <summary>A machine at work, made from a prepared image.</summary>
    public static WindowsGuest InUse { get; } = new()
    {
        ImageState = "IMAGE_STATE_COMPLETE",
        StateFile = "IMAGE_STATE_COMPLETE",
        SetupType = 0,
        CommandLine = "",
        ComputerName = "VM-BUILD",
    };

    /// <summary>The registry's value; null for none.</summary>
    public string? ImageState { get; init; } = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";

    /// <summary>The word in State.ini; null for no file.</summary>
    public string? StateFile { get; init; } = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";

    /// <summary>SYSTEM, Setup, SetupType.</summary>
    public uint SetupType { get; init; } = 2;

    /// <summary>SYSTEM, Setup, CmdLine.</summary>
    public string CommandLine { get; init; } = @"oobe\windeploy.exe";

    /// <summary>SYSTEM, Setup\Status, AuditBoot; null for none.</summary>
    public uint? AuditBoot { get; init; }

    /// <summary>Whether sysprep's tag is there.</summary>
    public bool HasTag { get; init; } = true;

    /// <summary>The name in SYSTEM.</summary>
    public string ComputerName { get; init; } = "WIN-4F7K2Q9A1CD";

    /// <summary>Bytes that the hive SOFTWARE is made long.</summary>
    public long SoftwareSize { get; init; }

    /// <summary>How SOFTWARE lies on the volume.</summary>
    public NtfsFileOptions SoftwareOptions { get; init; } = NtfsFileOptions.Usual;

    /// <summary>Further files, by their path.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>SOFTWARE as it would be written.</summary>
    public HiveBuilder Software()
    {
        var hive = new HiveBuilder { PadTo = SoftwareSize }
            .Value(VersionKey, "ProductName", "Windows Server 2022 Datacenter")
            .Value(VersionKey, "CurrentBuild", "20348")
            .Value(VersionKey, "CurrentMajorVersionNumber", 10u)
            .Value(VersionKey, "CurrentMinorVersionNumber", 0u)
            .Value(VersionKey, "UBR", 2113u);
        return ImageState is null ? hive.Key(StateKey) : hive.Value(StateKey, "ImageState", ImageState);
    }

    /// <summary>SYSTEM as it would be written.</summary>
    public HiveBuilder System()
    {
        var hive = new HiveBuilder()
            .Value("Setup", "SetupType", SetupType)
            .Value("Setup", "CmdLine", CommandLine)
            .Value("Setup", "SystemSetupInProgress", SetupType == 0 ? 0u : 1u)
            .Value("Select", "Current", 1u)
            .Value(@"ControlSet001\Control\ComputerName\ComputerName", "ComputerName", ComputerName)
            .Key(@"ControlSet001\Services\WindowsAzureGuestAgent");
        return AuditBoot is { } audit ? hive.Value(@"Setup\Status", "AuditBoot", audit) : hive;
    }

    /// <summary>The volume that the files are on.</summary>
    public NtfsBuilder Volume()
    {
        var volume = new NtfsBuilder()
            .File("/Windows/System32/config/SOFTWARE", Software().BuildSource(), SoftwareOptions)
            .File("/Windows/System32/config/SYSTEM", System().BuildSource());
        if (StateFile is not null)
        {
            volume.File("/Windows/Setup/State/State.ini", Encoding.ASCII.GetBytes($"[State]\r\nImageState=\"{StateFile}\"\r\n"));
        }

        if (HasTag)
        {
            volume.File("/Windows/System32/Sysprep/Sysprep_succeeded.tag", []);
        }

        foreach (var (path, text) in Files)
        {
            volume.File(path, Encoding.UTF8.GetBytes(text));
        }

        return volume;
    }

    /// <summary>A disk as a Generation 2 VM has it: a system partition, a small reserved one, and Windows.</summary>
    /// <param name="size">Bytes of the disk.</param>
    public SparseByteSource Disk(long size = 256L << 20) => DiskBuilder.Gpt(
        size,
        (GptEntry.EfiSystem, new SparseByteSource("efi", 4L << 20)),
        (GptEntry.Reserved, new SparseByteSource("msr", 1L << 20)),
        (GptEntry.BasicData, Volume().Build(size - (16L << 20))));
}
