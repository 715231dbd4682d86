using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Values;

namespace DeployGate.Core.Assessment;

/// <summary>Disks, snapshots and VHDs: what they were made of, and whether that is still what it was.</summary>
public sealed partial class OriginWalk
{
    private void FollowDisk(Value id, string type)
    {
        var disk = Look(type, id);
        _record.SetOsType(disk?.Get("properties", "osType"));
        if (disk is null)
        {
            _record.AddStep(null, id, _record.Inspection is null ? "not known" : OriginRecord.Word(_record.Inspection.State));
            return;
        }

        _record.AddStep(disk, id, "a disk carries no state");
        var owner = disk.Get("managedBy") ?? disk.Get("properties", "managedBy");
        if (owner is StringValue)
        {
            Follow(owner);
            return;
        }

        FollowCreation(disk);
    }

    private void FollowCreation(Artifact disk)
    {
        var origin = disk.Get("properties", "creationData", "sourceResourceId");
        if (origin is not null)
        {
            if (IsSameDisk(disk, origin))
            {
                FollowCopy(disk, origin);
            }
            else
            {
                _record.Gaps.Add($"'{disk.Name}' was copied from an earlier disk of the name '{_catalog.PatternOf(origin)?.Name(0)}', which is not there any more");
            }

            return;
        }

        FollowFirst(
            disk.Get("properties", "creationData", "sourceUri"),
            disk.Get("properties", "creationData", "galleryImageReference", "id"),
            disk.Get("properties", "creationData", "imageReference", "id"));
        if (disk.Observed is not null && _record.Mark is not null && disk.Get("properties", "creationData", "imageReference") is not null)
        {
            // Made of an image, and possibly booted since: what it holds now is another matter.
            _record.Mark = null;
            _record.Gaps.Add($"'{disk.Name}' was created from an image and may have been booted since");
        }
    }

    // People take a snapshot before they run sysprep, and mark the VM after it: what Azure has on record of the VM now says
    // nothing of a copy that was there before. A copy that this deployment makes is made now.
    private void FollowCopy(Artifact copy, Value origin)
    {
        var mark = _record.Mark;
        Follow(origin);
        if (copy.Declared is null && _record.Mark != mark)
        {
            _record.Mark = mark;
            _record.Gaps.Add($"'{copy.Name}' was copied earlier, and its origin may have been prepared, marked or started since");
        }
    }

    // A disk's name can be used again; the unique id tells whether the origin is still the one that was copied.
    private bool IsSameDisk(Artifact disk, Value origin)
    {
        var copied = (disk.Get("properties", "creationData", "sourceUniqueId") as StringValue)?.Text;
        var type = _catalog.TypeOf(origin) ?? ArtifactTypes.Disk;
        var present = (_catalog.Find(type, origin).Artifact?.Get("properties", "uniqueId") as StringValue)?.Text;
        return copied is null || present is null || string.Equals(copied, present, StringComparison.OrdinalIgnoreCase);
    }

    private void FollowVhd(Value address)
    {
        _record.Observe(_catalog.StateOf(address));
        _record.Inspect(address);
        _record.Lineage.Add(new LineageStep("VHD", ArtifactCatalog.Show(address), _record.Inspection is null ? "not inspected" : OriginRecord.Word(_record.Inspection.State), null) { ReadAt = _record.Inspection?.ReadAt });
        if (_record.Inspection is null)
        {
            _record.Gaps.Add($"the VHD '{ArtifactCatalog.Show(address)}' was not inspected");
        }
    }
}
