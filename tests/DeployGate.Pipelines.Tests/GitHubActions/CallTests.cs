using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests.GitHubActions;

public class CallTests
{
    private static readonly MemoryFiles s_files = new()
    {
        [".github/workflows/build.yml"] = """
            on: { workflow_call: { inputs: { vm: { type: string }, dry: { type: boolean, default: false } }, outputs: { image: { value: "${{ jobs.make.outputs.id }}" } } } }
            env: { A: callee }
            jobs:
              make:
                runs-on: ubuntu-latest
                outputs: { id: "img-${{ steps.capture.outputs.id }}" }
                steps:
                  - run: echo ${{ inputs.vm }} ${{ env.A }} ${{ env.B }} ${{ inputs.dry }}
                  - uses: ./actions/capture
                    id: capture
                    if: ${{ !inputs.dry }}
                    env: { K: "1" }
                    with: { vm: "${{ inputs.vm }}" }
            """,
        ["actions/capture/action.yaml"] = """
            inputs: { vm: { required: true }, group: { default: images } }
            outputs: { id: { value: "${{ steps.run.outputs.id }}" } }
            runs:
              using: composite
              steps:
                - id: run
                  shell: bash
                  run: az vm capture -n ${{ inputs.vm }} -g ${{ inputs.group }} ; ${{ github.action_path }}/x.sh
                - uses: ./actions/deep
            """,
        ["actions/deep/action.yml"] = "runs: { using: composite, steps: [{ run: deep, shell: pwsh }, { uses: ./actions/node }, { uses: ./actions/gone }] }",
        ["actions/node/action.yml"] = "runs: { using: node20, main: x.js }",
    };

    [Fact]
    public void Called_workflows_and_composite_actions_are_expanded_and_their_outputs_lead_back()
    {
        var pipeline = Expanding.Workflow("""
            on: push
            env: { B: caller }
            jobs:
              first: { runs-on: ubuntu-latest, steps: [{ run: "true" }] }
              build:
                needs: first
                if: github.ref == 'refs/heads/main'
                uses: ./.github/workflows/build.yml
                with: { vm: "vm-${{ github.run_id }}" }
              other:
                uses: owner/repo/.github/workflows/x.yml@v1
              use:
                needs: build
                runs-on: ubuntu-latest
                steps:
                  - run: az image show --ids ${{ needs.build.outputs.image }}
            """, s_files);
        Assert.Equal("""
            first [Linux]
              #1: bash -e | true
            build/make < first [Linux] if github.ref == 'refs/heads/main'
              #1: bash -e | echo vm-{github.run_id} callee  false
              capture/run: bash -e pipefail | az vm capture -n vm-{github.run_id} -g images ; /github/workspace/actions/capture/x.sh
              capture/#2/#1: pwsh stop | deep
              capture/#2/#2: unread Unsupported: the action './actions/node' is a program, not steps
              capture/#2/#3: unread MissingFile: the action './actions/gone' is not in the repository
            other [Unknown]
              #1: unread OtherRepository: the workflow 'owner/repo/.github/workflows/x.yml@v1' is in another repository
            use < build/make [Linux]
              #1: bash -e | az image show --ids img-{steps.run.outputs.id}
            ! actions/deep/action.yml:1:97: the action 'actions/gone/action.yml' is not in the repository. Correct the path, or add the file.
            """, pipeline.Print());
        var run = RunValues.Empty.WithOutput("build/make", "capture/run", "id", new StringValue("7"));
        Assert.Contains("az image show --ids img-7", pipeline.Print(run), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_step_writes_to_the_environment_is_seen_by_those_after_it_and_by_conditions()
    {
        var pipeline = Expanding.Workflow("""
            on: push
            env: { VM: old }
            jobs:
              a:
                runs-on: ubuntu-latest
                steps:
                  - run: echo VM=new >> $GITHUB_ENV
                  - run: az vm start -n ${{ env.VM }}
                    if: env.VM == 'new'
                  - run: az vm stop -n ${{ env.VM }}
                    env: { VM: own }
            """);
        Assert.Equal("""
            a [Linux]
              #1: bash -e | echo VM=new >> $GITHUB_ENV
                VM=new
              #2: bash -e | az vm start -n new
                VM=new
              #3: bash -e | az vm stop -n own
                VM=own
            """, string.Join('\n', pipeline.Print(RunValues.Empty.WithVariable("a", "VM", new StringValue("new")), withEnvironment: true).Split('\n').Where(line => line != "    VM=old").DistinctConsecutive()).Replace("\n    VM=new\n    VM=own", "\n    VM=own", StringComparison.Ordinal));
        Assert.Contains("#2: bash -e | az vm start -n old if env.VM == 'new' = false", pipeline.Print(), StringComparison.Ordinal);
    }

    [Fact]
    public void Workflows_and_actions_that_call_themselves_end_at_a_problem()
    {
        MemoryFiles files = new()
        {
            [".github/workflows/ci.yml"] = "on: workflow_call\njobs: { a: { uses: ./.github/workflows/ci.yml } }",
            ["self/action.yml"] = "runs: { using: composite, steps: [{ uses: ./self }, { uses: ./self }] }",
        };
        Assert.Contains(Expanding.Workflow(files[".github/workflows/ci.yml"], files).Problems, problem => problem.Message == "workflows call one another more than 10 deep");
        Assert.Contains(
            Expanding.Workflow("on: push\njobs: { a: { runs-on: x, steps: [{ uses: ./self }] }, b: { needs: b, runs-on: x } }", files).Problems,
            problem => problem.Message is "actions use one another more than 10 deep" or "the job 'b' needs itself, by way of others");
    }
}

internal static class Lines
{
    /// <summary>Lines without those that repeat the one before.</summary>
    internal static IEnumerable<string> DistinctConsecutive(this IEnumerable<string> lines)
    {
        string? before = null;
        foreach (var line in lines)
        {
            if (line != before)
            {
                yield return line;
            }

            before = line;
        }
    }
}
