using DeployGate.Core.Text;

namespace DeployGate.Cli.Checking;

/// <summary>
/// What a run over many files does to stay small, and a run over few leaves, since it would only take time: what is needed again later is kept in its
/// smallest form meanwhile.
/// </summary>
internal static class LargeRun
{
    private const int From = 64;

    // A collection takes some milliseconds, and frees little of less.
    private const int LetGoFrom = 1000;

    /// <summary>True for so many files, or evaluations.</summary>
    internal static bool Is(int count) => count >= From;

    /// <summary>
    /// Gives back the memory of what has gone out of reach, after so many templates: it would lie beside that of what comes next, until a collection
    /// happens to find it.
    /// </summary>
    internal static void LetGo(int count)
    {
        if (count >= LetGoFrom)
        {
            RecentTexts.Forget();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
