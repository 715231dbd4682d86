using System.Globalization;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Volumes;

namespace DeployGate.Guest.Linux;

/// <summary>What a deprovisioned Linux disk still carries, and every machine made from it will have. Names only: no key and no hash is read.</summary>
internal sealed class LinuxResidue(string title, FileTree tree)
{
    private const int MaxText = 1 << 20;
    private const int MaxNames = 20;
    private const int FirstUser = 1000;
    private const int Nobody = 65534;

    private static readonly (string Path, string Says)[] s_files =
    [
        ("/etc/sudoers.d/waagent", "rights of an account that was provisioned"),
        ("/etc/sudoers.d/90-cloud-init-users", "rights of an account that was provisioned"),
        ("/var/log/waagent.log", "a log of the agent: the system has run since it was cleaned"),
        ("/root/.bash_history", "commands that were typed, which may hold secrets"),
    ];

    internal IEnumerable<GuestEvidence> Find()
    {
        var accounts = Accounts();
        if (accounts.Count > 0)
        {
            yield return Residue("/etc/passwd", Names(accounts.Select(account => account.Name)), "accounts that can log in: 'waagent -deprovision+user' removes the one it made");
        }

        var keyed = accounts.Append(new Account("root", "/root")).Where(account => Is($"{account.Home}/.ssh/authorized_keys")).ToList();
        if (keyed.Count > 0)
        {
            yield return Residue("~/.ssh/authorized_keys", Names(keyed.Select(account => account.Name)), "keys that open every copy");
        }

        if (tree.ReadText("/etc/machine-id", 4096) is Lookup<string>.Found { Value: { } id } && id.Trim() is { Length: 32 })
        {
            yield return Residue("/etc/machine-id", "set", "every copy has the same machine id: 'cloud-init clean --machine-id' resets it");
        }

        foreach (var (path, says) in s_files)
        {
            if (Is(path))
            {
                yield return Residue(path, "present", says);
            }
        }
    }

    private List<Account> Accounts() => tree.ReadText("/etc/passwd", MaxText) is Lookup<string>.Found found
        ? [.. found.Value.Split('\n').Select(Parse).OfType<Account>()]
        : [];

    /// <summary>An account of a person: a number from 1000 on, and a shell that lets one in.</summary>
    private static Account? Parse(string line)
    {
        var fields = line.Split(':');
        return fields.Length >= 7 && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= FirstUser and not Nobody
            && !fields[6].TrimEnd().EndsWith("nologin", StringComparison.Ordinal) && !fields[6].TrimEnd().EndsWith("/false", StringComparison.Ordinal)
            ? new Account(fields[0], fields[5])
            : null;
    }

    private bool Is(string path) => tree.FindLink(path) is Lookup<TreeEntry>.Found;

    private GuestEvidence Residue(string path, string value, string says) => new($"{title}, {path}", value, says, EvidenceWeight.Residue);

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= MaxNames ? string.Join(", ", all) : $"{string.Join(", ", all.Take(MaxNames))} and {all.Count - MaxNames} more";
    }

    private sealed record Account(string Name, string Home);
}
