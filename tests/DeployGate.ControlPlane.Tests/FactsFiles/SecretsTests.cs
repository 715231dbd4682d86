using DeployGate.ControlPlane.FactsFiles;

namespace DeployGate.ControlPlane.Tests.FactsFiles;

public class SecretsTests
{
    [Theory]
    [InlineData("https://a.blob.core.windows.net/v/x.vhd?sv=2024&sig=HUSH%3D", "https://a.blob.core.windows.net/v/x.vhd")]
    [InlineData("HTTPS://a/x?SIG=HUSH", "HTTPS://a/x")]
    [InlineData("cannot read 'https://a/x?se=1&sig=HUSH', nor https://b/y?sig=HUSH.", "cannot read 'https://a/x', nor https://b/y")]
    [InlineData("https://a/x?api-version=1&orig=kept", "https://a/x?api-version=1&orig=kept")]
    [InlineData("https://a/x?design=kept", "https://a/x?design=kept")]
    [InlineData("https://a/x?next=https%3A%2F%2Fb%3Fsig%3DHUSH", "https://a/x")]
    [InlineData("?sv=1&sig=HUSH&se=2", "?sv=1&sig=***&se=2")]
    [InlineData("a%3Fsig%3DHUSH", "a%3Fsig%3D***")]
    [InlineData("AccountName=a;AccountKey=HUSH;EndpointSuffix=x", "AccountName=a;AccountKey=***;EndpointSuffix=x")]
    [InlineData("StorageAccountKey=HUSH", "StorageAccountKey=***")]
    [InlineData("nothing to hide", "nothing to hide")]
    public void Signatures_and_keys_leave_a_text_and_nothing_else_does(string text, string kept)
    {
        Assert.Equal(kept, Secrets.Clean(text));
        Assert.Equal(kept, Secrets.Clean(kept));
    }

    [Theory]
    [InlineData("adminPassword", true)]
    [InlineData("AdministratorPASSWORD", true)]
    [InlineData("customData", true)]
    [InlineData("USERDATA", true)]
    [InlineData("secrets", true)]
    [InlineData("accessSAS", true)]
    [InlineData("accessSas", true)]
    [InlineData("storageAccountKey", true)]
    [InlineData("connectionString", true)]
    [InlineData("clientSecret", true)]
    [InlineData("secretUrl", false)]
    [InlineData("disablePasswordAuthentication", false)]
    [InlineData("storageAccountId", false)]
    public void Names_that_hold_secrets_are_known(string name, bool isSecret) => Assert.Equal(isSecret, Secrets.IsSecretName(name));

    [Fact]
    public void Nothing_of_a_secret_is_anywhere_in_what_is_read()
    {
        const string sas = "https://acct.blob.core.windows.net/v/x.vhd?sv=2024-01-01&se=2027-01-01&sig=HUSH";
        var read = FactsReader.Read(
            [
                new("a.json", $$"""
                    {"schema": "deploygate-facts/v1",
                     "resources": [{"id": "{{Reading.Compute}}/virtualMachines/v",
                       "osProfile": {"adminUsername": "kept", "AdminPassword": "HUSH", "customData": "HUSH", "secrets": [{"vaultCertificates": ["HUSH"]}], "windowsConfiguration": {"additionalUnattendContent": [{"content": "HUSH"}]} },
                       "userData": "HUSH", "tags": {"dbPassword": "HUSH", "{{sas}}": "x"},
                       "resources": [{"id": "/x/y", "settings": {"commandToExecute": "net use HUSH", "fileUris": ["{{sas}}"]}, "protectedSettings": {"a": "HUSH"} }],
                       "storageProfile": {"osDisk": {"vhd": {"uri": "{{sas}}"} } },
                       "instanceView": {"statuses": [{"code": "PowerState/running", "message": "copied from {{sas}} & done"}]} },
                      {"id": "{{sas}}", "type": "A.B/c"}, {"id": {"password": "HUSH"} }, {"id": "x?&sig=HUSH"}],
                     "absent": ["{{sas}}"],
                     "disks": [{"of": "{{sas}}", "inspection": {"state": "Sealed {{sas}}", "reason": "{{sas}}", "evidence": [{"place": "{{sas}}", "value": "AccountKey=HUSH", "says": "{{sas}}"}], "contradictions": ["{{sas}}"]} }]}
                    """),
                new("b.json", $$"""{"schema": "deploygate-inspection/v1", "disk": "{{sas}}", "state": "Generalized"}"""),
                new("c.json", $$"""{"error": {"code": "{{sas}}"} }"""),
                new("d.json", $$"""{"value": [], "nextLink": "{{sas}}", "schema": "deploygate-{{sas}}"}"""),
            ],
            [new(sas, new("e.json", """{"schema": "deploygate-inspection/v1", "state": "Generalized"}"""))]);

        var all = Reading.All(read);
        Assert.DoesNotContain("HUSH", all, StringComparison.Ordinal);
        Assert.Contains("kept", all, StringComparison.Ordinal);
        Assert.Equal(["https://acct.blob.core.windows.net/v/x.vhd"], read.Facts.Disks.Select(disk => disk.Of).Distinct());
    }
}
