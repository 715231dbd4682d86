using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Disks.Tests.Registry;

/// <summary>No broken hive and no broken log may end in anything but an answer, and none may read without end.</summary>
public class HiveMutationTests
{
    [Fact]
    public void A_broken_hive_always_gives_an_answer() => MutationRun.Each("regf", 1500, new BrokenHive().Attempt);
}
