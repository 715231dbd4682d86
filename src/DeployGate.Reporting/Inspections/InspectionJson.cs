using System.Globalization;
using System.Text.Json;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Inspections;

/// <summary>Writes an inspection as <c>deploygate-inspection/v1</c>.</summary>
public static class InspectionJson
{
    /// <summary>Writes the document.</summary>
    public static void Write(TextWriter output, DiskInspection inspection) => JsonText.Write(output, json => json.Object(() =>
    {
        json.WriteString("schema", "deploygate-inspection/v1");
        json.Text("disk", inspection.Disk);
        if (inspection.ReadAt is { } at)
        {
            json.WriteString("readAt", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        json.WriteString("container", inspection.Container);
        json.Array("partitions", inspection.Partitions, (_, partition) => json.Object(() =>
        {
            json.WriteNumber("index", partition.Index);
            json.WriteString("type", partition.Type);
            json.WriteString("fileSystem", partition.FileSystem);
            json.WriteNumber("offset", partition.Offset);
            json.WriteNumber("length", partition.Length);
        }));
        WriteSystem(json, inspection.System);
        json.WriteString("state", WordOf(inspection.State));
        json.Text("reason", inspection.Reason);
        json.Array("evidence", inspection.Evidence, (_, item) => WriteItem(json, item));
        json.Array("contradictions", inspection.Contradictions, (_, item) => WriteItem(json, item));
        json.Array("remarks", inspection.Remarks, (_, remark) => json.WriteStringValue(remark));
        json.WritePropertyName("read");
        json.Object(() =>
        {
            json.WriteNumber("bytes", inspection.BytesRead);
            json.WriteNumber("requests", inspection.Requests);
        });
    }));

    internal static string WordOf(GuestState state) => state is GuestState.Unclear or GuestState.Unseen ? "Unknown" : $"{state}";

    private static void WriteSystem(Utf8JsonWriter json, GuestSystem system)
    {
        json.WritePropertyName("os");
        json.Object(() =>
        {
            json.WriteString("type", $"{system.Type}");
            json.Text("product", system.Product);
            json.Text("version", system.Version);
            json.Text("computerName", system.ComputerName);
            if (system.VmId is not null)
            {
                json.Text("vmId", system.VmId);
            }
        });
    }

    private static void WriteItem(Utf8JsonWriter json, GuestEvidence item) => json.Object(() =>
    {
        json.Text("place", item.Place);
        json.Text("value", item.Value);
        json.Text("says", item.Says);
        json.WriteString("weight", $"{item.Weight}".ToLowerInvariant());
    });
}
