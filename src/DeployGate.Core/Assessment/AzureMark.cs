using DeployGate.Core.Values;

namespace DeployGate.Core.Assessment;

/// <summary>What Azure has on record for the source of an image.</summary>
public enum AzureMark
{
    /// <summary>Nothing is on record, or it was not read.</summary>
    Unknown,

    /// <summary>The VM carries <c>OSState/generalized</c>, or the image says Generalized.</summary>
    Generalized,

    /// <summary>The image says Specialized, or the VM runs without the mark.</summary>
    Specialized,

    /// <summary>The VM is stopped and carries no mark; it may still have been sysprepped.</summary>
    Unmarked,
}

/// <summary>Reads the mark of a VM from its instance view.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/compute/virtual-machines/instance-view"/>
public static class InstanceView
{
    /// <summary>
    /// The mark, and the status code it was read from. A view without both a provisioning and a power state is partial and
    /// proves nothing, unless it shows the mark itself.
    /// </summary>
    public static (AzureMark Mark, string Status) MarkOf(ObjectValue virtualMachine)
    {
        if (virtualMachine.Get("properties", "instanceView", "statuses") is not ArrayValue statuses)
        {
            return (AzureMark.Unknown, "the instance view is missing");
        }

        var codes = statuses.Items.OfType<ObjectValue>().Select(status => status.GetText("code") ?? "").ToList();
        if (Find(codes, "OSState/generalized") is { } mark)
        {
            return (AzureMark.Generalized, mark);
        }

        if (Find(codes, "ProvisioningState/") is null || Find(codes, "PowerState/") is not { } power)
        {
            return (AzureMark.Unknown, "the instance view is partial: it lacks a provisioning state or a power state");
        }

        return string.Equals(power, "PowerState/running", StringComparison.OrdinalIgnoreCase)
            ? (AzureMark.Specialized, $"no OSState/generalized, {power}")
            : (AzureMark.Unmarked, $"no OSState/generalized, {power}");
    }

    private static string? Find(List<string> codes, string start) =>
        codes.Find(code => code.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
