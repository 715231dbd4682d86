using System.Text;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Files;
using DeployGate.Cli.PolicyPacks;
using DeployGate.Cli.Waivers;
using DeployGate.Core.Images;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Disks.Lvm;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;
using DeployGate.Guest.Linux;
using DeployGate.Guest.Windows;
using DeployGate.Reporting.Baselines;
using DeployGate.Templates;

namespace DeployGate.Fuzz.Targets.Settings;

/// <summary>Readers of the tool's own files, of what Git prints, and of small texts inside of guests.</summary>
internal static class SettingsTargets
{
    private const string Folder = "/repository";

    private static readonly CostBound s_cases = new(64L << 20, 4_000, 50);

    private static readonly string[] s_settings = ["version: 1", "context:", "resourceGroup: rg", "state:", "- azure", "disks:", "deployments:", "- { template: a.bicep, parameters: [b.bicepparam] }", "rules: { DG7001: off }", "waivers:", "- { rule: DG2002, file: a.bicep, reason: x, expires: 2027-01-31 }", "policies:", "reports:", "onUnknown: fail", "baseline: b.json", "maxAge: 7d", "timeout: 30", "offline: true", "noWaivers: [DG1001]", "moduleCache: m"];

    private static readonly string[] s_policies = ["policies:", "- id: X1", "effect: deny", "if:", "allOf:", "anyOf:", "not:", "field:", "equals:", "like:", "match:", "in:", "exists: true", "greater:", "count:", "where:", "cases:", "use:", "template: |", "facts: |", "expect: deny", "now:", "mode: resources", "\"[field('osState')]\"", "\"[concat('a', field('image.publisher'))]\"", "resource.properties.a[*].b", "Microsoft.Compute/virtualMachines/storageProfile.osDisk", "$unknown: x"];

    private static readonly string[] s_hunks = ["@@ -1,2 +3,4 @@ x", "+++ b/a.bicep", "+++ \"b/\\303\\244.json\"", "+++ /dev/null", "--- a/a.bicep", "diff --git a/a b/a", "\0", "@@ -0,0 +1 @@", "@@ -1 +2147483647,2147483647 @@"];

    internal static IEnumerable<FuzzTarget> All { get; } =
    [
        new TextTarget("configuration", files => ["version: 1\ncontext: { resourceGroup: rg-images }\nstate: [azure]\nrules: { DG7001: off }\nwaivers:\n  - { rule: DG2002, file: infra/lab.bicep, reason: \"lab only\", expires: 2027-01-31 }\n", .. files.Texts([".yml"], text => text.Contains("version: 1", StringComparison.Ordinal))], (text, _) => new ConfigurationReader(Folder).Read(new SourceText("deploygate.yml", text), Folder, null)) { Dictionary = s_settings },
        new TextTarget("policy", Policies, (text, isThorough) => Policy(text, isThorough)) { Dictionary = s_policies, Bound = s_cases },
        new TextTarget("baseline", files => ["{\"schema\":\"deploygate-baseline/v1\",\"findings\":[{\"fingerprint\":\"0123456789abcdef\",\"rule\":\"DG1001\",\"file\":\"a.bicep\",\"message\":\"m\"}]}", .. files.Texts([".json"], text => text.Contains("deploygate-baseline", StringComparison.Ordinal))], (text, _) => BaselineJson.Read("baseline.json", text)),
        new TextTarget("waiver", Waivers, (text, _) => Waiver(text)) { Dictionary = ["// deploygate: ignore DG2002 until 2027-01-31 -- reason", "# deploygate: ignore DG1001,DG1002 -- r", "deploygate:", "ignore", "until", "--", "/*", "*/", "rem deploygate: ignore DG3001 -- x", ":: deploygate:", "\"metadata\": { \"deploygate\": \"ignore DG1001 -- x\" }"] },
        new TextTarget("git-diff", _ => ["diff --git a/a.bicep b/a.bicep\nindex 1..2 100644\n--- a/a.bicep\n+++ b/a.bicep\n@@ -1,0 +2,3 @@ resource\n+x\n@@ -9 +12,0 @@\n-y\n+++ \"b/\\303\\244 b.json\"\t\n@@ -0,0 +1 @@\n"], (text, _) => Diff(text)) { Dictionary = s_hunks },
        new TextTarget("fstab", _ => ["# /etc/fstab\nUUID=11111111-2222-3333-4444-555555555555 / ext4 defaults,errors=remount-ro 0 1\nLABEL=a\\040b /mnt\\011x xfs ro 0 0\n/dev/mapper/vg-root /usr btrfs subvol=@,x-systemd.requires=a 0 2\nPARTUUID=\"x\" none swap sw 0 0\n/dev/sda1 /boot/efi vfat umask=0077 0 1\n"], (text, _) => FstabReader.Read(text)),
        new TextTarget("lvm-text", _ => [LvmMetadata], (text, _) => Fault.Catch(() => new Core.Assessment.Lookup<LvmNode>.Found(LvmText.Parse(text, "vg")))) { Dictionary = ["vg {", "}", "[", "]", "\"a\"", "segment1 {", "stripes = [", "extent_count = 9223372036854775807", "# c", "id = \""] },
        new TextTarget("guest-text", _ => ["[State]\r\nImageState=\"IMAGE_STATE_COMPLETE\"\r\n", "ID=ubuntu\nPRETTY_NAME=\"Ubuntu 24.04\"\nVERSION_ID='24.04'\n", "Lib.Dir=/var/lib/waagent # x\n", "2026-01-01 00:00:00, Error [0x1] x\r\n"], (text, _) => GuestTexts(text)),
        new TextTarget("small-texts", _ => ["/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm", "Microsoft.Compute/virtualMachines/storageProfile.osDisk.a[*]['b.c']", "a*b?c#.", "24h", "\"b/\\303\\244\"", "1.2.3", "https://a.blob.core.windows.net/c/b.vhd?sig=x"], (text, _) => Small(text)),
    ];

