using DeployGate.Core.Text;
using DeployGate.Pipelines.Interpreter;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>Whole scripts, each with the lines that following it must print beside it.</summary>
public class ChainTests
{
    private static readonly (string, string)[] s_beside =
    [
        ("provision.ps1", "choco install git\n"),
        ("sysprep.ps1", "& \"$env:SystemRoot\\System32\\Sysprep\\Sysprep.exe\" /oobe /generalize /mode:vm /quiet /shutdown\n"),
        ("0-config.ps1", "$ResourceGroup = 'gaming'\n$VMName = 'lamp'\n"),
    ];

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Folder()).Where(file => !file.EndsWith(".txt", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Scripts))]
    public void A_whole_script_gives_the_same_operations_actions_and_states(string name)
    {
        var path = Path.Combine(Folder(), name);
        var text = ScriptText.Of(new SourceText(name, File.ReadAllText(path)));
        var printed = RunPrinter.Print(ScriptInterpreter.Run(text, ScriptInterpreter.DialectOf(name)!, new MemoryFiles(s_beside))) + "\n";
        var expected = Path.ChangeExtension(path, ".txt");
        if (Environment.GetEnvironmentVariable("DEPLOYGATE_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(expected, printed);
        }

        Assert.Equal(File.ReadAllText(expected), printed);
    }

    [Theory, MemberData(nameof(Scripts))]
    public void A_script_that_is_cut_or_mixed_up_is_followed_without_failing(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), name));
        var dialect = ScriptInterpreter.DialectOf(name)!;
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var at = random.Next(text.Length);
            var lines = text.Split('\n');
            random.Shuffle(lines);
            RunPrinter.Print(RunPrinter.Run(text[..at], dialect, s_beside));
            RunPrinter.Print(RunPrinter.Run(text[at..], dialect, s_beside));
            RunPrinter.Print(RunPrinter.Run(string.Join('\n', lines), dialect, s_beside));
            RunPrinter.Print(RunPrinter.Run(text.Remove(at, 1), dialect, s_beside));
        }
    }

    private static string Folder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DeployGate.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "tests", "DeployGate.Pipelines.Tests", "Fixtures", "Chains");
    }
}
