using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG5004: a prepared guest still carries accounts, keys or answer files, and every copy will have them.</summary>
public sealed class PreparationResidue : NeighbourRule
{
    private const int MostShown = 4;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG5004", "preparation-residue", Severity.Warning, At(Stage.Capture, Stage.Upload, Stage.Deploy), Outcome.SilentDefect,
        "A guest was prepared for copies, and something of the old machine is left on its disk.");

    /// <inheritdoc/>
    public override IEnumerable<NeighbourFinding> Check(UseContext one)
    {
        // What a Specialized image carries is what it is for. Where the guest is something else, the matrix has the word.
        if (one.Use.Stage == Stage.Attach || one.Use.Declared.Candidates is not [OsState.Generalized] || one.Agreed(source => Left(one, source)) is not { } left)
        {
            return [];
        }

        var items = left.State.Residue;
        var shown = string.Join(", ", items.Take(MostShown).Select(Short));
        var more = items.Length > MostShown ? $" and {items.Length - MostShown} more" : "";
        return
        [
            new NeighbourFinding
            {
                Message = $"the {left.Text} was prepared, but this was left behind: {shown}{more}",
                Location = left.Source.Place,
                Label = "the source is named here",
                Related = [.. left.Source.Hops, .. left.State.Related],
                Evidence = left.State.Evidence,
                Why = $"Whatever the preparation leaves is in every machine made of the image. {string.Join(" ", items.Where(item => item.Says.Length > 0).Take(MostShown).Select(Meaning))}",
                Azure = "The deployment succeeds. Whoever has an old password or key can log in to every copy.",
                Fix = (one.Use.OsType == OsType.Unknown ? left.State.OsType : one.Use.OsType) switch
                {
                    OsType.Windows => "Remove the accounts and answer files that are named before sysprep /generalize runs, and capture again.",
                    OsType.Linux => "Run 'cloud-init clean --logs --machine-id' and 'waagent -force -deprovision+user', remove the other accounts and keys that are named, and capture again.",
                    _ => "Remove what is named, prepare the guest again, and capture again.",
                },
                About = left.State.SourceName,
            },
        ];
    }

    // What this run captures is judged where it is captured, and not again where it is deployed.
    private static SourceCase? Left(UseContext one, SourceCase source)
    {
        var isHandled = one.Use.Stage == Stage.Deploy && source.Source is ImageSource.Resource resource
            && one.Catalog.TypeOf(resource.Id) is { } type && one.Catalog.Peek(type, resource.Id)?.Declared is not null;
        return source.State is { Guest: GuestState.Generalized, Residue.IsEmpty: false } && !isHandled ? source : null;
    }

    // The place names the partition first, which tells nobody anything here.
    private static string Short(GuestItem item)
    {
        var file = item.Place.Split(", ")[^1];
        return item.Value is "present" or "set" ? file : $"{file} ({item.Value})";
    }

    private static string Meaning(GuestItem item) => $"{Short(item)}: {item.Says.TrimEnd('.')}.";
}
