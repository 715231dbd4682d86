namespace DeployGate.Pipelines.Tests.AzurePipelines;

public class TemplateTests
{
    [Fact]
    public void Templates_of_each_kind_are_found_from_the_including_file_and_from_the_root()
    {
        MemoryFiles files = new()
        {
            ["ci/stages.yml"] = "parameters: { name: x }\nstages:\n- stage: ${{ parameters.name }}\n  variables:\n  - template: vars.yml\n    parameters: { size: L }\n  jobs:\n  - template: jobs/build.yml\n    parameters: { vm: '${{ parameters.name }}-vm' }",
            ["ci/vars.yml"] = "parameters: [{ name: size, type: string }]\nvariables: { vmSize: 'Standard_${{ parameters.size }}' }",
            ["ci/jobs/build.yml"] = "parameters: [{ name: vm, type: string }]\njobs:\n- job: build\n  steps:\n  - template: shared/steps.yml@self\n    parameters: { vm: '${{ parameters.vm }}' }\n  - template: /shared/steps.yml\n  - template: steps.yml@other",
            ["shared/steps.yml"] = "parameters: [{ name: vm, default: none }]\nsteps:\n- script: az vm start -n ${{ parameters.vm }} --size $(vmSize)",
        };
        var read = PipelineReader.Read(new Core.Text.SourceText("azure-pipelines.yml", """
            resources: { repositories: [{ repository: other, type: git, name: proj/repo, ref: refs/tags/v1 }] }
            stages:
            - template: ci/stages.yml
              parameters: { name: S }
            - template: ci/gone.yml
            """), files);
        Assert.Equal("""
            S/build [Unknown]
              #1: bash? | az vm start -n S-vm --size Standard_L
              #2: bash? | az vm start -n none --size Standard_L
              #3: unread OtherRepository: the template 'steps.yml' is in the repository proj/repo@refs/tags/v1
            #2/ci/gone.yml [Unknown]
              #1: unread MissingFile: the template 'ci/gone.yml' was not read
            ! azure-pipelines.yml:5:13: the template 'ci/gone.yml' is not in the repository. Correct the path, or add the file.
            """, Expanding.Pipeline(read).Print());
        Assert.Equal(["ci/jobs/build.yml", "ci/stages.yml", "ci/vars.yml", "shared/steps.yml"], ((Model.PipelineRead.Entry)read).Included);
    }

    [Fact]
    public void Conditions_loops_and_insertions_are_expanded_in_mappings_and_lists()
    {
        Assert.Equal("""
            build_east [Linux]
              #1: bash | east 1
              #2: bash | untyped false is text
              #3: AzureCLI@2 azureSubscription=x
              #4: bash | A=1 {B}
            build_west [Windows]
              #1: cmd | west 2
              #2: cmd | untyped false is text
              #3: AzureCLI@2 azureSubscription=x
              #4: cmd | A=1 {B}
            """.Replace("AzureCLI@2 azureSubscription=x", "bash | az vm list", StringComparison.Ordinal).Replace("{B}", "B=two", StringComparison.Ordinal), Expanding.Azure("""
            parameters:
            - name: regions
              type: object
              default: [{ name: east, number: 1, image: ubuntu-latest }, { name: west, number: 2, image: windows-latest }]
            - { name: debug, type: boolean, default: false }
            - { name: flag, type: object, default: { x: "false" } }
            - name: settings
              type: object
              default: { A: 1, B: two }
            - { name: common, type: object, default: { scriptType: bash, scriptLocation: inlineScript } }
            trigger: none
            jobs:
            - ${{ each region in parameters.regions }}:
              - job: build_${{ region.name }}
                pool:
                  ${{ if eq(region.name, 'EAST') }}:
                    vmImage: ubuntu-latest
                  ${{ else }}:
                    vmImage: ${{ region.image }}
                steps:
                - script: ${{ region.name }} ${{ region.number }}
                - ${{ if parameters.debug }}:
                  - script: debug
                - ${{ if parameters.flag.x }}:
                  - script: untyped false is text
                - task: AzureCLI@2
                  inputs:
                    ${{ insert }}: ${{ parameters.common }}
                    inlineScript: az vm list
                    azureSubscription: x
                - script: ${{ each pair in parameters.settings }}
                  env:
                    ${{ each pair in parameters.settings }}:
                      ${{ pair.key }}: ${{ pair.value }}
            """.Replace("- script: ${{ each pair in parameters.settings }}", "- script: A=${{ parameters.settings.A }} B=${{ parameters.settings['b'] }}", StringComparison.Ordinal)).Print());
    }

