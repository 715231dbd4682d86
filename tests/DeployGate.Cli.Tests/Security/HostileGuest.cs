using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Security;

/// <summary>Disks of which one text at a time is what somebody wrote to do harm.</summary>
internal static class HostileGuest
{
    private const string Value = HostileInput.Value;

    internal static IEnumerable<(string Field, byte[] Disk)> Disks()
    {
        // A value of the registry ends at a NUL.
        var text = Value.Replace("\0", "", StringComparison.Ordinal);
        yield return ("ImageState", Windows(WindowsGuest.InUse with { ImageState = "IMAGE_STATE_" + text }));
        yield return ("State.ini", Windows(WindowsGuest.InUse with { StateFile = "IMAGE_STATE_" + text }));
        yield return ("CmdLine", Windows(WindowsGuest.Prepared with { CommandLine = text }));
        yield return ("ComputerName", Windows(WindowsGuest.InUse with { ComputerName = text }));
        yield return ("unattend", Windows(WindowsGuest.Prepared with { Files = new Dictionary<string, string> { ["/Windows/Panther/unattend.xml"] = $"<unattend><ComputerName>{text}</ComputerName></unattend>" } }));
        yield return ("label", new NtfsBuilder { Label = "lab" + text[..20] }.Build(16L << 20).ToBytes());
        foreach (var (file, before) in ((string, string)[])
            [("/etc/hostname", ""), ("/etc/os-release", "PRETTY_NAME=\""), ("/etc/os-release", "VERSION_ID=\""), ("/etc/fstab", "/dev/disk/by-label/"), ("/etc/fstab", "UUID="), ("/etc/waagent.conf", "Lib.Dir=/"), ("/var/lib/waagent/provisioned", ""), ("/etc/passwd", "x:x:1000:1000::/home/"), ("/etc/machine-id", "")])
        {
            yield return ($"{file} {before}", Linux(file, before + Value + "\n"));
            yield return ($"{file} {before} in a line", Linux(file, before + Value.ReplaceLineEndings(" ") + "\"\n"));
        }

        yield return ("link", new ExtBuilder().Known("root", Guid.Empty).Link("/etc/os-release", "/" + Value.ReplaceLineEndings("")).File("/usr/sbin/waagent", "x").Build().ToBytes());
    }

    private static byte[] ToBytes(this IByteSource disk)
    {
        var bytes = new byte[disk.Length];
        disk.Read(0, bytes);
        return bytes;
    }

    private static byte[] Windows(WindowsGuest guest) => guest.Disk(64L << 20).ToBytes();

    private static byte[] Linux(string file, string text)
    {
        var disk = new ExtBuilder();
        foreach (var (path, content) in ((string, string)[])[("/etc/fstab", "/dev/sda1 / ext4 defaults 0 1\n"), ("/etc/hostname", "vm\n"), ("/etc/os-release", "PRETTY_NAME=\"Ubuntu\"\n"), ("/usr/sbin/waagent", "#!/usr/bin/python3\n")])
        {
            disk.File(path, path == file ? text : content);
        }

        return file is "/etc/fstab" or "/etc/hostname" or "/etc/os-release" ? disk.Build().ToBytes() : disk.File(file, text).Build().ToBytes();
    }
}
