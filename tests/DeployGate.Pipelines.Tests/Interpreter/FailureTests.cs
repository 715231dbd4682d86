using DeployGate.Core.Steps;

namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>A step that surely fails ends its job for all steps and jobs that wait for success; what may run is followed.</summary>
public class FailureTests
{
    private const string Last = "az vm generalize -g g -n last";

    [Theory]
    [InlineData("bash", "exit 1")]
    [InlineData("bash", "exit 257")]
    [InlineData("bash", "echo no\nexit 3\necho never")]
    [InlineData("bash", "if [ \"$X\" ]; then exit 1; else exit 2; fi")]
    [InlineData("bash", "fail() { echo \"$1\"; exit 1; }\nfail no")]
    [InlineData("bash", "f() { return 1; }\nf\necho never")]
    [InlineData("bash", "f() { return 1; }\nf || exit 1")]
    [InlineData("bash", "( exit 1 )")]
    [InlineData("bash", "id=$(az vm create -g g -n m --image Debian11 --query id -o tsv)\nif [ -n \"$id\" ]; then exit 1; fi")]
    [InlineData("bash", "x=$(exit 1)\necho never")]
    [InlineData("bash", "bash -c 'exit 1'")]
    [InlineData("bash", "echo x | { cat; exit 1; }")]
    [InlineData("bash", "trap 'echo bye' EXIT\nexit 1")]
    [InlineData("bash", "pwsh -Command 'exit 1'")]
    [InlineData("pwsh", "exit 1")]
    [InlineData("pwsh", "throw 'no'")]
    [InlineData("pwsh", "Write-Error 'no'\nWrite-Host never")]
    [InlineData("pwsh", "function f { throw 'no' }\nf")]
    [InlineData("pwsh", "try { throw 'no' } catch { exit 1 }")]
    [InlineData("pwsh", "try { throw 'no' } finally { Write-Host z }")]
    [InlineData("pwsh", "try { exit 1 } finally { Write-Host z }")]
    [InlineData("pwsh", "if ($X) { throw 'no' } else { exit 1 }")]
    [InlineData("cmd", "exit /b 1")]
    [InlineData("cmd", "exit 2")]
    [InlineData("cmd", "set code=1\nexit /b %code%")]
    public void A_step_that_surely_fails_is_the_last(string shell, string script) => Assert.Equal("", After(shell, script));

    [Theory]
    [InlineData("bash", "exit 0")]
    [InlineData("bash", "exit 256")]
    [InlineData("bash", "exit $code")]
    [InlineData("bash", "exit $?")]
    [InlineData("bash", "if [ \"$X\" ]; then exit 1; fi")]
    [InlineData("bash", "some || exit 1")]
    [InlineData("bash", "some || exit")]
    [InlineData("bash", "for i in $LIST; do exit 1; done")]
    [InlineData("bash", "while read -r line; do exit 1; done")]
    [InlineData("bash", "( exit 1 ) || true")]
    [InlineData("bash", "f() { return 1; }\nf && echo x\necho y")]
    [InlineData("bash", "f() { return 1; }\nif f; then echo x; fi")]
    [InlineData("bash", "f() { return 1; }\n! f")]
    [InlineData("bash", "set +e\nf() { return 1; }\nf\necho y")]
    [InlineData("bash", "set +e\nbash -c 'exit 1'\necho y")]
    [InlineData("bash", "{ exit 1; } &\nwait")]
    [InlineData("bash", "{ echo x; exit 1; } | cat")]
    [InlineData("bash", "trap 'exit 0' EXIT\nexit 1")]
    [InlineData("bash", "echo $(exit 1)\necho z")]
    [InlineData("bash", "local x=$(exit 1)\necho z")]
    [InlineData("pwsh", "exit 0")]
    [InlineData("pwsh", "exit $LASTEXITCODE")]
    [InlineData("pwsh", "exit 256")]
    [InlineData("pwsh", "if ($X) { throw 'no' }")]
    [InlineData("pwsh", "try { throw 'no' } catch { Write-Host caught }")]
    [InlineData("pwsh", "$ErrorActionPreference = 'SilentlyContinue'\nthrow 'no'")]
    [InlineData("pwsh", "$ErrorActionPreference = 'Continue'\nWrite-Error 'no'")]
    [InlineData("pwsh", "trap { Write-Host trapped; continue }\nthrow 'no'")]
    [InlineData("pwsh", "Write-Error 'no' -ErrorAction Continue")]
    [InlineData("pwsh", "$r = Stop-AzVM -ResourceGroupName g -Name m -Force\nif ($r.Status -ne 'Succeeded') { throw 'no' }")]
    [InlineData("pwsh", "$r = Connect-AzAccount -Identity\nif (-not $r) { throw 'no' }")]
    [InlineData("pwsh", "$d = New-AzResourceGroupDeployment -ResourceGroupName g -TemplateFile main.bicep\nif ($d.ProvisioningState -ne 'Succeeded') { exit 1 }")]
    [InlineData("pwsh", "$vm = Get-AzVM -ResourceGroupName g -Name m -ErrorAction SilentlyContinue\nif ($vm) { throw 'it is there' }")]
    [InlineData("pwsh", "if (@(Stop-AzVM -ResourceGroupName g -Name m).Count -eq 0) { throw 'no' }")]
    [InlineData("pwsh", "function f { Stop-AzVM -ResourceGroupName g -Name m }\n$r = f\nif (!$r) { throw 'no' }")]
    [InlineData("bash", "id=$(az vm show -g g -n m --query id -o tsv)\nif [ -n \"$id\" ]; then echo there; exit 1; fi")]
    [InlineData("bash", "id=$(az image show -g g -n m --query id -o tsv)\nif [[ $id != \"\" ]]; then exit 1; fi")]
    [InlineData("bash", "name=$(az vm list -g g --query \"[?name=='m'].name\" -o tsv)\n[ -z \"$name\" ] && exit 1\nif [ \"$name\" ]; then exit 1; fi")]
    [InlineData("pwsh", "$id = az vm show -g g -n m --query id -o tsv\nif ($id) { throw 'it is there' }")]
    [InlineData("bash", "az vm deallocate -g g -n m\nif [ $? -eq 0 ]; then echo x; else exit 1; fi")]
    [InlineData("cmd", "exit /b 0")]
    [InlineData("cmd", "exit /b %errorlevel%")]
    [InlineData("cmd", "exit /b")]
    [InlineData("cmd", "if exist x exit /b 1")]
    [InlineData("cmd", "some || exit /b 1")]
    public void A_step_that_may_succeed_is_not_the_last(string shell, string script) => Assert.Equal("Mark last", After(shell, script));

