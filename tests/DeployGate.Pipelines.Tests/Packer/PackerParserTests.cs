using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Packer;
using DeployGate.Pipelines.Tests.Interpreter;

namespace DeployGate.Pipelines.Tests.Packer;

public class PackerParserTests
{
    private const string Everything =
        """
        # comment
        packer { required_plugins { azure = { source = "github.com/hashicorp/azure", version = ">= 2" } } }
        variable "a" {
          type    = map(object({ x = string }))
          default = { x = "1", "y" : 2 }
        }
        /* more */
        locals { t = formatdate("YYYY", timestamp()) , b = [1, "two", var.a.x,] }
        source "azure-arm" "s" {
          managed_image_name = "i-${var.a["x"]}-{{timestamp}}"
          managed_image_resource_group_name = "rg"
          azure_tags = { "a:b" = 1 }
        }
        build {
          sources = ["source.azure-arm.s"]
          provisioner "shell" {
            inline = [<<-EOT
              echo $${HOME} ${local.t}
              EOT
            , "waagent -force -deprovision"]
          }
          dynamic "provisioner" { for_each = [1] }
          post-processor "manifest" {}
        }
        """;

    private const string Json =
        """
        { "variables": { "n": "{{env `N`}}", "m": "" }, "sensitive-variables": ["n"],
          "builders": [{ "type": "azure-arm", "name": "b", "managed_image_name": "{{user `n`}}-\u0041", "managed_image_resource_group_name": "{{ user `m` }}", "os_disk_size_gb": 30, "async": false, "z": null }],
          "provisioners": [{ "type": "shell", "only": ["b"], "execute_command": "sudo {{ .Path }}", "inline": ["waagent -force -deprovision"] }] }
        """;

    [Theory]
    [InlineData("\"a\\tb\\\"\"", "a\tb\"")]
    [InlineData("\"a$${b}%%{c}\"", "a${b}%{c}")]
    [InlineData("\"${var.x}-1\"", "X-1")]
    [InlineData("\"${var.x}\"", "X")]
    [InlineData("var.x", "X")]
    [InlineData("local.y", "X!")]
    [InlineData("local.loop", "{local.loop}")]
    [InlineData("var.none", "{var.none}")]
    [InlineData("\"a-{{timestamp}}\"", "a-{timestamp}")]
    [InlineData("upper(var.x)", "{upper(var.x)}")]
    [InlineData("var.x == \"y\" ? 1 : 2", "{var.x == \"y\" ? 1 : 2}")]
    [InlineData("<<EOF\n one\n  ${var.x}\nEOF", " one\n  X\n")]
    [InlineData("<<-EOF\n    one\n      two\n  EOF", "one\n  two\n")]
    [InlineData("12", "12")]
    [InlineData("true", "True")]
    public void An_expression_is_worth_what_Packer_makes_of_it(string expression, string expected)
    {
        var source = new SourceText("t.pkr.hcl", $"v = {expression}\nafter = 1\n");
        var file = PackerParser.Parse(source);
        Assert.Empty(file.Problems);
        Assert.Equal(["v", "after"], file.Body.Attributes.Select(attribute => attribute.Name));
        Assert.Equal(expected, Values.Pattern(Scope(source).Evaluate(source, file.Body["v"]!)));
    }

    [Theory]
    [InlineData("t.pkr.hcl", "source \"a\" \"b\" {\n", "a block is not closed")]
    [InlineData("t.pkr.hcl", "a = \"x\nb = 1", "a text is not closed")]
    [InlineData("t.pkr.hcl", "a = [1, 2", "a list is not closed")]
    [InlineData("t.pkr.hcl", "a = <<E\n", "the text up to 'E' is not closed")]
    [InlineData("t.pkr.hcl", "}\na = 1", "a brace closes nothing")]
    [InlineData("t.pkr.hcl", "a b\n", "'=' or a block was expected")]
    [InlineData("t.pkr.hcl", "= 1\n", "a name of an argument or block was expected")]
    [InlineData("t.json", "[]", "a Packer template in JSON is an object")]
    [InlineData("t.json", "{ \"a\" 1 }", "':' or '=' was expected")]
    public void What_is_broken_is_told(string path, string text, string problem) =>
        Assert.Contains(problem, PackerParser.Parse(new SourceText(path, text)).Problems.Select(one => one.Message));

    [Fact]
    public void No_part_of_a_template_makes_it_fail()
    {
        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[("t.pkr.hcl", Everything), ("t.json", Json)])
        {
            for (var i = 0; i <= text.Length; i++)
            {
                RunPrinter.Run($"packer build {name}", ScriptDialect.Bash, (name, text[..i]));
                RunPrinter.Run($"packer build {name}", ScriptDialect.Bash, (name, text[i..]));
                RunPrinter.Run($"packer build {name}", ScriptDialect.Bash, (name, text.Remove(i, i < text.Length ? 1 : 0)));
            }
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a=")]
    [InlineData("a {")]
    [InlineData("\"${")]
    [InlineData("{{")]
    [InlineData("<<E\n")]
    [InlineData("(")]
    public void Endless_nesting_ends(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 20_000));
        PackerParser.Parse(new SourceText("t.pkr.hcl", "a = " + text));
        PackerParser.Parse(new SourceText("t.pkr.hcl", text));
        PackerParser.Parse(new SourceText("t.json", "{\"a\": " + text));
    }

    private static PackerScope Scope(SourceText source)
    {
        var scope = new PackerScope { Root = ".", Environment = _ => null };
        scope.Set("x", new StringValue("X"));
        var locals = new SourceText("l.pkr.hcl", "locals {\n y = \"${var.x}!\"\n loop = local.loop\n}");
        PackerVariables.Set(scope, [PackerParser.Parse(locals), PackerParser.Parse(source)], [], [], _ => null);
        return scope;
    }
}
