using System.CommandLine;
using System.Text;
using DeployGate.Cli.Commands;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Hosts;
using DeployGate.Cli.Inspecting;
using DeployGate.Cli.Output;
using DeployGate.Reporting;

namespace DeployGate.Cli;

/// <summary>The command line of DeployGate.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var shown = StandardStream.Open(1, Console.OpenStandardOutput);
        using var output = new StreamWriter(shown, new UTF8Encoding(false), bufferSize: 32 * 1024);
        using var error = new StreamWriter(StandardStream.Open(2, Console.OpenStandardError), new UTF8Encoding(false)) { AutoFlush = true };
        try
        {
            using var encoding = Consoles.Utf8();
            if (WorkingFolder() is not { } folder)
            {
                error.WriteLine("deploygate: the working folder is not there any more, or may not be entered; change to another one");
                return ExitCodes.WrongUsage;
            }

            var surroundings = SurroundingsOf(output, error, folder);
            var exit = new Application(surroundings).Run(arguments);
            output.Flush();
            return shown.Failure is { } failure ? Undelivered(failure, exit, surroundings) : exit;
        }
        catch (RunStoppedException stopped)
        {
            return stopped.ExitCode;
        }
        catch (Exception exception)
        {
            // The one place that catches everything: what arrives here is our fault, and says so.
            error.WriteLine($"deploygate: a defect of the tool: {exception.GetType().Name}: {SafeText.Line(exception.Message)}");
            error.WriteLine("Please report it, with the command line, the version (deploygate --version) and the lines below.");
            error.WriteLine(exception.StackTrace);
            return ExitCodes.Defect;
        }
    }

    // Whoever reads a file's report still needs the gate's answer; whoever reads standard output got none, and must not take it for one.
    private static int Undelivered(string failure, int exit, Surroundings surroundings)
    {
        surroundings.Error.WriteLine($"deploygate: standard output was not written: {failure}");
        return surroundings.Delivery.IsInFile || exit is not (ExitCodes.Open or ExitCodes.Closed) ? exit : ExitCodes.WrongUsage;
    }

    private static string? WorkingFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Surroundings SurroundingsOf(TextWriter output, TextWriter error, string folder) => Consoles.Of(new Surroundings
    {
        Input = new StreamReader(StandardStream.OpenInput(Console.OpenStandardInput), Encoding.UTF8),
        Output = output,
        Error = error,
        WorkingFolder = folder,
        Environment = System.Environment.GetEnvironmentVariable,
    });
}

/// <summary>The commands, run against any surroundings.</summary>
internal sealed class Application(Surroundings surroundings)
{
    // In the order of the help text.
    private static readonly string[] s_commands =
        ["check", "merge", "resolve", "inspect", "record", "diagnose", "explain", "rules", "policy", "init", "completion", "action"];

    internal int Run(string[] arguments)
    {
        var version = new Option<bool>("--version") { Description = "Print the version." };
        var root = new RootCommand("The gate between declared and actual OS state of Azure images.");
        root.Options.Remove(root.Options.First(option => option is VersionOption));
        root.Add(version);
        foreach (var command in Commands(arguments))
        {
            root.Add(command);
        }

        root.SetAction(parsed =>
        {
            if (!parsed.GetValue(version))
            {
                return surroundings.WrongUsage("name a command: check, merge, resolve, inspect, record, diagnose, explain, rules, policy, init or completion; --help says more");
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
            return WithHelp(parsed.Errors.Select(error => error.Message));
        }

        if (!isSuggestion && UnknownOption(parsed, arguments) is { } unknown)
        {
            return WithHelp([unknown]);
        }

        return parsed.Invoke(new InvocationConfiguration { Output = surroundings.Output, Error = surroundings.Error, EnableDefaultExceptionHandler = false });
    }

    // A command line that names one needs no other; help, completion and mistakes need all.
    private IEnumerable<Command> Commands(string[] arguments) =>
        arguments is [{ } first, ..] && CommandOf(first) is { } named ? [named] : s_commands.Select(name => CommandOf(name)!);

    private Command? CommandOf(string name) => name switch
    {
        "check" => CheckCommand.Create(surroundings),
        "merge" => MergeCommand.Create(surroundings),
        "resolve" => ResolveCommand.Create(surroundings),
        "inspect" => InspectCommand.Create(surroundings),
        "record" => RecordCommand.Create(surroundings),
        "diagnose" => DiagnoseCommand.Create(surroundings),
        "explain" => RuleCommands.CreateExplain(surroundings),
        "rules" => RuleCommands.CreateRules(surroundings),
        "policy" => PolicyCommands.Create(surroundings),
        "init" => InitCommand.Create(surroundings),
        "completion" => CompletionCommand.Create(surroundings),
        "action" => ActionCommand.Create(surroundings),
        _ => null,
    };

    private int WithHelp(IEnumerable<string> messages)
    {
        var exit = surroundings.WrongUsage(messages);
        surroundings.Error.WriteLine("Try --help.");
        return exit;
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
