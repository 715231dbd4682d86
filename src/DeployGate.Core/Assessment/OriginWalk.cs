using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Steps;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Assessment;

/// <summary>
/// Follows a source to its origin: version → definition and source, image → source, disk → snapshot → VM. On the way it
/// collects what Azure has on record (the nearest record counts) and what guests said (the nearest inspection counts,
/// since copying changes no bytes).
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries"/>
public sealed partial class OriginWalk
{
    private const int MaxHops = 16;

    private readonly ArtifactCatalog _catalog;
    private readonly OriginRecord _record;
    private readonly LookupPlace? _place;
    private readonly HashSet<string> _visited = new(StringComparer.OrdinalIgnoreCase);

    private OriginWalk(ArtifactCatalog catalog, LookupPlace? place) => (_catalog, _record, _place) = (catalog, new OriginRecord(catalog), place);

    /// <summary>Assesses one source of a use.</summary>
    /// <param name="source">The source.</param>
    /// <param name="catalog">The artifacts, as the evaluation sees them.</param>
    /// <param name="place">Where the image is used: what <c>latest</c> is depends on the region.</param>
    public static StateAssessment Assess(ImageSource source, ArtifactCatalog catalog, LookupPlace? place = null)
    {
        var walk = new OriginWalk(catalog, place);
        var (name, id) = walk.Start(source);
        return walk._record.ToAssessment(name, id, walk.KindOf(source));
    }

    // Where the source is no machine, nothing can be marked or prepared: the words differ.
    private SourceKind KindOf(ImageSource source)
    {
        var type = source is ImageSource.Resource resource ? _catalog.TypeOf(resource.Id) : null;
        return string.Equals(type, ArtifactTypes.VirtualMachine, StringComparison.OrdinalIgnoreCase) ? SourceKind.Machine : SourceKind.Image;
    }

    private (string Name, string Id) Start(ImageSource source)
    {
        switch (source)
        {
            case ImageSource.Resource resource:
                Follow(resource.Id);
                return (OriginRecord.NameOf(resource.Id), _catalog.Shown(resource.Id));
            case ImageSource.Vhd vhd:
                FollowVhd(vhd.Address);
                var address = ArtifactCatalog.Show(vhd.Address);
                return (address.Split('/')[^1], address);
            case ImageSource.Marketplace marketplace:
                _record.Mark = AzureMark.Generalized;
                _record.OsType = marketplace.OsType;
                if (_record.OsType == OsType.Unknown)
                {
                    _record.SetOsType(_catalog.Published.FindInMarketplace(marketplace.Name, _place)?.Body.Get("properties", "osDiskImage", "operatingSystem"));
                }

                _record.Lineage.Add(new LineageStep("Marketplace image", marketplace.Name, "Generalized: publishers' images are", null));
                return (marketplace.Name, marketplace.Name);
            case ImageSource.Prepared prepared:
                _record.Mark = prepared.State == OsState.Generalized ? AzureMark.Generalized : AzureMark.Specialized;
                _record.Lineage.Add(new LineageStep("build", prepared.By, $"{prepared.State}: it prepares the guest itself", null));
                return (prepared.By, prepared.By);
            default:
                var unresolved = (ImageSource.Unresolved)source;
                _record.Gaps.Add($"which image it is is not known: {unresolved.Reason}");
                return (unresolved.Expression, $"{{{unresolved.Expression}}}");
        }
    }

    private void Follow(Value id)
    {
        if (_record.Lineage.Count >= MaxHops || !_visited.Add(_catalog.Shown(id)))
        {
            _record.Gaps.Add("the chain of sources does not end");
            return;
        }

        var observed = _catalog.StateOf(id);
        _record.Observe(observed);
        _record.Inspect(id);
        var type = _catalog.TypeOf(id) ?? "";
        switch (type.ToLowerInvariant())
        {
            case "microsoft.compute/virtualmachines":
                FollowMachine(id, observed);
                break;
            case "microsoft.compute/images":
                FollowImage(id);
                break;
            case "microsoft.compute/galleries/images":
                FollowDefinition(id, latest: true);
                break;
            case "microsoft.compute/galleries/images/versions":
                FollowVersion(id);
                break;
            case "microsoft.compute/disks" or "microsoft.compute/snapshots":
                FollowDisk(id, type);
                break;
            default:
                FollowForeign(id);
                break;
        }
    }

