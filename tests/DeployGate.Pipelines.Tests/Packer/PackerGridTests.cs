using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Tests.Interpreter;

namespace DeployGate.Pipelines.Tests.Packer;

/// <summary>Every way in which a build prepares its machine, everything that it makes of it, in both languages of templates.</summary>
public class PackerGridTests
{
    private const string Watched = "while($true) { $s = Get-ItemProperty HKLM:\\\\SOFTWARE\\\\Setup\\\\State; if($s.ImageState -ne 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { Start-Sleep 10 } else { break } }";

    private static readonly (string Name, string[] Steps, GuestState Guest)[] s_guests =
    [
        ("sysprep", ["powershell|& $env:SystemRoot\\\\System32\\\\Sysprep\\\\Sysprep.exe /oobe /generalize /quiet /quit"], GuestState.Unclear),
        ("watched", ["powershell|& $env:SystemRoot\\\\System32\\\\Sysprep\\\\Sysprep.exe /oobe /generalize /quiet /quit|" + Watched], GuestState.Generalized),
        ("batch", ["windows-shell|%windir%\\\\system32\\\\sysprep\\\\sysprep.exe /generalize /oobe /quit"], GuestState.Generalized),
        ("waagent", ["shell|apt-get update", "shell|/usr/sbin/waagent -force -deprovision+user && export HISTSIZE=0 && sync"], GuestState.Generalized),
        ("none", [], GuestState.Specialized),
        ("not", ["shell|apt-get update"], GuestState.Specialized),
        ("unforced", ["shell|waagent -deprovision"], GuestState.Specialized),
        ("restarted", ["powershell|sysprep.exe /generalize /oobe /quit", "windows-restart"], GuestState.Specialized),
        ("updated", ["powershell|sysprep.exe /generalize /oobe /quit", "windows-update"], GuestState.Specialized),
        ("used", ["shell|waagent -force -deprovision", "shell|apt-get install -y vim"], GuestState.Specialized),
        ("unread", ["shell|waagent -force -deprovision", "ansible"], GuestState.Unclear),
        ("unreadfirst", ["ansible", "shell|waagent -force -deprovision"], GuestState.Generalized),
        ("ignored", ["shell|waagent -force -deprovision || true"], GuestState.Unclear),
        ("host", ["shell|waagent -force -deprovision", "shell-local|echo done", "file"], GuestState.Generalized),
    ];

    public static TheoryData<string, string, bool> Cells => [.. from guest in s_guests from target in (string[])["image", "gallery", "specialized", "both"] from isJson in (bool[])[false, true] select new TheoryDataRow<string, string, bool>(guest.Name, target, isJson)];

    [Theory, MemberData(nameof(Cells))]
    public void What_a_build_captures_holds_the_guest_and_mark_of_its_machine(string guest, string target, bool isJson)
    {
        var (_, steps, expected) = s_guests.Single(one => one.Name == guest);
        var name = isJson ? "t.json" : "t.pkr.hcl";
        var run = RunPrinter.Run($"packer build {name}", ScriptDialect.Bash, (name, isJson ? Json(steps, target) : Hcl(steps, target)));
        string[] types = target switch { "image" => [ArtifactTypes.ManagedImage], "both" => [ArtifactTypes.ManagedImage, ArtifactTypes.Version], _ => [ArtifactTypes.Version] };
        Assert.Equal([ArtifactTypes.VirtualMachine, .. types], run.Operations.Select(operation => operation.Resource.Type));
        Assert.Empty(run.Remarks);
        var machine = run.Operations[1].States.Single(state => state.Type == ArtifactTypes.VirtualMachine);
        Assert.Equal((target == "specialized" ? AzureMark.Unmarked : AzureMark.Generalized, expected), (machine.Mark, machine.Guest));
        Assert.All(run.Operations, operation => Assert.Equal(name, operation.Place.Source.Path));
        Assert.Equal(target != "specialized", run.Actions.Any(action => action.Kind == MachineActionKind.Mark && action.Power != PowerState.Running));
        if (target == "both")
        {
            Assert.Equal(expected, run.Operations[2].States.Single(state => state.Type == ArtifactTypes.ManagedImage).Guest);
        }
    }

    private static string Hcl(string[] steps, string target)
    {
        var image = target is "image" or "both" ? "managed_image_name = \"img\"\n  managed_image_resource_group_name = \"rg\"\n" : "";
        var gallery = target == "image" ? "" : $"shared_image_gallery_destination {{\n    resource_group = \"rg\"\n    gallery_name = \"g\"\n    image_name = \"d\"\n    image_version = \"1.0.0\"\n{(target == "specialized" ? "    specialized = true\n" : "")}  }}\n";
        var provisioners = steps.Select(step => step.Split('|', 2)).Select(parts => $"  provisioner \"{parts[0]}\" {{\n{(parts.Length > 1 ? $"    inline = [{Lines(parts)}]\n" : "")}  }}\n");
        return $"source \"azure-arm\" \"x\" {{\n  os_type = \"Linux\"\n  image_publisher = \"p\"\n  {image}  {gallery}}}\nbuild {{\n  sources = [\"source.azure-arm.x\"]\n{string.Concat(provisioners)}}}\n";
    }

    private static string Json(string[] steps, string target)
    {
        var image = target is "image" or "both" ? ", \"managed_image_name\": \"img\", \"managed_image_resource_group_name\": \"rg\"" : "";
        var gallery = target == "image" ? "" : $", \"shared_image_gallery_destination\": {{ \"resource_group\": \"rg\", \"gallery_name\": \"g\", \"image_name\": \"d\", \"image_version\": \"1.0.0\"{(target == "specialized" ? ", \"specialized\": true" : "")} }}";
        var provisioners = steps.Select(step => step.Split('|', 2)).Select(parts => $"{{ \"type\": \"{parts[0]}\"{(parts.Length > 1 ? $", \"inline\": [{Lines(parts)}]" : "")} }}");
        return $"{{ \"builders\": [{{ \"type\": \"azure-arm\", \"os_type\": \"Linux\"{image}{gallery} }}], \"provisioners\": [{string.Join(", ", provisioners)}] }}";
    }

    private static string Lines(string[] parts) => string.Join(", ", parts[1].Replace("|| ", "\0", StringComparison.Ordinal).Split('|').Select(line => $"\"{line.Replace("\0", "|| ", StringComparison.Ordinal)}\""));
}
