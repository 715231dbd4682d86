using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;
using DeployGate.Pipelines;
using DeployGate.Pipelines.Batch.Syntax;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Packer;
using DeployGate.Pipelines.PowerShellScripts.Syntax;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Fuzz.Targets.Pipelines;

/// <summary>Readers of pipelines, scripts and Packer templates.</summary>
internal static class PipelineTargets
{
    // A command is an operation with the states before it, a finding, and one time in sixteen nine reports of it: some thousand bytes a character.
    private static readonly CostBound s_following = new(64L << 20, 6_000, 50);

    private static readonly string[] s_yaml = ["on:", "jobs:", "steps:", "run: |", "- run:", "uses:", "with:", "env:", "strategy:", "matrix:", "needs:", "if:", "${{ github.ref }}", "${{ matrix.a }}", "secrets.X", "fromJSON('[1,2]')"];

    private static readonly string[] s_azure = ["trigger:", "stages:", "- stage:", "jobs:", "- job:", "- deployment:", "- task:", "- script:", "- bash:", "- pwsh:", "inputs:", "variables:", "parameters:", "- template:", "extends:", "${{ each x in parameters.l }}:", "${{ if eq(1, 1) }}:", "$[variables.a]", "$(a)", "dependsOn:", "condition:", "resources:"];

    private static readonly string[] s_az = ["az", "vm", "image", "sig", "image-version", "image-definition", "create", "generalize", "deallocate", "capture", "--name", "--resource-group", "--ids", "$(az vm show -g rg -n vm --query id -o tsv)", "--query", "[?a=='b'].id", "-o", "tsv", "run-command", "invoke", "--scripts", "deployment", "group", "--template-file", "--parameters", "builder", "run"];

    private static readonly string[] s_shell = ["if", "then", "else", "fi", "for", "in", "do", "done", "while", "case", "esac", "function", "{", "}", "((", "))", "[[", "]]", "<<EOF", "<<-'EOF'", "EOF", "$(", "`", "${a:-b}", "${a//x/y}", "${#a[@]}", "$'\\n'", "<(", ">&2", "&&", "||", "|&", "set -e", "trap", "local", "export", "read", "printf", "eval", "jq -r .id", "sed", "true", "false", "exit 1", "return", "shift", "$@", "\"$*\"", "{1..1000000}", "{a,b}{c,d}"];

    private static readonly string[] s_powerShell = ["if (", "foreach ($i in 1..9)", "while ($true)", "try {", "} catch {", "} finally {", "function f {", "param(", "@(", "@{", "$(", "@'\n", "\n'@", "@\"\n", "\n\"@", "-eq", "-replace", "-f", "-join", "-split", "$_", "$env:X", "${a b}", "| ForEach-Object {", "Get-AzVM", "Set-AzVM -Generalized", "New-AzImage", "New-AzGalleryImageVersion", "-Id", "[string]::Format(", "[int]", "switch -regex (", "begin {", "`", "$script:x", "@args", "& $a", ". ./b.ps1", "#Requires", "<#", "#>", "exit 1", "throw", "return", "class C {", "enum E {", "using namespace X", "2>&1", "??", "?.", "a ? b : c"];

    private static readonly string[] s_batch = ["@echo off", "set /a x=1+1", "set \"a=b\"", "if not exist", "if errorlevel 1", "if /i \"%a%\"==\"b\" (", ") else (", "for /f \"tokens=1,2 delims=,\" %%a in ('az vm list') do (", "for /l %%i in (1,1,1000000) do", "goto :eof", ":label", "call :label", "%~dp0", "%a:b=c%", "%a:~1,2%", "!a!", "setlocal enabledelayedexpansion", "^", "&&", "||", "exit /b 1", "rem", "::", "shift", "%*", "%1", "%%a"];

    private static readonly string[] s_expressions =
    [
        "and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))", "github.event_name == 'push' && !contains(github.ref, 'tag') || matrix.os[0] == 'a'", "format('{0}-{1}', fromJSON('{\"a\":[1]}').a[0], hashFiles('**/x'))",
        "coalesce(parameters.a, stageDependencies.x.y.outputs['z.w'], 'd')", "(steps.a.outputs.b >= 3) && (needs.c.result != 'skipped')", "join(split('a,b', ','), ';')", "in(1, 0x1F, -2.5e3, true, null)", "github.event.*.labels[*].name",
    ];

