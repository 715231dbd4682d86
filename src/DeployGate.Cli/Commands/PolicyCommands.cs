using System.CommandLine;
using DeployGate.Cli.Output;
using DeployGate.Cli.PolicyPacks;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate policy test</c> and <c>deploygate policy lint</c>.</summary>
internal static class PolicyCommands
{
    internal static Command Create(Surroundings surroundings) => new("policy", "Test and check the policies of your own that 'check --policy' takes.")
    {
        Sub("test", "Run the cases of policies, and compare what each gives with what it expects.", surroundings, Test),
        Sub("lint", "Explain what is wrong in policy files, with line and column.", surroundings, Lint),
    };

    private static Command Sub(string name, string description, Surroundings surroundings, Func<PolicyFiles, bool, Surroundings, int> run)
    {
        var paths = new Argument<string[]>("paths") { Description = "Policy files, or folders of them. Default: the current folder.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string?>("--format") { Description = "text (default) or json." };
        format.CompletionSources.Add("text", "json");
        var command = new Command(name, description) { paths, format };
        command.SetAction(parsed =>
        {
            var word = parsed.GetValue(format) ?? "text";
            return word is "text" or "json"
                ? run(PolicyFiles.Read(parsed.GetValue(paths) is { Length: > 0 } given ? given : ["."], surroundings.WorkingFolder), word == "json", surroundings)
                : surroundings.WrongUsage($"--format {word}: write text or json");
        });
        return command;
    }

    private static int Test(PolicyFiles files, bool isJson, Surroundings surroundings)
    {
        var now = surroundings.Clock.GetUtcNow();
        var results = files.Documents.SelectMany(document => document.Policies).SelectMany(tested => tested.Cases.Select(one => (tested.Policy, Result: PolicyCaseRun.Run(tested.Policy, one, now)))).ToList();
        if (isJson)
        {
            PolicyReports.WriteTestJson(surroundings.Output, files, results);
        }
        else
        {
            PolicyReports.WriteTestText(surroundings.Output, files, results);
        }

        return ExitCodeOf(files, results.Exists(one => !one.Result.HasPassed));
    }

    private static int Lint(PolicyFiles files, bool isJson, Surroundings surroundings)
    {
        if (isJson)
        {
            PolicyReports.WriteLintJson(surroundings.Output, files);
        }
        else
        {
            PolicyReports.WriteLintText(surroundings.Output, files);
        }

        return ExitCodeOf(files, hasFailed: false);
    }

    private static int ExitCodeOf(PolicyFiles files, bool hasFailed) =>
        hasFailed || files.Documents.Any(document => document.IsBroken) ? ExitCodes.Closed
        : files.Errors.IsEmpty ? ExitCodes.Open
        : ExitCodes.Unreadable;
}
