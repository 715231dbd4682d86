using System.Text.Json;
using Azure.Core.Pipeline;
using DeployGate.ControlPlane.Live;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.DiskBytes;

/// <summary>What came of reading a disk by its id.</summary>
/// <typeparam name="T">What the reader of the bytes finds.</typeparam>
/// <param name="Value">What was found; null when the disk was not opened.</param>
/// <param name="Reason">Why it was not opened; null when it was.</param>
/// <param name="EndFailure">Why the access could not be ended, so that a person must; null when it was ended.</param>
internal sealed record DiskRead<T>(T? Value, string? Reason, string? EndFailure)
    where T : class;

/// <summary>
/// Lets a disk or snapshot be read by its id, with the user's explicit consent: asks for a read access, hands its address to the
/// reader, and ends the access whatever happens. An access that stays open keeps the machine from starting.
/// </summary>
/// <seealso href="https://learn.microsoft.com/rest/api/compute/disks/grant-access"/>
internal sealed class DiskAccess(HttpPipeline pipeline, LiveOptions options)
{
    private const string Version = "2024-03-02";

    /// <summary>The access ends by itself after this, should even its end fail.</summary>
    private const int Seconds = 3600;

    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(30);

    private readonly ArmReader _reader = new(pipeline, options);

    private readonly ArmOperation _operations = new(pipeline, options);

    /// <summary>Reads a disk. The address given to <paramref name="read"/> is a secret: it must not be shown or kept.</summary>
    /// <param name="id">The id of a disk or snapshot.</param>
    /// <param name="read">Reads the bytes behind the address.</param>
    /// <param name="limit">Ends the reading; the access is then ended all the same.</param>
    internal async Task<DiskRead<T>> Read<T>(string id, Func<Uri, CancellationToken, Task<T>> read, CancellationToken limit)
        where T : class
    {
        var type = id.Contains("/snapshots/", StringComparison.OrdinalIgnoreCase) ? "Microsoft.Compute/snapshots" : "Microsoft.Compute/disks";
        if (LookupAddress.Of(new Core.Assessment.WantedFact(type, id), options, out var wrong) is not { } address)
        {
            return new DiskRead<T>(null, wrong, null);
        }

        if (await WhyNot(address, limit).ConfigureAwait(false) is { } reason)
        {
            return new DiskRead<T>(null, reason, null);
        }

        var path = address.Path.Split('?')[0];
        T? value = null;
        string? failure;
        string? endFailure;
        try
        {
            (value, failure) = await Open(path, type, read, limit).ConfigureAwait(false);
        }
        finally
        {
            // Also after a failed beginning: whether it began is not known then.
            using var end = new CancellationTokenSource(s_endLimit, options.Clock);
            endFailure = (await _operations.Post($"{path}/endGetAccess?api-version={Version}", "", $"{type}/endGetAccess/action", end.Token).ConfigureAwait(false)).Failure;
        }

        return new DiskRead<T>(value, failure, endFailure);
    }

    private async Task<(T? Value, string? Failure)> Open<T>(string path, string type, Func<Uri, CancellationToken, Task<T>> read, CancellationToken limit)
        where T : class
    {
        var body = $$"""{"access":"Read","durationInSeconds":{{Seconds}}}""";
        var (answer, failure) = await _operations.Post($"{path}/beginGetAccess?api-version={Version}", body, $"{type}/beginGetAccess/action", limit).ConfigureAwait(false);
        if (failure is not null)
        {
            return (null, failure);
        }

        return AddressIn(answer) is { } sas
            ? (await read(sas, limit).ConfigureAwait(false), null)
            : (null, "Azure's answer holds no address of the disk");
    }

    // Not read as facts are: those never take in a signed address.
    private static Uri? AddressIn(BinaryData? answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer?.ToMemory() ?? default);
            var isThere = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("accessSAS", out var member) && member.ValueKind == JsonValueKind.String;
            return isThere && Uri.TryCreate(json.RootElement.GetProperty("accessSAS").GetString(), UriKind.Absolute, out var sas) && sas.Scheme == Uri.UriSchemeHttps ? sas : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<string?> WhyNot(LookupAddress address, CancellationToken limit)
    {
        switch (await _reader.Get(address, limit).ConfigureAwait(false))
        {
            case ArmAnswer.Shown { Bodies: [var disk, ..] }:
                return await WhyAttached(disk, limit).ConfigureAwait(false);
            case ArmAnswer.Failed failed:
                return failed.Reason;
            default:
                return "it does not exist (any more)";
        }
    }

    // Unattached and Reserved (a deallocated machine) can be read; everything else is in use or not ready.
    private async Task<string?> WhyAttached(ObjectValue disk, CancellationToken limit)
    {
        var state = disk.GetText("properties", "diskState") ?? "";
        if (state.ToLowerInvariant() is "activesas" or "activeupload" or "readytoupload" or "frozen" or "activesasfrozen")
        {
            return $"its diskState is '{state}': somebody else reads or writes it";
        }

        var owner = disk.GetText("managedBy");
        if (owner is null || string.Equals(state, "Unattached", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var isStopped = LookupAddress.Of(new Core.Assessment.WantedFact("Microsoft.Compute/virtualMachines", owner), options, out _) is { } machine
            && await _reader.Get(machine, limit).ConfigureAwait(false) is ArmAnswer.Shown { Bodies: [var body, ..] }
            && IsDeallocated(body);
        return isStopped ? null : $"it is attached to '{owner.Split('/')[^1]}', which is not known to be deallocated: take a snapshot of it, and give the snapshot's id";
    }

    private static bool IsDeallocated(ObjectValue machine) => machine.Get("properties", "instanceView", "statuses") is ArrayValue statuses
        && statuses.Items.OfType<ObjectValue>().Any(status => string.Equals(status.GetText("code"), "PowerState/deallocated", StringComparison.OrdinalIgnoreCase));
}
