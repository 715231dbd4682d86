using System.Diagnostics;
using System.Globalization;
using System.Text;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests;

public class RobustnessTests(ITestOutputHelper output)
{
    private const string AzureSample = """
        parameters: [{ name: env, type: string, values: [a, b] }, { name: steps, type: stepList, default: [{ script: x }] }]
        variables:
        - group: g
        - { name: x, value: "$(y)-$[ dependencies.a.outputs['s.v'] ]" }
        - { name: y, value: "$(x)" }
        stages:
        - ${{ each r in parameters.steps }}:
          - stage: s_${{ r.script }}
            condition: and(succeeded(), eq(variables['x'], '${{ parameters.env }}'))
            jobs:
            - deployment: d
              pool: { vmImage: ubuntu-latest }
              strategy: { runOnce: { deploy: { steps: [ { bash: "echo $(x) ${{ parameters.env }}" } ] } } }
            - template: t.yml@other
            - job: m
              strategy: { matrix: { one: { v: 1 } } }
              steps:
              - ${{ if eq(parameters.env, 'a') }}:
                - task: AzureCLI@2
                  inputs: { scriptType: bash, scriptLocation: inlineScript, inlineScript: "az vm list $(v)" }
              - ${{ else }}:
                - ${{ parameters.steps }}
        """;

    private const string GitHubSample = """
        on: { workflow_dispatch: { inputs: { vm: { options: [a, b] } } } }
        env: { A: "${{ inputs.vm }}" }
        jobs:
          a:
            strategy: { matrix: { os: [ubuntu-latest, windows-latest], include: [{ os: x, y: 1 }], exclude: [{ os: x }] } }
            runs-on: ${{ matrix.os }}
            outputs: { o: "${{ steps.s.outputs.o }}" }
            steps:
              - uses: actions/checkout@v4
              - { id: s, run: "echo ${{ env.A }} ${{ fromJSON('[1]')[0] }}", if: "always() && github.ref == 'x'" }
          b:
            needs: [a]
            if: needs.a.result == 'success'
            uses: ./.github/workflows/c.yml
            with: { v: "${{ needs.a.outputs.o }}" }
        """;

    [Theory]
    [InlineData("azure-pipelines.yml", AzureSample)]
    [InlineData(".github/workflows/ci.yml", GitHubSample)]
    public void A_file_cut_off_anywhere_is_read_without_an_exception(string path, string sample)
    {
        MemoryFiles files = new() { [path] = sample, ["t.yml"] = AzureSample, [".github/workflows/c.yml"] = GitHubSample };
        for (var length = 0; length <= sample.Length; length += length + 11 > sample.Length && length < sample.Length ? sample.Length - length : 11)
        {
            Visit(PipelineReader.Read(new SourceText(path, sample[..length]), files));
        }
    }

    // The limit is against hanging alone; the time is printed.
    [Fact(Timeout = 600_000)]
    public Task Ten_thousand_steps_are_read_and_resolved() => Task.Run(ReadTenThousandSteps, TestContext.Current.CancellationToken);

    private void ReadTenThousandSteps()
    {
        var azure = new StringBuilder("variables: { a: 1, b: $(a) }\njobs:\n");
        var github = new StringBuilder("on: push\nenv: { A: '1' }\njobs:\n");
        for (var job = 0; job < 100; job++)
        {
            azure.Append(CultureInfo.InvariantCulture, $"- job: j{job}\n  steps:\n");
            github.Append(CultureInfo.InvariantCulture, $"  j{job}:\n    runs-on: ubuntu-latest\n    steps:\n");
            for (var step = 0; step < 100; step++)
            {
                azure.Append(CultureInfo.InvariantCulture, $"  - bash: |\n      az vm start -n vm{step} -g $(b)\n    displayName: step {step}\n");
                github.Append(CultureInfo.InvariantCulture, $"      - name: step {step}\n        run: |\n          az vm start -n vm{step} -g ${{{{ env.A }}}}\n");
            }
        }

        foreach (var (path, text) in new[] { ("azure-pipelines.yml", azure.ToString()), (".github/workflows/ci.yml", github.ToString()) })
        {
            var watch = Stopwatch.StartNew();
            var pipeline = Expanding.Pipeline(PipelineReader.Read(new SourceText(path, text), new MemoryFiles()));
            var read = watch.Elapsed;
            var steps = pipeline.Jobs.SelectMany(job => job.Steps).Select(step => step.Resolve(RunValues.Empty)).ToList();
            output.WriteLine($"{path}: {text.Length / 1024} KiB, {steps.Count} steps, read in {read.TotalMilliseconds:0} ms, with every step resolved {watch.ElapsedMilliseconds} ms");
            Assert.Equal(10_000, steps.Count);
            Assert.Empty(pipeline.Problems);
        }
    }

