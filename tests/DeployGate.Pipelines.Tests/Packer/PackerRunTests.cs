using DeployGate.Pipelines.Tests.Interpreter;

namespace DeployGate.Pipelines.Tests.Packer;

/// <summary>What following <c>packer build</c> prints, and which templates and values it takes.</summary>
public class PackerRunTests
{
    private const string Template =
        """
        variable "name" { default = "img" }
        variable "group" { type = string }
        locals { full = "${var.name}-x" }
        source "azure-arm" "win" {
          managed_image_name                = local.full
          managed_image_resource_group_name = var.group
          image_publisher = "MicrosoftWindowsServer"
        }
        source "azure-arm" "lin" {
          managed_image_name                = "lin-${formatdate("YYYY", timestamp())}"
          managed_image_resource_group_name = "rg"
        }
        source "amazon-ebs" "other" { ami_name = "x" }
        build {
          name    = "all"
          sources = ["source.azure-arm.win", source.azure-arm.lin, "source.amazon-ebs.other"]
          provisioner "powershell" {
            only   = ["azure-arm.win"]
            inline = ["C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /quit", "while ((Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State).ImageState -ne 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { Start-Sleep 5 }"]
          }
          provisioner "shell" {
            except = ["azure-arm.win"]
            script = "${path.root}/clean.sh"
          }
        }
        """;

    [Fact]
    public void A_build_is_followed_from_its_source_to_its_capture() => Assert.Equal(
        """
        virtual machine {machine of 'azure-arm.win'} publisher=MicrosoftWindowsServer osProfile=yes
        Deallocate {machine of 'azure-arm.win'} while Running [{machine of 'azure-arm.win'}: mark Specialized, guest Generalized <prepared here 17>]
        Mark {machine of 'azure-arm.win'} while Deallocated [{machine of 'azure-arm.win'}: mark Unmarked, guest Generalized <prepared here 17>]
        Delete {machine of 'azure-arm.win'} while Deallocated [{machine of 'azure-arm.win'}: mark Generalized, guest Generalized <generalized here 4> <prepared here 17>]
        managed image img-x sourceVirtualMachine={machine of 'azure-arm.win'}
            {machine of 'azure-arm.win'}: mark Generalized, guest Generalized <generalized here 4> <prepared here 17>
        virtual machine {machine of 'azure-arm.lin'} osProfile=yes
        Deallocate {machine of 'azure-arm.lin'} while Running [{machine of 'azure-arm.lin'}: mark Specialized, guest Generalized <prepared here 21>]
        Mark {machine of 'azure-arm.lin'} while Deallocated [{machine of 'azure-arm.lin'}: mark Unmarked, guest Generalized <prepared here 21>]
        Delete {machine of 'azure-arm.lin'} while Deallocated [{machine of 'azure-arm.lin'}: mark Generalized, guest Generalized <generalized here 9> <prepared here 21>]
        managed image lin-{formatdate("YYYY", timestamp())} sourceVirtualMachine={machine of 'azure-arm.lin'}
            {machine of 'azure-arm.lin'}: mark Generalized, guest Generalized <generalized here 9> <prepared here 21>
        Prepare {machine of 'azure-arm.win'} while Running [{machine of 'azure-arm.win'}: mark Specialized, guest Specialized (it was created from an image and has booted; nothing prepared it after that) <created here 4>]
        Prepare {machine of 'azure-arm.lin'} while Running [{machine of 'azure-arm.lin'}: mark Specialized, guest Specialized (it was created from an image and has booted; nothing prepared it after that) <created here 9>]
        """,
        RunPrinter.Bash("packer build -var group=rg t.pkr.hcl", ("t.pkr.hcl", Template), ("clean.sh", "waagent -force -deprovision+user")));

    [Theory]
    [InlineData("packer build -only=azure-arm.win -var group=rg t/w.pkr.hcl", "rg/img-x")]
    [InlineData("packer build -only='*.win' -var 'group=rg' t/w.pkr.hcl", "rg/img-x")]
    [InlineData("packer build -only all.azure-arm.win -var group=rg -var name=n t/w.pkr.hcl", "rg/n-x")]
    [InlineData("packer build -except=azure-arm.lin -var-file=t/v.pkrvars.hcl t/w.pkr.hcl", "file/filed-x")]
    [InlineData("packer build -except=azure-arm.lin -var name=n -var-file t/v.pkrvars.hcl t/w.pkr.hcl", "file/filed-x")]
    [InlineData("packer build -except=azure-arm.lin -var-file t/v.pkrvars.hcl -var name=n t/w.pkr.hcl", "file/n-x")]
    [InlineData("export PKR_VAR_group=env\npacker build -force -except=azure-arm.lin t/w.pkr.hcl", "env/img-x")]
    [InlineData("cd t\npacker build -except=azure-arm.lin -var group=rg .", "rg/img-x")]
    [InlineData("packer init t\npacker build -except=azure-arm.lin -var group=rg t", "rg/img-x")]
    [InlineData("packer build -except=azure-arm.lin t/w.pkr.hcl", "{var.group}/img-x")]
    [InlineData("packer build -except=azure-arm.lin -var-file=none.pkrvars.hcl t/w.pkr.hcl", "{var.group}/{var.name}-x")]
    [InlineData("packer build -except=azure-arm.lin -var group=$GROUP t/w.pkr.hcl", "{GROUP}/img-x")]
    public void Variables_have_the_value_that_Packer_takes(string script, string expected) => Assert.Equal([expected], Images(script));

    [Theory]
    [InlineData("packer build t/w.pkr.hcl -only=azure-arm.none")]
    [InlineData("packer validate t/w.pkr.hcl")]
    [InlineData("packer build -except='azure-arm.*' t")]
    public void Builds_that_are_not_selected_make_nothing(string script) => Assert.Empty(Images(script));

    [Fact]
    public void A_selection_that_is_not_known_makes_every_build_possible() =>
        Assert.StartsWith("maybe virtual machine", RunPrinter.Bash("packer build -only=$ONE -var group=rg t/w.pkr.hcl", ("t/w.pkr.hcl", Template)), StringComparison.Ordinal);

    [Fact]
    public void A_template_that_is_not_there_is_a_remark() =>
        Assert.Equal("remark missing-file: the Packer template is not in the repository: what it builds is not known", RunPrinter.Bash("packer build other.pkr.hcl"));

    private static string[] Images(string script) =>
        [.. RunPrinter.Run(script, Model.ScriptDialect.Bash, ("t/w.pkr.hcl", Template), ("t/v.pkrvars.hcl", "name = \"filed\"\ngroup = \"file\"")).Operations
            .Where(operation => operation.Resource.Type == Core.Images.ArtifactTypes.ManagedImage).Select(operation => Core.Images.ArtifactCatalog.Show(operation.Resource.Id).Split("/resourceGroups/")[1].Replace("/providers/Microsoft.Compute/images", "", StringComparison.Ordinal))];
}
