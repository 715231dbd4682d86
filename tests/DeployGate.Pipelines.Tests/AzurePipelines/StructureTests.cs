namespace DeployGate.Pipelines.Tests.AzurePipelines;

public class StructureTests
{
    [Fact]
    public void Steps_alone_are_one_job_and_short_forms_are_their_tasks()
    {
        Assert.Equal("""
            Job [Windows]
              #1: checkout repository=self
              #2: cmd | dir
              #3: bash | az vm start in infra
              #4: powershell stop | Stop-AzVM
              #5: pwsh | Get-AzVM
              #6: bash | az vm stop <-x> in s
              #7: pwsh stop file infra/run.ps1 <-Name vm>
              #8: AzureResourceManagerTemplateDeployment@3 ConnectedServiceName=azure csmFile=a.bicep overrideParameters=-vm x
              #9: nothing
              #10: unread Unsupported: the task 'Strange@1' is not read
              #11: powershell stop | Get-AzImage
            """, Expanding.Azure("""
            pool: { vmImage: windows-latest }
            steps:
            - checkout: self
            - script: dir
            - bash: az vm start
              workingDirectory: infra
            - powershell: Stop-AzVM
            - pwsh: Get-AzVM
              errorActionPreference: continue
            - task: AzureCLI@2
              inputs: { azureSubscription: azure, scriptType: bash, scriptLocation: inlineScript, inlineScript: az vm stop, arguments: -x, workingDirectory: s }
            - task: AzurePowerShell@5
              inputs: { azureSubscription: azure, scriptType: filePath, scriptPath: infra/run.ps1, scriptArguments: -Name vm, pwsh: true }
            - task: AzureResourceManagerTemplateDeployment@3
              inputs: { azureResourceManagerConnection: azure, csmFile: a.bicep, overrideParameters: -vm x }
            - task: UseDotNet@2
            - task: Strange@1
            - task: publisher.extension.task.PowerShell@2
              inputs: { targetType: inline, script: Get-AzImage }
            - script: never
              enabled: false
            """).Print());
    }

    [Fact]
    public void Stages_follow_one_another_unless_they_say_what_they_depend_on()
    {
        Assert.Equal("""
            A/one [Unknown]
              #1: bash? | 1
            A/two < A/one [Unknown]
              #1: bash? | 2
            C [Linux]
            """.Replace("C [Linux]", """
            D/Deploy [Unknown]
              preDeploy/#1: bash? | pre
              deploy/#1: bash? | deploy
              success/#1: bash? | good
              failure/#1: bash? | bad (Failure)
            B/x/win < A/one, A/two [Windows]
              #1: cmd | echo %ARCH% arm
            B/x/lin < A/one, A/two [Linux]
              #1: bash | echo %ARCH% x64
            """, StringComparison.Ordinal), Expanding.Azure("""
            stages:
            - stage: A
              jobs:
              - job: two
                dependsOn: one
                steps: [{ script: "2" }]
              - job: one
                steps: [{ script: "1" }]
            - stage: D
              dependsOn: []
              jobs:
              - deployment: Deploy
                environment: prod
                strategy:
                  runOnce:
                    deploy: { steps: [{ script: deploy }] }
                    preDeploy: { steps: [{ script: pre }] }
                    on: { failure: { steps: [{ script: bad }] }, success: { steps: [{ script: good }] } }
            - stage: B
              dependsOn: A
              jobs:
              - job: x
                strategy:
                  matrix:
                    win: { image: windows-2022, arch: arm }
                    lin: { image: ubuntu-latest, arch: x64 }
                pool: { vmImage: $(image) }
                steps: [{ script: "echo %ARCH% $(arch)" }]
            """).Print());
    }

    [Fact]
    public void Conditions_drop_guard_and_flag_stages_jobs_and_steps()
    {
        Assert.Equal("""
            A/a [Unknown] (Always) if eq(variables['Build.SourceBranch'], 'refs/heads/main')
              #1: bash? | one (Always) if eq(variables['Build.Reason'], 'Manual')
              #3: bash? | three (Failure)
              #4: bash? | four (Always)
              #5: bash? | five goes-on
              #6: bash? | six (Always) if eq(variables.later, 'yes')
            D/d < A/a [Unknown] (Always)
              #1: bash? | d
            """, Expanding.Azure("""
            variables: { off: "false", later: "no" }
            stages:
            - stage: A
              condition: eq(variables['Build.SourceBranch'], 'refs/heads/main')
              jobs:
              - job: a
                steps:
                - script: one
                  condition: eq(variables['Build.Reason'], 'Manual')
                - script: two
                  condition: and(succeeded(), eq(variables.off, true))
                - script: three
                  condition: failed()
                - script: four
                  condition: succeededOrFailed()
                - script: five
                  continueOnError: true
                - script: six
                  condition: eq(variables.later, 'yes')
              - job: b
                condition: false
                steps: [{ script: b }]
              - job: c
                dependsOn: b
                steps: [{ script: "echo ##vso[task.setvariable variable=later]yes" }]
            - stage: B
              condition: false
              jobs: [{ job: b, steps: [{ script: b }] }]
            - stage: C
              jobs: [{ job: c, steps: [{ script: c }] }]
            - stage: D
              dependsOn: [A, C]
              condition: always()
              jobs: [{ job: d, steps: [{ script: d }] }]
            """).Print().Replace(" = false", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Cycles_and_missing_names_are_problems()
    {
        Assert.Equal("""
            a < b [Unknown]
              #1: bash? | a
            """.Replace("a < b", "b", StringComparison.Ordinal).Replace("| a", "| b", StringComparison.Ordinal) + """

            a < b [Unknown]
              #1: bash? | a
            ! azure-pipelines.yml:2:3: the job 'a' depends on itself, by way of others. Remove one of the dependencies of the cycle.
            ! azure-pipelines.yml:5:3: the job 'zz' that 'b' depends on does not exist. Correct the name.
            """, Expanding.Azure("""
            jobs:
            - job: a
              dependsOn: b
              steps: [{ script: a }]
            - job: b
              dependsOn: [a, zz]
              steps: [{ script: b }]
            """).Print());
    }
}
