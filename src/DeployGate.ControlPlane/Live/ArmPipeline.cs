using Azure.Core;
using Azure.Core.Pipeline;

namespace DeployGate.ControlPlane.Live;

/// <summary>Builds the Azure SDK's pipeline for Azure Resource Manager.</summary>
internal static class ArmPipeline
{
    /// <summary>The scope of a login that may ask Azure Resource Manager of a cloud.</summary>
    internal static string[] ScopesOf(AzureCloud cloud) => [$"{cloud.Endpoint.AbsoluteUri.TrimEnd('/')}/.default"];

    /// <summary>The pipeline; tests hand in the last link, which is the network otherwise, and a shorter first wait.</summary>
    internal static HttpPipeline Build(LiveOptions options, TokenCredential credential, HttpMessageHandler? network = null, TimeSpan? firstWait = null)
    {
        var client = new ArmClientSettings();
        client.Retry.MaxRetries = 5;
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.Delay = firstWait ?? TimeSpan.FromSeconds(0.5);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(20);
        client.Retry.NetworkTimeout = options.Timeout < TimeSpan.FromSeconds(30) ? options.Timeout : TimeSpan.FromSeconds(30);
        client.Diagnostics.ApplicationId = "deploygate";
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        if (network is not null)
        {
            client.Transport = new HttpClientTransport(network);
        }

        return HttpPipelineBuilder.Build(client, new BearerTokenAuthenticationPolicy(credential, ScopesOf(options.Cloud)));
    }

    private sealed class ArmClientSettings : ClientOptions;
}
