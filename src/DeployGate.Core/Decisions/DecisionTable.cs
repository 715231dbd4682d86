using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Decisions;

/// <summary>The declared state as a column of the table.</summary>
public enum DeclaredColumn
{
    /// <summary>Declared Generalized.</summary>
    Generalized,

    /// <summary>Declared Specialized.</summary>
    Specialized,

    /// <summary>Not known.</summary>
    Unknown,
}

/// <summary>One combination of all columns.</summary>
public sealed record DecisionKey(Stage Stage, UseTarget Target, SourceKind Source, DeclaredColumn Declared, AzureMark Mark, GuestState Guest);

/// <summary>A text for each operating system.</summary>
public sealed record SystemText(string Windows, string Linux, string Unknown)
{
    /// <summary>The same text for every system.</summary>
    public static SystemText Same(string text) => new(text, text, text);

    /// <summary>The text for one system.</summary>
    public string For(OsType system) => system switch
    {
        OsType.Windows => Windows,
        OsType.Linux => Linux,
        _ => Unknown,
    };
}

/// <summary>One row of the decision matrix: the cases it covers and what is said of them.</summary>
/// <param name="Id">The row's name, unique.</param>
/// <param name="Keys">The combinations it covers.</param>
/// <param name="Verdict">What the gate says.</param>
/// <param name="RuleId">The rule that explains it; null for a row that allows.</param>
/// <param name="Outcome">What Azure does.</param>
/// <param name="Cause">Why it is wrong.</param>
/// <param name="Fix">The cure.</param>
/// <param name="Azure">What Azure answers; null when it answers nothing.</param>
public sealed record DecisionRow(
    string Id, ImmutableArray<DecisionKey> Keys, Verdict Verdict, string? RuleId, Outcome Outcome, SystemText Cause, SystemText Fix, SystemText? Azure);

/// <summary>The decision matrix. Total by construction: every combination is met by exactly one row.</summary>
public sealed class DecisionTable
{
    private const int Stages = 4;
    private const int Targets = 3;
    private const int Sources = 2;
    private const int Declarations = 3;
    private const int Marks = 4;
    private const int Guests = 5;

    private readonly DecisionRow[] _rows;

    private DecisionTable(ImmutableArray<DecisionRow> rows, DecisionRow[] index) => (Rows, _rows) = (rows, index);

    /// <summary>The rows in the order they are written.</summary>
    public ImmutableArray<DecisionRow> Rows { get; }

    /// <summary>Every combination of the columns.</summary>
    public static IEnumerable<DecisionKey> AllKeys => Enumerable.Range(0, Stages * Targets * Sources * Declarations * Marks * Guests).Select(KeyAt);

    /// <summary>Builds the table; the faults are combinations without a row, and combinations with two.</summary>
    public static (DecisionTable? Table, ImmutableArray<string> Faults) Create(ImmutableArray<DecisionRow> rows)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var index = new DecisionRow?[Stages * Targets * Sources * Declarations * Marks * Guests];
        foreach (var row in rows)
        {
            foreach (var key in row.Keys)
            {
                ref var cell = ref index[IndexOf(key)];
                if (cell is not null)
                {
                    faults.Add($"rows '{cell.Id}' and '{row.Id}' both cover {key}");
                }

                cell = row;
            }
        }

        for (var i = 0; i < index.Length; i++)
        {
            if (index[i] is null)
            {
                faults.Add($"no row covers {KeyAt(i)}");
            }
        }

        return faults.Count > 0 ? (null, faults.ToImmutable()) : (new DecisionTable(rows, index!), []);
    }

    /// <summary>The row of a combination.</summary>
    public DecisionRow Find(DecisionKey key) => _rows[IndexOf(key)];

    private static int IndexOf(DecisionKey key) =>
        (((((((((int)key.Stage * Targets) + (int)key.Target) * Sources) + (int)key.Source) * Declarations) + (int)key.Declared) * Marks) + (int)key.Mark) * Guests + (int)key.Guest;

    private static DecisionKey KeyAt(int index) => new(
        (Stage)(index / (Targets * Sources * Declarations * Marks * Guests)),
        (UseTarget)(index / (Sources * Declarations * Marks * Guests) % Targets),
        (SourceKind)(index / (Declarations * Marks * Guests) % Sources),
        (DeclaredColumn)(index / (Marks * Guests) % Declarations),
        (AzureMark)(index / Guests % Marks),
        (GuestState)(index % Guests));
}
