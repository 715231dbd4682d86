using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests.AzurePipelines;

public class VariableTests
{
    [Fact]
    public void Macros_are_replaced_when_something_declares_them_and_stay_otherwise()
    {
        Assert.Equal("""
            Job [Unknown]
              #1: bash | cd /__w/1/s && az vm start -n img-{Build.BuildId}-job && x=$(date) && y=$(az vm show --query id) && z=$(rg) $(loop) {system.accesstoken}
            """.Replace("{system.accesstoken}", "secret {System.AccessToken: Secret}", StringComparison.Ordinal), Expanding.Azure("""
            variables:
            - { name: name, value: "img-$(Build.BuildId)" }
            - { name: loop, value: $(loop) }
            steps:
            - bash: cd $(Build.SourcesDirectory) && az vm start -n $(NAME)-job && x=$(date) && y=$(az vm show --query id) && z=$(rg) $(loop) $(System.AccessToken)
            """).Print());
        Assert.Equal("""
            Job [Unknown]
              #1: bash | {$(rg)} $(date) $(az vm list)
            """, Expanding.Azure("variables: [{ group: g }]\nsteps:\n- bash: $(rg) $(date) $(az vm list)").Print());
    }

    [Fact]
    public void Levels_override_one_another_and_reach_the_environment()
    {
        Assert.Equal("""
            s/j [Unknown]
              #1: bash | 3 b c
                A=3
                B=b
                C_D=c
                MINE=3-x
            """, Expanding.Azure("""
            variables: { a: 1, b: b, c.d: c }
            stages:
            - stage: s
              variables: { a: 2 }
              jobs:
              - job: j
                variables: [{ name: a, value: 3 }]
                steps:
                - bash: $(a) $(b) $(c.d)
                  env: { MINE: "$(a)-x" }
            """).Print(withEnvironment: true));
    }

    [Fact]
    public void Outputs_and_variables_of_earlier_steps_fill_holes_once_they_are_known()
    {
        var pipeline = Expanding.Azure("""
            stages:
            - stage: A
              jobs:
              - job: make
                steps:
                - bash: echo "##vso[task.setvariable variable=id;isOutput=true]1"
                  name: out
                - bash: use $(out.id) $(plain) $[x]
                  condition: eq(variables['plain'], 'yes')
              - job: use
                dependsOn: make
                variables: { img: "$[ dependencies.make.outputs['out.id'] ]" }
                steps: [{ bash: az image show --ids $(img) }]
            - stage: B
              condition: eq(dependencies.A.outputs['make.out.id'], '7')
              variables: { id: "$[ stageDependencies.A.make.outputs['out.id'] ]" }
              jobs: [{ job: b, steps: [{ bash: "echo $(id)" }] }]
            """);
        Assert.Equal("""
            A/make [Unknown]
              out: bash | echo "##vso[task.setvariable variable=id;isOutput=true]1"
              #2: bash | use {$(out.id)} $(plain) $[x] (Always) if eq(variables['plain'], 'yes')
            A/use < A/make [Unknown]
              #1: bash | az image show --ids {dependencies.make.outputs['out.id']}
            B/b < A/make, A/use [Unknown] (Always) if eq(dependencies.A.outputs['make.out.id'], '7')
              #1: bash | echo {stageDependencies.A.make.outputs['out.id']}
            """, pipeline.Print());
        var run = RunValues.Empty.WithOutput("A/make", "out", "id", new StringValue("7")).WithVariable("A/make", "plain", new StringValue("no"));
        Assert.Equal("""
            A/make [Unknown]
              out: bash | echo "##vso[task.setvariable variable=id;isOutput=true]1"
              #2: bash | use 7 no $[x] (Always) if eq(variables['plain'], 'yes') = false
            A/use < A/make [Unknown]
              #1: bash | az image show --ids 7
            B/b < A/make, A/use [Unknown] (Always)
              #1: bash | echo 7
            """, pipeline.Print(run));
    }

    [Fact]
    public void A_pasted_value_leads_back_to_its_macro_and_expression()
    {
        var pipeline = Expanding.Azure("parameters: [{ name: vm, type: string, default: build }]\ntrigger: none\nvariables: { rg: images }\nsteps:\n- bash: |\n    az vm stop -n ${{ parameters.vm }} -g $(rg)\n");
        var script = ((StepAction.RunScript)pipeline.Jobs[0].Steps[0].Resolve(RunValues.Empty).Action).Text;
        Assert.Equal("az vm stop -n build -g images\n", script.Content);
        foreach (var (text, written) in new[] { ("build", "${{ parameters.vm }}"), ("images", "$(rg)"), ("-g", "-g") })
        {
            var place = script.PlaceOf(new Core.Text.TextSpan(script.Content.IndexOf(text, StringComparison.Ordinal), text.Length));
            Assert.Equal(written, place.Source.Content.Substring(place.Span.Start, place.Span.Length));
        }
    }
}
