using System.Collections.Immutable;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Live;

/// <summary>
/// Asks Azure Resource Manager through the pipeline of the Azure SDK, which adds the login, tries again and waits as Azure says.
/// It sends nothing but GET, follows no redirect, and leaves the endpoint's host for no link.
/// </summary>
internal sealed class ArmReader(HttpPipeline pipeline, LiveOptions options)
{
    private const int MostPages = 200;

    private int _requests;

    /// <summary>Questions sent so far; tries of the same question count once.</summary>
    internal int Requests => _requests;

    /// <summary>Asks for one resource.</summary>
    internal async Task<ArmAnswer> Get(LookupAddress address, CancellationToken limit)
    {
        var (answer, body) = await Send(new Uri(options.Cloud.Endpoint, address.Path), address.Permission, limit).ConfigureAwait(false);
        return body is ObjectValue map ? new ArmAnswer.Shown([map]) : answer;
    }

    /// <summary>Asks for a list that comes as an array, without pages.</summary>
    internal async Task<ArmAnswer> GetArray(LookupAddress address, CancellationToken limit)
    {
        var (answer, body) = await Send(new Uri(options.Cloud.Endpoint, address.Path), address.Permission, limit).ConfigureAwait(false);
        return body is ArrayValue list ? new ArmAnswer.Shown([.. list.Items.OfType<ObjectValue>()]) : answer;
    }

    /// <summary>Asks for a list, all pages of it: a part of a list would be taken for the whole.</summary>
    internal async Task<ArmAnswer> List(LookupAddress address, CancellationToken limit)
    {
        var items = ImmutableArray.CreateBuilder<ObjectValue>();
        var next = new Uri(options.Cloud.Endpoint, address.Path);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Add(next.AbsoluteUri) && seen.Count <= MostPages)
        {
            var (answer, body) = await Send(next, address.Permission, limit).ConfigureAwait(false);
            if (body is null)
            {
                return answer;
            }

            if (body is not ObjectValue map || map.Get("value") is not ArrayValue page)
            {
                return new ArmAnswer.Failed("Azure's answer is not a list");
            }

            items.AddRange(page.Items.OfType<ObjectValue>());
            if (map.GetText("nextLink") is not { Length: > 0 } link)
            {
                return new ArmAnswer.Shown(items.ToImmutable());
            }

            if (!Uri.TryCreate(link, UriKind.Absolute, out var following) || !IsHome(following))
            {
                return new ArmAnswer.Failed("the list goes on at another address, which is not asked: a login must not reach it");
            }

            next = following;
        }

        return new ArmAnswer.Failed("the list does not end");
    }

    /// <summary>The JSON of an answer; null when it is none.</summary>
    internal static Value? Parse(Response response)
    {
        if (response.ContentStream is null)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(response.Content.ToMemory().Span);
        return JsonText.Parse(new SourceText(LiveOptions.Source, text), out _)?.Root;
    }

    private bool IsHome(Uri link) => link.Scheme == options.Cloud.Endpoint.Scheme
        && string.Equals(link.Authority, options.Cloud.Endpoint.Authority, StringComparison.OrdinalIgnoreCase);

    private async Task<(ArmAnswer Answer, Value? Body)> Send(Uri address, string permission, CancellationToken limit)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        Interlocked.Increment(ref _requests);
        try
        {
            await pipeline.SendAsync(message, limit).ConfigureAwait(false);
            if (message.Response.Status is not 200)
            {
                return (ArmRefusal.Of(message.Response, permission, options.Clock.GetUtcNow()), null);
            }

            var body = Parse(message.Response);
            return (new ArmAnswer.Failed("Azure's answer is not the JSON it should be"), body);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (new ArmAnswer.Failed(LimitReached(message)), null);
        }
        catch (AuthenticationFailedException failure)
        {
            return (new ArmAnswer.Failed($"the login failed: {ArmRefusal.OneLine(failure.Message)}"), null);
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException or HttpRequestException or OperationCanceledException)
        {
            return (new ArmAnswer.Failed($"Azure could not be reached: {ArmRefusal.OneLine(Innermost(failure).Message)}"), null);
        }
    }

    private string LimitReached(HttpMessage message)
    {
        var seconds = options.Timeout.TotalSeconds.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
        var last = message.HasResponse && message.Response.Status >= 400 ? $"Azure answered {message.Response.Status} until" : "there was no answer within";
        return $"{last} the time limit of {seconds} s (--timeout)";
    }

    // The pipeline gathers the failures of all tries; the last one tells most.
    private static Exception Innermost(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Innermost(last),
        { InnerException: { } inner } => Innermost(inner),
        _ => failure,
    };
}
