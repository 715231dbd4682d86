using DeployGate.Core.Policies;

namespace DeployGate.Core.Tests.Policies;

/// <summary>Kleene's logic: what is not known may turn out to be true or false, and the answer must hold for both.</summary>
public sealed class TruthTests
{
    private static readonly Truth[] s_all = [Truth.True, Truth.False, Truth.Unknown("why")];

    public static TheoryData<int, int, int> Triples { get; } = MakeTriples();

    [Theory]
    [MemberData(nameof(Triples))]
    public void All_is_what_every_completion_agrees_on(int a, int b, int c) =>
        Assert.Equal(Agreed([a, b, c], values => values.TrueForAll(value => value)), Truth.All([s_all[a], s_all[b], s_all[c]]).Value);

    [Theory]
    [MemberData(nameof(Triples))]
    public void Any_is_what_every_completion_agrees_on(int a, int b, int c) =>
        Assert.Equal(Agreed([a, b, c], values => values.Exists(value => value)), Truth.Any([s_all[a], s_all[b], s_all[c]]).Value);

    [Theory]
    [MemberData(nameof(Triples))]
    public void Not_of_all_is_any_of_not(int a, int b, int c)
    {
        Truth[] truths = [s_all[a], s_all[b], s_all[c]];
        Assert.Equal(Truth.All(truths).Not().Value, Truth.Any(truths.Select(truth => truth.Not())).Value);
    }

    [Fact]
    public void The_reason_of_an_open_answer_is_that_of_its_open_part() =>
        Assert.Equal("why", Truth.All([Truth.True, Truth.Unknown("why"), Truth.True]).Reason);

    [Fact]
    public void Nothing_holds_of_no_parts_as_logic_says()
    {
        Assert.True(Truth.All([]).Value);
        Assert.False(Truth.Any([]).Value);
    }

    private static bool? Agreed(int[] states, Predicate<List<bool>> test)
    {
        var answers = new HashSet<bool>();
        for (var bits = 0; bits < 1 << states.Length; bits++)
        {
            answers.Add(test([.. states.Select((state, i) => state == 2 ? (bits >> i & 1) == 1 : state == 0)]));
        }

        return answers.Count == 1 ? answers.Single() : null;
    }

    private static TheoryData<int, int, int> MakeTriples()
    {
        var data = new TheoryData<int, int, int>();
        for (var i = 0; i < 27; i++)
        {
            data.Add(i / 9, i / 3 % 3, i % 3);
        }

        return data;
    }
}