    [Theory]
    [InlineData("azure-pipelines.yml", "parameters: [{ name: a, type: object, default: [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] }]\ntrigger: none\nsteps:\n- ${{ each a in parameters.a }}:\n  - ${{ each b in parameters.a }}:\n    - ${{ each c in parameters.a }}:\n      - ${{ each d in parameters.a }}:\n        - ${{ each e in parameters.a }}:\n          - ${{ each f in parameters.a }}:\n            - script: x", "template expansion stopped at 200000 nodes")]
    [InlineData("azure-pipelines.yml", "steps:\n- template: wide.yml", "template expansion stopped at 200000 nodes")]
    [InlineData(".github/workflows/ci.yml", "on: push\njobs: { a: { runs-on: x, steps: [{ uses: ./wide }] } }", "expansion stopped at 50000 steps")]
    [InlineData(".github/workflows/ci.yml", "on: push\njobs: { a: { strategy: { matrix: { a: [1,2,3,4,5,6,7,8,9], b: [1,2,3,4,5,6,7,8,9], c: [1,2,3,4,5,6,7,8,9], d: [1,2,3,4,5,6,7,8,9] } }, runs-on: x } }", "a matrix was followed for 256 rows")]
    public void What_grows_without_bound_ends_at_a_limit(string path, string text, string expected)
    {
        MemoryFiles files = new() { ["wide/action.yml"] = $"runs: {{ using: composite, steps: [{string.Join(", ", Enumerable.Repeat("{ uses: ./wide1 }", 50))}] }}" };
        for (var i = 1; i < 6; i++)
        {
            files[$"wide{i}/action.yml"] = $"runs: {{ using: composite, steps: [{string.Join(", ", Enumerable.Repeat($"{{ uses: ./wide{i + 1} }}", 50))}] }}";
            files[i == 1 ? "wide.yml" : $"wide{i}.yml"] = $"steps: [{string.Join(", ", Enumerable.Repeat($"{{ template: wide{i + 1}.yml }}", 50))}]";
        }

        var read = PipelineReader.Read(new SourceText(path, text), files);
        Assert.Contains(read.Problems, problem => problem.Message.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_that_double_one_another_end_at_a_limit()
    {
        var text = new StringBuilder("variables:\n  v0: aaaaaaaaaa\n");
        for (var i = 1; i < 60; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  v{i}: $(v{i - 1})$(v{i - 1})\n");
        }

        Visit(PipelineReader.Read(new SourceText("azure-pipelines.yml", text + "steps: [{ script: $(v59) }]"), new MemoryFiles()));
        var jobs = new StringBuilder("on: push\njobs:\n");
        for (var i = 1; i < 60; i++)
        {
            jobs.Append(CultureInfo.InvariantCulture, $"  j{i}: {{ runs-on: x, needs: [j{i - 1}], outputs: {{ o: '${{{{ needs.j{i - 1}.outputs.o }}}}${{{{ needs.j{i - 1}.outputs.o }}}}' }}, steps: [{{ run: '${{{{ needs.j{i - 1}.outputs.o }}}}' }}] }}\n");
        }

        Visit(PipelineReader.Read(new SourceText(".github/workflows/ci.yml", jobs.ToString()), new MemoryFiles()));
    }

    [Fact]
    public void Public_pipelines_are_read_without_an_exception()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "DeployGate.sln")))
        {
            root = root.Parent;
        }

        var corpus = Path.Combine(root?.Parent?.FullName ?? "", "shared", "corpus");
        Assert.SkipUnless(Directory.Exists(corpus), "There is no folder shared/corpus beside the repository.");
        var (files, entries, steps, watch) = (0, 0, 0, Stopwatch.StartNew());
        foreach (var path in Directory.EnumerateFiles(corpus, "*.*", SearchOption.AllDirectories).Where(path => path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            var shown = Path.GetRelativePath(corpus, path).Replace('\\', '/');
            var read = PipelineReader.Read(new SourceText(shown, SourceEncoding.Decode(File.ReadAllBytes(path))), new FolderFiles(corpus));
            files++;
            entries += read is PipelineRead.Entry ? 1 : 0;
            steps += Visit(read);
        }

        output.WriteLine($"{files} files, {entries} pipelines, {steps} steps, {watch.ElapsedMilliseconds} ms");
        Assert.True(files > 0);
    }

    private static int Visit(PipelineRead read)
    {
        var pipeline = (read as PipelineRead.Entry)?.Pipeline ?? (read as PipelineRead.Template)?.Alone;
        return pipeline is null ? 0 : pipeline.Print(withEnvironment: true).Length > 0 ? pipeline.Jobs.Sum(job => job.Steps.Length) : 0;
    }

    private sealed class FolderFiles(string root) : ISourceFiles
    {
        public FileRead Read(string path)
        {
            var full = Path.GetFullPath(Path.Combine(root, path));
            return full.StartsWith(root, StringComparison.Ordinal) && File.Exists(full) ? new FileRead.Found(new SourceText(path, SourceEncoding.Decode(File.ReadAllBytes(full)))) : new FileRead.Missing(path);
        }
    }
}
