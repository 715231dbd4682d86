namespace DeployGate.Pipelines.Tests.Interpreter;

public class IdiomTests
{
    [Theory]
    [InlineData("echo \"az vm generalize -g g -n m\"")]
    [InlineData("cat <<EOF\naz vm generalize -g g -n m\nEOF")]
    [InlineData("# az vm generalize -g g -n m")]
    [InlineData(": <<'X'\naz vm generalize -g g -n m\nX")]
    [InlineData("usage() { az vm generalize -g g -n m; }")]
    [InlineData("exit 0\naz vm generalize -g g -n m")]
    [InlineData("if [ a = b ]; then az vm generalize -g g -n m; fi")]
    [InlineData("az vm generalize --help")]
    [InlineData("unknown-program generalize m")]
    public void What_does_not_run_does_nothing(string script) => Assert.Equal("", RunPrinter.Bash(script));

    [Theory]
    [InlineData("az vm generalize -g g -n m")]
    [InlineData("az vm generalize --resource-group=g --name=m")]
    [InlineData("az vm generalize --resource-g g \\\n  --vm-name m \\\n\n")]
    [InlineData("az configure --defaults group=g vm=m\naz vm generalize")]
    [InlineData("az vm generalize --ids /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m")]
    [InlineData("sudo timeout 30 az vm generalize -g g -n m")]
    [InlineData("args=(-g g); args+=(-n m); az vm generalize \"${args[@]}\"")]
    [InlineData("f() { local n=$1; az vm generalize -g g -n \"$n\"; }; f m")]
    [InlineData("main() { az vm \"$@\"; }; main generalize -g g -n m")]
    [InlineData("G=${G:-g}; N=xM; N=${N#x}; az vm generalize -g $G -n ${N,,}")]
    [InlineData("for v in m; do az vm generalize -g g -n $v; done")]
    [InlineData("case x in x) az vm generalize -g g -n m;; esac")]
    [InlineData("bash -c 'az vm generalize -g g -n m'")]
    [InlineData("bash run.sh m")]
    [InlineData(". ./lib.sh; mark m")]
    [InlineData("echo 'az vm generalize -g g -n $1' > x.sh; bash x.sh m")]
    [InlineData("eval \"az vm generalize -g g -n m\"")]
    [InlineData("trap 'az vm generalize -g g -n m' EXIT")]
    [InlineData("docker run --rm mcr.microsoft.com/azure-cli az vm generalize -g g -n m")]
    [InlineData("az rest --method post --url https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m/generalize?api-version=2024-07-01")]
    public void Ways_to_write_one_command_are_one_command(string script) =>
        Assert.Equal("Mark m while Unknown", RunPrinter.Bash(script, ("run.sh", "az vm generalize -g g -n $1"), ("lib.sh", "mark() { az vm generalize -g g -n $1; }")));

    [Theory]
    [InlineData("Set-AzVM -ResourceGroupName g -Name m -Generalized")]
    [InlineData("set-azurermvm g m -Gen")]
    [InlineData("Get-AzVM -ResourceGroupName g -Name m | Set-AzVM -Generalized")]
    [InlineData("$p = @{ ResourceGroupName = 'g'; Name = 'm' }\nSet-AzVM @p -Generalized")]
    [InlineData("$vm = Get-AzVM g m; Set-AzVM -Id $vm.Id -Generalized:$true")]
    [InlineData("function Mark($Group, $Name) { Set-AzVM -ResourceGroupName $Group `\n -Name $Name -Generalized }\nMark g m")]
    [InlineData("foreach ($n in 'm') { Set-AzVM -ResourceGroupName g -Name $n -Generalized | Out-Null }")]
    [InlineData("'m' | % { Set-AzVM -ResourceGroupName g -Name $_ -Generalized }")]
    [InlineData("try { Set-AzVM -ResourceGroupName g -Name m -Generalized } catch { throw }")]
    [InlineData("az vm generalize --resource-group g --name \"$('M'.ToLower())\"")]
    [InlineData("& az vm generalize -g g -n m")]
    public void Ways_to_write_one_cmdlet_are_one_cmdlet(string script) => Assert.Equal("Mark m while Unknown", RunPrinter.PowerShell(script));

    [Theory]
    [InlineData("if ! az vm show -g g -n m; then az vm generalize -g g -n m; fi")]
    [InlineData("az vm generalize -g g -n m || true")]
    [InlineData("[ -z \"$X\" ] && az vm generalize -g g -n m")]
    [InlineData("az vm generalize -g g -n m &")]
    public void What_may_not_run_or_may_fail_is_maybe(string script) => Assert.Equal("maybe Mark m while Unknown", RunPrinter.Bash(script));

    [Theory]
    [InlineData("for v in $(az vm list --query [].name -o tsv); do az vm generalize -g g -n $v; done")]
    [InlineData("for v in $VMS; do az vm generalize -g g -n $v; done")]
    [InlineData("az vm list --query [].name -o tsv | while read -r v; do az vm generalize -g g -n $v; done")]
    public void A_loop_over_what_is_not_known_runs_twice_at_most(string script)
    {
        var lines = RunPrinter.Bash(script).Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("maybe Mark {v}", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_is_not_read_makes_the_machines_it_names_unclear()
    {
        const string Script = "az vm create -g g -n m --image Debian11\nprepare-machine --vm=m\naz vm deallocate -g g -n m";
        Assert.Equal(
            "Deallocate m while Unknown [m: mark Unknown, guest Unclear ('prepare-machine' may have changed it, and is not read) <touched by something that is not read here 2>]",
            RunPrinter.Bash(Script).Split('\n')[^1]);
    }

    [Theory]
    [InlineData("az deployment group create -g g -f infra/main.bicep -p @p.json name=x -p count=2", "deploy infra/main.bicep to ResourceGroup g with file p.json, name=x, count=2")]
    [InlineData("cd infra; az deployment group what-if -g g -f main.bicep -p main.bicepparam", "preview infra/main.bicep to ResourceGroup g with file infra/main.bicepparam")]
    [InlineData("az group deployment create -g g --template-file t.json --parameters '{\"a\":{\"value\":1}}'", "deploy t.json to ResourceGroup g with inline {\"a\":{\"value\":1}}")]
    public void A_deployment_keeps_its_sources_in_order(string script, string expected) => Assert.Equal(expected, RunPrinter.Bash(script));

    [Fact]
    public void A_deployment_cmdlet_takes_template_parameters_by_name() => Assert.Equal(
        "deploy t.json to ResourceGroup g with file p.json, osState=Generalized",
        RunPrinter.PowerShell("New-AzResourceGroupDeployment -ResourceGroupName g -TemplateFile t.json -TemplateParameterFile p.json -osState Generalized"));

    [Theory]
    [InlineData("f() { local s=n; echo x; }")]
    [InlineData("f() { local s; s=n; return 0; }")]
    public void What_a_function_of_another_file_declares_its_own_stays_in_it(string function) => Assert.Contains(
        "sourceVirtualMachine=m",
        RunPrinter.Bash("s=m\n. ./lib.sh\nf\naz image create -g g -n i --source $s", ("lib.sh", function)),
        StringComparison.Ordinal);
}
