using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Disks.Tests.Volumes;

/// <summary>Looks at all of a volume that may be broken: every answer is Found, Absent or Unreadable, and it takes few reads.</summary>
internal static class VolumeWalk
{
    /// <summary>Walks an image with many changes, one after another.</summary>
    internal static void Broken(string format, MutatedImage image, Func<IByteSource, Lookup<IVolume>> open, Action<byte[]>? mend)
    {
        var broken = new BrokenVolume(image, open, mend);
        MutationRun.Each(format, 150, broken.Attempt);
        Assert.NotEqual(0, broken.Found);
    }
}
