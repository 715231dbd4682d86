using System.Net.Http.Headers;
using System.Text;
using Azure.Identity;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Live;

/// <summary>Asks GitHub for the identity token of the running job, which Azure takes instead of a secret.</summary>
/// <seealso href="https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect"/>
internal sealed class IdTokenSource(HttpClient client)
{
    private const string Audience = "api%3A%2F%2FAzureADTokenExchange";

    internal async Task<string> Get(string address, string token, CancellationToken limit)
    {
        var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        if (!Uri.TryCreate($"{address}{separator}audience={Audience}", UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
        {
            throw new AuthenticationFailedException("ACTIONS_ID_TOKEN_REQUEST_URL is not an https address");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, limit).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new AuthenticationFailedException($"GitHub gave no identity token: it answered {(int)response.StatusCode}; the job needs 'permissions: id-token: write'");
        }

        // Azure.Identity would put a body that cannot be parsed into its exception; this one may be a token.
        var body = await response.Content.ReadAsByteArrayAsync(limit).ConfigureAwait(false);
        var json = JsonText.Parse(new SourceText("GitHub", Encoding.UTF8.GetString(body)), out _)?.Root as ObjectValue;
        return json?.GetText("value") ?? throw new AuthenticationFailedException("GitHub's answer to the request for an identity token holds none");
    }
}
