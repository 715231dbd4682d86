using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Tests.Scripts;

public class ScriptTextTests
{
    private static readonly SourceText s_file = new("ci.yml", "run: az vm start -n ${{ inputs.vm }}-x");

    [Fact]
    public void A_pasted_value_leads_back_to_the_expression_and_copies_to_themselves()
    {
        var script = new ScriptText.Builder(s_file)
            .Copy(new TextSpan(5, 15))
            .Paste("build", new TextSpan(20, 16))
            .Copy(new TextSpan(36, 2))
            .Build();

        Assert.Equal("az vm start -n build-x", script.Content);
        Assert.Equal("${{ inputs.vm }}-x", Quoted(script, 15, 22));
        Assert.Equal("${{ inputs.vm }}", Quoted(script, 16, 18));
        Assert.Equal("az", Quoted(script, 0, 2));
    }

    [Fact]
    public void A_hole_keeps_its_value_and_the_same_character_elsewhere_is_text()
    {
        var vm = new UnknownValue(UnknownReason.ParameterNoValue, "inputs.vm", "no default");
        var script = new ScriptText.Builder(s_file).Paste("\uE000", new TextSpan(5, 1)).PasteHole(vm, new TextSpan(20, 16)).Build();

        Assert.Null(script.HoleAt(0));
        Assert.Same(vm, script.HoleAt(1));
    }

    private static string Quoted(ScriptText script, int start, int end)
    {
        var span = script.PlaceOf(TextSpan.FromBounds(start, end)).Span;
        return s_file.Content[span.Start..span.End];
    }
}
