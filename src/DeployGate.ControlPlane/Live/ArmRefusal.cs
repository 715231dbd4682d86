using System.Globalization;
using System.Text.RegularExpressions;
using Azure;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Live;

/// <summary>Puts an answer that is no success into words: what is missing, and who could give it.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations"/>
internal static partial class ArmRefusal
{
    private const int LongestMessage = 200;

    private static readonly TimeSpan s_skewWorthTelling = TimeSpan.FromMinutes(4);

    // 404 with one of these says that the question was wrong, or that the login sees another tenant: not that nothing is there.
    private static readonly HashSet<string> s_notAbsent = new(
        ["SubscriptionNotFound", "InvalidSubscriptionId", "InvalidResourceNamespace", "InvalidResourceType", "NoRegisteredProviderFound", "LocationNotAvailableForResourceType"],
        StringComparer.OrdinalIgnoreCase);

    internal static ArmAnswer Of(Response response, string permission, DateTimeOffset now)
    {
        var (code, message) = ErrorOf(response);
        var shownCode = code.Length == 0 ? "" : $" {code}";
        return response.Status switch
        {
            404 when code.Length > 0 && !s_notAbsent.Contains(code) => new ArmAnswer.Absent(),
            404 when code.Length == 0 => new ArmAnswer.Failed("the answer was 404 without Azure's error code, so that something between here and Azure may have given it"),
            404 => new ArmAnswer.Failed($"Azure answered 404{shownCode}: the login may belong to another tenant{Quoted(message)}"),
            401 => new ArmAnswer.Failed($"Azure refused the login (401{shownCode}){Skew(response, now)}"),
            403 => new ArmAnswer.Failed($"the login lacks the permission '{PermissionOf(message, permission)}' (403{shownCode}); the role Reader has it"),
            429 => new ArmAnswer.Failed($"Azure limits the number of requests (429{shownCode}), also after several tries; try later, or raise --timeout"),
            >= 300 and < 400 => new ArmAnswer.Failed($"Azure answered with a redirect ({response.Status}), which is not followed: a login must not reach another address"),
            >= 500 => new ArmAnswer.Failed($"Azure failed to answer ({response.Status}{shownCode}), also after several tries"),
            var status => new ArmAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"Azure answered {status}{shownCode}{Quoted(message)}")),
        };
    }

    /// <summary>A text from outside in one line, without secrets and of a length that fits a message.</summary>
    internal static string OneLine(string text)
    {
        var line = Spaces().Replace(Secrets.Clean(text), " ").Trim();
        line = Tokens().Replace(line, "***");
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";
    }

    private static (string Code, string Message) ErrorOf(Response response)
    {
        var root = ArmReader.Parse(response) as ObjectValue;
        var error = root?.Get("error") as ObjectValue ?? root;
        var code = error?.GetText("code") ?? "";
        return (Code().IsMatch(code) ? code : "", error?.GetText("message") ?? "");
    }

    // Azure names the action that it missed, which is better than the one the gate thinks it needs.
    private static string PermissionOf(string message, string fallback) =>
        Action().Match(message) is { Success: true } match ? match.Groups["action"].Value : fallback;

    private static string Skew(Response response, DateTimeOffset now)
    {
        if (response.Headers.Date is not { } azure || (azure - now).Duration() < s_skewWorthTelling)
        {
            return "";
        }

        var minutes = Math.Round((now - azure).TotalMinutes);
        return string.Create(CultureInfo.InvariantCulture, $"; the clock of this machine is {Math.Abs(minutes)} minutes {(minutes > 0 ? "ahead of" : "behind")} Azure's, which makes tokens invalid");
    }

    private static string Quoted(string message) => message.Length == 0 ? "" : $": {OneLine(message)}";

    [GeneratedRegex("perform action '(?<action>[A-Za-z0-9./]{1,120})'")]
    private static partial Regex Action();

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,80}$")]
    private static partial Regex Code();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();

    // The form of a JSON web token, should a message ever hold one.
    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){0,2}")]
    private static partial Regex Tokens();
}
