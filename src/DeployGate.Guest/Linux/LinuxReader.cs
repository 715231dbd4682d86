using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Volumes;

namespace DeployGate.Guest.Linux;

/// <summary>Reads the markers, the identity and what was left behind of one Linux installation.</summary>
internal sealed class LinuxReader(string title, MountedTree mounted)
{
    private const int MaxText = 64 * 1024;
    private const string CloudInstance = "/var/lib/cloud/instance";

    private static readonly string[] s_agents = ["/usr/sbin/waagent", "/usr/bin/waagent", "/sbin/waagent"];
    private static readonly string[] s_cloudInit = ["/usr/bin/cloud-init", "/usr/local/bin/cloud-init"];
    private static readonly string[] s_firstBoot = ["/usr/lib/systemd/system/ignition-files.service", "/usr/share/flatcar", "/usr/lib/flatcar"];

    private readonly FileTree _tree = mounted.Tree;

    internal SystemRead Read()
    {
        var configuration = AgentConfiguration.Read(_tree);
        var folder = configuration.Folder;
        var markers = new LinuxMarkers(
            new Marker<string>(Place($"{folder}/provisioned"), configuration.Failure is { } failure ? new Lookup<string>.Unreadable(failure) : Sentinel($"{folder}/provisioned")),
            new Marker<ImmutableArray<string>>(Place(folder), _tree.List(folder).Map(entries => entries.Select(entry => entry.Name).ToImmutableArray())),
            new Marker<bool>(Place(CloudInstance), _tree.FindLink(CloudInstance).Map(_ => true)),
            Text("/etc/hostname"),
            FirstOf(s_agents),
            FirstOf(s_cloudInit),
            FirstOf(s_firstBoot),
            Unsettled($"{folder}/provisioned", CloudInstance, "/etc/hostname"));
        var answer = LinuxDecision.Of(markers);
        ImmutableArray<GuestEvidence> evidence =
        [
            .. Decisive(markers, answer),
            .. answer.State == GuestState.Generalized ? new LinuxResidue(title, _tree).Find() : [],
        ];
        return new SystemRead(SystemOf(markers), answer, evidence, [.. mounted.Outcomes.Where(outcome => !outcome.IsReadable).Select(outcome => $"{title}, /etc/fstab: {outcome.Outcome}")]);
    }

    private static IEnumerable<GuestEvidence> Decisive(LinuxMarkers markers, GuestAnswer answer)
    {
        var says = answer.State == GuestState.Unclear ? "" : $"{answer.State}";
        yield return markers.Provisioned.As(markers.Provisioned.IsFound ? "the id of the VM that the agent provisioned" : says, EvidenceWeight.Decisive);
        yield return new GuestEvidence(markers.CloudInstance.Place, markers.CloudInstance.IsFound ? "present" : markers.CloudInstance.Shown, "cloud-init's state of the instance it provisioned", EvidenceWeight.Decisive);
        yield return markers.HostName.As("'localhost.localdomain' after a deprovisioning", EvidenceWeight.Corroborating);
        if (markers.AgentFolder.OrDefault is { IsDefault: false } names)
        {
            yield return new GuestEvidence(markers.AgentFolder.Place, names.IsEmpty ? "empty" : FormattableString.Invariant($"{names.Length} entries"), "emptied by a deprovisioning", EvidenceWeight.Corroborating);
        }

        foreach (var program in (Marker<bool>[])[markers.Agent, markers.CloudInit, markers.FirstBoot])
        {
            if (program.IsFound)
            {
                yield return new GuestEvidence(program.Place, "present", "provisions the machine", EvidenceWeight.Informative);
            }
        }
    }

    private GuestSystem SystemOf(LinuxMarkers markers)
    {
        var release = OsRelease.Parse(_tree.ReadText("/etc/os-release", MaxText) is Lookup<string>.Found found ? found.Value : "");
        var name = markers.HostName.OrDefault?.Trim();
        return new GuestSystem(
            OsType.Linux,
            release.GetValueOrDefault("PRETTY_NAME") ?? release.GetValueOrDefault("ID"),
            release.GetValueOrDefault("VERSION_ID"),
            string.IsNullOrEmpty(name) ? null : name,
            markers.Provisioned.OrDefault is { Length: > 0 } id ? id : null);
    }

    /// <summary>Its text is an id; that it is there is what counts, so that an unreadable text does not hide it.</summary>
    private Lookup<string> Sentinel(string path) => _tree.Find(path).Map(_ => _tree.ReadText(path, MaxText) is Lookup<string>.Found found ? Short(found.Value) : "");

    private static string Short(string text)
    {
        var line = text.Trim();
        return line.Length <= 64 ? line : line[..64];
    }

    private Marker<string> Text(string path) => new(Place(path), _tree.ReadText(path, MaxText).Map(Short));

    private Marker<bool> FirstOf(string[] paths)
    {
        var answers = paths.Select(path => new Marker<bool>(Place(path), _tree.Find(path).Map(_ => true))).ToList();
        return answers.FirstOrDefault(answer => answer.IsFound) ?? answers.FirstOrDefault(answer => answer.WhyUnread is not null) ?? answers[0];
    }

    /// <summary>Of the volumes that these paths lie on, those that were not closed in order.</summary>
    private ImmutableArray<string> Unsettled(params string[] paths) =>
    [
        .. paths.Select(VolumeOf).OfType<IVolume>().Append(_tree.RootVolume).Distinct()
            .Where(volume => volume.Unsettled is not null)
            .Select(volume => $"{title}: {volume.Facts.FileSystem} {volume.Facts.Uuid}: {volume.Unsettled}"),
    ];

    /// <summary>The volume of a path or, where it is not there, of the nearest folder above it.</summary>
    private IVolume? VolumeOf(string path)
    {
        for (var at = path; at.Length > 0; at = at[..at.LastIndexOf('/')])
        {
            if (_tree.FindLink(at) is Lookup<TreeEntry>.Found found)
            {
                return found.Value.Volume;
            }
        }

        return null;
    }

    private string Place(string path) => $"{title}, {path}";
}