    private void FollowMachine(Value id, ObservedState? observed)
    {
        if (observed is { ChangedHere: true, Mark: not AzureMark.Unknown })
        {
            var made = _catalog.Find(ArtifactTypes.VirtualMachine, id).Artifact;
            _record.AddStep(made, id, observed.MarkText);
            _record.SetOsType(made?.Get("properties", "storageProfile", "osDisk", "osType"));
            if (_record.OsType == OsType.Unknown && made?.Get("properties", "storageProfile", "imageReference", "publisher") is { } publisher)
            {
                _record.OsType = ImageSources.OsTypeOf(publisher);
            }

            _record.Mark ??= observed.Mark;
            if (observed.Mark == AzureMark.Generalized)
            {
                _record.NoteUnprepared($"this pipeline marks '{OriginRecord.NameOf(id)}' as generalized, and nothing in it shows that the guest was prepared");
            }

            return;
        }

        var machine = Look(ArtifactTypes.VirtualMachine, id);
        if (machine is null || machine.Facts.IsEmpty)
        {
            _record.AddStep(machine, id, "mark not known");
            if (machine is not null && _catalog.WhyUnreadable(machine.Id) is { } reason)
            {
                _record.Gaps.Add($"the instance view of '{machine.Name}' could not be read: {reason}");
            }
            else
            {
                _record.NoteMissing(machine, "instance view");
            }
        }
        else
        {
            ReadMark(machine, id);
        }

        _record.SetOsType(machine?.Get("properties", "storageProfile", "osDisk", "osType"));
        if (machine?.Get("properties", "storageProfile", "osDisk", "managedDisk", "id") is { } disk)
        {
            _record.Inspect(disk);
        }

        if (machine?.Get("properties", "storageProfile", "osDisk", "vhd", "uri") is { } blob)
        {
            _record.Inspect(blob);
        }
    }

    // az shows the machine and its instance view in two answers: the first that tells counts.
    private void ReadMark(Artifact machine, Value id)
    {
        var fact = machine.Facts.FirstOrDefault(one => InstanceView.MarkOf(one.Body).Mark != AzureMark.Unknown) ?? machine.Facts[^1];
        var (mark, status) = InstanceView.MarkOf(fact.Body);
        _record.AddStep(machine, id, mark == AzureMark.Unknown ? "mark not known" : status);
        if (mark == AzureMark.Unknown)
        {
            _record.Gaps.Add($"{status} (virtual machine '{machine.Name}'){(_catalog.WhyUnreadable(machine.Id) is { } reason ? $": {reason}" : "")}");
        }
        else if (_record.Mark is null)
        {
            _record.Mark = mark;
            _record.Evidence.Add(new EvidenceItem($"{fact.File}: instance view of '{machine.Name}'", status, fact.ReadAt));
        }
    }

    private void FollowImage(Value id)
    {
        // Azure has no Specialized managed image, so that its kind alone is a record.
        _record.Mark ??= AzureMark.Generalized;
        var image = Look(ArtifactTypes.ManagedImage, id);
        _record.AddStep(image, id, "Generalized: a managed image always is");
        _record.SetOsType(image?.Get("properties", "storageProfile", "osDisk", "osType"));
        FollowFirst(
            image?.Get("properties", "sourceVirtualMachine", "id"),
            image?.Get("properties", "storageProfile", "osDisk", "managedDisk", "id"),
            image?.Get("properties", "storageProfile", "osDisk", "snapshot", "id"),
            image?.Get("properties", "storageProfile", "osDisk", "blobUri"));
    }

    private void FollowVersion(Value id)
    {
        // What the use names comes first: messages call the source by the first step.
        var version = Look(ArtifactTypes.Version, id);
        _record.AddStep(version, id, "state of its definition");
        FollowDefinition(_catalog.DefinitionOf(id), latest: version is null && string.Equals(_catalog.PatternOf(id)?.Name(0), "latest", StringComparison.OrdinalIgnoreCase));
        if (version is not null)
        {
            FollowSourceOf(version);
        }
    }

