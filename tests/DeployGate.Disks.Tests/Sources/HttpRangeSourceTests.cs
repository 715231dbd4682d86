using System.Net;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Sources.Http;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Sources;

public class HttpRangeSourceTests
{
    private static readonly byte[] s_file = [.. Enumerable.Range(0, 300_000).Select(at => (byte)(at * 31 >> 3))];
    private static readonly RangeOptions s_options = new(["127.0.0.1"], TimeSpan.FromSeconds(5), 3);

    [Fact]
    public void Any_range_reads_as_the_file_has_it_and_the_length_costs_no_request()
    {
        using var server = new RangeServer(s_file);
        using var source = Open(server).Found();
        Assert.Equal(s_file.Length, source.Length);
        Assert.Equal(s_file[..100], source.ReadBytes(0, 100));
        Assert.Equal(1, server.Requests);
        Assert.Equal(s_file[65_000..200_000], source.ReadBytes(65_000, 135_000));
        Assert.Equal(s_file[^512..], source.ReadBytes(s_file.Length - 512, 512));
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public void Later_requests_pin_the_version_of_the_first_answer()
    {
        using var server = new RangeServer(s_file);
        using var source = Open(server).Found();
        source.ReadBytes(100_000, 1);
        Assert.Contains("If-Match: \"0x1\"", server.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "the whole file (status 200): the server, or a proxy before it, does not serve ranges")]
    [InlineData(403, "status 403: the signature is wrong, expired or missing, lacks the read permission, or the storage account's firewall refuses")]
    [InlineData(404, "status 404: there is no such file, or the signature does not allow to see it")]
    [InlineData(412, "another one: the file changed while it was read")]
    [InlineData(416, "status 416: the file is empty or ends before")]
    [InlineData(418, "status 418")]
    [InlineData(503, "status 503, 3 times")]
    public void A_refusal_says_what_it_may_mean_and_never_the_signature(int status, string says)
    {
        using var server = new RangeServer(s_file, (_, _, _) => new RangeAnswer(status, "Retry-After: 0\r\n", []));
        var failure = Open(server).Match(_ => "", _ => "", failure => failure.Message);
        Assert.Contains(says, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("TopSecret", failure, StringComparison.Ordinal);
        Assert.Contains("/disks/os.vhd", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public void A_busy_server_is_asked_again(int status)
    {
        using var server = new RangeServer(s_file, (request, _, _) => request < 3 ? new RangeAnswer(status, "Retry-After: 0\r\n", []) : null);
        using var source = Open(server).Found();
        Assert.Equal(s_file[..10], source.ReadBytes(0, 10));
    }

    [Fact]
    public void A_connection_that_is_cut_is_taken_up_where_it_broke()
    {
        RangeServer? server = null;
        server = new RangeServer(s_file, (request, from, to) => request is 2 or 3 ? server!.Right(from, to) with { CutAfter = 1000 } : null);
        using var owned = server;
        using var source = Open(server).Found();
        Assert.Equal(s_file[100_000..200_000], source.ReadBytes(100_000, 100_000));
        Assert.Equal(4, server.Requests);
    }

    [Fact]
    public void An_answer_that_breaks_off_again_and_again_ends()
    {
        RangeServer? server = null;
        server = new RangeServer(s_file, (_, from, to) => server!.Right(from, to) with { CutAfter = 1 });
        using var owned = server;
        using var source = Open(server).Found();
        var fault = Assert.Throws<DiskFaultException>(() => source.ReadBytes(100_000, 100_000));
        Assert.Contains("an answer that breaks off again and again", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Range: bytes 5-10/300000\r\n")]
    [InlineData("Content-Range: bytes 100000-100009/299999\r\n")]
    [InlineData("Content-Range: bytes 100000-99999/300000\r\n")]
    [InlineData("Content-Range: pages 100000-100009/300000\r\n")]
    public void An_answer_for_another_range_is_not_taken(string header)
    {
        using var server = new RangeServer(s_file, (request, _, _) => request > 1 ? new RangeAnswer(206, header, new byte[10]) : null);
        using var source = Open(server).Found();
        Assert.Throws<DiskFaultException>(() => source.ReadBytes(100_000, 10));
    }

    [Fact]
    public void An_empty_body_under_status_206_is_no_answer()
    {
        using var server = new RangeServer(s_file, (request, _, _) => request > 1 ? new RangeAnswer(206, "Content-Range: bytes 100000-100009/300000\r\n", []) : null);
        using var source = Open(server).Found();
        var fault = Assert.Throws<DiskFaultException>(() => source.ReadBytes(100_000, 10));
        Assert.Contains("an answer without a body, 3 times", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_version_from_a_server_that_ignores_conditions_ends_the_reading()
    {
        using var server = new RangeServer(s_file, (request, from, to) => request > 1 ? new RangeAnswer(206, $"Content-Range: bytes {from}-{to}/300000\r\nETag: \"0x2\"\r\n", new byte[to - from + 1]) : null);
        using var source = Open(server).Found();
        var fault = Assert.Throws<DiskFaultException>(() => source.ReadBytes(100_000, 10));
        Assert.Contains("the file changed while it was read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirect_to_another_host_is_refused_and_named_without_its_query()
    {
        using var server = new RangeServer(s_file, (_, _, _) => new RangeAnswer(302, "Location: http://metadata.example/latest?token=TopSecret\r\n", []));
        var failure = Open(server).Match(_ => "", _ => "", failure => failure.Message);
        Assert.Contains("a redirect to http://metadata.example (name the host with --allow-host if it is yours)", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("TopSecret", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Redirects_that_never_end_do()
    {
        using var server = new RangeServer(s_file, (_, _, _) => new RangeAnswer(302, "Location: /again\r\n", []));
        Assert.Contains("at most 5 redirects", Open(server).Match(_ => "", _ => "", failure => failure.Message), StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_address_needs_the_hosts_name_on_the_command_line()
    {
        using var server = new RangeServer(s_file);
        var address = new UriBuilder(server.Address) { Scheme = "https" }.Uri;
        var failure = HttpRangeSource.Open(address, s_options with { AllowedHosts = [] }, TimeProvider.System).Match(_ => "", _ => "", failure => failure.Message);
        Assert.Contains("expected a public address for 127.0.0.1, or the host named with --allow-host, found a private or local address", failure, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Theory]
    [InlineData("http://example.com/disk.vhd", "https")]
    [InlineData("https://user:TopSecret@example.com/disk.vhd", "an address without a user name")]
    public void An_address_that_would_leak_is_refused_before_anything_is_sent(string address, string says)
    {
        var failure = HttpRangeSource.Open(new Uri(address), s_options, TimeProvider.System).Match(_ => "", _ => "", failure => failure.Message);
        Assert.Contains(says, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("TopSecret", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("2001:0:1::1")]
    [InlineData("::169.254.169.254")]
    [InlineData("::ffff:0:10.0.0.1")]
    public void An_address_inside_is_not_public(string address) => Assert.False(AddressGuard.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("20.60.1.1")]
    [InlineData("2603:1030::1")]
    public void An_address_outside_is_public(string address) => Assert.True(AddressGuard.IsPublic(IPAddress.Parse(address)));

    private static Lookup<HttpRangeSource> Open(RangeServer server) => HttpRangeSource.Open(server.Address, s_options, TimeProvider.System);
}