    internal static IEnumerable<FuzzTarget> All { get; } =
    [
        new TextTarget("yaml", files => ["a: &x [1, {b: c}]\nd: *x\ne: |\n  f\n", .. files.Texts([".yml", ".yaml"])], (text, _) => Yaml(text)),
        new TextTarget("github-workflow", Workflows, (text, isThorough) => Follow(".github/workflows/ci.yml", text, isThorough)) { Dictionary = [.. s_yaml, .. s_az], Bound = s_following },
        new TextTarget("azure-pipeline", AzurePipelines, (text, isThorough) => Follow("azure-pipelines.yml", text, isThorough)) { Dictionary = [.. s_azure, .. s_az], Bound = s_following },
        new TextTarget("pipeline-expression", _ => s_expressions, (text, _) => Expression(text)),
        new TextTarget("shell", Shells, (text, _) => Shell(text)) { Dictionary = [.. s_shell, .. s_az] },
        new TextTarget("shell-script", Shells, (text, isThorough) => Follow("build.sh", text, isThorough)) { Dictionary = [.. s_shell, .. s_az], Bound = s_following },
        new TextTarget("powershell", PowerShells, (text, _) => PowerShell(text)) { Dictionary = s_powerShell },
        new TextTarget("powershell-script", PowerShells, (text, isThorough) => Follow("build.ps1", text, isThorough)) { Dictionary = [.. s_powerShell, .. s_az], Bound = s_following },
        new TextTarget("batch", Batches, (text, _) => Batch(text)) { Dictionary = s_batch },
        new TextTarget("batch-script", Batches, (text, isThorough) => Follow("build.cmd", text, isThorough)) { Dictionary = [.. s_batch, .. s_az], Bound = s_following },
        new TextTarget("packer-hcl", files => Packers(files, ".pkr.hcl", ".hcl"), (text, _) => Packer("image.pkr.hcl", text)),
        new TextTarget("packer-json", files => Packers(files, ".json", ".json"), (text, _) => Packer("image.json", text)),
        new TextTarget("guest-script", files => [.. Shells(files).Take(60), .. PowerShells(files).Take(60)], (text, _) => Guest(text)) { Dictionary = ["waagent", "-deprovision+user", "-force", "sysprep.exe", "/generalize", "/oobe", "/shutdown", "/mode:vm", "Start-Process", "-Wait", "shutdown", "reboot", "cloud-init", "clean", .. s_shell] },
    ];

    private static IEnumerable<string> Workflows(SeedFiles files) => ["on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: az vm generalize -g rg -n vm\n", .. files.Texts([".yml", ".yaml"], text => text.Contains("runs-on", StringComparison.Ordinal) || text.Contains("uses:", StringComparison.Ordinal))];

    private static IEnumerable<string> AzurePipelines(SeedFiles files) => ["steps:\n- script: az vm generalize -g rg -n vm\n", .. files.Texts([".yml", ".yaml"], text => !text.Contains("runs-on", StringComparison.Ordinal) && (text.Contains("steps:", StringComparison.Ordinal) || text.Contains("jobs:", StringComparison.Ordinal) || text.Contains("stages:", StringComparison.Ordinal)))];

    private static IEnumerable<string> Shells(SeedFiles files) => ["set -euo pipefail\nid=$(az vm show -g rg -n vm --query id -o tsv)\nfor i in 1 2; do az vm generalize --ids \"$id\" || exit 1; done\ncat <<EOF | tee x\n${id:-none} $((1+2))\nEOF\ncase $1 in a|b) echo a;; *) echo c;; esac\n", .. files.Texts([".sh", ".bash"]), .. Runs(files, "run: |", "bash: |", "script: |")];

    private static IEnumerable<string> PowerShells(SeedFiles files) => ["param([string]$Name = 'vm')\n$vm = Get-AzVM -Name $Name | Where-Object { $_.Name -eq \"a$($x.y)\" }\nif ($vm) { Set-AzVM -Id $vm.Id -Generalized } else { throw 'x' }\n$h = @{ a = 1; b = @(1, 2) }\nNew-AzImage @h\n", .. files.Texts([".ps1", ".psm1"]), .. Runs(files, "pwsh: |", "powershell: |", "Inline: |", "inlineScript: |")];

    private static IEnumerable<string> Batches(SeedFiles files) => ["@echo off\nsetlocal enabledelayedexpansion\nset name=vm\nfor /f \"delims=\" %%i in ('az vm show -n %name% --query id -o tsv') do set id=%%i\nif \"%id%\"==\"\" (echo none & exit /b 1) else az vm generalize --ids !id!\ncall :sub a b\ngoto :eof\n:sub\necho %~1 %2\nexit /b\n", .. files.Texts([".cmd", ".bat"])];

