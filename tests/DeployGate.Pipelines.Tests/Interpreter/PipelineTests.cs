using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests.Interpreter;

public class PipelineTests
{
    [Fact]
    public void Outputs_and_states_pass_from_job_to_job() => Assert.Equal(
        """
        virtual machine vm1 publisher=MicrosoftWindowsServer offer=Win2022Datacenter osProfile=yes
        Deallocate vm1 while Running [vm1: mark Specialized, guest Specialized (it was created from an image and has booted; nothing prepared it after that) <created here (step 'Create') 11>]
        Mark vm1 while Deallocated [vm1: mark Unmarked, guest Specialized (it was created from an image and has booted; nothing prepared it after that) <created here (step 'Create') 11>]
        Start vm1 while Deallocated [vm1: mark Generalized, guest Specialized (it was created from an image and has booted; nothing prepared it after that) <generalized here (step 'Mark') 16> <created here (step 'Create') 11>]
        managed image img sourceVirtualMachine=vm1
            vm1: mark Generalized, guest Specialized (it was created from an image and has booted; nothing prepared it after that) <generalized here (step 'Mark') 16> <created here (step 'Create') 11>
        deploy main.bicep to ResourceGroup rg with file p.json, vm=/subscriptions/{subscription().subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1
        """,
        RunPrinter.Pipeline(".github/workflows/x.yml", """
            on: push
            jobs:
              build:
                runs-on: ubuntu-latest
                outputs:
                  vm: ${{ steps.c.outputs.id }}
                steps:
                  - id: c
                    name: Create
                    run: |
                      id=$(az vm create -g rg -n vm1 --image Win2022Datacenter --query id -o tsv)
                      echo "id=$id" >> $GITHUB_OUTPUT
                  - name: Mark
                    run: |
                      az vm deallocate -g rg -n vm1
                      az vm generalize -g rg -n vm1
              image:
                needs: build
                runs-on: ubuntu-latest
                steps:
                  - name: Warm up
                    run: az vm start -g rg -n vm1
                  - name: Image
                    run: az image create -g rg -n img --source ${{ needs.build.outputs.vm }}
                  - uses: azure/arm-deploy@v2
                    with:
                      resourceGroupName: rg
                      template: ./main.bicep
                      parameters: ./p.json vm=${{ needs.build.outputs.vm }}
            """));

    [Fact]
    public void Jobs_side_by_side_do_not_see_one_another_and_are_joined() => Assert.Equal(
        """
        virtual machine m publisher=Debian offer=Debian11 osProfile=yes
        Deallocate m while Running [m: mark Specialized, guest Specialized (it was created from an image and has booted; nothing prepared it after that) <created here (step 'create') 7>]
        Start other while Unknown
        Mark m while Deallocated [m: mark Unmarked, guest Specialized (it was created from an image and has booted; nothing prepared it after that) <created here (step 'create') 7>]
        """,
        RunPrinter.Pipeline("azure-pipelines.yml", """
            jobs:
            - job: make
              pool: { vmImage: ubuntu-latest }
              steps:
              - task: AzureCLI@2
                displayName: create
                inputs: { scriptType: bash, scriptLocation: inlineScript, inlineScript: az vm create -g rg -n m --image Debian11 }
            - job: stop
              dependsOn: make
              pool: { vmImage: ubuntu-latest }
              steps:
              - task: AzureCLI@2
                displayName: stop
                inputs: { scriptType: bash, scriptLocation: inlineScript, inlineScript: az vm deallocate -g rg -n m }
            - job: other
              dependsOn: make
              pool: { vmImage: ubuntu-latest }
              steps:
              - task: AzureCLI@2
                displayName: other
                inputs: { scriptType: bash, scriptLocation: inlineScript, inlineScript: az vm start -g rg -n other }
            - job: mark
              dependsOn: [stop, other]
              pool: { vmImage: ubuntu-latest }
              steps:
              - task: AzureCLI@2
                displayName: mark
                inputs: { scriptType: bash, scriptLocation: inlineScript, inlineScript: az vm generalize -g rg -n m }
            """));

    [Fact]
    public void Variables_of_a_step_and_overrides_of_a_task_are_read() => Assert.Equal(
        """
        deploy infra/main.json to ResourceGroup rg with file infra/p.json, image=img-1, tags={ "a b": 1 }, note=two words
        """,
        RunPrinter.Pipeline("azure-pipelines.yml", """
            pool: { vmImage: ubuntu-latest }
            steps:
            - bash: echo "##vso[task.setvariable variable=IMAGE]img-1"
            - task: AzureResourceManagerTemplateDeployment@3
              inputs:
                resourceGroupName: rg
                csmFile: infra/main.json
                csmParametersFile: infra/p.json
                overrideParameters: >
                  -image $(IMAGE)
                  -tags { "a b": 1 } -note "two words"
            """));