    // What cannot run after the failure is not looked at, and the rest sees what was done before it.
    [Theory]
    [InlineData("if: always()", "Mark last")]
    [InlineData("if: failure()", "Mark last")]
    [InlineData("if: success() || failure()", "Mark last")]
    [InlineData("if: failure() && steps.bad.outcome == 'failure'", "maybe Mark last")]
    [InlineData("if: ${{ always() && github.ref == 'x' }}", "maybe Mark last")]
    [InlineData("if: success()", "")]
    [InlineData("if: github.event_name == 'push'", "")]
    [InlineData("id: plain", "")]
    public void A_step_behind_a_failure_runs_only_if_its_condition_lets_it(string condition, string expected) =>
        Assert.Equal(expected, After("bash", "exit 1", condition: condition));

    [Theory]
    [InlineData("continue-on-error: true", "Mark last")]
    [InlineData("continue-on-error: ${{ vars.OPTIONAL }}", "Mark last")]
    [InlineData("continue-on-error: false", "")]
    [InlineData("if: github.ref == 'x'", "Mark last")]
    public void A_failure_that_may_be_passed_over_ends_nothing(string option, string expected) => Assert.Equal(expected, After("bash", "exit 1", option: option));

    [Fact]
    public void What_runs_after_a_failure_sees_what_every_failing_path_did()
    {
        const string Script = "az vm create -g g -n last --image Debian11\naz vm deallocate -g g -n last\nif [ \"$X\" ]; then az vm generalize -g g -n last; exit 1; fi\nexit 2";
        Assert.Contains("mark Unknown", RunPrinter.Pipeline(".github/workflows/w.yml", Workflow("bash", Script, "id: bad", "if: always()", "az vm start -g g -n last")).Split('\n')[^1]);
    }

    [Theory]
    [InlineData("trap 'COMMAND' EXIT\nexit 1", "bash")]
    [InlineData("try { exit 1 } finally { COMMAND }", "pwsh")]
    [InlineData("try { throw 'no' } finally { COMMAND }", "pwsh")]
    [InlineData("set +e\nf() { echo x; return 1; }\nf\nCOMMAND", "bash")]
    [InlineData("set +e\nbash -c 'exit 1'\nCOMMAND", "bash")]
    [InlineData("f() { return 1; }\nf && echo x\nCOMMAND", "bash")]
    [InlineData("x=$(exit 1)\nCOMMAND", "sh -u {0}")]
    public void What_a_script_does_all_the_same_is_seen(string script, string shell) =>
        Assert.Contains("Mark last", RunPrinter.Pipeline(".github/workflows/w.yml", Workflow(shell, script.Replace("COMMAND", Last, StringComparison.Ordinal), "id: a", "id: b", "echo x")));

