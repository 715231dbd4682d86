using System.Diagnostics;
using System.Globalization;

namespace DeployGate.TestKit.Disks;

/// <summary>
/// How many mutated images a test tries, and from which seed: few by default, as many as DEPLOYGATE_MUTATIONS says in a long run
/// (<c>scripts/mutations.sh</c>). The seed of a failure stands in its message; DEPLOYGATE_MUTATION_SEED starts there.
/// DEPLOYGATE_MUTATION_LOG names a file that gets one line a test: format, images, the most processor time for one in milliseconds, its
/// seed, peak memory of the process in MiB.
/// </summary>
public static class MutationRun
{
    /// <summary>Tries them.</summary>
    /// <param name="format">What is mutated, for the log.</param>
    /// <param name="usual">How many where the environment does not say.</param>
    /// <param name="attempt">Makes and reads one image; whatever it throws is a defect of the reader.</param>
    /// <exception cref="InvalidOperationException">An attempt failed; the message has its seed.</exception>
    public static void Each(string format, int usual, Action<Random> attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var count = Number("DEPLOYGATE_MUTATIONS") ?? usual;
        var first = Number("DEPLOYGATE_MUTATION_SEED") ?? 1;
        var (slowest, slowestSeed) = (TimeSpan.Zero, first);
        for (var seed = first; seed < first + count; seed++)
        {
            // Processor time: a machine that is busy with other things does not make a reader slow.
            var started = Environment.CpuUsage.TotalTime;
            try
            {
                attempt(new Random(seed));
            }
            catch (Exception defect)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"{format}, seed {seed}: {defect}"), defect);
            }

            var took = Environment.CpuUsage.TotalTime - started;
            (slowest, slowestSeed) = took > slowest ? (took, seed) : (slowest, slowestSeed);
        }

        // Never asserted: how long an image takes says as much about the machine as about the reader.
        Note(FormattableString.Invariant($"{format}\t{count}\t{slowest.TotalMilliseconds:0}\t{slowestSeed}\t{Process.GetCurrentProcess().PeakWorkingSet64 >> 20}\n"));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Note(string line)
    {
        if (Environment.GetEnvironmentVariable("DEPLOYGATE_MUTATION_LOG") is { Length: > 0 } log)
        {
            File.AppendAllText(log, line);
        }
    }
}