    [Theory]
    [InlineData("##vso[task.setvariable variable=A")]
    [InlineData("##vso[task.setvariable variable=A]1\\n\\n")]
    [InlineData("::set-output name=a")]
    public void What_a_step_prints_may_break_off_in_a_command_to_its_host(string said) =>
        Assert.Empty(RunPrinter.Pipeline("azure-pipelines.yml", $"steps:\n- bash: printf '{said}'\n"));

    [Theory]
    [InlineData(false, "until az vm show -n a | grep -q x; do\n", "done\n")]
    [InlineData(true, "while ($x) {\n", "}\n")]
    public void Loops_in_loops_do_not_double_what_is_followed_without_end(bool isPowerShell, string open, string close)
    {
        var script = string.Concat(Enumerable.Repeat(open, 60)) + "az vm deallocate -g rg -n vm\n" + string.Concat(Enumerable.Repeat(close, 60));
        var run = RunPrinter.Run(script, isPowerShell ? ScriptDialect.PowerShellCore : ScriptDialect.Bash);
        Assert.Contains(run.Remarks, remark => remark.Message == "the second turn of loops is followed 4 loops deep");
        Assert.InRange(run.Actions.Length, 1, 200);
    }

    [Fact]
    public void A_script_that_prepares_its_machine_many_times_is_read_once()
    {
        var script = string.Concat(Enumerable.Repeat("& $env:SystemRoot\\System32\\Sysprep\\Sysprep.exe /oobe /generalize /mode:vm /quiet /quit\n", 500));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = RunPrinter.Run(script, ScriptDialect.PowerShellCore);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256L << 20);
    }

    [Fact]
    public void A_long_row_of_brackets_in_the_overrides_of_a_task_takes_memory_in_proportion()
    {
        var pipeline = $$"""
            steps:
            - task: AzureResourceManagerTemplateDeployment@3
              inputs: { resourceGroupName: rg, csmFile: main.json, overrideParameters: "-a $(b){{new string(')', 40_000)}} -c d" }
            """;
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = RunPrinter.Pipeline("azure-pipelines.yml", pipeline);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    // Each command's group is cut out of the id that the one inside it prints: text would grow with the square of the depth.
    [Theory, InlineData(false), InlineData(true)]
    public void Names_that_are_made_of_ids_in_one_another_take_memory_in_proportion(bool isPowerShell)
    {
        long Allocated(int depth)
        {
            var script = string.Concat(Enumerable.Repeat("$(az vm show -g ", depth)) + "rg" + string.Concat(Enumerable.Repeat(" -n vm --query storageProfile.osDisk.managedDisk.id -o tsv)-images", depth));
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = RunPrinter.Run($"az snapshot create -g rg -n s --source {script}\n", isPowerShell ? ScriptDialect.PowerShellCore : ScriptDialect.Bash);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        _ = Allocated(10);
        var few = Allocated(50);
        Assert.InRange(Allocated(200), few, 8 * few);
    }

    [Fact]
    public void A_name_longer_than_any_is_not_known_and_shows_no_secret()
    {
        var name = new string('n', 3_000);
        var run = RunPrinter.Run($"az vm create -g rg -n {name} --image Debian11\n", ScriptDialect.Bash);
        Assert.Contains("{name of 3000 characters that begins with 'nnn", Assert.Single(run.Operations).Resource.Id switch { PartialString partial => partial.Pattern, _ => "" });
        var secret = new CommandScope(new StringValue("s"), new StringValue("g")).IdOf("Microsoft.Compute/virtualMachines", new StringValue(name).AsSecret());
        Assert.EndsWith("/{name of 3000 characters}", Assert.IsType<PartialString>(secret).Pattern);
    }

    // The latest two hundred resources are remembered; one that is made again is one of them, and not two.
    [Fact]
    public void What_is_made_again_and_again_does_not_push_out_what_stands_before_it()
    {
        const string machine = "az vm create -g rg -n vm --image Debian11\naz vm deallocate -g rg -n vm\naz vm generalize -g rg -n vm\n";
        var again = string.Concat(Enumerable.Repeat("az image create -g rg -n img --source vm\n", 300));
        var branches = string.Concat(Enumerable.Repeat("if [ \"$X\" ]; then az image create -g rg -n img --source vm; else az image create -g rg -n img --source vm --tags a; fi\n", 150));
        foreach (var script in (string[])[machine + again, machine + branches])
        {
            var run = RunPrinter.Run(script, ScriptDialect.Bash);
            Assert.Equal(301, run.Operations.Length);
            Assert.Equal(["Microsoft.Compute/virtualMachines", "Microsoft.Compute/disks", "Microsoft.Compute/images"], run.Operations[^1].States.Select(state => state.Type));
            Assert.InRange(run.Operations[^1].Before.Length, 2, 3);
        }
    }
}
