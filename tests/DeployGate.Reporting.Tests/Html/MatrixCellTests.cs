using DeployGate.Core.Images;
using DeployGate.Core.Rules;
using DeployGate.Core.Uses;
using DeployGate.Reporting.Html;

namespace DeployGate.Reporting.Tests.Html;

public sealed class MatrixCellTests
{
    [Theory]
    [InlineData(Stage.Upload)]
    [InlineData(Stage.Capture)]
    public void A_cell_has_a_rule_of_its_stage_where_the_states_contradict(Stage stage)
    {
        foreach (var (actual, declared) in ((OsState, OsState)[])[(OsState.Generalized, OsState.Specialized), (OsState.Specialized, OsState.Generalized)])
        {
            var rule = RuleCatalog.Find(new MatrixCell(stage, OsType.Windows, actual, declared).RuleId!)!.Descriptor;

            Assert.Contains(stage, rule.Stages);
            Assert.EndsWith($"-{actual}-as-{declared}", rule.Name, StringComparison.OrdinalIgnoreCase);
            Assert.Null(new MatrixCell(stage, OsType.Windows, actual, actual).RuleId);
        }
    }
}
