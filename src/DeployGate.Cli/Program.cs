using System.CommandLine;
using System.Text;
using DeployGate.Cli.Commands;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Hosts;
using DeployGate.Cli.Output;

namespace DeployGate.Cli;

/// <summary>The command line of DeployGate.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 32 * 1024);
        using var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        try
        {
            using var encoding = Consoles.Utf8();
            return new Application(SurroundingsOf(output, error)).Run(arguments);
        }
        catch (IOException) when (!output.BaseStream.CanWrite)
        {
            return ExitCodes.Unreadable;
        }
        catch (Exception exception)
        {
            // The one place that catches everything: what arrives here is our fault, and says so.
            error.WriteLine($"deploygate: a defect of the tool: {exception.GetType().Name}: {exception.Message}");
            error.WriteLine("Please report it, with the command line, the version (deploygate --version) and the lines below.");
            error.WriteLine(exception.StackTrace);
            return ExitCodes.Defect;
        }
    }

    private static Surroundings SurroundingsOf(TextWriter output, TextWriter error) => Consoles.Of(new Surroundings
    {
        Input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8),
        Output = output,
        Error = error,
        WorkingFolder = Directory.GetCurrentDirectory(),
        Environment = System.Environment.GetEnvironmentVariable,
    });
}

/// <summary>The commands, run against any surroundings.</summary>
internal sealed class Application(Surroundings surroundings)
{
    internal int Run(string[] arguments)
    {
        var version = new Option<bool>("--version") { Description = "Print the version." };
        var root = new RootCommand("The gate between declared and actual OS state of Azure images.");
        root.Options.Remove(root.Options.First(option => option is VersionOption));
        root.Add(version);
        root.Add(CheckCommand.Create(surroundings));
        root.Add(ResolveCommand.Create(surroundings));
        root.Add(InspectCommand.Create(surroundings));
        root.Add(RecordCommand.Create(surroundings));
        root.Add(DiagnoseCommand.Create(surroundings));
        root.Add(RuleCommands.CreateExplain(surroundings));
        root.Add(RuleCommands.CreateRules(surroundings));
        root.Add(PolicyCommands.Create(surroundings));
        root.Add(InitCommand.Create(surroundings));
        root.Add(CompletionCommand.Create(surroundings));
        root.Add(ActionCommand.Create(surroundings));
        root.SetAction(parsed =>
        {
            if (!parsed.GetValue(version))
            {
                return surroundings.WrongUsage("name a command: check, resolve, inspect, record, diagnose, explain, rules, policy, init or completion; --help says more");
            }

            surroundings.Output.Write(ToolVersion.Line + "\n");
            return ExitCodes.Open;
        });
        if (FixOptions.Wrong(arguments) is { } wrong)
        {
            return surroundings.WrongUsage($"{wrong}: write --fix or --fix=diff");
        }

        var parsed = root.Parse(FixOptions.Normalize(arguments));
        var isSuggestion = arguments is [{ } first, ..] && first.StartsWith(CompletionCommand.Directive, StringComparison.Ordinal);
        if (parsed.Errors.Count > 0 && !isSuggestion)
        {
            return surroundings.WrongUsage(string.Join("\ndeploygate: ", parsed.Errors.Select(error => error.Message)) + "\nTry --help.");
        }

        if (!isSuggestion && UnknownOption(parsed, arguments) is { } unknown)
        {
            return surroundings.WrongUsage($"{unknown}\nTry --help.");
        }

        return parsed.Invoke(new InvocationConfiguration { Output = surroundings.Output, Error = surroundings.Error, EnableDefaultExceptionHandler = false });
    }

    // The parser takes an option that it does not know for a path; behind "--" it is one.
    private static string? UnknownOption(ParseResult parsed, string[] arguments)
    {
        var word = parsed.CommandResult.Tokens.Select(token => token.Value).FirstOrDefault(value => value.StartsWith('-') && value.Length > 1);
        if (word is null || arguments.Contains("--"))
        {
            return null;
        }

        var name = word.Split('=')[0];
        var known = parsed.CommandResult.Command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name));
        return $"there is no option '{name}'{Spelling.Suggestion(name, known)}";
    }
}
