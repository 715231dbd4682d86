using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace DeployGate.Fuzz.Targets.Answers;

/// <summary>An answer of Azure in memory, with a body and two headers.</summary>
internal sealed class RecordedResponse(int status, byte[] body) : Response
{
    private static readonly Dictionary<string, string> s_headers = new(StringComparer.OrdinalIgnoreCase) { ["Date"] = "Fri, 20 Nov 2026 10:00:00 GMT", ["Content-Type"] = "application/json" };

    public override int Status => status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; } = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true);

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
        ContentStream?.Dispose();
        ContentStream = null;
    }

    protected override bool ContainsHeader(string name) => s_headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => s_headers.Select(header => new HttpHeader(header.Key, header.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => s_headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = s_headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }
}