    [Fact]
    public void A_child_that_fails_leaves_its_caller_going_on_where_that_does_not_stop() => Assert.Equal(
        "Mark last while Unknown",
        RunPrinter.PowerShell("& ./child.ps1\naz vm generalize -g g -n last", ("child.ps1", "Write-Host x\nexit 1")));

    [Theory]
    [InlineData("succeeded()", "")]
    [InlineData("always()", "Mark last")]
    [InlineData("failed()", "Mark last")]
    [InlineData("succeededOrFailed()", "Mark last")]
    [InlineData("eq(variables['Build.Reason'], 'Manual')", "maybe Mark last")]
    [InlineData("and(succeeded(), eq(variables['Build.Reason'], 'Manual'))", "")]
    [InlineData("and(always(), eq(variables['Build.Reason'], 'Manual'))", "maybe Mark last")]
    public void Azure_conditions_tell_what_runs_after_a_failure(string condition, string expected) => Assert.Equal(expected, Kinds(RunPrinter.Follow("azure-pipelines.yml", $"""
        pool: {"{ vmImage: ubuntu-latest }"}
        steps:
        - bash: exit 1
        - task: AzureCLI@2
          condition: {condition}
          inputs: {"{ scriptType: bash, scriptLocation: inlineScript, inlineScript: " + Last + " }"}
        """)));

    [Theory]
    [InlineData("bash: exit 1\n  continueOnError: true", "Mark last")]
    [InlineData("bash: exit 1\n  continueOnError: false", "")]
    [InlineData("pwsh: exit 1", "")]
    [InlineData("pwsh: throw 'no'", "")]
    [InlineData("pwsh: exit 1\n  ignoreLASTEXITCODE: true", "Mark last")]
    [InlineData("pwsh: throw 'no'\n  errorActionPreference: silentlyContinue", "Mark last")]
    [InlineData("pwsh: throw 'no'\n  errorActionPreference: continue", "")]
    [InlineData("task: AzurePowerShell@5\n  inputs: { ScriptType: InlineScript, Inline: throw 'no' }", "")]
    [InlineData("task: AzurePowerShell@3\n  inputs: { ScriptType: InlineScript, Inline: exit 1 }", "Mark last")]
    [InlineData("task: AzureCLI@2\n  inputs: { scriptType: bash, scriptLocation: inlineScript, inlineScript: exit 1 }", "")]
    [InlineData("script: exit 1", "")]
    public void A_task_fails_by_its_script_where_it_asks_for_its_end(string step, string expected) => Assert.Equal(expected, Kinds(RunPrinter.Follow("azure-pipelines.yml", $"""
        pool: {"{ vmImage: ubuntu-latest }"}
        steps:
        - {step}
        - bash: {Last}
        """)));

    [Theory]
    [InlineData("$(words)", "Mark last")]
    [InlineData("one $(words)", "Mark last")]
    [InlineData("one two", "Mark last")]
    [InlineData("one", "")]
    [InlineData("", "")]
    public void A_script_that_asks_for_its_arguments_fails_only_without_them(string arguments, string expected)
    {
        foreach (var question in new[] { "[ $# -lt 2 ]", "[ -z \"$2\" ]" })
        {
            var pipeline = $"pool: {{ vmImage: ubuntu-latest }}\nsteps:\n- task: Bash@3\n  inputs: {{ filePath: a.sh, arguments: '{arguments}' }}\n- bash: {Last}\n";
            Assert.Equal(expected, Kinds(RunPrinter.Follow("azure-pipelines.yml", pipeline, ("a.sh", $"if {question}; then echo usage; exit 1; fi\n"))));
        }
    }

