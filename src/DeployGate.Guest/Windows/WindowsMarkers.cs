namespace DeployGate.Guest.Windows;

/// <summary>
/// What says on a Windows disk whether it was prepared. Source of the meanings: Windows Setup States, and the registry values that
/// setup writes (learn.microsoft.com).
/// </summary>
/// <param name="ImageState">SOFTWARE, <c>Microsoft\Windows\CurrentVersion\Setup\State</c>, <c>ImageState</c>.</param>
/// <param name="StateFile">The same word in <c>\Windows\Setup\State\State.ini</c>.</param>
/// <param name="SetupType">SYSTEM, <c>Setup</c>, <c>SetupType</c>: other than 0 when setup runs at the next boot.</param>
/// <param name="CommandLine">SYSTEM, <c>Setup</c>, <c>CmdLine</c>: what then runs.</param>
/// <param name="SetupInProgress">SYSTEM, <c>Setup</c>, <c>SystemSetupInProgress</c>.</param>
/// <param name="AuditBoot">SYSTEM, <c>Setup\Status</c>, <c>AuditBoot</c>: 1 in audit mode.</param>
/// <param name="Tag"><c>Sysprep_succeeded.tag</c>: the last sysprep ended well.</param>
/// <param name="Unsettled">Why the volume may be behind what Windows had written; null when it was closed in order.</param>
internal sealed record WindowsMarkers(
    Marker<string> ImageState,
    Marker<string> StateFile,
    Marker<ulong> SetupType,
    Marker<string> CommandLine,
    Marker<ulong> SetupInProgress,
    Marker<ulong> AuditBoot,
    Marker<bool> Tag,
    string? Unsettled);
