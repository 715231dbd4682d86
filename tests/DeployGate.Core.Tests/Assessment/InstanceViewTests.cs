using DeployGate.Core.Assessment;
using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Assessment;

public class InstanceViewTests
{
    private static ObjectValue Machine(params string[]? codes)
    {
        if (codes is null)
        {
            return ObjectValue.Empty;
        }

        var statuses = new ArrayValue([.. codes.Select(code => (Value)new ObjectValue([new Member("code", new StringValue(code))]))]);
        return new ObjectValue([new Member("properties", new ObjectValue([new Member("instanceView", new ObjectValue([new Member("statuses", statuses)]))]))]);
    }

    [Theory]
    [InlineData(AzureMark.Generalized, "ProvisioningState/succeeded", "OSState/generalized", "PowerState/deallocated")]
    [InlineData(AzureMark.Generalized, "osstate/generalized")]
    [InlineData(AzureMark.Specialized, "ProvisioningState/succeeded", "PowerState/running")]
    [InlineData(AzureMark.Unmarked, "ProvisioningState/succeeded", "PowerState/deallocated")]
    [InlineData(AzureMark.Unmarked, "ProvisioningState/failed/OSProvisioningTimedOut", "PowerState/stopped")]
    [InlineData(AzureMark.Unknown, "PowerState/running")]
    [InlineData(AzureMark.Unknown, "ProvisioningState/succeeded")]
    [InlineData(AzureMark.Unknown)]
    public void A_missing_mark_counts_only_in_a_complete_view(AzureMark expected, params string[] codes) =>
        Assert.Equal(expected, InstanceView.MarkOf(Machine(codes)).Mark);

    [Fact]
    public void A_machine_without_a_view_is_unknown_and_not_specialized()
    {
        var (mark, status) = InstanceView.MarkOf(Machine(null));
        Assert.Equal((AzureMark.Unknown, "the instance view is missing"), (mark, status));
    }
}
