using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Tests.Commands;

public class AzBinderTests
{
    private static readonly Place s_place = new(new SourceText("s", "az"), new TextSpan(0, 2));

    public static TheoryData<string> Rows => [.. AzTable.Rows.Select(row => row.Name)];

    [Theory, MemberData(nameof(Rows))]
    public void Long_short_joined_and_cut_options_of_a_row_bind_to_the_same(string name)
    {
        var row = AzTable.Rows.Single(one => one.Name == name);
        foreach (var option in row.Options.Where(option => !option.IsSwitch))
        {
            var expected = Bind(name, $"--{option.Name}", "value");
            Assert.Equal("value", expected);
            Assert.Equal(expected, Bind(name, $"--{option.Name}=value"));
            Assert.All(option.Aliases.Where(alias => alias.Length > 3), alias => Assert.Equal(expected, Bind(name, $"--{alias}", "value")));
            if (option.Short is { } letter && row.Options.First(one => one.Short == letter) == option)
            {
                Assert.Equal(expected, Bind(name, $"-{letter}", "value"));
                Assert.Equal(expected, Bind(name, $"-{letter}value"));
            }

            var cut = Enumerable.Range(2, option.Name.Length - 2 > 0 ? option.Name.Length - 2 : 0).Select(length => option.Name[..length]).FirstOrDefault(text => row.Find(text, StringComparison.Ordinal) == option);
            Assert.True(cut is null || Bind(name, $"--{cut}", "value") == expected);
        }

        string? Bind(string command, params string[] words)
        {
            ImmutableArray<Value> all = [.. command.Split(' ').Concat(words).Select(Value (word) => new StringValue(word) { Origin = new Origin(s_place) })];
            var bound = AzBinder.Bind(all, s_place)!;
            return bound.Options is [{ Values: [StringValue only] }] ? only.Text : null;
        }
    }

    [Theory]
    [InlineData("sig image-definition create -g g -r r -i d -p p -f o -s s --os-type Linux", "Generalized")]
    [InlineData("sig image-definition create -g g -r r --gallery-image-name d -p p -f o -s s --os-type Linux --os-state specialized", "specialized")]
    [InlineData("sig image-definition create -g g -r r -i d --os-s Specialized --features SecurityType=TrustedLaunch", "Specialized")]
    public void A_definition_is_generalized_unless_it_says_otherwise(string line, string expected) =>
        Assert.Equal(expected, AzBinder.Bind([.. line.Split(' ').Select(Value (word) => new StringValue(word) { Origin = new Origin(s_place) })], s_place)!.Text("os-state"));

    public static TheoryData<string> Cmdlets => [.. CmdletTable.Rows.Select(row => row.Name)];

    [Theory, MemberData(nameof(Cmdlets))]
    public void Named_cut_and_positional_parameters_of_a_cmdlet_bind_to_the_same(string name)
    {
        var row = CmdletTable.Find(name.Replace("-Az", "-AzureRm", StringComparison.Ordinal).ToUpperInvariant())!;
        foreach (var option in row.Options.Where(option => !option.IsSwitch))
        {
            Assert.Equal("value", Bind(row, new CmdletArgument(option.Name.ToLowerInvariant(), null, s_place), Argument("value"))[option.Name] is StringValue text ? text.Text : null);
            Assert.All(option.Aliases, alias => Assert.True(row.Find(alias, StringComparison.OrdinalIgnoreCase) is { } found && found.IsNamed(alias, StringComparison.OrdinalIgnoreCase)));
        }

        var first = row.Options.FirstOrDefault(option => option.Position == 0);
        Assert.True(first is null || Bind(row, Argument("value")).Text(first.Name) == "value");
    }

    private static CmdletArgument Argument(string text) => new(null, new StringValue(text), s_place);

    private static BoundCommand Bind(CommandDescription row, params CmdletArgument[] arguments) => CmdletBinder.Bind(row, arguments, null, s_place);
}
