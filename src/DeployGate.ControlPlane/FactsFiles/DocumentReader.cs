using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Tells what a document is, and hands it to its reader. Lists may hold any of them, and lists.</summary>
internal sealed class DocumentReader(FactsSource source)
{
    /// <summary>The schema of a facts file.</summary>
    internal const string FactsVersion = "deploygate-facts/v1";

    // Its own words for a document that carries no id: this is the mistake users make first.
    private const string BareViewMessage = "an instance view without an 'id' cannot be assigned to a virtual machine";

    private const string BareViewFix =
        "Record it with 'az vm get-instance-view -o json' without --query, with GET …/virtualMachines/NAME?$expand=instanceView, "
        + "or wrap it in a facts file below the id of its virtual machine.";

    private const string PageFix = "Fetch the other pages too, and give each with its own --state; 'az … list -o json' fetches all of them.";

    /// <summary>Reads the root of a file, or one element of a list.</summary>
    internal void Read(Value value)
    {
        switch (value)
        {
            case ArrayValue statuses when IsStatuses(statuses):
                source.Error(statuses, BareViewMessage, BareViewFix);
                break;
            case ArrayValue list:
                foreach (var item in list.Items)
                    Read(item);
                break;
            case ObjectValue map:
                ReadObject(map);
                break;
            default:
                source.Error(value, $"the element is {Words.KindOf(value)}, not an object", Words.Accepted);
                break;
        }
    }

    private void ReadObject(ObjectValue map)
    {
        if (map.GetText("schema") is { } schema && schema.StartsWith("deploygate-", StringComparison.OrdinalIgnoreCase))
            ReadOwn(map, schema);
        else if (map.Find("id") is not null || ResourceReader.ObservedId(map) is not null)
            ResourceReader.Read(source, map, readAt: null);
        else if ((map.Get("value") ?? map.Get("data")) is ArrayValue page)
            ReadPage(map, page);
        else
            Refuse(map);
    }

    private void ReadOwn(ObjectValue map, string schema)
    {
        if (string.Equals(schema, FactsVersion, StringComparison.OrdinalIgnoreCase))
            FactsDocument.Read(source, map);
        else if (schema.StartsWith("deploygate-facts/", StringComparison.OrdinalIgnoreCase))
            source.Error(
                map.Get("schema")!,
                $"the facts file has the schema {Words.Quote(schema)}, and this version of DeployGate reads '{FactsVersion}' only",
                "Record the facts again with this version, or update DeployGate.");
        else if (schema.StartsWith("deploygate-inspection/", StringComparison.OrdinalIgnoreCase))
            InspectionReader.ReadFound(source, map);
        else
            source.Error(map.Get("schema")!, $"a document of the schema {Words.Quote(schema)} holds no facts", Words.Accepted);
    }

    // The REST API pages with nextLink; Resource Graph with $skipToken, which az spells skip_token.
    private void ReadPage(ObjectValue map, ArrayValue page)
    {
        Read(page);
        foreach (var name in (string[])["nextLink", "$skipToken", "skip_token"])
        {
            if (map.Get(name) is StringValue { Text.Length: > 0 } more)
            {
                source.Remark(more, $"the list goes on: it has a '{name}', and only this page was given", PageFix);
                return;
            }
        }
    }

    private void Refuse(ObjectValue map)
    {
        if (IsInstanceView(map))
            source.Error(map, BareViewMessage, BareViewFix);
        else if (map.GetText("error", "code") is { } code)
            source.Error(
                map,
                $"this is not a resource but Azure's refusal to show it: {Words.Quote(code)}",
                "Ask again with an id that exists and a login that may read it.");
        else if (map.Get("resources") is ArrayValue || map.Find("recordedAt") is not null)
            source.Error(map, "this looks like a facts file, but its 'schema' is missing", $"Add \"schema\": \"{FactsVersion}\".");
        else if (map.Get("data", "rows") is not null)
            source.Error(
                map,
                "this is a table of Resource Graph, whose rows have no names",
                "Ask with \"resultFormat\": \"objectArray\", or use 'az graph query -o json'.");
        else if (map.Get("properties") is not null || map.GetText("type") is not null)
            source.Error(map, "the resource has no 'id', so it cannot be told which one it is", Words.Accepted);
        else
            source.Error(map, "not a facts file and not a resource: it has neither a 'schema' nor an 'id'", Words.Accepted);
    }

    private static bool IsInstanceView(ObjectValue map) =>
        map.Get("statuses") is not null || map.Get("vmAgent") is not null || map.Get("instanceView") is not null;

    // What 'az vm get-instance-view --query instanceView.statuses' prints.
    private static bool IsStatuses(ArrayValue list) =>
        list.Items.Length > 0
        && list.Items.All(item => item is ObjectValue status && status.Find("id") is null && status.GetText("code")?.Contains('/') == true);
}
