using DeployGate.Fuzz.Running;

namespace DeployGate.Fuzz.Seeds;

/// <summary>The seeds of one target, small ones first: of two that are drawn the smaller is taken, so that most inputs are cheap.</summary>
internal sealed class SeedPool
{
    private readonly List<string> _texts;

    internal SeedPool(IEnumerable<string> texts)
    {
        _texts = [.. texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).OrderBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)];
        if (_texts.Count == 0)
        {
            throw new InvalidOperationException("A target needs a seed of its own.");
        }
    }

    internal int Count => _texts.Count;

    internal string Draw(Dice dice) => _texts[Math.Min(dice.Next(_texts.Count), dice.Next(_texts.Count))];
}
