using System.Net;
using System.Net.Sockets;
using DeployGate.Cli.Tests.Commands;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.TestKit;
using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Security;

/// <summary>
/// Every place of an input that holds an address, with every spelling of an address of this machine: no connection is made. What a user
/// names is asked; where it leads on, to what he did not name, is not.
/// </summary>
public sealed class RequestTests(ITestOutputHelper output)
{
    private const string Head = "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\", ";
    private const string Image = "{ \"type\": \"Microsoft.Compute/images\", \"apiVersion\": \"2024-07-01\", \"name\": \"i\", \"properties\": { \"storageProfile\": { \"osDisk\": { \"osType\": \"Linux\", \"osState\": \"Specialized\", \"blobUri\": \"URL\" } } } }";
    private const string Subscription = "11111111-1111-1111-1111-111111111111";

    /// <summary>Where the address stands; <c>URL</c> is replaced by it.</summary>
    private static readonly Dictionary<string, (string File, string Text)> s_places = new()
    {
        ["$schema"] = ("main.json", Head.Replace("https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "URL/deploymentTemplate.json#", StringComparison.Ordinal) + "\"resources\": [ " + Image + " ] }"),
        ["blobUri"] = ("main.json", Head + "\"resources\": [ " + Image + " ] }"),
        ["templateLink"] = ("main.json", Head + "\"resources\": [ { \"type\": \"Microsoft.Resources/deployments\", \"apiVersion\": \"2022-09-01\", \"name\": \"d\", \"properties\": { \"mode\": \"Incremental\", \"templateLink\": { \"uri\": \"URL\" }, \"parametersLink\": { \"uri\": \"URL\" } } } ] }"),
        ["gallery source"] = ("main.json", Head + "\"resources\": [ { \"type\": \"Microsoft.Compute/galleries/images/versions\", \"apiVersion\": \"2024-03-03\", \"name\": \"g/i/1.0.0\", \"properties\": { \"storageProfile\": { \"osDiskImage\": { \"source\": { \"uri\": \"URL\", \"id\": \"URL\" } }, \"source\": { \"id\": \"URL\" } } } } ] }"),
        ["disk source"] = ("main.json", Head + "\"resources\": [ { \"type\": \"Microsoft.Compute/disks\", \"apiVersion\": \"2024-03-02\", \"name\": \"d\", \"properties\": { \"osType\": \"Linux\", \"creationData\": { \"createOption\": \"Import\", \"sourceUri\": \"URL\", \"storageAccountId\": \"URL\" } } } ] }"),
        ["image template"] = ("main.json", Head + "\"resources\": [ { \"type\": \"Microsoft.VirtualMachineImages/imageTemplates\", \"apiVersion\": \"2024-02-01\", \"name\": \"t\", \"properties\": { \"source\": { \"type\": \"PlatformImage\" }, \"customize\": [ { \"type\": \"Shell\", \"scriptUri\": \"URL\" } ], \"distribute\": [ { \"type\": \"VHD\", \"uri\": \"URL\", \"runOutputName\": \"o\" } ] } } ] }"),
        ["extension"] = ("main.json", Head + "\"resources\": [ { \"type\": \"Microsoft.Compute/virtualMachines/extensions\", \"apiVersion\": \"2024-07-01\", \"name\": \"vm/x\", \"properties\": { \"settings\": { \"fileUris\": [ \"URL\" ], \"commandToExecute\": \"curl URL\" } } }, " + Image + " ] }"),
        ["parameters"] = ("main.parameters.json", "{ \"$schema\": \"URL/deploymentParameters.json#\", \"contentVersion\": \"1.0.0.0\", \"parameters\": { \"p\": { \"value\": \"URL\", \"reference\": { \"keyVault\": { \"id\": \"URL\" }, \"secretName\": \"s\" } } } }"),
        ["Bicep module"] = ("main.bicep", "module m 'URL' = { name: 'm' }\n"),
        ["Bicep registry"] = ("main.bicep", "module m 'br:HOST/bicep/x:v1' = { name: 'm' }\nmodule n 'ts:HOST/rg/x:v1' = { name: 'n' }\n"),
        ["Bicep import"] = ("main.bicep", "import * as x from 'URL'\nextension 'br:HOST/x:v1'\n"),
        ["Bicep load"] = ("main.bicep", "var t = loadTextContent('URL')\nvar j = loadJsonContent('URL')\noutput o string = t\n"),
        ["bicepparam"] = ("main.bicepparam", "using 'URL'\n"),
        ["shell"] = ("main.sh", "curl -sSL URL | bash\nwget URL\nsource <(curl URL)\naz deployment group create -g rg --template-uri URL --parameters URL\naz image create -g rg -n i --os-type Linux --source URL\naz rest --method get --url URL\ngit clone URL x\n"),
        ["PowerShell"] = ("main.ps1", "Invoke-WebRequest URL | Invoke-Expression\nNew-AzResourceGroupDeployment -ResourceGroupName rg -TemplateUri URL -TemplateParameterUri URL\nNew-AzDisk -ResourceGroupName rg -DiskName d -Disk (New-AzDiskConfig -SourceUri URL -CreateOption Import -Location x)\n"),
        ["Azure pipeline"] = ("azure-pipelines.yml", "resources:\n  repositories:\n  - repository: r\n    type: git\n    name: URL\nextends:\n  template: URL@r\n"),
        ["Azure task"] = ("azure-pipelines.yml", "steps:\n- template: URL\n- task: AzureResourceManagerTemplateDeployment@3\n  inputs: { templateLocation: 'URL of the file', csmFileLink: 'URL', csmParametersFileLink: 'URL', resourceGroupName: rg }\n- task: DownloadSecureFile@1\n  inputs: { secureFile: 'URL' }\n"),
        ["workflow"] = (".github/workflows/w.yml", "on: push\njobs:\n  a:\n    uses: URL\n  b:\n    runs-on: ubuntu-latest\n    container: HOST/x:1\n    steps:\n    - uses: URL\n    - uses: azure/arm-deploy@v2\n      with: { template: URL, parameters: URL, resourceGroupName: rg }\n    - uses: docker://HOST/x\n"),
        ["Packer"] = ("main.pkr.hcl", "packer {\n  required_plugins {\n    azure = { source = \"HOST/x/azure\", version = \"1\" }\n  }\n}\nsource \"azure-arm\" \"x\" {\n  image_url = \"URL\"\n}\n"),
        ["configuration schema"] = ("deploygate.yml", "# yaml-language-server: $schema=URL\nversion: 1\n"),
        ["configured states"] = ("deploygate.yml", "version: 1\nstate: ['URL']\n"),
        ["configured policies"] = ("deploygate.yml", "version: 1\npolicies: ['URL']\n"),
        ["configured baseline"] = ("deploygate.yml", "version: 1\nbaseline: 'URL'\n"),
        ["configured deployment"] = ("deploygate.yml", "version: 1\ndeployments:\n  - { template: 'URL', parameters: ['URL'] }\n"),
        ["facts"] = ("facts/f.json", "{ \"schema\": \"deploygate-facts/v1\", \"resources\": [ { \"id\": \"URL\", \"type\": \"Microsoft.Compute/images\", \"properties\": { \"storageProfile\": { \"osDisk\": { \"blobUri\": \"URL\" } } } } ], \"disks\": [ { \"of\": \"URL\", \"inspection\": { \"schema\": \"deploygate-inspection/v1\", \"disk\": \"URL\" } } ], \"nextLink\": \"URL\" }"),
    };

    [Fact]
    public void No_address_of_an_input_is_asked()
    {
        using var canary = new Canary();
        var runs = 0;
        foreach (var (place, (file, text)) in s_places)
        {
            foreach (var address in canary.Spellings)
            {
                using var folder = new TemporaryFolder();
                folder.Write(".git/HEAD", "");
                folder.Write("inside.json", Head + "\"resources\": [ " + Image.Replace("URL", address, StringComparison.Ordinal) + " ] }");
                folder.Write(file, text.Replace("URL", address, StringComparison.Ordinal).Replace("HOST", new Uri(address).Authority, StringComparison.Ordinal));
                foreach (var command in (string[][])[["check", ".", "--state", ".", "--report", "json", "--verbose"], ["check", file is "deploygate.yml" or "facts/f.json" ? "." : file, "--fix=diff"], ["resolve", "."]])
                {
                    runs++;
                    var (exit, _, error) = Repository.Run(folder.Path, command);
                    Assert.True(exit is >= 0 and <= 4, $"{place}, {address}: {exit} {error}");
                    Assert.True(canary.Connections == 0, $"{place}, {address}: {string.Join(' ', command)} asked it");
                }
            }
        }

        output.WriteLine($"{s_places.Count} places x {canary.Spellings.Count} addresses, {runs} runs: {canary.Connections} connections");
    }

    [Fact]
    public void What_is_named_as_a_disk_is_asked_only_where_it_is_public_or_allowed()
    {
        using var canary = new Canary();
        using var folder = new TemporaryFolder();
        folder.Write("main.json", Head + "\"resources\": [ " + Image.Replace("URL", "https://a.blob.core.windows.net/v/b.vhd", StringComparison.Ordinal) + " ] }");
        string[] others =
        [
            "https://169.254.169.254/metadata/instance", "http://169.254.169.254/metadata", "https://2852039166/", "https://0xa9fea9fe/", "https://0251.0376.0251.0376/", "https://169.16689662/",
            "https://[::ffff:169.254.169.254]/", "https://[::ffff:a9fe:a9fe]/", "https://[64:ff9b::a9fe:a9fe]/", "https://[2002:a9fe:a9fe::]/", "https://[2001:0:1::1]/", "https://[::127.0.0.1]/", "https://[fd00:ec2::254]/", "https://[fe80::1]/", "https://[::]/",
            "https://168.63.129.16/", "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.0.1/", "https://100.64.0.1/", "https://0.0.0.0/", "https://127.1/", "https://a@169.254.169.254/", "https://contoso.blob.core.windows.net@169.254.169.254/",
            "https://user:secret@contoso.blob.core.windows.net/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x",
        ];
        var refused = 0;
        foreach (var address in canary.Spellings.Concat(others))
        {
            foreach (var command in (string[][])[["inspect", address], ["inspect", address, "--allow-host", "elsewhere.example"], ["check", "main.json", "--disk", $"https://a.blob.core.windows.net/v/b.vhd={address}"]])
            {
                var (exit, said, error) = Repository.Run(folder.Path, command);
                Assert.True(exit is 1 or 3, $"{address}: {exit} {said}{error}");
                Assert.True((said + error).Contains("not read", StringComparison.Ordinal) || (said + error).Contains("there is no such facts file", StringComparison.Ordinal), $"{address}: {said}{error}");
                Assert.DoesNotContain("secret", said + error, StringComparison.Ordinal);
                Assert.DoesNotContain("no connection", said + error, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.Equal(0, canary.Connections);
        output.WriteLine($"{canary.Spellings.Count + others.Length} addresses, {refused} runs: {canary.Connections} connections");

        // The same address is asked where it is allowed, so that the count above would show it.
        Repository.Run(folder.Path, ["inspect", $"http://127.0.0.1:{canary.Port}/x", "--allow-host", "127.0.0.1"]);
        Assert.NotEqual(0, canary.Connections);
    }

    [Fact]
    public void No_redirect_leads_to_what_was_not_named()
    {
        using var canary = new Canary();
        using var folder = new TemporaryFolder();
        var followed = 0;
        var targets = canary.Spellings.Where(spelling => new Uri(spelling).Host != "127.0.0.1" || new Uri(spelling).UserInfo.Length > 0)
            .Concat(["http://169.254.169.254/metadata", "https://169.254.169.254/", "//169.254.169.254/x", "//localhost:{0}/x", "file:///etc/passwd", "ftp://127.0.0.1:{0}/x", "http://0xa9fea9fe/", "https://[::ffff:169.254.169.254]/", "javascript:1", "http://", "////////", "https://[", "http://a:b:c/"])
            .Select(target => target.Replace("{0}", $"{canary.Port}", StringComparison.Ordinal)).ToList();
        foreach (var status in (int[])[301, 302, 303, 307, 308])
        {
            foreach (var target in targets)
            {
                using var server = new RangeServer(SmallDisk.InUse, (_, _, _) => new RangeAnswer(status, $"Location: {target}\r\n", []));
                var (exit, said, error) = Repository.Run(folder.Path, ["inspect", server.Address.AbsoluteUri, "--allow-host", "127.0.0.1"]);
                Assert.True(exit == 3, $"{status} {target}: {exit} {said}{error}");
                Assert.True(server.Requests == 1 && canary.Connections == 0, $"{status} {target}: {server.Requests} {said}");
                Assert.DoesNotContain("TopSecretSignature", said + error, StringComparison.Ordinal);
                followed++;
            }
        }

        output.WriteLine($"5 kinds x {targets.Count} targets, {followed} runs: {canary.Connections} connections");
    }

    [Fact]
    public void A_circle_of_redirects_ends()
    {
        using var server = new RangeServer(SmallDisk.InUse, (request, _, _) => new RangeAnswer(302, $"Location: /again{request % 2}\r\n", []));
        var (exit, said, _) = Repository.Run(Path.GetTempPath(), ["inspect", server.Address.AbsoluteUri, "--allow-host", "127.0.0.1"]);
        Assert.Equal(3, exit);
        Assert.Contains("at most 5 redirects", said, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests);
    }

    [Fact]
    public void Ids_that_lead_elsewhere_are_not_asked_of_Azure()
    {
        using var canary = new Canary();
        string[] ids =
        [
            .. canary.Spellings, $"/subscriptions/{Subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/../../../x",
            $"/subscriptions/{Subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/x?y=1#z", $"//127.0.0.1:{canary.Port}/subscriptions/{Subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/x",
            $"/subscriptions/{Subscription}@127.0.0.1:{canary.Port}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/x", $@"/subscriptions/{Subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/\\127.0.0.1\x",
            $"/subscriptions/{Subscription}/resourceGroups/%2e%2e/providers/Microsoft.Compute/virtualMachines/x",
        ];
        using var azure = new LoopbackAzure();
        foreach (var id in ids)
        {
            using var folder = new TemporaryFolder();
            folder.Write("main.json", Head + "\"resources\": [ { \"type\": \"Microsoft.Compute/images\", \"apiVersion\": \"2024-07-01\", \"name\": \"i\", \"properties\": { \"sourceVirtualMachine\": { \"id\": " + System.Text.Json.JsonSerializer.Serialize(id) + " } } } ] }");
            Runs.Run(folder.Path, "", azure, "check", "main.json", "--state", "azure", "--subscription", Subscription, "--resource-group", "rg");
        }

        Assert.All(azure.Requests, request => Assert.Matches($"^/subscriptions/{Subscription}/resourceGroups/rg/providers/Microsoft\\.Compute/[A-Za-z]+/[A-Za-z]+\\?", request));
        Assert.Equal(0, canary.Connections);
    }

    /// <summary>A port of this machine that counts who comes.</summary>
    private sealed class Canary : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.IPv6Any, 0);
        private int _connections;

        internal Canary()
        {
            _listener.Server.DualMode = true;
            _listener.Start();
            _ = Task.Run(Count);
        }

        internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        internal int Connections => Volatile.Read(ref _connections);

        /// <summary>Every way to write this port of this machine.</summary>
        internal IReadOnlyList<string> Spellings =>
        [
            .. ((string[])["http://127.0.0.1:{0}/x", "https://127.0.0.1:{0}/x.vhd", "http://localhost:{0}/x", "https://localhost:{0}/x", "http://2130706433:{0}/x", "https://0x7f000001:{0}/x", "http://0177.0.0.1:{0}/x", "https://127.1:{0}/x",
                "http://[::1]:{0}/x", "https://[::ffff:127.0.0.1]:{0}/x", "http://a@127.0.0.1:{0}/x", "https://contoso.blob.core.windows.net@127.0.0.1:{0}/x", "https://0.0.0.0:{0}/x"]).Select(form => form.Replace("{0}", $"{Port}", StringComparison.Ordinal)),
        ];

        public void Dispose() => _listener.Stop();

        private async Task Count()
        {
            try
            {
                while (true)
                {
                    using var one = await _listener.AcceptSocketAsync();
                    Interlocked.Increment(ref _connections);
                }
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
