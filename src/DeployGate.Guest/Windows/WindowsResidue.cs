using DeployGate.Core.Inspections;
using DeployGate.Disks.Volumes;

namespace DeployGate.Guest.Windows;

/// <summary>What a prepared Windows disk still carries, and every machine made from it will have.</summary>
internal sealed class WindowsResidue(string title, FileTree tree)
{
    private const int MaxNames = 20;

    private static readonly string[] s_answerFiles = ["Windows/Panther/unattend.xml", "Windows/System32/Sysprep/unattend.xml", "unattend.xml", "Autounattend.xml"];

    private static readonly HashSet<string> s_ownProfiles = new(["Default", "Default User", "Public", "All Users", "desktop.ini"], StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<GuestEvidence> Find()
    {
        foreach (var path in s_answerFiles)
        {
            var file = new Marker<bool>($@"{title}, \{path.Replace('/', '\\')}", tree.Find($"/{path}").Map(_ => true));
            if (file.IsFound)
            {
                yield return file.As("a left-over answer file: it changes what setup does, and may hold a password", EvidenceWeight.Residue) with { Value = "present" };
            }
        }

        var profiles = tree.List("/Users").Match(
            entries => entries.Where(entry => entry.Kind == FileKind.Directory && !s_ownProfiles.Contains(entry.Name)).Select(entry => entry.Name).ToList(),
            _ => [],
            _ => []);
        if (profiles.Count > 0)
        {
            yield return new GuestEvidence($@"{title}, \Users", Names(profiles), "profiles of accounts, which sysprep keeps: their accounts are in every copy", EvidenceWeight.Residue);
        }
    }

    private static string Names(List<string> names) => names.Count <= MaxNames
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MaxNames))} and {names.Count - MaxNames} more";
}
