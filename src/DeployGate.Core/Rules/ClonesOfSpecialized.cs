using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Neighbours;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Rules;

/// <summary>DG3006: several machines are created from one Specialized image, and are one and the same to each other and the network.</summary>
public sealed class ClonesOfSpecialized : NeighbourRule
{
    /// <summary>How far a run is looked back over: a template may declare thousands of machines.</summary>
    private const int MostEarlier = 500;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG3006", "clones-of-specialized", Severity.Warning, At(Stage.Deploy), Outcome.SilentDefect,
        "Several machines are created from one Specialized image.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        // Where the matrix blocks the use, there will be no machines.
        if (one.Use.Stage != Stage.Deploy || one.Verdict == Verdict.Blocked || one.Agreed(Specialized) is not { } source)
        {
            return [];
        }

        return Targets.Is(one.Use.Resource, ArtifactTypes.ScaleSet) ? OfSet(one, source) : OfMachines(one, source);
    }

    private static SourceCase? Specialized(SourceCase source) => source.State.Actual == "Specialized" ? source : null;

    private static IEnumerable<NeighbourFinding> OfSet(UseContext one, SourceCase source)
    {
        var capacity = ValuePath.Find(one.Use.Resource.Body, one.Use.Resource.Declaration, "sku", "capacity");
        return capacity?.Value is IntValue { Number: > 1 } number
            ? [Explain(one, source, $"the {one.Use.Subject} creates {number.Number} machines from the Specialized {source.Text}", capacity.Place, [new RelatedPlace(source.Source.Place, "the source is named here")])]
            : [];
    }

    // The second machine is reported, once; a machine that may not be there is no second one.
    private static IEnumerable<NeighbourFinding> OfMachines(UseContext one, SourceCase source)
    {
        if (!Targets.Is(one.Use.Resource, ArtifactTypes.VirtualMachine) || one.Use.Resource.Presence != Presence.Certain || source.Source is not ImageSource.Resource)
        {
            return [];
        }

        var id = ArtifactCatalog.Show(one.Use.Resource.Id);
        var others = one.Earlier.Skip(one.Earlier.Count - MostEarlier)
            .Where(other => other.Use.Stage == Stage.Deploy && other.Use.Resource.Presence == Presence.Certain && Targets.Is(other.Use.Resource, ArtifactTypes.VirtualMachine)
                && other.Agreed(Specialized) is { } same && Same(same.State.SourceId, source.State.SourceId)
                && !Same(ArtifactCatalog.Show(other.Use.Resource.Id), id))
            .ToList();
        return others is [var first]
            ? [Explain(one, source, $"the {one.Use.Subject} is created from the Specialized {source.Text}, and so is the {first.Use.Subject}", source.Source.Place, [new RelatedPlace(first.Use.Resource.Declaration, $"the {first.Use.Subject} is declared here")])]
            : [];
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static NeighbourFinding Explain(UseContext one, SourceCase source, string message, Place place, ImmutableArray<RelatedPlace> related) => new()
    {
        Message = message,
        Location = place,
        Label = "one identity for several machines",
        Related = [.. source.Source.Hops, .. related, .. source.State.Related],
        Evidence = source.State.Evidence,
        Why = (one.Use.OsType == OsType.Unknown ? source.State.OsType : one.Use.OsType) switch
        {
            OsType.Windows => "A Specialized image is one machine, copied: all copies have its computer name, its SID, its accounts and passwords. They clash in a domain, and whoever has the password of one has all.",
            OsType.Linux => "A Specialized image is one machine, copied: all copies have its host name, its machine id, its SSH host keys and its accounts. Leases and monitoring take them for one, and whoever has the key of one has all.",
            _ => "A Specialized image is one machine, copied: all copies have its name, its machine id (SID), its accounts and their passwords or keys. They clash in networks and domains, and whoever can log in to one can log in to all.",
        },
        Azure = "The deployment succeeds. The clashes show later: names that are taken, a join to a domain that fails, one machine in the monitoring for several.",
        Fix = "Make a Generalized image and deploy it with an osProfile, so that each machine gets a name and an account of its own; or create one machine only.",
        About = source.State.SourceName,
    };
}
