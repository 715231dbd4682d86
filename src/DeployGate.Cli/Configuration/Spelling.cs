using DeployGate.Core.Text;

namespace DeployGate.Cli.Configuration;

/// <summary>Adds to a message which word was meant.</summary>
internal static class Spelling
{
    /// <summary><c>; did you mean 'x'?</c>, or nothing where no word is near.</summary>
    internal static string Suggestion(string written, IEnumerable<string> words) => Suggestion(Suggestions.Nearest(written, words));

    /// <summary>The same for a word that was found already; null for none.</summary>
    internal static string Suggestion(string? meant) => meant is null ? "" : $"; did you mean '{meant}'?";
}
