using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Reports;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>
/// Collects facts. <see cref="Facts"/> keeps absent ids and resources in two lists, so which of them came first can only be
/// settled here.
/// </summary>
internal sealed class FactsBuilder
{
    private readonly ImmutableArray<FactResource>.Builder _resources = ImmutableArray.CreateBuilder<FactResource>();
    private readonly ImmutableArray<AbsentFact>.Builder _absent = ImmutableArray.CreateBuilder<AbsentFact>();
    private readonly ImmutableArray<GuestInspection>.Builder _disks = ImmutableArray.CreateBuilder<GuestInspection>();
    private readonly ImmutableArray<InputError>.Builder _errors = ImmutableArray.CreateBuilder<InputError>();
    private readonly ImmutableArray<UnreadableFact>.Builder _unreadable = ImmutableArray.CreateBuilder<UnreadableFact>();
    private readonly ImmutableArray<string>.Builder _listed = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<FactsRecord>.Builder _records = ImmutableArray.CreateBuilder<FactsRecord>();
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _gone = new(StringComparer.OrdinalIgnoreCase);

    internal void Add(FactResource resource)
    {
        if (_gone.Contains(resource.Id))
            return;
        _seen.Add(resource.Id);
        _resources.Add(resource);
    }

    internal void Add(AbsentFact absent)
    {
        if (!_seen.Contains(absent.Id) && _gone.Add(absent.Id))
            _absent.Add(absent);
    }

    internal void Add(GuestInspection inspection) => _disks.Add(inspection);

    internal void Add(InputError error) => _errors.Add(error);

    internal void Add(UnreadableFact unreadable) => _unreadable.Add(unreadable);

    internal void AddListed(string parent) => _listed.Add(parent);

    internal void AddRecord(FactsRecord record) => _records.Add(record);

    internal FactsRead Build()
    {
        var facts = new Facts(_resources.ToImmutable(), _absent.ToImmutable(), _disks.ToImmutable())
        {
            Unreadable = _unreadable.ToImmutable(),
            Listed = _listed.ToImmutable(),
        };
        return new FactsRead(facts, _errors.ToImmutable()) { Records = _records.ToImmutable() };
    }
}
