using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using DeployGate.ControlPlane.DiskBytes;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Assessment;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Live;

/// <summary>
/// Reads actual state from Azure: each resource once, many at a time, within one time limit for the whole run. What cannot be
/// read comes back as unreadable with its reason; nothing is thrown for it.
/// </summary>
public sealed class LiveFacts : IDisposable
{
    // Azure keeps 90 days and refuses a question that begins before them.
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(89);

    private readonly LiveOptions _options;
    private readonly Func<IReadOnlyList<Login>> _logins;
    private readonly HttpMessageHandler? _network;
    private readonly TimeSpan? _firstWait;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HttpClient _idTokenClient = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private CancellationTokenSource? _limit;
    private ArmReader? _reader;
    private HttpPipeline? _pipeline;

    /// <summary>Prepares lookups; nothing is asked, and nobody logs in, before something is wanted.</summary>
    public LiveFacts(LiveOptions options)
    {
        _options = options;
        _logins = new CredentialChoice(options, new IdTokenSource(_idTokenClient)).Logins;
    }

    /// <summary>Lookups over another network with another login. For tests: no option and no variable leads here.</summary>
    internal LiveFacts(LiveOptions options, TokenCredential credential, HttpMessageHandler network, TimeSpan firstWait)
    {
        _options = options;
        _logins = () => [new Login("test", credential)];
        _network = network;
        _firstWait = firstWait;
    }

    /// <summary>Why nothing could be asked for, with every login that was tried; null when a login worked or none was needed.</summary>
    public string? LoginFailure { get; private set; }

    /// <summary>Questions sent to Azure Resource Manager; tries of the same question count once.</summary>
    public int Requests => _reader?.Requests ?? 0;

    /// <summary>The time of the first lookup, to the second, which counts for all of a run; null before it.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>The time that lookups took so far, the login included.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Asks for what is wanted and was not asked for before in this run.</summary>
    public async Task<Facts> Read(IEnumerable<WantedFact> wanted)
    {
        var open = wanted.Where(one => _asked.Add(one.Key)).ToList();
        if (open.Count == 0)
        {
            return Facts.None;
        }

        var start = _options.Clock.GetTimestamp();
        _limit ??= new CancellationTokenSource(_options.Timeout, _options.Clock);
        ReadAt ??= DateTimeOffset.FromUnixTimeSeconds(_options.Clock.GetUtcNow().ToUnixTimeSeconds());
        var found = new FoundFacts(ReadAt.Value);
        if (_reader is null && LoginFailure is null)
        {
            await LogIn(CancellationToken.None).ConfigureAwait(false);
        }

        if (_reader is not { } reader)
        {
            open.ForEach(one => found.Unreadable(one, "Azure was not asked: there is no login"));
            return found.ToFacts();
        }

        using var gate = new SemaphoreSlim(_options.Concurrency);
        var lookup = new LiveLookup(reader, _options, found);
        await Task.WhenAll(open.Select(one => InTurn(gate, one, lookup))).ConfigureAwait(false);
        Elapsed += _options.Clock.GetElapsedTime(start);
        return found.ToFacts();
    }

    /// <summary>
    /// The events of a resource's activity log, as far as Azure keeps them, after a lookup that made the login; null and the
    /// reason when they could not be read.
    /// </summary>
    public async Task<(Value? Events, string? Reason)> ReadHistory(string id)
    {
        // A clock that was never set may stand at the beginning of time.
        var now = _options.Clock.GetUtcNow();
        var since = now - DateTimeOffset.MinValue > s_kept ? now - s_kept : DateTimeOffset.MinValue;
        if (_reader is not { } reader || LookupAddress.HistoryOf(id, since) is not { } address)
        {
            return (null, "Azure was not asked");
        }

        return await reader.List(address, _limit!.Token).ConfigureAwait(false) switch
        {
            ArmAnswer.Shown shown => (new ArrayValue([.. shown.Bodies]), null),
            ArmAnswer.Failed failed => (null, failed.Reason),
            _ => (null, "Azure has none"),
        };
    }

