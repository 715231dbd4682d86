using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Steps;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Assessment;

/// <summary>What a walk to the origin collects: the nearest record and the nearest inspection count, all evidence is kept.</summary>
internal sealed class OriginRecord(ArtifactCatalog catalog)
{
    internal List<EvidenceItem> Evidence { get; } = [];

    internal List<LineageStep> Lineage { get; } = [];

    internal List<RelatedPlace> Related { get; } = [];

    internal List<string> Gaps { get; } = [];

    internal AzureMark? Mark { get; set; }

    internal GuestInspection? Inspection { get; private set; }

    /// <summary>What the pipeline made of the guest; it is nearer to the use than any inspection from before.</summary>
    private GuestState? _observed;

    internal OsType OsType { get; set; }

    internal StateAssessment ToAssessment(string name, string id, SourceKind kind) => new()
    {
        SourceName = name,
        SourceId = id,
        Kind = kind,
        Mark = Mark ?? AzureMark.Unknown,
        Guest = _observed ?? Inspection?.State ?? GuestState.Unseen,
        OsType = OsType,
        Residue = _observed is null && Inspection is { } inspection ? [.. inspection.Items.Where(item => item.IsResidue)] : [],
        Evidence = [.. Evidence],
        Lineage = [.. Lineage],
        Related = [.. Related],
        Gaps = [.. Gaps],
    };

    /// <summary>The short name of an artifact. A version is called by its definition and its number; "1.0.0" alone tells nobody anything.</summary>
    internal static string NameOf(Value id)
    {
        if (ResourceIdPattern.From(id) is not { } pattern)
        {
            return ArtifactCatalog.Show(id);
        }

        var isVersion = string.Equals(pattern.Name(1), "versions", StringComparison.OrdinalIgnoreCase);
        return isVersion ? $"{pattern.Name(2)}/{pattern.Name(0)}" : pattern.Name(0);
    }

    /// <summary>Takes in what the pipeline itself did; the state nearest to the use counts.</summary>
    internal void Observe(ObservedState? state)
    {
        if (state is null)
        {
            return;
        }

        Related.AddRange(state.Related);
        if (state.Guest == GuestState.Unseen || _observed is not null || Inspection is not null)
        {
            return;
        }

        _observed = state.Guest;
        foreach (var item in state.Items)
        {
            Evidence.Add(new EvidenceItem(item.Place, item.Says.Length == 0 ? item.Value : $"{item.Value} ({item.Says})", null));
        }

        if (state.Guest == GuestState.Unclear)
        {
            Gaps.Add(state.Reason);
        }
    }

    /// <summary>Whoever sets the mark vouches for the guest: where nobody prepared it and nobody looked, the mark proves nothing.</summary>
    internal void NoteUnprepared(string gap)
    {
        if (_observed is null && Inspection is null)
        {
            _observed = GuestState.Unclear;
            Gaps.Add(gap);
        }
    }

    internal void Inspect(Value id)
    {
        if (_observed is not null || Inspection is not null || catalog.InspectionOf(id) is not { } inspection)
        {
            return;
        }

        Inspection = inspection;
        OsType = OsType == OsType.Unknown ? inspection.OsType : OsType;
        foreach (var item in inspection.Items)
        {
            Evidence.Add(new EvidenceItem($"{inspection.File}: {item.Place}", item.Says.Length == 0 ? item.Value : $"{item.Value} ({item.Says})", inspection.ReadAt));
        }

        if (inspection.State == GuestState.Unclear)
        {
            Gaps.Add($"the inspection of '{NameOf(id)}' says: {inspection.Reason}");
        }

        if (inspection.Items.IsEmpty || inspection.State == GuestState.Unclear)
        {
            Evidence.Add(new EvidenceItem(inspection.File, $"inspection of '{inspection.Of}': {Word(inspection.State)}{(inspection.Reason.Length == 0 ? "" : $" ({inspection.Reason})")}", inspection.ReadAt));
        }
    }

    internal void NoteMissing(Artifact? artifact, string what)
    {
        if (artifact is not null)
        {
            Gaps.Add($"no facts were given for '{artifact.Name}', so its {what} is not known");
        }
    }

    internal void AddStep(Artifact? artifact, Value id, string state)
    {
        var kind = ArtifactTypes.NameOf(catalog.TypeOf(id) ?? "resource");
        Lineage.Add(new LineageStep(kind, catalog.Shown(id), state, null) { ReadAt = artifact?.Observed?.ReadAt });
        if (artifact?.Place is { } place)
        {
            Related.Add(new RelatedPlace(place, $"the {kind} '{artifact.Name}' is declared here"));
        }
    }

    internal void SetOsType(Value? value) => OsType = OsType == OsType.Unknown ? Declarations.OsTypeOf(value) : OsType;

    /// <summary>The contract's word for a guest's state.</summary>
    internal static string Word(GuestState state) => state is GuestState.Unclear or GuestState.Unseen ? "Unknown" : $"{state}";
}