    private static IEnumerable<string> Packers(SeedFiles files, string own, string ending) =>
    [
        own == ".json"
            ? "{\"variables\":{\"a\":\"{{env `X`}}\"},\"builders\":[{\"type\":\"azure-arm\",\"managed_image_name\":\"{{user `a`}}\"}],\"provisioners\":[{\"type\":\"powershell\",\"inline\":[\"& sysprep.exe /generalize\"]}]}"
            : "variable \"a\" {\n  type = string\n  default = \"x\"\n}\nsource \"azure-arm\" \"b\" {\n  managed_image_name = \"i-${var.a}\"\n  list = [1, 2, { c = true }]\n}\nbuild {\n  sources = [\"source.azure-arm.b\"]\n  provisioner \"shell\" {\n    inline = [<<EOT\nwaagent -deprovision+user -force\nEOT\n    ]\n  }\n}\n",
        .. files.Texts([ending], text => ending == ".hcl" || text.Contains("\"builders\"", StringComparison.Ordinal)),
    ];

    // The scripts that stand in pipelines, cut out by their indentation.
    private static IEnumerable<string> Runs(SeedFiles files, params string[] keys)
    {
        foreach (var text in files.Texts([".yml", ".yaml"]))
        {
            foreach (var key in keys)
            {
                for (var at = text.IndexOf(key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key, at + 1, StringComparison.Ordinal))
                {
                    var lines = text[at..].Split('\n').Skip(1).ToList();
                    var depth = lines.Count == 0 ? 0 : Mutations.Tokens.Indent(lines[0], 0);
                    var script = string.Join('\n', lines.TakeWhile(line => line.Trim().Length == 0 || Mutations.Tokens.Indent(line, 0) >= depth).Select(line => line.Length < depth ? "" : line[depth..]));
                    if (depth > 0)
                    {
                        yield return script;
                    }
                }
            }
        }
    }

    private static void Yaml(string text)
    {
        var document = YamlDocument.Read(new SourceText("a.yml", text));
        if (document.Problem is { } problem)
        {
            Properties.Inside([problem]);
        }

        if (document.Root is { } root)
        {
            Places(root, new HashSet<YamlNode>(ReferenceEqualityComparer.Instance));
        }
    }

    // An alias is the node of its anchor: each is looked at once.
    private static void Places(YamlNode node, HashSet<YamlNode> seen)
    {
        if (!seen.Add(node))
        {
            return;
        }

        Properties.Inside(node.Place);
        foreach (var inner in node switch { YamlMapping map => map.Entries.Select(entry => entry.Value), YamlSequence list => list.Items, _ => [] })
        {
            Places(inner, seen);
        }
    }

    private static void Follow(string name, string text, bool isThorough)
    {
        MemoryFiles.Instance.Set(name[(name.LastIndexOf('/') + 1)..], text);
        if (PipelineFollower.Follow(new SourceText(name, text), MemoryFiles.Instance, isNamed: true) is { } followed)
        {
            Whole.Pipeline(followed.Run, isThorough);
        }
    }

    private static void Expression(string text) => _ = (ExpressionParser.Parse(text, hasOperators: true), ExpressionParser.Parse(text, hasOperators: false));

    private static void Shell(string text)
    {
        var script = ShellParser.Parse(ScriptText.Of(new SourceText("a.sh", text)));
        Properties.Inside(script.Text, script.Problems);
    }

    private static void PowerShell(string text)
    {
        var script = PowerShellParser.Parse(ScriptText.Of(new SourceText("a.ps1", text)));
        Properties.Inside(script.Text, script.Problems);
    }

    private static void Batch(string text)
    {
        var script = BatchParser.Parse(ScriptText.Of(new SourceText("a.cmd", text)));
        Properties.Inside(script.Text, script.Problems);
    }

    private static void Packer(string name, string text)
    {
        var file = PackerParser.Parse(new SourceText(name, text));
        foreach (var problem in file.Problems)
        {
            Properties.Inside(problem.Span, text.Length);
        }

        var scope = new PackerScope { Root = ".", Environment = _ => null };
        PackerVariables.Set(scope, [file], [file], [], _ => null);
        foreach (var build in PackerTemplate.Read([file], scope))
        {
            Properties.Inside(build.Place);
        }
    }

    private static void Guest(string text)
    {
        var place = new Place(new SourceText("a.json", text), new TextSpan(0, text.Length));
        foreach (var language in (ReadOnlySpan<GuestLanguage>)[GuestLanguage.Unknown, GuestLanguage.Shell, GuestLanguage.PowerShell])
        {
            _ = GuestScripts.Read(new StringValue(text), language, place);
        }
    }
}
