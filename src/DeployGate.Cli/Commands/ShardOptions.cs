using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Sharding;

namespace DeployGate.Cli.Commands;

/// <summary>The option that makes a run one part of several, and what parts cannot do.</summary>
internal sealed class ShardOptions
{
    private readonly Option<string?> _shard = new("--shard") { Description = "Judge one part of the run, i/n: 2/4, or job/4 in a pod of an Indexed Job. 'deploygate merge' joins the JSON reports of all parts." };

    /// <summary>All of them, in the order of the help text.</summary>
    internal IEnumerable<Option> All => [_shard];

    /// <summary>The options of a part; the error is for the user.</summary>
    internal (CheckOptions? Options, string? Error) Read(ParseResult parsed, CheckOptions check, bool namesBaseline, FixMode fix, Func<string, string?> environment)
    {
        if (parsed.GetValue(_shard) is not { } written)
        {
            return (check, null);
        }

        if (Shard.Parse(written, environment) is not { } shard)
        {
            return (null, $"--shard {written}: write the number of the part and how many there are, 1/4 to 4/4, or job/4 where {Shard.JobIndex} tells it; at most {Shard.Most}");
        }

        if (check.NewBaseline is not null || fix is FixMode.Show or FixMode.Write)
        {
            return (null, "--shard: a part neither fixes files nor writes a baseline; run without --shard for that");
        }

        // How often a finding was there before is counted over the whole run.
        return namesBaseline
            ? (null, "--shard with --baseline: give the baseline to 'deploygate merge'")
            : (check with { Shard = shard, Baseline = null }, null);
    }
}
