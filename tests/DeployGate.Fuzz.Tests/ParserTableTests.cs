using System.Reflection;
using System.Text.RegularExpressions;
using DeployGate.Fuzz.Targets;

namespace DeployGate.Fuzz.Tests;

/// <summary>Which target reaches which reader of what others wrote: a reader that stands in no row is missing a target.</summary>
public sealed partial class ParserTableTests(ITestOutputHelper output)
{
    private static readonly string[] s_assemblies = ["DeployGate.Core", "DeployGate.Templates", "DeployGate.Pipelines", "DeployGate.Disks", "DeployGate.Guest", "DeployGate.ControlPlane", "DeployGate.Reporting", "DeployGate.Cli"];

    /// <summary>Readers by the target that hands them broken input.</summary>
    private static readonly Dictionary<string, string[]> s_reached = new()
    {
        ["arm-json"] = ["JsonReader"],
        ["arm-template"] = ["ArmTemplateReader", "ArmResourceReader"],
        ["arm-expression"] = ["ArmExpressionParser"],
        ["arm-parameters"] = ["ArmParameterReader", "ParameterFileReader"],
        ["bicep"] = ["BicepLexer", "BicepParser"],
        ["bicep-template"] = ["BicepTemplateReader", "BicepResourceReader"],
        ["bicepparam"] = ["BicepParameterReader"],
        ["yaml"] = ["YamlComposer"],
        ["github-workflow"] = ["WorkflowReader", "StepReader", "PipelineReader"],
        ["azure-pipeline"] = ["AzurePipelineReader", "JobReader"],
        ["pipeline-expression"] = ["ExpressionParser"],
        ["shell"] = ["ShellParser"],
        ["powershell"] = ["PowerShellParser"],
        ["batch"] = ["BatchParser"],
        ["packer-hcl"] = ["PackerParser"],
        ["guest-script"] = ["ShellGuestReader", "PowerShellGuestReader"],
        ["facts"] = ["FactsReader", "DocumentReader", "ResourceReader"],
        ["inspection-document"] = ["InspectionReader"],
        ["failure"] = ["FailureReader"],
        ["azure-answer"] = ["ArmReader"],
        ["range-answer"] = ["HttpRangeSource"],
        ["report"] = ["ReportReader"],
        ["configuration"] = ["ConfigurationReader"],
        ["policy"] = ["PolicyReader", "FieldReader"],
        ["fstab"] = ["FstabReader"],
        ["vhd"] = ["ContainerReader", "VhdReader"],
        ["vhdx"] = ["VhdxReader"],
        ["partitions"] = ["GptReader", "MbrReader"],
        ["regf"] = ["CellReader", "ValueReader"],
        ["disk"] = ["LinuxReader", "WindowsReader"],
    };

    /// <summary>What reads nothing that others wrote, and why.</summary>
    private static readonly Dictionary<string, string> s_spared = new()
    {
        ["DecisionTableReader"] = "reads the tool's own table",
    };

    [Fact]
    public void Every_reader_of_what_others_wrote_has_a_target()
    {
        var readers = s_assemblies.SelectMany(name => Assembly.Load(name == "DeployGate.Cli" ? "deploygate" : name).GetTypes())
            .Where(type => type.DeclaringType is null && Reader().IsMatch(type.Name) && !type.IsInterface)
            .Select(type => type.Name.Split('`')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var reached = s_reached.SelectMany(row => row.Value.Select(reader => (Reader: reader, Target: row.Key))).ToDictionary(row => row.Reader, row => row.Target, StringComparer.Ordinal);
        foreach (var reader in readers)
        {
            output.WriteLine($"{reader,-24}{reached.GetValueOrDefault(reader) ?? s_spared.GetValueOrDefault(reader) ?? "NONE"}");
        }

        Assert.Equal([], readers.Except([.. reached.Keys, .. s_spared.Keys], StringComparer.Ordinal));
        Assert.All(s_reached.Keys, target => Assert.NotNull(TargetCatalog.Find(target)));
        Assert.Equal([], reached.Keys.Except([.. readers, "HttpRangeSource"], StringComparer.Ordinal));
        output.WriteLine($"{readers.Count} readers, {TargetCatalog.All.Count} targets");
    }

    [GeneratedRegex("(Parser|Reader|Lexer|Composer)(`\\d)?$")]
    private static partial Regex Reader();
}