    /// <summary>
    /// Reads the bytes of a disk or snapshot by its id, with the user's consent: begins a read access, hands its address to
    /// <paramref name="read"/> and ends the access whatever happens. The address is a secret.
    /// </summary>
    /// <param name="id">The id of a disk or snapshot.</param>
    /// <param name="read">Reads the bytes behind the address.</param>
    /// <param name="stop">Ends the reading; the access is then ended all the same.</param>
    /// <returns>What was read, or why not; and why the access could not be ended, so that a person must.</returns>
    public async Task<(T? Value, string? Reason, string? EndFailure)> ReadDisk<T>(string id, Func<Uri, CancellationToken, Task<T>> read, CancellationToken stop)
        where T : class
    {
        _limit ??= new CancellationTokenSource(_options.Timeout, _options.Clock);
        if (_pipeline is null && LoginFailure is null)
        {
            await LogIn(stop).ConfigureAwait(false);
        }

        if (_pipeline is not { } pipeline)
        {
            return (null, LoginFailure, null);
        }

        var result = await new DiskAccess(pipeline, _options).Read(id, read, stop).ConfigureAwait(false);
        return (result.Value, result.Reason, result.EndFailure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _limit?.Dispose();
        _idTokenClient.Dispose();
        _network?.Dispose();
    }

    private async Task InTurn(SemaphoreSlim gate, WantedFact wanted, LiveLookup lookup)
    {
        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            await lookup.Ask(wanted, _limit!.Token).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    // One login for all questions: hundreds of them would otherwise start the same tool or fail one by one.
    private async Task LogIn(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_limit!.Token, stop);
        var tried = new List<string>();
        foreach (var login in LoginsOrNone(tried))
        {
            try
            {
                await login.Credential.GetTokenAsync(new TokenRequestContext(ArmPipeline.ScopesOf(_options.Cloud)), limit.Token).ConfigureAwait(false);
                _pipeline = ArmPipeline.Build(_options, login.Credential, _network, _firstWait);
                _reader = new ArmReader(_pipeline, _options);
                return;
            }
            catch (Exception failure) when (failure is AuthenticationFailedException or OperationCanceledException or HttpRequestException or IOException or CryptographicException)
            {
                stop.ThrowIfCancellationRequested();
                var reason = failure is OperationCanceledException ? "there was no answer within the time limit (--timeout)" : ArmRefusal.OneLine(failure.Message);
                tried.Add($"{login.Name}: {reason}");
            }
        }

        LoginFailure = $"no login to {_options.Cloud.Name} worked. Tried {string.Join("; ", tried)}";
    }

    // Azure.Identity refuses a tenant that cannot be one as soon as it sees it.
    private IReadOnlyList<Login> LoginsOrNone(List<string> tried)
    {
        try
        {
            return _logins();
        }
        catch (Exception failure) when (failure is ArgumentException or UriFormatException)
        {
            tried.Add($"what the environment offers: {ArmRefusal.OneLine(failure.Message)}");
            return [];
        }
    }
}

/// <summary>The facts of one round, from many threads, in an order that does not depend on them.</summary>
internal sealed class FoundFacts(DateTimeOffset readAt)
{
    private readonly ConcurrentBag<FactResource> _resources = [];
    private readonly ConcurrentBag<AbsentFact> _absent = [];
    private readonly ConcurrentBag<UnreadableFact> _unreadable = [];
    private readonly ConcurrentBag<string> _listed = [];

    internal void Add(ObjectValue body, string id, string type)
    {
        var written = body.GetText("type") is { } own && own.Contains('/', StringComparison.Ordinal) ? own : type;
        _resources.Add(new FactResource(id, written, Trimming.Of(RestShape.Of(body, id, written), id, written), LiveOptions.Source, readAt));
    }

    internal void Absent(string id) => _absent.Add(new AbsentFact(id, LiveOptions.Source, readAt));

    internal void Listed(string id) => _listed.Add(id);

    internal void Unreadable(WantedFact wanted, string reason) => Unreadable(wanted.IsList ? $"{wanted.Id}/{wanted.Type.Split('/')[^1]}" : wanted.Id, reason);

    internal void Unreadable(string id, string reason) => _unreadable.Add(new UnreadableFact(id, reason, LiveOptions.Source, readAt));

    internal Facts ToFacts() => FactsOrder.Of(new Facts([.. _resources], [.. _absent], []) { Unreadable = [.. _unreadable], Listed = [.. _listed] });
}
