using DeployGate.Core.Assessment;
using DeployGate.Disks.Volumes;

namespace DeployGate.Guest.Linux;

/// <summary>What of <c>/etc/waagent.conf</c> matters here.</summary>
/// <param name="Folder">The agent's folder, <c>Lib.Dir</c>; two appliances ship another one than the default.</param>
/// <param name="Failure">Why the file was not read, so that the folder is not known; null when it was, or is not there.</param>
internal sealed record AgentConfiguration(string Folder, ReadFailure? Failure)
{
    private const string DefaultFolder = "/var/lib/waagent";
    private const int MaxText = 256 * 1024;

    internal static AgentConfiguration Read(FileTree tree) => tree.ReadText("/etc/waagent.conf", MaxText).Match(
        text => new AgentConfiguration(FolderIn(text) ?? DefaultFolder, null),
        _ => new AgentConfiguration(DefaultFolder, null),
        failure => new AgentConfiguration(DefaultFolder, failure));

    internal static string? FolderIn(string text)
    {
        string? folder = null;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Split('#')[0].Trim();
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && line[..at].Trim() == "Lib.Dir" && line[(at + 1)..].Trim().Trim('"') is ['/', ..] value)
            {
                folder = value.TrimEnd('/');
            }
        }

        return folder;
    }
}