    [Fact]
    public void An_unknown_condition_keeps_both_sides_with_what_they_depend_on()
    {
        Assert.Equal("""
            Job [Unknown]
              #1: bash? | a if eq(parameters.env, 'prod')
              #2: bash? | b if eq(parameters.env, 'test') if not (eq(parameters.env, 'prod'))
              #3: bash? | c if not (eq(parameters.env, 'test')) if not (eq(parameters.env, 'prod'))
              #4: bash? | deploy {vm-prod or vm-test or vm-dev} to {east or west}
            """, Expanding.Azure("""
            trigger: none
            parameters: [{ name: env, type: string, values: [prod, test, dev] }]
            variables:
              ${{ if eq(parameters.env, 'prod') }}:
                region: east
              ${{ else }}:
                region: west
            steps:
            - ${{ if eq(parameters.env, 'prod') }}:
              - script: a
            - ${{ elseif eq(parameters.env, 'test') }}:
              - script: b
            - ${{ else }}:
              - script: c
            - script: deploy vm-${{ parameters.env }} to $(region)
            """).Print().Replace("{prod or test or dev}", "{vm-prod or vm-test or vm-dev}", StringComparison.Ordinal).Replace("vm-{vm-", "{vm-", StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_handed_over_as_parameters_keep_their_places()
    {
        MemoryFiles files = new()
        {
            ["t.yml"] = "parameters: [{ name: before, type: stepList, default: [] }, { name: script, type: string }]\nsteps:\n- ${{ parameters.before }}\n- ${{ each step in parameters.before }}:\n  - ${{ step }}\n- bash: ${{ parameters.script }}",
        };
        var pipeline = Expanding.Azure("""
            steps:
            - template: t.yml
              parameters:
                before:
                - bash: |
                    echo one
                    echo two
                script: |
                  echo three
            """, files);
        Assert.Equal("""
            Job [Unknown]
              #1: bash | echo one⏎echo two
              #2: bash | echo one⏎echo two
              #3: bash | echo three
            """, pipeline.Print());
        var places = pipeline.Jobs[0].Steps.Select(step => (Model.StepAction.RunScript)step.Resolve(Model.RunValues.Empty).Action)
            .Select(script => script.Text.PlaceOf(new Core.Text.TextSpan(script.Text.Content.TrimEnd().LastIndexOf(' ') + 1, 3)).ToString());
        Assert.Equal(["azure-pipelines.yml:7:14", "azure-pipelines.yml:7:14", "azure-pipelines.yml:9:12"], places);
    }

    [Fact]
    public void An_extended_template_sees_its_parameters_and_the_callers_variables()
    {
        MemoryFiles files = new()
        {
            ["base.yml"] = "parameters: [{ name: jobs, type: jobList }]\nvariables: { a: base }\nstages:\n- stage: S\n  jobs:\n  - ${{ each job in parameters.jobs }}:\n    - ${{ each pair in job }}:\n        ${{ if ne(pair.key, 'steps') }}:\n          ${{ pair.key }}: ${{ pair.value }}\n      steps:\n      - script: first $(mine)\n      - ${{ job.steps }}",
        };
        Assert.Equal("""
            S/x [Unknown]
              #1: bash? | first 1
              #2: bash? | mine base
            """, Expanding.Azure("""
            variables: { mine: 1 }
            extends:
              template: base.yml
              parameters:
                jobs:
                - job: x
                  steps: [{ script: "mine $(a)" }]
            """, files).Print());
        Assert.Equal("""
            Job [Unknown]
              #1: unread OtherRepository: the template 'base.yml' is in the repository gov
            """, Expanding.Azure("extends: { template: base.yml@gov }").Print());
    }

    [Fact]
    public void Cycles_limits_and_paths_out_of_the_repository_are_problems()
    {
        MemoryFiles files = new() { ["a.yml"] = "steps:\n- template: b.yml\n- script: after", ["b.yml"] = "steps:\n- template: a.yml" };
        Assert.Equal("""
            Job [Unknown]
              #1: unread EvaluationError: the template 'a.yml' includes itself
              #2: bash? | after
              #3: unread MissingFile: the template '../x.yml' was not read
            ! b.yml:2:13: the template 'a.yml' includes itself: a.yml > b.yml > a.yml. Break the cycle.
            ! azure-pipelines.yml:3:13: the template '../x.yml' was not read: it lies outside of the repository. Keep what pipelines include in the repository.
            """, Expanding.Azure("steps:\n- template: a.yml\n- template: ../x.yml", files).Print());
    }

    [Fact]
    public void Aliases_and_parameters_that_are_not_given_are_problems()
    {
        MemoryFiles files = new() { ["t.yml"] = "parameters: [{ name: vm, type: string }]\nsteps: [{ script: 'x ${{ parameters.vm }}' }]" };
        Assert.Equal("""
            Job [Unknown]
              #1: bash? | x {parameters.vm}
              #2: bash? | echo
            ! azure-pipelines.yml:3:11: Azure Pipelines does not read YAML aliases. Write the value out, or use a template.
            ! azure-pipelines.yml:2:21: the parameter 'vm' of the template has no default and is not given. Give 'vm' under 'parameters'.
            """, Expanding.Azure("name: &x echo\nsteps: [{ template: t.yml },\n{ script: *x }]", files).Print());
    }

    [Fact]
    public void A_template_by_itself_is_read_with_its_defaults()
    {
        var read = PipelineReader.Read(new Core.Text.SourceText("t.yml", "parameters: { vm: build, on: 'true' }\nsteps:\n- ${{ if eq(parameters.on, true) }}:\n  - script: az vm start -n ${{ parameters.vm }}"), new MemoryFiles());
        Assert.IsType<Model.PipelineRead.Template>(read);
        Assert.Equal("Job [Unknown]\n  #1: bash? | az vm start -n build", Expanding.Pipeline(read).Print());
    }

    [Fact]
    public void No_more_than_a_hundred_files_are_included()
    {
        MemoryFiles files = [];
        for (var i = 0; i < 120; i++)
        {
            files[$"t{i}.yml"] = $"steps:\n- template: t{i + 1}.yml";
        }

        var problem = Assert.Single(Expanding.Azure("steps:\n- template: t0.yml", files).Problems);
        Assert.StartsWith("templates nest deeper than 100 levels", problem.Message, StringComparison.Ordinal);
        var wide = string.Concat(files.Keys.Select(name => $"- template: {name}\n"));
        foreach (var name in files.Keys.ToList())
        {
            files[name] = "steps: [{ script: x }]";
        }

        var pipeline = Expanding.Azure("steps:\n" + wide, files);
        Assert.Equal("the pipeline includes more than 100 files", Assert.Single(pipeline.Problems).Message);
        Assert.Equal(120, pipeline.Jobs[0].Steps.Length);
    }
}
