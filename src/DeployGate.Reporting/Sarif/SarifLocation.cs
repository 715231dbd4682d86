using System.Text.Json;
using DeployGate.Core.Text;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Sarif;

/// <summary>SARIF <c>location</c> objects: a percent-encoded address and a region, 1-based, its end after the range.</summary>
internal static class SarifLocation
{
    /// <summary>The base of relative addresses; the name is the one GitHub resolves to the checkout.</summary>
    internal const string Root = "%SRCROOT%";

    internal static void Write(Utf8JsonWriter json, Place place) => json.Object(() => WritePhysical(json, place));

    /// <summary>A location with a sentence that says what it has to do with the result.</summary>
    internal static void Write(Utf8JsonWriter json, Place place, int id, string message) => json.Object(() =>
    {
        json.WriteNumber("id", id);
        WritePhysical(json, place);
        SarifText.Message(json, "message", [message]);
    });

    /// <summary>A stop of a code flow: what is to be seen there.</summary>
    internal static void WriteStop(Utf8JsonWriter json, Place place, string message) => json.Object(() => json.Object("location", () =>
    {
        WritePhysical(json, place);
        SarifText.Message(json, "message", [message]);
    }));

    /// <summary>A position, or a whole file when <paramref name="position"/> is null.</summary>
    internal static void Write(Utf8JsonWriter json, string path, LinePosition? position) =>
        json.Object(() => json.Object("physicalLocation", () =>
        {
            WriteArtifact(json, path);
            if (position is { } at)
            {
                json.Object("region", () =>
                {
                    json.WriteNumber("startLine", at.Line);
                    json.WriteNumber("startColumn", at.Column);
                });
            }
        }));

    private static void WritePhysical(Utf8JsonWriter json, Place place) => json.Object("physicalLocation", () =>
    {
        WriteArtifact(json, place.Source.Path);
        WriteRegion(json, "region", place);
    });

    internal static void WriteRegion(Utf8JsonWriter json, string name, Place place) => json.Object(name, () =>
    {
        json.WriteNumber("startLine", place.Start.Line);
        json.WriteNumber("startColumn", place.Start.Column);
        json.WriteNumber("endLine", place.End.Line);
        json.WriteNumber("endColumn", place.End.Column);
    });

    internal static void WriteArtifact(Utf8JsonWriter json, string path) => json.Object("artifactLocation", () =>
    {
        var isRooted = path.StartsWith('/') || IsOnDrive(path);
        json.Text("uri", isRooted ? $"file:///{Encode(path.TrimStart('/'))}" : Encode(path));

        // A base only makes sense for a relative address.
        if (!isRooted)
            json.Text("uriBaseId", Root);
    });

    private static bool IsOnDrive(string path) => path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] == '/';

    // Segment by segment: this also encodes a colon, without which "a:b" would name a scheme.
    private static string Encode(string path)
    {
        var drive = IsOnDrive(path) ? path[..2] : "";
        return drive + string.Join('/', path[drive.Length..].Split('/').Select(Uri.EscapeDataString));
    }
}
