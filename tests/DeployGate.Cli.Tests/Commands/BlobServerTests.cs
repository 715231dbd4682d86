using System.Text.Json;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Sources.Http;
using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Commands;

/// <summary>Azurite, started once for the tests; none where it cannot be, which only CI takes for a failure.</summary>
public sealed class BlobServerFixture : IDisposable
{
    private readonly Lazy<(BlobServer? Server, string Problem)> _server = new(() => BlobServer.Start(Path.Combine(Repository.Root, "tests", "azurite")));

    internal BlobServer Server
    {
        get
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("DEPLOYGATE_AZURITE_TEST") == "0", "DEPLOYGATE_AZURITE_TEST is 0: the server is 190 MB from the registry of npm");
            var (server, problem) = _server.Value;
            Assert.False(server is null && Environment.GetEnvironmentVariable("CI") == "true", problem);
            Assert.SkipWhen(server is null, problem);
            return server!;
        }
    }

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Server?.Dispose();
        }
    }
}

/// <summary>A VHD in a page blob of a real blob server, read with a SAS through the command line.</summary>
public sealed class BlobServerTests(BlobServerFixture fixture) : IClassFixture<BlobServerFixture>, IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_blob_gives_the_same_answer_as_the_file_and_its_signature_is_never_shown()
    {
        var disk = DiskBuilder.FixedVhd(WindowsGuest.InUse.Disk());
        fixture.Server.Upload("same.vhd", disk);
        disk.SaveAs(_folder.PathOf("same.vhd"));
        var (address, signature) = fixture.Server.ForReading("same.vhd");
        var fromBlob = Inspect(address, signature);
        var fromFile = Runs.Run(_folder.Location, "", null, "inspect", "same.vhd", "--format", "json");
        Assert.Equal((0, ""), (fromBlob.Exit, fromBlob.Error));
        Assert.Equal(Facts(fromFile.Output), Facts(fromBlob.Output));
        var requests = JsonDocument.Parse(fromBlob.Output).RootElement.GetProperty("read").GetProperty("requests").GetInt32();
        Assert.InRange(requests, 1, 40);
    }

    [Fact]
    public void A_wrong_signature_is_told_as_a_matter_of_permission()
    {
        fixture.Server.Upload("locked.vhd", DiskBuilder.FixedVhd(WindowsGuest.InUse.Disk()));
        fixture.Server.Upload("other.vhd", new SparseByteSource("other", 512));
        var (address, _) = fixture.Server.ForReading("locked.vhd");
        var (_, wrong) = fixture.Server.ForReading("other.vhd");
        var forged = new Uri(address.AbsoluteUri[..(address.AbsoluteUri.IndexOf("sig=", StringComparison.Ordinal) + 4)] + wrong);
        Assert.Contains("status 403: the signature is wrong", Refused(forged, wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void A_blob_that_was_deleted_is_told_as_missing()
    {
        fixture.Server.Upload("gone.vhd", new SparseByteSource("gone", 1 << 20));
        fixture.Server.Delete("gone.vhd");
        var (address, signature) = fixture.Server.ForReading("gone.vhd");
        Assert.Contains("status 404: there is no such file", Refused(address, signature), StringComparison.Ordinal);
    }

    [Fact]
    public void A_blob_that_changes_while_it_is_read_gives_no_mixed_answer()
    {
        fixture.Server.Upload("changing.vhd", DiskBuilder.FixedVhd(WindowsGuest.InUse.Disk()));
        var (address, signature) = fixture.Server.ForReading("changing.vhd");
        using var source = ((Lookup<HttpRangeSource>.Found)HttpRangeSource.Open(address, RangeOptions.Default with { AllowedHosts = ["127.0.0.1"] }, TimeProvider.System)).Value;
        Assert.IsType<Lookup<byte>.Found>(ByteAt(source, 128 << 20));
        fixture.Server.Write("changing.vhd", 0, new byte[512]);
        var failure = Assert.IsType<Lookup<byte>.Unreadable>(ByteAt(source, 128 << 20)).Failure.Message;
        Assert.Contains("found another one: the file changed while it was read", failure, StringComparison.Ordinal);
        Assert.DoesNotContain(signature, failure, StringComparison.Ordinal);
    }

    private static Lookup<byte> ByteAt(HttpRangeSource source, long offset) => Fault.Catch(() =>
    {
        var one = new byte[1];
        source.Read(offset, one);
        return new Lookup<byte>.Found(one[0]);
    });

    private string Refused(Uri address, string signature)
    {
        var (exit, output, _) = Inspect(address, signature);
        Assert.Equal(3, exit);
        using var document = JsonDocument.Parse(output);
        Assert.Equal("Unknown", document.RootElement.GetProperty("state").GetString());
        return document.RootElement.GetProperty("reason").GetString()!;
    }

    private (int Exit, string Output, string Error) Inspect(Uri address, string signature)
    {
        var run = Runs.Run(_folder.Location, "", null, "inspect", address.AbsoluteUri, "--allow-host", "127.0.0.1", "--format", "json");
        foreach (var secret in (string[])[signature, Uri.UnescapeDataString(signature)])
        {
            Assert.DoesNotContain(secret, run.Output + run.Error, StringComparison.Ordinal);
        }

        return run;
    }

    /// <summary>All that the document says of the disk, without its name, the time and what the reading cost.</summary>
    private static string Facts(string document) => string.Join('\n', JsonDocument.Parse(document).RootElement.EnumerateObject()
        .Where(member => member.Name is not ("disk" or "read" or "readAt"))
        .Select(member => $"{member.Name}: {member.Value.GetRawText()}"));
}
