using System.Globalization;

namespace DeployGate.Disks.Tests;

/// <summary>
/// How many mutated images a test tries, and from which seed: few by default, as many as DEPLOYGATE_MUTATIONS says in a long run.
/// The seed of a failure stands in its message; DEPLOYGATE_MUTATION_SEED starts there.
/// </summary>
internal static class MutationRun
{
    internal static void Each(int usual, Action<Random> attempt)
    {
        var count = Number("DEPLOYGATE_MUTATIONS") ?? usual;
        var first = Number("DEPLOYGATE_MUTATION_SEED") ?? 1;
        for (var seed = first; seed < first + count; seed++)
        {
            try
            {
                attempt(new Random(seed));
            }
            catch (Exception defect)
            {
                throw new Xunit.Sdk.XunitException(FormattableString.Invariant($"Seed {seed}: {defect}"));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{count} mutated images from seed {first}"));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
