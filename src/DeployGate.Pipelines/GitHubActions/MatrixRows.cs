using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>The rows of a job's matrix: the product, less what is excluded, with what is included.</summary>
/// <seealso href="https://docs.github.com/actions/reference/workflow-syntax-for-github-actions"/>
internal static class MatrixRows
{
    /// <summary>Most rows; GitHub's own limit.</summary>
    internal const int Most = 256;

    /// <summary>The rows, one more than the most where there are too many; one null outside of a matrix, one unknown value for a matrix that is made at run time.</summary>
    internal static ImmutableArray<Value> Of(YamlNode? matrix, GitHubScope scope, Evaluation evaluation) => matrix is null
        ? [NullValue.Instance]
        : GitHubText.EvaluateNode(matrix, scope, evaluation) switch
        {
            ObjectValue { Rest: null } known => Expand(known),
            UnknownValue unknown => [unknown with { Expression = "matrix" }],
            _ => [NullValue.Instance],
        };

    /// <summary>The name of a row, as GitHub shows it after the job's: its values.</summary>
    internal static string Label(Value row) => row switch
    {
        ObjectValue map => string.Join(", ", map.Members.Select(member => Show(member.Value))),
        _ => "",
    };

    private static string Show(Value value) => value switch
    {
        UnknownValue unknown => $"{{{unknown.Expression}}}",
        PartialString partial => partial.Pattern,
        ObjectValue map => Label(map),
        ArrayValue list => string.Join(", ", list.Items.Select(Show)),
        _ => Texts.Print(value) ?? "",
    };

    private static ImmutableArray<Value> Expand(ObjectValue matrix)
    {
        var dimensions = matrix.Members.Where(member => member.Name is not ("include" or "exclude")).ToList();
        List<ObjectValue> rows = dimensions.Count == 0 ? [] : [ObjectValue.Empty];
        foreach (var dimension in dimensions)
        {
            var values = dimension.Value is ArrayValue { Rest: null } list ? list.Items : [dimension.Value];
            rows = [.. rows.SelectMany(row => values.Select(value => new ObjectValue(row.Members.Add(dimension with { Value = value })))).Take(Most + 1)];
        }

        var excluded = Entries(matrix.Find("exclude")?.Value);
        rows = [.. rows.Where(row => !excluded.Any(entry => entry.Members.All(member => AreSame(row.Find(member.Name)?.Value, member.Value) is true)))];
        Include(rows, Entries(matrix.Find("include")?.Value), [.. dimensions.Select(dimension => dimension.Name)]);
        if (matrix.Find("include")?.Value is UnknownValue open)
        {
            return rows.Count == 0 ? [open with { Expression = "matrix" }] : [.. rows.Select(row => new ObjectValue(row.Members, open))];
        }

        return rows.Count == 0 ? [] : [.. rows.Take(Most + 1)];
    }

    // An entry extends each row of the product whose own values it does not contradict; one that extends none is a row.
    private static void Include(List<ObjectValue> rows, IReadOnlyList<ObjectValue> entries, HashSet<string> dimensions)
    {
        var product = rows.Count;
        foreach (var entry in entries.Take(Most))
        {
            var isExtension = false;
            for (var i = 0; i < product; i++)
            {
                if (entry.Members.All(member => !dimensions.Contains(member.Name) || AreSame(rows[i].Find(member.Name)?.Value, member.Value) is not false))
                {
                    rows[i] = ObjectValue.From(rows[i].Members.Concat(entry.Members.Where(member => !dimensions.Contains(member.Name))));
                    isExtension = true;
                }
            }

            if (!isExtension)
            {
                rows.Add(entry);
            }
        }
    }

    private static List<ObjectValue> Entries(Value? value) => value is ArrayValue list ? [.. list.Items.OfType<ObjectValue>()] : [];

    private static bool? AreSame(Value? one, Value other) => one switch
    {
        null => false,
        _ when !one.IsFullyKnown || !other.IsFullyKnown => null,
        ObjectValue or ArrayValue => Texts.ToJson(one) == Texts.ToJson(other),
        _ => string.Equals(Texts.Print(one), Texts.Print(other), StringComparison.OrdinalIgnoreCase),
    };
}
