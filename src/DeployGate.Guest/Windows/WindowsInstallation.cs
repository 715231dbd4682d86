using DeployGate.Core.Assessment;
using DeployGate.Disks.Volumes;

namespace DeployGate.Guest.Windows;

/// <summary>Finds Windows on a volume: by the hive that decides, since every Windows has it and nothing else does.</summary>
internal static class WindowsInstallation
{
    internal const string Config = "/Windows/System32/config/";

    internal static Installation? Find(MountCandidate candidate)
    {
        if (candidate.Volume is not Lookup<IVolume>.Found { Value: { Facts.FileSystem: "ntfs" } volume })
        {
            return null;
        }

        var tree = new FileTree(volume);
        return tree.Find($"{Config}SOFTWARE") is Lookup<TreeEntry>.Absent
            ? null
            : new Installation($"Windows on {candidate.Title}", () => new WindowsReader(candidate.Title, tree).Read());
    }
}
