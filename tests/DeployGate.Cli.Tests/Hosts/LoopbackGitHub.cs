using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace DeployGate.Cli.Tests.Hosts;

/// <summary>As much of GitHub as the client uses, on this machine.</summary>
internal sealed class LoopbackGitHub : IDisposable
{
    private readonly HttpListener _listener;

    internal LoopbackGitHub()
    {
        (Address, _listener) = Listening();
        _ = Task.Run(Serve);
    }

    // Between asking for a free port and taking it, another test may take it.
    private static (string Address, HttpListener Listener) Listening()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
            probe.Stop();
            var listener = new HttpListener();
            try
            {
                listener.Prefixes.Add(address + "/");
                listener.Start();
                return (address, listener);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                listener.Close();
            }
        }
    }

    internal string Address { get; }

    internal List<(long Id, string Body)> Comments { get; } = [];

    internal List<JsonNode> Reviews { get; } = [];

    /// <summary>The one file that the pull request changes.</summary>
    internal JsonObject? File { get; init; }

    internal List<string> Requests { get; } = [];

    internal List<string?> Authorizations { get; } = [];

    internal List<(int Status, string? RetryAfter)> Failures { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                Answer(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var page = int.Parse(request.QueryString["page"] ?? "1", System.Globalization.CultureInfo.InvariantCulture);
        Authorizations.Add(request.Headers["Authorization"]);
        Requests.Add(request.HttpMethod switch { "GET" => $"GET {page}", "PATCH" => $"PATCH {request.Url!.Segments[^1]}", var other => other });
        if (Failures.Count > 0)
        {
            response.StatusCode = Failures[0].Status;
            if (Failures[0].RetryAfter is { } wait)
            {
                response.AddHeader("Retry-After", wait);
            }

            Failures.RemoveAt(0);
            response.Close();
            return;
        }

        JsonNode answer = request.Url!.AbsolutePath.Contains("/pulls/", StringComparison.Ordinal) ? Pull(request) : request.HttpMethod == "GET"
            ? new JsonArray([.. Comments.Skip((page - 1) * 100).Take(100).Select(one => new JsonObject { ["id"] = one.Id, ["body"] = one.Body })])
            : Store(request);
        response.StatusCode = request.HttpMethod == "POST" ? 201 : 200;
        response.Close(Encoding.UTF8.GetBytes(answer.ToJsonString()), willBlock: true);
    }

    private JsonNode Pull(HttpListenerRequest request)
    {
        switch (request.Url!.Segments[^1])
        {
            case "files":
                return new JsonArray(File!.DeepClone());
            case "comments":
                return new JsonArray([.. Reviews.SelectMany(review => review["comments"]!.AsArray()).Select(comment => comment!.DeepClone())]);
            default:
                Reviews.Add(JsonNode.Parse(request.InputStream)!);
                return new JsonObject();
        }
    }

    private JsonObject Store(HttpListenerRequest request)
    {
        var body = JsonNode.Parse(request.InputStream)!["body"]!.GetValue<string>();
        var id = request.HttpMethod == "PATCH" ? long.Parse(request.Url!.Segments[^1], System.Globalization.CultureInfo.InvariantCulture) : 1000;
        Comments.RemoveAll(one => one.Id == id);
        Comments.Add((id, body));
        return new JsonObject { ["id"] = id };
    }
}
