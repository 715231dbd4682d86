using System.Globalization;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;

namespace DeployGate.Reporting;

/// <summary>How reports spell the domain's cases. Users' scripts compare these words: none may change within a version.</summary>
public static class ContractWords
{
    /// <summary>error, warning, note or off.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Note => "note",
        _ => "off",
    };

    /// <summary>upload, capture, deploy, attach, start; any where no single stage applies.</summary>
    public static string Of(Stage? stage) => stage switch
    {
        Stage.Upload => "upload",
        Stage.Capture => "capture",
        Stage.Deploy => "deploy",
        Stage.Attach => "attach",
        Stage.Start => "start",
        _ => "any",
    };

    /// <summary>The outcome in words joined by hyphens.</summary>
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.ProvisioningTimeout => "provisioning-timeout",
        Outcome.ProvisioningFailure => "provisioning-failure",
        Outcome.DeploymentRejected => "deployment-rejected",
        Outcome.StartNotAllowed => "start-not-allowed",
        Outcome.BootFailure => "boot-failure",
        Outcome.SilentDefect => "silent-defect",
        _ => "none",
    };

    /// <summary>in-source, configuration, baseline.</summary>
    public static string Of(SuppressionKind kind) => kind switch
    {
        SuppressionKind.InSource => "in-source",
        SuppressionKind.Configuration => "configuration",
        _ => "baseline",
    };

    /// <summary>allowed, blocked, warned, undecided.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Allowed => "allowed",
        Verdict.Blocked => "blocked",
        Verdict.Warned => "warned",
        _ => "undecided",
    };

    /// <summary>Windows, Linux, Unknown.</summary>
    public static string Of(OsType type) => type switch
    {
        OsType.Windows => "Windows",
        OsType.Linux => "Linux",
        _ => "Unknown",
    };

    /// <summary>Generalized, Specialized, Unknown.</summary>
    public static string Of(OsState? state) => state switch
    {
        OsState.Generalized => "Generalized",
        OsState.Specialized => "Specialized",
        _ => "Unknown",
    };

    /// <summary>ISO 8601 in UTC, with the fraction of a second that the source gave.</summary>
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 in UTC, without the fraction of a second. By hand, since the framework's formatting is compiled at every start.</summary>
    public static string ToSecond(DateTimeOffset time)
    {
        var at = time.UtcDateTime;
        Span<char> text = stackalloc char[] { '0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0', '0', 'Z' };
        Write(text, 0, at.Year / 100);
        Write(text, 2, at.Year % 100);
        Write(text, 5, at.Month);
        Write(text, 8, at.Day);
        Write(text, 11, at.Hour);
        Write(text, 14, at.Minute);
        Write(text, 17, at.Second);
        return text.ToString();

        static void Write(Span<char> text, int index, int number) => (text[index], text[index + 1]) = ((char)('0' + (number / 10)), (char)('0' + (number % 10)));
    }

    /// <summary><c>path:line:column</c> as one safe line.</summary>
    public static string Of(Place place) => Of(place.Source.Path, place.Start);

    /// <summary><c>path:line:column</c> as one safe line; the path alone when the whole file is meant.</summary>
    public static string Of(string path, LinePosition? position) =>
        position is { } at ? $"{SafeText.Line(path)}:{at.Line}:{at.Column}" : SafeText.Line(path);
}
