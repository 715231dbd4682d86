namespace DeployGate.Pipelines.Tests.GitHubActions;

public class WorkflowTests
{
    [Fact]
    public void Jobs_stand_in_the_order_of_their_needs_with_steps_shells_and_environment()
    {
        var pipeline = Expanding.Workflow("""
            on: { push: {}, workflow_dispatch: { inputs: { vm: { default: build-vm }, size: { type: choice, options: [S, L] }, count: { type: number } } } }
            env: { RG: images, NAME: "${{ inputs.vm }}-1" }
            defaults: { run: { shell: bash, working-directory: infra } }
            jobs:
              capture:
                needs: build
                runs-on: windows-latest
                defaults: { run: { shell: pwsh } }
                steps:
                  - run: az image create -n ${{ needs.build.outputs.image }}
                  - run: echo %RG%
                    shell: cmd
                    working-directory: .
              build:
                runs-on: ubuntu-latest
                env: { FULL: "${{ env.NAME }}/${{ env.RG }}" }
                outputs: { image: "${{ steps.make.outputs.id }}" }
                steps:
                  - uses: actions/checkout@v4
                  - id: make
                    env: { SIZE: "${{ inputs.size }}", KEY: "${{ secrets.KEY }}" }
                    run: |
                      az vm create -n ${{ env.FULL }} --size ${{ inputs.size }} --count ${{ inputs.count }}
                      echo ${{ secrets.KEY }} ${{ vars.X }} ${{ github.run_id }}
                  - uses: owner/thing@v1
            """);
        Assert.Equal("""
            build [Linux]
              #1: actions/checkout@4
              make: bash -e pipefail | az vm create -n build-vm-1/images --size {S or L} --count {inputs.count}⏎echo secret {secrets.KEY: Secret} {vars.X} {github.run_id} in infra
              #3: unread OtherRepository: the action 'owner/thing@v1' is in another repository
            capture < build [Windows]
              #1: pwsh stop | az image create -n {steps.make.outputs.id} in infra
              #2: cmd | echo %RG% in .
            """, pipeline.Print());
        Assert.Contains("""
                RG=images
                NAME=build-vm-1
                FULL=build-vm-1/images
                SIZE={S or L}
                KEY=secret {secrets.KEY: Secret}
            """, pipeline.Print(withEnvironment: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_drop_guard_and_flag_steps_and_jobs()
    {
        Assert.Equal("""
            a [Linux]
              #1: bash -e | one
              #3: bash -e | three if github.ref == 'refs/heads/main'
              #4: bash -e | four (Failure)
              #5: bash -e | five (Always)
              #6: bash -e | six (Failure) if github.actor == 'x' && failure()
              #7: bash -e | seven goes-on
            d < a [Linux] (Always)
              #1: bash -e | d
            """, Expanding.Workflow("""
            on: push
            jobs:
              a:
                runs-on: ubuntu-latest
                steps:
                  - run: one
                    if: success()
                  - run: two
                    if: ${{ false }}
                  - run: three
                    if: github.ref == 'refs/heads/main'
                  - run: four
                    if: failure()
                  - run: five
                    if: always()
                  - run: six
                    if: github.actor == 'x' && failure()
                  - run: seven
                    continue-on-error: true
              b:
                if: github.event_name == 'pull_request'
                runs-on: ubuntu-latest
                steps: [{ run: b }]
              c:
                needs: b
                runs-on: ubuntu-latest
                steps: [{ run: c }]
              d:
                needs: [a, c]
                if: ${{ always() && needs.c.result == 'skipped' }}
                runs-on: ubuntu-latest
                steps: [{ run: d }]
            """).Print());
    }

    [Fact]
    public void A_matrix_is_its_product_less_exclude_and_with_include()
    {
        Assert.Equal("""
            a (ubuntu-latest, 1) [Linux]
              #1: bash -e | ubuntu-latest 1 null
            a (windows-latest, 1, yes) [Windows]
              #1: pwsh stop | windows-latest 1 "yes"
            a (windows-latest, 2, yes) [Windows]
              #1: pwsh stop | windows-latest 2 "yes"
            a (macos-latest, 9) [MacOS]
              #1: bash -e | macos-latest 9 null
            b [Linux]
              #1: bash -e | {matrix.x}
            """, Expanding.Workflow("""
            on: push
            jobs:
              a:
                strategy:
                  matrix:
                    os: [ubuntu-latest, windows-latest]
                    n: [1, 2]
                    exclude: [{ os: ubuntu-latest, n: 2 }]
                    include: [{ os: windows-latest, extra: "yes" }, { os: macos-latest, n: 9 }]
                runs-on: ${{ matrix.os }}
                steps:
                  - run: ${{ matrix.os }} ${{ matrix.n }} ${{ toJSON(matrix.extra) }}
              b:
                strategy: { matrix: "${{ fromJSON(needs.x.outputs.rows) }}" }
                runs-on: ubuntu-latest
                steps: [{ run: "${{ matrix.x }}" }]
            """).Print().Replace("! ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Pasted_values_lead_back_to_their_expressions_and_anchors_to_their_scripts()
    {
        var pipeline = Expanding.Workflow("on: push\nenv: { VM: build }\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - &start\n        run: >-\n          az vm start\n          -n ${{ env.VM }}\n      - *start\n");
        Assert.Equal(2, pipeline.Jobs[0].Steps.Length);
        foreach (var step in pipeline.Jobs[0].Steps)
        {
            var script = ((Model.StepAction.RunScript)step.Resolve(Model.RunValues.Empty).Action).Text;
            Assert.Equal("az vm start -n build", script.Content);
            var place = script.PlaceOf(new Core.Text.TextSpan(15, 5));
            Assert.Equal("${{ env.VM }}", place.Source.Content.Substring(place.Span.Start, place.Span.Length));
            Assert.Equal(".github/workflows/ci.yml:10:14", place.ToString());
        }
    }

    [Fact]
    public void Shells_follow_the_step_the_defaults_and_the_machine()
    {
        Assert.Equal("""
            a [Unknown]
              #1: bash? -e | x
              #2: sh -e | x
              #3: powershell stop | x
              #4: python | x
              #5: bash -e pipefail | x
              #6: pwsh stop | Get-AzVM
              #7: bash -e | az vm list
            b [Linux]
              #1: sh -e | x
            """, Expanding.Workflow("""
            on: push
            jobs:
              a:
                runs-on: [self-hosted, gpu]
                steps:
                  - { run: x }
                  - { run: x, shell: sh }
                  - { run: x, shell: powershell }
                  - { run: x, shell: python }
                  - { run: x, shell: "/bin/bash -eo pipefail {0}" }
                  - { uses: azure/powershell@v2, with: { inlineScript: Get-AzVM, azPSVersion: latest } }
                  - { uses: azure/cli@v2, with: { inlineScript: az vm list } }
              b:
                runs-on: ubuntu-latest
                container: alpine
                steps: [{ run: x }]
            """).Print());
    }
}