    [Theory]
    [InlineData("--rg g --name m --loc x")]
    [InlineData("--rg $(rg) --name $(name) --loc $(loc)")]
    [InlineData("-v --rg g --name m --loc x")]
    public void A_script_that_takes_its_options_one_by_one_finds_each_of_them(string arguments)
    {
        const string Options = "case $1 in --rg) rg=$2; shift 2;; --name) name=$2; shift 2;; --loc) loc=$2; shift 2;; -v) shift;; OTHER esac";
        const string Ask = "[ -z \"$loc\" ] && { echo usage; exit 1; }\naz vm start -g $rg -n last\n";
        string[] loops =
        [
            $"while [ $# -gt 0 ]; do {Options.Replace("OTHER", "*) exit 1;;", StringComparison.Ordinal)}; done\n",
            $"while [[ -n $1 ]]; do {Options.Replace("OTHER", "*) exit 1;;", StringComparison.Ordinal)}; done\n",
            $"while true; do {Options.Replace("OTHER", "*) break;;", StringComparison.Ordinal)}; done\n",
            $"while (( $# )); do {Options.Replace("OTHER", "", StringComparison.Ordinal)}; done\n",
        ];
        foreach (var loop in loops)
        {
            var pipeline = $"pool: {{ vmImage: ubuntu-latest }}\nsteps:\n- task: Bash@3\n  inputs: {{ filePath: a.sh, arguments: '{arguments}' }}\n- bash: {Last}\n";
            Assert.Equal("Start last, Mark last", Kinds(RunPrinter.Follow("azure-pipelines.yml", pipeline, ("a.sh", "loc=\n" + loop + Ask))));
        }
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "if: always()", "Mark last")]
    [InlineData("", "if: failure()", "Mark last")]
    [InlineData("", "if: always() && needs.middle.result == 'success'", "maybe Mark last")]
    [InlineData("continue-on-error: true", "", "Mark last")]
    [InlineData("if: github.ref == 'x'", "", "Mark last")]
    public void Jobs_that_need_a_failed_one_run_only_if_their_conditions_let_them(string first, string last, string expected) => Assert.Equal(expected, Kinds(RunPrinter.Follow(".github/workflows/w.yml", $"""
        on: push
        jobs:
          first:
            runs-on: ubuntu-latest
            {first}
            steps: [ {"{ run: exit 1 }"} ]
          middle:
            needs: first
            runs-on: ubuntu-latest
            steps: [ {"{ run: echo x }"} ]
          last:
            needs: middle
            runs-on: ubuntu-latest
            {last}
            steps:
              - run: {Last}
        """)));

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("condition: always()", "", "", "Mark last")]
    [InlineData("", "condition: always()", "", "")]
    [InlineData("condition: failed()", "", "", "Mark last")]
    [InlineData("", "", "continueOnError: true", "Mark last")]
    public void Stages_behind_a_failed_one_run_only_if_their_conditions_let_them(string stage, string job, string failing, string expected) => Assert.Equal(expected, Kinds(RunPrinter.Follow("azure-pipelines.yml", $"""
        pool: {"{ vmImage: ubuntu-latest }"}
        stages:
        - stage: one
          jobs:
          - job: a
            {failing}
            steps: [ {"{ bash: exit 1 }"} ]
        - stage: two
          {stage}
          jobs:
          - job: b
            {job}
            steps:
            - bash: {Last}
        """)));

    [Theory]
    [InlineData("- run: exit 1\n          - uses: ./act", "", "")]
    [InlineData("- run: exit 1\n          - uses: ./act\n            if: always()", "", "Mark last")]
    [InlineData("- run: exit 1\n          - uses: ./act", "if: always()", "")]
    [InlineData("- uses: ./bad", "", "")]
    [InlineData("- uses: ./bad\n            continue-on-error: true\n          - uses: ./act", "", "Mark last")]
    [InlineData("- uses: ./act\n            with: { before: exit 1 }", "", "")]
    [InlineData("- uses: ./act\n            with: { before: exit 1 }", "if: always()", "Mark last")]
    public void Steps_of_an_action_run_only_if_the_action_does(string steps, string condition, string expected)
    {
        var action = $"inputs:\n  before: {{ default: echo x }}\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: ${{{{ inputs.before }}}}\n    - shell: bash\n      {condition}\n      run: {Last}\n";
        var run = RunPrinter.Follow(
            ".github/workflows/w.yml",
            $"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n          {steps}\n          - run: echo end\n",
            ("act/action.yml", action),
            ("bad/action.yml", "runs:\n  using: composite\n  steps:\n    - { shell: bash, run: exit 1 }\n"));
        Assert.Equal(expected, Kinds(run));
    }

    [Fact]
    public void A_script_too_large_to_be_followed_ends_no_job()
    {
        var nested = string.Concat(Enumerable.Repeat("if [ \"$X\" ]; then\n", 400)) + "exit 1\n" + string.Concat(Enumerable.Repeat("fi\n", 400));
        Assert.Equal("Mark last", After("bash", nested));
    }

    private static string After(string shell, string script, string option = "id: bad", string condition = "id: plain") =>
        Kinds(RunPrinter.Follow(".github/workflows/w.yml", Workflow(shell, script, option, condition, Last)));

    private static string Workflow(string shell, string script, string option, string condition, string last) =>
        $"on: push\njobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - shell: {shell}\n        {option}\n        run: |\n{string.Concat(script.Split('\n').Select(line => $"          {line}\n"))}      - shell: bash\n        {condition}\n        run: {last}\n";

    private static string Kinds(PipelineRun run) => string.Join(", ", run.Actions.Where(action => action.Name == "last").Select(action => $"{(action.IsMaybe ? "maybe " : "")}{action.Kind} {action.Name}"));
}
