using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using DeployGate.ControlPlane.Live;

namespace DeployGate.ControlPlane.DiskBytes;

/// <summary>Sends the two POST requests of a disk's access, and waits for Azure to carry them out.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations"/>
internal sealed class ArmOperation(HttpPipeline pipeline, LiveOptions options)
{
    private static readonly TimeSpan s_defaultWait = TimeSpan.FromSeconds(1);

    /// <summary>Sends a request; gives its result, which may be nothing, or why it failed.</summary>
    internal async Task<(BinaryData? Result, string? Failure)> Post(string path, string body, string permission, CancellationToken limit)
    {
        try
        {
            using var begun = await Send(RequestMethod.Post, new Uri(options.Cloud.Endpoint, path), body, limit).ConfigureAwait(false);
            var answer = begun.Response;
            if (answer.Status is 200 or 204)
            {
                return (answer.Content, null);
            }

            return answer.Status == 202 ? await Wait(answer, permission, limit).ConfigureAwait(false) : (null, Refusal(answer, permission));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (null, "there was no answer before the run was ended");
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException or HttpRequestException or OperationCanceledException or AuthenticationFailedException)
        {
            return (null, $"Azure could not be reached: {ArmRefusal.OneLine(failure.Message)}");
        }
    }

    private async Task<(BinaryData? Result, string? Failure)> Wait(Response answer, string permission, CancellationToken limit)
    {
        // The address comes from Azure; it still must not lead a login elsewhere.
        if (!answer.Headers.TryGetValue("Location", out var text) || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host != options.Cloud.Endpoint.Host || address.Scheme != Uri.UriSchemeHttps)
        {
            return (null, "Azure's answer does not say where its result will be");
        }

        var wait = WaitOf(answer);
        while (true)
        {
            await Task.Delay(wait, options.Clock, limit).ConfigureAwait(false);
            using var polled = await Send(RequestMethod.Get, address, "", limit).ConfigureAwait(false);
            if (polled.Response.Status != 202)
            {
                return polled.Response.Status is 200 or 204 ? (polled.Response.Content, null) : (null, Refusal(polled.Response, permission));
            }

            wait = WaitOf(polled.Response);
        }
    }

    private async Task<HttpMessage> Send(RequestMethod method, Uri address, string body, CancellationToken limit)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        if (method == RequestMethod.Post)
        {
            message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
            message.Request.Content = RequestContent.Create(System.Text.Encoding.UTF8.GetBytes(body));
        }

        await pipeline.SendAsync(message, limit).ConfigureAwait(false);
        return message;
    }

    private string Refusal(Response answer, string permission) => ArmRefusal.Of(answer, permission, options.Clock.GetUtcNow()) switch
    {
        // Reader does not have these actions, whatever the words for lookups say.
        ArmAnswer.Failed failed => failed.Reason.Replace("; the role Reader has it", "; Reader does not have it", StringComparison.Ordinal),
        _ => "it does not exist (any more)",
    };

    private static TimeSpan WaitOf(Response answer) =>
        answer.Headers.TryGetValue("Retry-After", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 60
            ? TimeSpan.FromSeconds(seconds)
            : s_defaultWait;
}