    private const string LvmMetadata = "vg {\nid = \"abc-def\"\nseqno = 3\nextent_size = 8192\nphysical_volumes {\npv0 {\nid = \"x\"\npe_start = 2048\npe_count = 100\n}\n}\nlogical_volumes {\nroot {\nid = \"y\"\nstatus = [\"READ\", \"VISIBLE\"]\nsegment_count = 1\nsegment1 {\nstart_extent = 0\nextent_count = 4\ntype = \"striped\"\nstripe_count = 1\nstripes = [\n\"pv0\", 0\n]\n}\n}\n}\n}\n";

    private static IEnumerable<string> Policies(SeedFiles files) => ["policies:\n  - id: X1\n    name: no-latest\n    message: m\n    effect: deny\n    if:\n      field: image.version\n      equals: latest\n    cases:\n      - name: a\n        use: { image: { version: latest } }\n        expect: deny\n", .. files.Texts([".yml", ".yaml"], text => text.Contains("policies:\n", StringComparison.Ordinal) && text.Contains("effect", StringComparison.Ordinal))];

    private static IEnumerable<string> Waivers(SeedFiles files) => ["// deploygate: ignore DG2002 until 2027-01-31 -- lab\nresource a 'x@y' = {\n  b: 'c' // deploygate: ignore DG1001 -- x\n}\n", .. files.Texts([".bicep", ".json", ".sh", ".yml"], text => text.Contains("deploygate", StringComparison.Ordinal) && text.Contains("ignore", StringComparison.Ordinal))];

    private static void Policy(string text, bool isThorough)
    {
        var document = PolicyReader.Read(new SourceText("policy.yml", text));
        foreach (var mistake in document.Mistakes)
        {
            Properties.Inside(mistake.Place);
        }

        if (document.IsBroken && !isThorough)
        {
            return;
        }

        foreach (var tested in document.Policies.Take(20))
        {
            foreach (var one in tested.Cases.Take(5))
            {
                _ = PolicyCaseRun.Run(tested.Policy, one, DateTimeOffset.UnixEpoch);
            }
        }
    }

    private static void Waiver(string text)
    {
        foreach (var name in (ReadOnlySpan<string>)["a.bicep", "a.json"])
        {
            var source = new SourceText(name, text);
            var (waivers, _) = InlineWaivers.Read(source, TemplateFile.Read(source));
            foreach (var waiver in waivers)
            {
                Properties.Inside(waiver.Place!);
            }
        }
    }

    private static void Diff(string text) => new GitChanges(Folder).Parse("HEAD", Folder, text, text);

    private static void GuestTexts(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var file = new MemoryByteSource("State.ini", bytes);
        _ = StateIni.Read(file);
        _ = SetupLog.LastError(file);
        _ = OsRelease.Parse(text);
        _ = AgentConfiguration.FolderIn(text);
        _ = SourceEncoding.Decode(bytes);
    }

    private static void Small(string text)
    {
        _ = ResourceIdPattern.From(new StringValue(text));
        _ = Ages.Read(text);
        _ = QuotedPath.Read(text);
        _ = Suggestions.Nearest(text, ["policies", "deployments"]);
        _ = Cli.Inspecting.DiskName.Of(text);
    }
}
