using DeployGate.Core.Text;

namespace DeployGate.Templates.Tests;

/// <summary>A template that is passed over because it seemed to declare nothing would make other files' images unknown.</summary>
public sealed class MayDeclareArtifactsTests
{
    [Theory]
    [InlineData("a.bicep", "resource d 'microsoft.compute/disks@2024-03-02' = { name: 'd' }")]
    [InlineData("a.bicep", "module m 'other.bicep' = { name: 'm' }")]
    [InlineData("a.bicep", @"resource d 'Microsoft.\u{43}ompute/disks@2024-03-02' = { name: 'd' }")]
    [InlineData("a.json", """{ "resources": [ { "type": "Microsoft.Compute/galleries", "resources": [ { "type": "images" } ] } ] }""")]
    [InlineData("a.json", """{ "resources": [ { "type": "Microsoft.Resources/deployments" } ] }""")]
    [InlineData("a.json", """{ "resources": [ { "type": "Microsoft.\u0043ompute/disks" } ] }""")]
    [InlineData("a.json", """{ "resources": [ { "Type" : "[concat('Microsoft.', 'Com', 'pute/disks')]" } ] }""")]
    [InlineData("a.json", """{ "resources": [ { "type": /* which? */ "[variables('type')]" } ] }""")]
    public void What_may_declare_one_is_evaluated(string path, string text) => Assert.True(TemplateFile.Read(new SourceText(path, text)).MayDeclareArtifacts);

    [Theory]
    [InlineData("a.bicep", "param type string\nresource net 'Microsoft.Network/virtualNetworks@2024-05-01' = { name: type }")]
    [InlineData("a.json", """{ "parameters": { "type": { "type": "string" } }, "resources": [ { "type": "Microsoft.Network/virtualNetworks", "name": "[parameters('type')]" } ] }""")]
    public void What_declares_none_is_left_out(string path, string text) => Assert.False(TemplateFile.Read(new SourceText(path, text)).MayDeclareArtifacts);
}
