using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Disks.Tests.Ntfs;

/// <summary>No broken volume may end in anything but an answer, and none may read without end.</summary>
public class NtfsMutationTests
{
    [Fact]
    public void A_broken_volume_always_gives_an_answer() => MutationRun.Each("NTFS", 1000, new BrokenNtfs().Attempt);
}
