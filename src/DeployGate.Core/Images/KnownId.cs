using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>An id that was asked for, with what was found out about it: each once, when it is first asked for.</summary>
internal sealed class KnownId(Value id)
{
    private ResourceIdPattern? _pattern;
    private Value? _definition;
    private string? _shown;
    private bool _isRead;

    /// <summary>The id, taken apart; null for what is none.</summary>
    internal ResourceIdPattern? Pattern
    {
        get
        {
            if (!_isRead)
            {
                (_pattern, _isRead) = (ResourceIdPattern.From(id), true);
            }

            return _pattern;
        }
    }

    /// <summary>The definition's id, where this is a version's.</summary>
    internal Value Definition => _definition ??= IdText.CutBefore(id, "versions");

    /// <summary>The id as reports show it.</summary>
    internal string Shown => _shown ??= ArtifactCatalog.Show(id);

    /// <summary>The type that was looked for; null before.</summary>
    internal string? FoundType { get; set; }

    /// <summary>What was found of that type; null before.</summary>
    internal ArtifactLookup? Found { get; set; }
}
