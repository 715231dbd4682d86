using DeployGate.Core.Text;

namespace DeployGate.Cli.Configuration;

/// <summary>Adds to a message which word was meant.</summary>
internal static class Spelling
{
    /// <summary><c>; did you mean 'x'?</c>, or nothing where no word is near.</summary>
    internal static string Suggestion(string written, IEnumerable<string> words) => Suggestions.Nearest(written, words) is { } word ? $"; did you mean '{word}'?" : "";
}
