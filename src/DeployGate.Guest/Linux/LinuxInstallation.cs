using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Volumes;

namespace DeployGate.Guest.Linux;

/// <summary>Finds a Linux root file system: it has an <c>/etc</c> with one of the files that every distribution has.</summary>
internal static class LinuxInstallation
{
    private static readonly string[] s_signs = ["/etc/os-release", "/etc/fstab", "/etc/passwd"];

    internal static Installation? Find(MountCandidate candidate, ImmutableArray<MountCandidate> all)
    {
        if (candidate.Volume is not Lookup<IVolume>.Found { Value: { } volume } || volume.Facts.FileSystem == "ntfs")
        {
            return null;
        }

        // A link is a sign as well: what it points to may lie on a volume that is mounted later.
        var tree = new FileTree(volume);
        return s_signs.All(sign => tree.FindLink(sign) is Lookup<TreeEntry>.Absent)
            ? null
            : new Installation($"Linux on {candidate.Title}", () => Mounts.Assemble(volume, all).Match(
                mounted => new LinuxReader(candidate.Title, mounted).Read(),
                Unread,
                failure => Unread(failure.Message)));
    }

    private static SystemRead Unread(string why) =>
        new(new GuestSystem(OsType.Linux), GuestAnswer.Of(GuestState.Unclear, $"/etc/fstab was not read: {why}; so it is not known which volumes belong together"), [], []);
}
