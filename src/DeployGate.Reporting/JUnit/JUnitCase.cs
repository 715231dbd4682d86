using System.Collections.Immutable;

namespace DeployGate.Reporting.JUnit;

/// <summary>What became of a test.</summary>
internal enum JUnitResult
{
    Passed,
    Failure,
    Error,
    Skipped,
}

/// <summary>One test. Its values are as they came: the writer makes them safe.</summary>
/// <param name="File">The file whose suite it stands in.</param>
/// <param name="Name">What is tested.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Outcomes">Why, unless it passed: one or more.</param>
/// <param name="Remarks">Lines that go with it whatever became of it.</param>
internal sealed record JUnitCase(string File, string Name, JUnitResult Result, ImmutableArray<JUnitOutcome> Outcomes, ImmutableArray<string> Remarks);

/// <summary>Why a test did not pass: a word for programs, a line, and the explanation.</summary>
internal sealed record JUnitOutcome(string Type, string Message, ImmutableArray<string> Lines);
