namespace DeployGate.Conformance;

/// <summary>What the command line asks for.</summary>
/// <param name="Corpus">The folder with <c>pairs.tsv</c> and the files.</param>
/// <param name="ModuleCache">The compiler's cache of restored modules; null for none.</param>
/// <param name="List">How many differing pairs are shown at most.</param>
/// <param name="Only">Part of the path of the pairs to run; null for all. Nothing is measured then.</param>
internal sealed record Options(string Corpus, string? ModuleCache, int List, string? Only)
{
    internal const string Usage = "usage: DeployGate.Conformance CORPUS_FOLDER [--module-cache FOLDER] [--list N] [--only TEXT]";

    internal static Options? Parse(string[] arguments)
    {
        string? corpus = null;
        string? cache = null;
        string? only = null;
        var list = int.MaxValue;
        for (var i = 0; i < arguments.Length; i++)
        {
            var isLast = i + 1 == arguments.Length;
            switch (arguments[i])
            {
                case "--module-cache" when !isLast:
                    cache = arguments[++i];
                    break;
                case "--only" when !isLast:
                    only = arguments[++i];
                    break;
                case "--list" when !isLast && int.TryParse(arguments[i + 1], out list):
                    i++;
                    break;
                case ['-', ..]:
                    return null;
                default:
                    corpus = arguments[i];
                    break;
            }
        }

        return corpus is null || !File.Exists(Path.Combine(corpus, "pairs.tsv")) ? null : new Options(corpus, cache, list, only);
    }
}
