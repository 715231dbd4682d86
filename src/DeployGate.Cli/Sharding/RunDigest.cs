using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Files;
using DeployGate.Core.Policies;
using DeployGate.Core.Text;
using DeployGate.Templates;

namespace DeployGate.Cli.Sharding;

/// <summary>
/// Whatever decides a run's verdicts and is known before it judges, in one number: parts that differ in it do not belong together. Times, reports
/// and what an option only says in another way or order are no part of it.
/// </summary>
internal sealed class RunDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private RunDigest()
    {
    }

    /// <summary>16 hexadecimal digits of a SHA-256.</summary>
    internal static string Of(CheckOptions options, CheckGround ground, Inputs inputs, EvaluationPlan plan)
    {
        using var digest = new RunDigest();
        digest.AddFiles(inputs, plan, ground.Changes);
        digest.AddPlan(plan, options.Target);
        digest.AddSettings(options);
        digest.AddState(options, ground.States);
        digest.AddTexts(ground.Policies.Policies.Select(policy => policy.Place.Source.Content).Distinct().Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(digest._hash.GetHashAndReset())[..16];
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void AddFiles(Inputs inputs, EvaluationPlan plan, ChangedLines? changes)
    {
        List<SourceText> sources =
        [
            .. inputs.Templates.Concat(inputs.Parameters).Concat(plan.Evaluations.SelectMany(one => one.Parameters)).Select(file => file.Template.Source)
                .Concat(inputs.Scripts.Select(script => script.Source)).DistinctBy(source => source.Path),
        ];
        Add(sources.Count);
        foreach (var source in sources)
        {
            Add(source.Path);

            // Not its content, which would keep a packed text unpacked.
            Add(source.Slice(0, source.Length));

            // Of these files alone: reports that other parts wrote are new files as well.
            AddTexts(changes is null ? null : changes.Files.GetValueOrDefault(source.Path, []).Select(range => $"{range.First}-{range.Last}"));
        }
    }

    private void AddPlan(EvaluationPlan plan, DeploymentTarget target)
    {
        Add(plan.Evaluations.Length);
        foreach (var one in plan.Evaluations)
        {
            Add(one.Template.Template.Source.Path);
            AddTexts(one.Parameters.Select(file => file.Template.Source.Path));
            var (subscription, resourceGroup, location) = one.Target ?? target;
            AddTexts([subscription, resourceGroup, location]);
        }

        // A value may be a secret, and a digest of few characters is guessed: the names alone, and which of them are set.
        AddTexts(target.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}{(pair.Value is null ? "" : "=")}"));
    }

    private void AddSettings(CheckOptions options)
    {
        Add((int)options.Settings.OnUnknown);
        AddTexts(options.Settings.Severities.Select(pair => $"{pair.Key.ToUpperInvariant()} {pair.Value}").Order(StringComparer.Ordinal));
        AddTexts(options.Configuration.Unwaivable.Select(id => id.ToUpperInvariant()).Order(StringComparer.Ordinal));
        var waivers = options.Configuration.Waivers;
        Add(waivers.Length);
        foreach (var waiver in waivers)
        {
            AddTexts([waiver.RuleId, (waiver.Reach as WaiverReach.Files)?.Pattern, waiver.Reason, waiver.Expires?.ToString("O", CultureInfo.InvariantCulture), waiver.Place.ToString()]);
        }

        Add(options.MaxAge?.ToString("c"));
    }

    private void AddState(CheckOptions options, StateRead states)
    {
        AddTexts(states.Texts.Select(text => text?.Content));
        AddTexts(states.Inspections.Select(one => one.Of));
        if (states.AsksAzure)
        {
            AddTexts([options.Live?.Options.Cloud.Name, options.Live?.Options.Subscription, options.Live?.Options.Location]);
        }

        if (!states.Inspections.IsEmpty)
        {
            AddTexts([.. options.Consent.AllowedHosts.Distinct().Order(StringComparer.Ordinal), $"{options.Consent.AllowDiskAccess} {options.Consent.IsOffline}"]);
        }
    }

    // The number of texts and the length of each: none can be moved into its neighbour. No list differs from an empty one.
    private void AddTexts(IEnumerable<string?>? texts)
    {
        ImmutableArray<string?>? all = texts is null ? null : [.. texts];
        Add(all?.Length ?? -1);
        foreach (var text in all ?? [])
        {
            Add(text);
        }
    }

    private void Add(string? text)
    {
        Add(text?.Length ?? -1);
        _hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private void Add(int number) => _hash.AppendData(BitConverter.GetBytes(number));
}
