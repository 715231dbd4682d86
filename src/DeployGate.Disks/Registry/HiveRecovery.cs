using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Registry;

/// <summary>
/// Brings a hive that was not written to its end to the state that its logs hold, as Windows would when it loads it. What Windows
/// would lose without a word - an entry in the middle that is damaged while later ones stand - is a fault here: what the hive says
/// then is not what the system had written last.
/// </summary>
internal sealed class HiveRecovery
{
    private readonly IByteSource _hive;
    private readonly BaseBlock _primary;
    private readonly PageOverlay _bins;
    private readonly ImmutableArray<string>.Builder _remarks;

    private HiveRecovery(IByteSource hive, BaseBlock primary, PageOverlay bins, ImmutableArray<string>.Builder remarks) =>
        (_hive, _primary, _bins, _remarks) = (hive, primary, bins, remarks);

    /// <summary>Lays the logs over <paramref name="bins"/> and gives the base block that holds from then on.</summary>
    internal static BaseBlock Run(IByteSource hive, BaseBlock primary, PageOverlay bins, IEnumerable<IByteSource?> logs, ImmutableArray<string>.Builder remarks)
    {
        var entryLogs = new List<EntryLog>();
        var vectorLogs = new List<DirtyVectorLog>();
        foreach (var log in logs)
        {
            if (log is null || log.Length < BaseBlock.Size || BaseBlock.Read(log.ReadBytes(0, BaseBlock.Size)) is not { IsSound: true } own)
            {
                continue;
            }

            if (own.FileType == BaseBlock.NewLog)
            {
                entryLogs.Add(new EntryLog(log, own));
            }
            else if (own.FileType is BaseBlock.OldLog or 2 && own.PrimarySequence == own.SecondarySequence)
            {
                vectorLogs.Add(new DirtyVectorLog(log, own));
            }
        }

        var recovery = new HiveRecovery(hive, primary, bins, remarks);
        return entryLogs.Count > 0 ? recovery.ApplyEntries(entryLogs)
            : vectorLogs.Count > 0 ? recovery.ApplyVector(vectorLogs)
            : throw recovery.Unusable("none that can be used");
    }

    private string State =>
        !_primary.HasSignature ? "the signature regf is missing"
        : !_primary.HasChecksum ? "the base block has a wrong checksum"
        : FormattableString.Invariant($"sequence numbers {_primary.PrimarySequence} and {_primary.SecondarySequence}");

    private DiskFaultException Unusable(string found) =>
        Fault.At(_hive.Name, 0, FormattableString.Invariant($"a hive that was written to its end, or a log to complete it ({State})"), found);

    private BaseBlock ApplyEntries(List<EntryLog> logs)
    {
        logs.Sort((left, right) => left.Base.PrimarySequence.CompareTo(right.Base.PrimarySequence));
        if (!_primary.IsSound)
        {
            // Windows then takes the base block from the later log and leaves the other alone.
            logs = [logs[^1]];
        }

        uint? last = null;
        string? damage = null;
        foreach (var log in logs)
        {
            var first = log.Base.PrimarySequence;
            if (last is null ? !MayBeginWith(first) : first != last + 1)
            {
                if (last is not null && first > last)
                {
                    throw Unusable(FormattableString.Invariant($"logs that end at {last} and go on at {first}{(damage is null ? "" : ": " + damage)}"));
                }

                continue;
            }

            (last, damage) = ApplyAll(log, first, last);
        }

        if (last is null)
        {
            throw Unusable(damage ?? "logs whose entries do not continue it");
        }

        if (damage is not null)
        {
            _remarks.Add("the last entry of a log was not written to its end and left out, as Windows does: " + damage);
        }

        var root = _primary.IsSound ? _primary : logs[0].Base;
        _remarks.Add(FormattableString.Invariant($"the hive was not written to its end ({State}); its logs were applied in memory up to sequence {last}"));
        return root with { BinsSize = (uint)_bins.Length, PrimarySequence = last.Value, SecondarySequence = last.Value };
    }

    // The primary number is raised before the hive is written, the secondary after it: the entries in between are the ones missing.
    private bool MayBeginWith(uint sequence) =>
        !_primary.IsSound
        || (sequence >= _primary.SecondarySequence && sequence <= Math.Max(_primary.PrimarySequence, _primary.SecondarySequence + 1UL));

    private (uint? Last, string? Damage) ApplyAll(EntryLog log, uint sequence, uint? last)
    {
        var offset = (long)BaseBlock.Size;
        while (true)
        {
            var entry = log.Read(offset, sequence, out var defect);
            if (entry is not null && !log.TryApply(entry, _bins))
            {
                defect = "its pages do not fit the hive";
            }

            if (entry is null || defect is not null)
            {
                var damage = defect is null ? null : FormattableString.Invariant($"entry {sequence} at byte {offset} of {log.Source.Name}: {defect}");
                if (damage is not null && IsFollowed(log, offset, sequence))
                {
                    throw Unusable(damage + ", and later entries follow");
                }

                return (last, damage);
            }

            last = sequence++;
            offset += entry.Size;
        }
    }

    // Where the damaged entry says that it ends, or anywhere after when it cannot be believed.
    private static bool IsFollowed(EntryLog log, long offset, uint sequence)
    {
        for (var at = offset + PageOverlay.PageSize; at < log.Source.Length; at += PageOverlay.PageSize)
        {
            if (log.IsBegun(at, sequence + 1))
            {
                return true;
            }
        }

        return false;
    }

    private BaseBlock ApplyVector(List<DirtyVectorLog> logs)
    {
        var written = _primary.IsSound ? _primary.LastWritten : FirstBinWritten();
        var fitting = logs.FindAll(log => log.Base.LastWritten == written);
        if (fitting.Count == 0)
        {
            throw Unusable("logs written for another state of it");
        }

        if (logs.Exists(log => log.Base.LastWritten > written))
        {
            throw Unusable("a log that fits and a later one that does not");
        }

        // Both may fit: the one in use is changed when writing the hive failed, and then holds all that the other holds.
        var chosen = fitting.Count > 1 && fitting[1].Base.PrimarySequence > fitting[0].Base.PrimarySequence ? fitting[1] : fitting[0];
        if (chosen.Apply(_bins) is { } failure)
        {
            throw new DiskFaultException(failure);
        }

        _remarks.Add(FormattableString.Invariant($"the hive was not written to its end ({State}); {_bins.Count} pages were taken from its log in memory"));
        return chosen.Base;
    }

    private long FirstBinWritten()
    {
        var bin = _hive.ReadBytes(BaseBlock.BinsStart, 32);
        return bin.AsSpan().StartsWith("hbin"u8) ? BitConverter.ToInt64(bin, 20) : throw Unusable("no first bin to compare the logs with");
    }
}
