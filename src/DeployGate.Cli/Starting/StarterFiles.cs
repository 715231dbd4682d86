namespace DeployGate.Cli.Starting;

/// <summary>A file that <c>init</c> writes: its path from the repository's root, with forward slashes, and its content.</summary>
internal sealed record StarterFile(string Path, string Content);

/// <summary>What <c>init</c> writes, as little as works, with the rest as comments.</summary>
internal static class StarterFiles
{
    internal static IReadOnlyList<StarterFile> For(RepositoryLook look) =>
    [
        new("deploygate.yml", Configuration),
        look.Host == PipelinesHost.GitHub
            ? new(".github/workflows/deploygate.yml", Fill(Workflow, look, "      "))
            : new(".azure-pipelines/deploygate-steps.yml", Fill(Steps, look, "        ")),
    ];

    private const string Configuration = """
        # yaml-language-server: $schema=https://raw.githubusercontent.com/deploygate/deploygate/main/policies/deploygate.schema.json
        # DeployGate: the gate between the declared and the actual OS state of Azure images.
        version: 1

        # Where the deployments go, for expressions that ask:
        # context: { resourceGroup: rg-images, location: westeurope }

        # Where actual state comes from when the command line does not say. The role Reader is enough:
        # state: [azure]                     # or recorded facts: [facts.json]

        # What is deployed with what, where neither names nor pipelines tell:
        # deployments:
        #   - { template: infra/main.bicep, parameters: [infra/prod.bicepparam] }

        # Severity of rules (deploygate rules lists them), and what is accepted until a day:
        # rules: { DG7001: off, DG9001: error }
        # waivers:
        #   - { rule: DG2002, file: infra/lab.bicep, reason: "lab only, rebuilt nightly", expires: 2027-01-31 }

        """;

    private const string Workflow = """
        # Closes the pipeline when the declared OS state of an image contradicts the actual one.
        name: DeployGate

        on:
          push:
            branches: [main]
          pull_request:

        permissions:
          contents: read
          id-token: write   # login to Azure without a secret; the application needs the role Reader and nothing else

        jobs:
          gate:
            runs-on: ubuntu-latest
            # Pull requests from forks have no login: what only Azure knows is then undecided, and reported as such.
            env:
              AZURE_CLIENT_ID: ${{ vars.AZURE_CLIENT_ID }}
              AZURE_TENANT_ID: ${{ vars.AZURE_TENANT_ID }}
            steps:
              - uses: actions/checkout@v4
                with:
                  persist-credentials: false
              - uses: actions/setup-dotnet@v4
                with:
                  dotnet-version: 10.0.x
              - run: |
        {commands}

        """;

    private const string Steps = """
        # Closes the pipeline when the declared OS state of an image contradicts the actual one. Use it in a job of your pipeline:
        #   - template: .azure-pipelines/deploygate-steps.yml
        #     parameters: { serviceConnection: NAME }
        parameters:
          - name: serviceConnection   # of the kind workload identity federation; the role Reader is enough
            type: string

        steps:
          - task: UseDotNet@2
            inputs:
              packageType: sdk
              version: 10.0.x
          - task: AzureCLI@2
            inputs:
              azureSubscription: ${{ parameters.serviceConnection }}
              scriptType: bash
              scriptLocation: inlineScript
              inlineScript: |
        {commands}

        """;

    private static string Fill(string text, RepositoryLook look, string indent)
    {
        string[] commands = look.HasToolManifest
            ? ["dotnet tool restore", "dotnet deploygate check --state azure"]
            : [$"dotnet tool install DeployGate --tool-path .deploygate --version {ToolVersion.Number}", ".deploygate/deploygate check --state azure"];
        return text.Replace("{commands}", string.Join('\n', commands.Select(command => indent + "    " + command)), StringComparison.Ordinal);
    }
}
