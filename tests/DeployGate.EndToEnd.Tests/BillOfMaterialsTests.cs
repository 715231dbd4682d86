using System.Text.Json;

namespace DeployGate.EndToEnd.Tests;

/// <summary>The main rules of CycloneDX 1.6, and that the bill says what the lock file says.</summary>
/// <seealso href="https://cyclonedx.org/docs/1.6/json/"/>
public class BillOfMaterialsTests
{
    [Fact]
    public void The_bill_of_materials_is_CycloneDX_and_every_reference_leads_somewhere()
    {
        using var bill = JsonDocument.Parse(Make());
        var root = bill.RootElement;
        Assert.Equal(("CycloneDX", "1.6", 1), (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString(), root.GetProperty("version").GetInt32()));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", root.GetProperty("serialNumber").GetString());
        var tool = root.GetProperty("metadata").GetProperty("component");
        var components = root.GetProperty("components").EnumerateArray().ToList();
        Assert.All(components, component => Assert.Equal("library", component.GetProperty("type").GetString()));
        Assert.All(components, component => Assert.StartsWith("pkg:nuget/", component.GetProperty("purl").GetString(), StringComparison.Ordinal));

        var references = components.Append(tool).Select(component => component.GetProperty("bom-ref").GetString()!).ToList();
        Assert.Equal(references.Distinct(), references);
        var dependencies = root.GetProperty("dependencies").EnumerateArray().ToList();
        Assert.Equal(references.Order(StringComparer.Ordinal), dependencies.Select(one => one.GetProperty("ref").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(dependencies.SelectMany(one => one.GetProperty("dependsOn").EnumerateArray()), one => Assert.Contains(one.GetString()!, references));
        Assert.Empty(references.Except(Reached(tool.GetProperty("bom-ref").GetString()!, dependencies)));
    }

    [Fact]
    public void The_bill_of_materials_lists_the_packages_of_the_lock_file()
    {
        using var bill = JsonDocument.Parse(Make());
        using var locked = JsonDocument.Parse(File.ReadAllText(LockFile));
        var expected = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(entry => entry.Value.TryGetProperty("resolved", out _))
            .Select(entry => $"{entry.Name} {entry.Value.GetProperty("resolved")}");
        var listed = bill.RootElement.GetProperty("components").EnumerateArray().Select(one => $"{one.GetProperty("name")} {one.GetProperty("version")}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_bill_of_materials_is_the_same_every_time() => Assert.Equal(Make(), Make());

    private static string LockFile => Path.Combine(Tool.Root, "src", "DeployGate.Cli", "packages.lock.json");

    private static string Make()
    {
        using var work = new Workspace();
        var program = Path.Combine(Tool.Root, "packaging", "DeployGate.Sbom", "bin", Tool.Configuration, "net10.0", "DeployGate.Sbom.dll");
        var run = Tool.RunProgram("dotnet", work.Folder, [program, LockFile, "0.1.0", "bom.json"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return File.ReadAllText(Path.Combine(work.Folder, "bom.json"));
    }

    private static HashSet<string> Reached(string from, List<JsonElement> dependencies)
    {
        var reached = new HashSet<string> { from };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var next))
        {
            foreach (var need in dependencies.Single(one => one.GetProperty("ref").GetString() == next).GetProperty("dependsOn").EnumerateArray().Select(one => one.GetString()!).Where(reached.Add))
            {
                open.Enqueue(need);
            }
        }

        return reached;
    }
}
