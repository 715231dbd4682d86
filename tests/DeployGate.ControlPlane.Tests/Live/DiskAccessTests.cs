using DeployGate.ControlPlane.DiskBytes;
using DeployGate.ControlPlane.Live;
using DeployGate.TestKit;

namespace DeployGate.ControlPlane.Tests.Live;

public sealed class DiskAccessTests
{
    private const string Disk = $"{Lookups.Group}/disks/vm-build-os";

    private const string Sas = """{"accessSAS":"https://md-x.blob.storage.azure.net/abc?sv=1&sig=secret"}""";

    [Fact]
    public async Task An_access_is_begun_read_and_ended()
    {
        using var azure = Azure("Unattached").With($"POST {Disk}/beginGetAccess", Sas);
        var read = await Read(azure, (address, _) => Task.FromResult(address.Host));
        Assert.Equal(("md-x.blob.storage.azure.net", null, null), (read.Value, read.Reason, read.EndFailure));
        Assert.Equal(1, azure.Count($"{Disk}/endGetAccess"));
    }

    [Fact]
    public async Task A_result_that_comes_later_is_waited_for()
    {
        using var azure = Azure("Unattached")
            .With($"POST {Disk}/beginGetAccess", new LoopbackAnswer(202, "") { Headers = [("Location", "https://management.azure.com/subscriptions/1/operations/7?api-version=x"), ("Retry-After", "0")] })
            .With("/subscriptions/1/operations/7", new LoopbackAnswer(202, "") { Headers = [("Retry-After", "0")] }, LoopbackAnswer.Ok(Sas));
        Assert.Equal("read", (await Read(azure, (_, _) => Task.FromResult("read"))).Value);
    }

    [Fact]
    public async Task An_access_is_ended_when_reading_fails()
    {
        using var azure = Azure("Unattached").With($"POST {Disk}/beginGetAccess", Sas);
        await Assert.ThrowsAsync<InvalidDataException>(() => Read<string>(azure, (_, _) => throw new InvalidDataException("torn")));
        Assert.Equal(1, azure.Count($"{Disk}/endGetAccess"));
    }

    [Fact]
    public async Task An_access_is_ended_when_the_user_stops_the_run()
    {
        using var azure = Azure("Unattached").With($"POST {Disk}/beginGetAccess", Sas);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Read<string>(
            azure,
            async (_, limit) =>
            {
                await stop.CancelAsync();
                limit.ThrowIfCancellationRequested();
                return "";
            },
            stop));
        Assert.Equal(1, azure.Count($"{Disk}/endGetAccess"));
    }

    [Fact]
    public async Task A_disk_of_a_running_machine_is_refused()
    {
        using var azure = Azure("Attached", Lookups.Machine).With(Lookups.Machine, Lookups.MachineJson("""{"code":"PowerState/running"}"""));
        var read = await Read(azure, (_, _) => Task.FromResult("read"));
        Assert.Equal("it is attached to 'vm-build', which is not known to be deallocated: take a snapshot of it, and give the snapshot's id", read.Reason);
        Assert.Equal((0, 0), (azure.Count($"{Disk}/beginGetAccess"), azure.Count($"{Disk}/endGetAccess")));
    }

    [Fact]
    public async Task A_disk_of_a_deallocated_machine_is_read()
    {
        using var azure = Azure("Reserved", Lookups.Machine).With(Lookups.Machine, Lookups.MachineJson()).With($"POST {Disk}/beginGetAccess", Sas);
        Assert.Equal("read", (await Read(azure, (_, _) => Task.FromResult("read"))).Value);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        using var azure = Azure("Unattached").With($"POST {Disk}/beginGetAccess", LoopbackAnswer.Error(403, "AuthorizationFailed"));
        var read = await Read(azure, (_, _) => Task.FromResult("read"));
        Assert.Equal("the login lacks the permission 'Microsoft.Compute/disks/beginGetAccess/action' (403 AuthorizationFailed); Reader does not have it", read.Reason);
    }

    [Fact]
    public async Task An_access_that_could_not_be_ended_is_told()
    {
        using var azure = Azure("Unattached").With($"POST {Disk}/beginGetAccess", Sas).With($"POST {Disk}/endGetAccess", LoopbackAnswer.Error(409, "Conflict", "Busy."));
        var read = await Read(azure, (_, _) => Task.FromResult("read"));
        Assert.Equal(("read", "Azure answered 409 Conflict: Busy."), (read.Value, read.EndFailure));
    }

    private static LoopbackAzure Azure(string state, string? owner = null) => new LoopbackAzure()
        .With(Disk, $$"""{"id":"{{Disk}}",{{(owner is null ? "" : $"\"managedBy\":\"{owner}\",")}}"properties":{"diskState":"{{state}}"} }""")
        .With($"POST {Disk}/endGetAccess", new LoopbackAnswer(200, ""));

    private static Task<DiskRead<T>> Read<T>(LoopbackAzure azure, Func<Uri, CancellationToken, Task<T>> read, CancellationTokenSource? stop = null)
        where T : class =>
        new DiskAccess(ArmPipeline.Build(Lookups.Options, new LoopbackCredential(), azure.Network(), TimeSpan.FromMilliseconds(5)), Lookups.Options).Read(Disk, read, stop?.Token ?? CancellationToken.None);
}