    private void FollowDefinition(Value id, bool latest)
    {
        var definition = Look(ArtifactTypes.Definition, id);
        var state = definition?.GetDeclared("properties", "osState") as StringValue;
        _record.AddStep(definition, id, state is null ? "osState not known" : $"osState {state.Text}");
        if (definition is null || state is null)
        {
            // The definition is Azure's only record of the image; what the source's VM carries is none.
            _record.Mark ??= AzureMark.Unknown;
            return;
        }

        _record.SetOsType(definition.GetDeclared("properties", "osType"));
        if (_record.Mark is null && Enum.TryParse<OsState>(state.Text, ignoreCase: true, out var parsed))
        {
            _record.Mark = parsed == OsState.Generalized ? AzureMark.Generalized : AzureMark.Specialized;
            var where = definition.Declared is { } declared ? $"{declared.Declaration}" : $"{definition.Observed!.File}";
            _record.Evidence.Add(new EvidenceItem($"{where}: definition '{definition.Name}'", $"osState {state.Text}", definition.Observed?.ReadAt));
        }

        if (latest)
        {
            FollowLatest(definition);
        }
    }

    private void FollowLatest(Artifact definition)
    {
        if (Versions.Latest(_catalog.ChildrenOf(definition, ArtifactTypes.Version), _place?.Location) is { } version)
        {
            _record.Inspect(version.Id);
            _record.AddStep(version, version.Id, "the latest that is known");
            FollowSourceOf(version);
        }

        if (_catalog.WhyUnlisted(definition) is { } reason)
        {
            _record.Gaps.Add($"which version of '{definition.Name}' is the latest could not be read: {reason}");
        }
    }

    private void FollowSourceOf(Artifact version) => FollowFirst(
        version.Get("properties", "storageProfile", "source", "virtualMachineId"),
        version.Get("properties", "storageProfile", "source", "id"),
        version.Get("properties", "storageProfile", "osDiskImage", "source", "id"),
        version.Get("properties", "storageProfile", "osDiskImage", "source", "uri"));

    // Images of community and shared galleries show their state, but no source.
    private void FollowForeign(Value id)
    {
        var shown = ArtifactCatalog.Show(id);
        var fact = _catalog.Published.FindInGallery(id, _place);
        _record.Lineage.Add(new LineageStep("image of another gallery", shown, fact?.Body.GetText("properties", "osState") ?? "not known", null));
        if (fact?.Body.GetText("properties", "osState") is { } state && Enum.TryParse<OsState>(state, ignoreCase: true, out var parsed))
        {
            _record.Mark ??= parsed == OsState.Generalized ? AzureMark.Generalized : AzureMark.Specialized;
            _record.SetOsType(fact.Body.Get("properties", "osType"));
            _record.Evidence.Add(new EvidenceItem(fact.File, $"osState {state}", fact.ReadAt));
        }
        else
        {
            _record.Gaps.Add(_catalog.WhyUnreadable(id) is { } reason ? $"'{shown}' could not be read: {reason}" : $"nothing is known of '{shown}'");
        }
    }

    private void FollowFirst(params ReadOnlySpan<Value?> sources)
    {
        foreach (var source in sources)
        {
            switch (source)
            {
                case null:
                    continue;
                case StringValue { Text: var text } when text.Contains("://", StringComparison.Ordinal):
                case PartialString { KnownStart: var start } when start.StartsWith("http", StringComparison.OrdinalIgnoreCase):
                    FollowVhd(source);
                    return;
                default:
                    Follow(source);
                    return;
            }
        }
    }

    private Artifact? Look(string type, Value id)
    {
        var lookup = _catalog.Find(type, id);

        // Whoever has looked inside a disk misses nothing that Azure's record of it could say.
        if (lookup.Artifact is null && !(_record.Inspection is not null && ArtifactTypes.NameOf(type) is "disk" or "snapshot"))
        {
            _record.Gaps.Add(lookup.Reason);
        }

        return lookup.Artifact;
    }
}
