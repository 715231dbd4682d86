using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Json;
using DeployGate.Reporting.Lineages;

namespace DeployGate.Reporting.Sarif;

/// <summary>
/// How a finding came about: the places of the value's way as a <c>codeFlow</c> (3.36), and the artifacts of the image's way, which have no
/// place in a file, as a <c>graph</c> (3.39).
/// </summary>
internal static class SarifFlow
{
    // The hops come nearest first; a flow is read from the beginning to where it hurts.
    internal static void Write(Utf8JsonWriter json, Diagnostic finding)
    {
        RelatedPlace[] stops = [.. finding.Related.Reverse(), new RelatedPlace(finding.Location, finding.Label.Length == 0 ? finding.Message : finding.Label)];
        json.Array("codeFlows", [stops], (_, flow) => json.Object(() =>
            json.Array("threadFlows", [flow], (_, thread) => json.Object(() =>
                json.Array("locations", thread, (_, stop) => SarifLocation.WriteStop(json, stop.Place, stop.Message))))));
    }

    internal static void WriteGraph(Utf8JsonWriter json, ImmutableArray<Hop> hops) => json.Object(() =>
    {
        SarifText.Message(json, "description", ["From the use of the image to its origin"]);
        json.Array("nodes", hops.Index(), (_, node) => json.Object(() =>
        {
            json.Text("id", NameOf("n", node.Index));
            SarifText.Message(json, "label", [$"{node.Item.Kind} {node.Item.Name}: {Hop.StateOf(node.Item)}"]);
            json.Object("properties", () =>
            {
                json.Text("id", node.Item.Id);
                json.Text("state", node.Item.State);
            });
        }));
        json.Array("edges", hops.Index().Skip(1), (_, edge) => json.Object(() =>
        {
            json.Text("id", NameOf("e", edge.Index));
            json.Text("sourceNodeId", NameOf("n", edge.Index - 1));
            json.Text("targetNodeId", NameOf("n", edge.Index));
            SarifText.Message(json, "label", [edge.Item.IsBroken ? "broken here" : hops[edge.Index - 1].From ?? "from"]);
        }));
    });

    private static string NameOf(string kind, int index) => kind + index.ToString(CultureInfo.InvariantCulture);
}
