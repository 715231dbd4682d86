using System.CommandLine;
using System.Text;
using System.Text.Json;
using DeployGate.Cli.Output;
using DeployGate.Core.Rules;
using DeployGate.Reporting;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate rules</c> and <c>deploygate explain</c>.</summary>
internal static class RuleCommands
{
    internal static Command CreateRules(Surroundings surroundings)
    {
        var format = new Option<string?>("--format") { Description = "text (default) or json." };
        var command = new Command("rules", "List every rule with its severity, stage and outcome.") { format };
        command.SetAction(parsed =>
        {
            switch (parsed.GetValue(format))
            {
                case null or "text":
                    WriteText(surroundings);
                    return ExitCodes.Open;
                case "json":
                    WriteJson(surroundings.Output);
                    return ExitCodes.Open;
                case var other:
                    return surroundings.WrongUsage($"--format {other}: write text or json");
            }
        });
        return command;
    }

    internal static Command CreateExplain(Surroundings surroundings)
    {
        var rule = new Argument<string>("rule") { Description = "The id or name of a rule, or 'all'." };
        var command = new Command("explain", "Print a rule's page: what, why, the exact error texts of Azure, how to fix it, an example.") { rule };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(rule)!;
            var isAll = string.Equals(wanted, "all", StringComparison.OrdinalIgnoreCase);
            var found = RuleCatalog.All.Select(one => one.Descriptor).Where(one => isAll || Matches(one, wanted)).ToList();
            if (found.Count == 0)
            {
                return surroundings.WrongUsage($"there is no rule '{wanted}'; 'deploygate rules' lists them");
            }

            surroundings.Output.Write(string.Join("\n", found.Select(one => PageOf(one.Id))));
            return ExitCodes.Open;
        });
        return command;
    }

    /// <summary>The page of a rule, embedded in the tool.</summary>
    internal static string PageOf(string id) => FindPage(id) ?? throw new InvalidOperationException($"the page of {id} is missing");

    /// <summary>The page of a rule, embedded in the tool; null for a rule that is not the tool's own.</summary>
    internal static string? FindPage(string id)
    {
        using var stream = typeof(RuleCommands).Assembly.GetManifestResourceStream($"rules/{id}.md");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static bool Matches(RuleDescriptor rule, string wanted) =>
        string.Equals(rule.Id, wanted, StringComparison.OrdinalIgnoreCase) || string.Equals(rule.Name, wanted, StringComparison.OrdinalIgnoreCase);

    private static void WriteText(Surroundings surroundings)
    {
        var rows = RuleCatalog.All.Select(one => one.Descriptor).Select(rule => (string[])[rule.Id, ContractWords.Of(rule.Severity), StagesOf(rule), ContractWords.Of(rule.Outcome), rule.Name]);
        TextTable.Write(surroundings.Output, ["rule", "severity", "stage", "outcome", "name"], rows, surroundings.Width);
    }

    private static void WriteJson(TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var rule in RuleCatalog.All.Select(one => one.Descriptor))
            {
                json.WriteStartObject();
                json.WriteString("id", rule.Id);
                json.WriteString("name", rule.Name);
                json.WriteString("severity", ContractWords.Of(rule.Severity));
                json.WriteString("stage", StagesOf(rule));
                json.WriteString("outcome", ContractWords.Of(rule.Outcome));
                json.WriteString("summary", rule.Summary);
                json.WriteString("help", rule.Page);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.Write(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    private static string StagesOf(RuleDescriptor rule) =>
        rule.Stages.IsEmpty ? "any" : string.Join(", ", rule.Stages.Select(stage => ContractWords.Of(stage)));
}
