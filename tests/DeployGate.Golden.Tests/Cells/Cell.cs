namespace DeployGate.Golden.Tests.Cells;

/// <summary>
/// One of the sixteen founding cells, as its folder is named: <c>upload-windows-specialized-as-generalized</c>. What the
/// gate must say is told here once more, by hand and not from the decision matrix: a matrix that changes must not take its
/// own test along.
/// </summary>
internal sealed record Cell(string Name, string Stage, string System, string Actual, string Declared)
{
    /// <summary>What is known of the actual state, in both shapes Azure's answers come in.</summary>
    internal static readonly string[] Variants = ["rest-mark", "rest-guest", "rest-both", "az-mark", "az-guest", "az-both"];

    internal static IEnumerable<Cell> All =>
        from stage in (string[])["upload", "capture"]
        from system in (string[])["windows", "linux"]
        from actual in (string[])["generalized", "specialized"]
        from declared in (string[])["generalized", "specialized"]
        select new Cell($"{stage}-{system}-{actual}-as-{declared}", stage, Capital(system), Capital(actual), Capital(declared));

    internal static Cell Of(string name) => All.Single(cell => cell.Name == name);

    internal Scenario Scenario => new($"{Scenario.CellGroup}/{Name}");

    internal string VerdictExpected => Actual == Declared ? "allowed" : "blocked";

    /// <summary>The rule that must fire; a dash where none may.</summary>
    internal string RuleExpected(string variant) => (Stage, Actual, Declared) switch
    {
        var (_, actual, declared) when actual == declared => "-",
        ("upload", "Generalized", _) => "DG1001",
        ("upload", _, _) => "DG1002",
        (_, "Generalized", _) => "DG2001",

        // A missing mark is reason enough for Azure to refuse, and proves nothing about the guest.
        _ when variant.EndsWith("-mark", StringComparison.Ordinal) => "DG2003",
        _ => "DG2002",
    };

    internal string OutcomeExpected(string variant) => RuleExpected(variant) switch
    {
        "-" => "-",
        "DG1001" or "DG2001" => "provisioning-timeout",
        "DG2003" => "deployment-rejected",
        _ => "provisioning-failure",
    };

    /// <summary>The words of which the finding must use one, and the word that belongs to the other system.</summary>
    internal (string[] Own, string Foreign) Words => System == "Windows" ? (["sysprep", "OOBE"], "waagent") : (["waagent", "log in"], "sysprep");

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
