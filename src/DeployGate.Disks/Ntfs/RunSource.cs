using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>The bytes of a non-resident attribute, stored as they are.</summary>
internal sealed class RunSource(string name, IByteSource volume, RunMap runs, int clusterSize, long size, long initialized) : IByteSource
{
    public string Name => name;

    public long Length => size;

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        while (!destination.IsEmpty)
        {
            if (offset >= initialized)
            {
                // Never written: what the clusters hold there is another file's past.
                destination.Clear();
                return;
            }

            var (target, count) = runs.At(offset / clusterSize, name, clusterSize);
            var within = offset % clusterSize;
            var wanted = Math.Min(destination.Length, initialized - offset);
            // Not count times the cluster's size: a hole may have 2^62 clusters.
            var here = (int)(count > wanted / clusterSize + 1 ? wanted : Math.Min(wanted, count * clusterSize - within));
            if (target == RunMap.Hole)
            {
                destination[..here].Clear();
            }
            else
            {
                volume.Read(target * clusterSize + within, destination[..here]);
            }

            destination = destination[here..];
            offset += here;
        }
    }

    public void Dispose()
    {
    }
}
