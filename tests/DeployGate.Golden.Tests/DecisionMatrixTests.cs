using System.Collections.Immutable;
using DeployGate.Cli.Policies;
using DeployGate.Core.Decisions;
using DeployGate.Core.Rules;
using DeployGate.Core.Uses;

namespace DeployGate.Golden.Tests;

/// <summary>The decision matrix as it stands in the repository: complete, without overlaps, and explained by rules there are.</summary>
public sealed class DecisionMatrixTests
{
    private static readonly (DecisionTable? Table, ImmutableArray<string> Faults) s_read = Read(File.ReadAllText(Repository.Matrix));

    public static TheoryData<string> RowIds { get; } = [.. s_read.Table!.Rows.Select(row => row.Id)];

    [Fact]
    public void Matrix_has_no_faults() => Assert.Empty(s_read.Faults);

    [Fact]
    public void Embedded_matrix_is_the_one_in_the_repository() =>
        Assert.Equal(s_read.Table!.Rows.Select(row => row.Id), DecisionTableReader.Embedded.Rows.Select(row => row.Id));

    [Fact]
    public void Every_combination_has_exactly_one_row()
    {
        var covered = s_read.Table!.Rows.SelectMany(row => row.Keys).ToList();
        Assert.Equal(4 * 3 * 2 * 3 * 4 * 5, DecisionTable.AllKeys.Count());
        Assert.Equal(DecisionTable.AllKeys.Count(), covered.Count);
        Assert.Equal(DecisionTable.AllKeys.ToHashSet(), covered.ToHashSet());
    }

    [Fact]
    public void Rows_have_names_of_their_own() => Assert.Equal(s_read.Table!.Rows.Length, s_read.Table.Rows.Select(row => row.Id).Distinct().Count());

    [Theory]
    [MemberData(nameof(RowIds))]
    public void Row_allows_or_is_explained_by_a_rule(string id)
    {
        var row = Row(id);
        if (row.Verdict == Verdict.Allowed)
        {
            Assert.Null(row.RuleId);
            return;
        }

        var rule = RuleCatalog.Find(row.RuleId ?? "");
        Assert.NotNull(rule);
        Assert.All(row.Keys, key => Assert.True(rule.Descriptor.Stages.IsEmpty || rule.Descriptor.Stages.Contains(key.Stage), $"{row.RuleId} does not speak at {key.Stage}"));
        Assert.Equal(row.Verdict == Verdict.Undecided, row.Outcome == Outcome.None);
        foreach (var text in (SystemText[])[row.Cause, row.Fix])
        {
            Assert.All([text.Windows, text.Linux, text.Unknown], Assert.NotEmpty);
        }
    }

    [Theory]
    [MemberData(nameof(RowIds))]
    public void Row_speaks_of_its_own_system(string id)
    {
        var row = Row(id);

        // A text that all systems share may name both.
        foreach (var text in ((SystemText[])[row.Cause, row.Fix]).Where(text => text.Windows != text.Linux))
        {
            Assert.DoesNotContain("waagent", text.Windows, StringComparison.Ordinal);
            Assert.DoesNotContain("sysprep", text.Linux, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(RowIds))]
    public void Removed_row_is_reported(string id)
    {
        var (table, faults) = DecisionTable.Create([.. s_read.Table!.Rows.Where(row => row.Id != id)]);
        Assert.Null(table);
        Assert.Equal(Row(id).Keys.Select(key => $"no row covers {key}").Order(StringComparer.Ordinal), faults.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(RowIds))]
    public void Duplicated_row_is_reported(string id)
    {
        var (table, faults) = DecisionTable.Create([.. s_read.Table!.Rows, Row(id) with { Id = "copy" }]);
        Assert.Null(table);
        Assert.Equal(Row(id).Keys.Select(key => $"rows '{id}' and 'copy' both cover {key}").Order(StringComparer.Ordinal), faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Row_removed_from_the_file_is_reported()
    {
        var text = File.ReadAllText(Repository.Matrix);
        var start = text.IndexOf("  - id: upload-generalized-as-generalized\n", StringComparison.Ordinal);
        var end = text.IndexOf("  - id: ", start + 1, StringComparison.Ordinal);
        var (table, faults) = Read(text.Remove(start, end - start));
        Assert.Null(table);
        Assert.Contains($"no row covers {new DecisionKey(Stage.Upload, UseTarget.Any, default, DeclaredColumn.Generalized, default, Core.Assessment.GuestState.Generalized)}", faults);
    }

    [Fact]
    public void Row_written_twice_in_the_file_is_reported()
    {
        var text = File.ReadAllText(Repository.Matrix);
        var start = text.IndexOf("  - id: upload-generalized-as-generalized\n", StringComparison.Ordinal);
        var end = text.IndexOf("  - id: ", start + 1, StringComparison.Ordinal);
        var (table, faults) = Read(text.Insert(end, text[start..end]));
        Assert.Null(table);
        Assert.All(faults, fault => Assert.StartsWith("rows 'upload-generalized-as-generalized' and 'upload-generalized-as-generalized' both cover ", fault, StringComparison.Ordinal));
    }

    private static DecisionRow Row(string id) => s_read.Table!.Rows.Single(row => row.Id == id);

    private static (DecisionTable? Table, ImmutableArray<string> Faults) Read(string text)
    {
        using var reader = new StringReader(text);
        return DecisionTableReader.Read(reader);
    }
}
