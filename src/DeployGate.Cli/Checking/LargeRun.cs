using DeployGate.Core.Text;

namespace DeployGate.Cli.Checking;

/// <summary>
/// What a run over many files does to stay small, and a run over few leaves, since it would only take time: what is needed again later is kept in its
/// smallest form meanwhile.
/// </summary>
internal static class LargeRun
{
    private const int From = 64;

    /// <summary>True for so many files, or evaluations.</summary>
    internal static bool Is(int count) => count >= From;

    /// <summary>
    /// Frees what has gone out of reach where most of a run has: the values of all templates once they are judged. Without it their memory would lie
    /// beside that of the reports.
    /// </summary>
    internal static void LetGo(int count)
    {
        if (Is(count))
        {
            RecentTexts.Forget();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
