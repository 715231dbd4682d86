using System.Globalization;
using System.Net;
using System.Text;
using DeployGate.Cli.Hosts;
using DeployGate.Core.Policies;
using DeployGate.Disks.Ntfs;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Sources.Http;
using DeployGate.Fuzz.Running;

namespace DeployGate.Fuzz.Targets.Answers;

/// <summary>Readers of what servers answer, and of blocks that a text can spell. An input holds answers: a status, headers, an empty line, a body.</summary>
internal static class NetworkTargets
{
    private const string Between = "\n=====\n";
    private const int MostReads = 8;

    private static readonly string[] s_range = ["206\nContent-Range: bytes 0-9/20\nETag: \"1\"\n\n0123456789" + Between + "206\nContent-Range: bytes 10-19/20\nETag: \"1\"\n\n0123456789", "302\nLocation: https://a.example/x\n\n", "503\nRetry-After: 1\n\n", "200\n\nwhole", "416\nContent-Range: bytes */0\n\n", "206\nContent-Range: bytes 0-99/9223372036854775807\nLast-Modified: Sun, 22 Nov 2026 00:00:00 GMT\n\nx"];

    private static readonly string[] s_github =
    [
        "200\n\n[{\"id\":1,\"body\":\"<!-- mark -->\",\"path\":\"a.bicep\"}]" + Between + "201\n\n{\"id\":2}",
        "200\n\n[{\"filename\":\"a.bicep\",\"patch\":\"@@ -1,2 +3,40 @@ x\\n+y\"}]" + Between + "200\n\n[]" + Between + "200\n\n{}", "403\nRetry-After: 0\n\n{\"message\":\"x\"}", "502\n\n<html>",
    ];

    private static readonly string[] s_words = ["206", "302", "429", "Content-Range: bytes ", "0-9/20", "*/", "ETag: W/\"1\"", "Location: ", "https://127.0.0.1/", "//x/", "file:///x", "Retry-After: 99999999999", "Content-Length: 5", Between, "\"id\":", "9223372036854775808", "1e999", "\"body\":null", "[", "{", "null"];

    internal static IEnumerable<FuzzTarget> All { get; } =
    [
        new TextTarget("range-answer", _ => s_range, (text, _) => Range(text)) { Dictionary = s_words },
        new TextTarget("github-answer", _ => s_github, (text, _) => GitHub(text)) { Dictionary = s_words },
        new TextTarget("ntfs-chunks", _ => ["\u000F\u00B0abcdefghijklmnop", "\u0003\u0030abcd\u0000\u0000", "\u003F\u00B0\u0010abcd\u0001\u0000\u0002\u0000"], (text, _) => Chunks(text)),
    ];

    private static void Range(string text)
    {
        var options = RangeOptions.Default with { MaxAttempts = 1 };
        var read = Fault.Catch(() =>
        {
            using var client = new RangeClient(new Uri("https://contoso.blob.core.windows.net/v/b.vhd?sig=TopSecret"), options, TimeProvider.System, new Spoken(text));
            var (length, first) = client.First(64);
            Properties.Holds(length > 0 && first.Length is > 0 and <= 64, "an answer without bytes was taken");
            for (long at = first.Length, i = 0; at < length && i < MostReads; i++)
            {
                var bytes = new byte[Math.Min(64, length - at)];
                client.Read(at, bytes);
                at += bytes.Length;
            }

            return new Core.Assessment.Lookup<string>.Found("");
        });
        Properties.Holds(read.Match(_ => true, _ => true, failure => !failure.Message.Contains("TopSecret", StringComparison.Ordinal)), "a signature is in a message");
    }

    private static void GitHub(string text)
    {
        using var api = new GitHubApi(new Uri("https://api.github.com/"), "contoso/images", "ghs_token", new HastyClock(), new Spoken(text));
        foreach (var failure in new[] { new GitHubComments(api).Put(7, "<!-- mark -->", "body"), new GitHubReviews(api).Suggest(7, [new Suggestion("a.bicep", new LineRange(3, 4), "x")]) }.OfType<string>())
        {
            Properties.Holds(failure.Length > 0 && !failure.Contains("ghs_token", StringComparison.Ordinal) && !failure.Contains('\n', StringComparison.Ordinal), "a failure without words, with the token, or of several lines");
        }
    }

    private static void Chunks(string text)
    {
        var packed = Encoding.Latin1.GetBytes(text);
        foreach (var size in (ReadOnlySpan<int>)[0, 1, Lznt1.ChunkSize - 1, Lznt1.ChunkSize, 16 * Lznt1.ChunkSize])
        {
            _ = Lznt1.TryExpand(packed, new byte[size]);
        }
    }

    /// <summary>A network whose answers stand in a text, the last one again and again.</summary>
    private sealed class Spoken(string text) : HttpMessageHandler
    {
        private readonly string[] _answers = text.Split(Between, MostReads);
        private int _next;

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = _answers[Math.Min(_next++, _answers.Length - 1)];
            var end = answer.IndexOf("\n\n", StringComparison.Ordinal);
            var head = (end < 0 ? answer : answer[..end]).Split('\n');
            var isStatus = int.TryParse(head[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 999;
            var response = new HttpResponseMessage(isStatus ? (HttpStatusCode)status : HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(Encoding.UTF8.GetBytes(end < 0 ? "" : answer[(end + 2)..])) };
            foreach (var header in head.Skip(1))
            {
                var (name, value) = header.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? (header[..at], header[(at + 1)..].Trim()) : (header, "");
                if (name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                {
                    _ = response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(name, value);
                }
            }

            return response;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));
    }

    /// <summary>A clock on which waiting takes no time.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
