using DeployGate.Core.Text;
using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Templates.Tests.BicepFiles;

/// <summary>What tests say about a parse: the tree it gives, or the messages.</summary>
internal static class Parsing
{
    internal static BicepFile Parse(string text) => BicepParser.Parse(new SourceText("main.bicep", text));

    /// <summary>The whole text parses without a problem, and this is its tree, a statement a line.</summary>
    internal static void Gives(string text, string tree)
    {
        var file = Parse(text);
        Assert.Equal([], file.Problems.Select(problem => $"{problem.At}: {problem.Message}"));
        Assert.Equal(tree, SyntaxPrinter.Print(file));
    }

    /// <summary>An expression parses without a problem.</summary>
    internal static void Expression(string text, string tree) => Gives("var v = " + text, $"(var v = {tree})");

    /// <summary>A type parses without a problem.</summary>
    internal static void Type(string text, string tree) => Gives("type t = " + text, $"(type t {tree})");

    /// <summary>The problems are these, each as <c>line:column: message</c> without its common beginning.</summary>
    internal static BicepFile Fails(string text, params string[] problems)
    {
        const string Beginning = "not valid Bicep: ";
        var file = Parse(text);
        Assert.All(file.Problems, problem => Assert.StartsWith(Beginning, problem.Message, StringComparison.Ordinal));
        Assert.All(file.Problems, problem => Assert.True(problem is { IsFatal: true, Fix.Length: > 0 }));
        Assert.Equal(problems, file.Problems.Select(p => $"{p.At.Start.Line}:{p.At.Start.Column}: {p.Message[Beginning.Length..]}"));
        return file;
    }

    /// <summary>Whatever the text: every span lies inside it, problems are in order, and what is broken was reported.</summary>
    internal static void HoldsTogether(string text)
    {
        var file = Parse(text);
        var last = 0;
        foreach (var problem in file.Problems)
        {
            var span = problem.At.Span;
            Assert.True(span.Start >= last && span.End <= text.Length, $"problem at {span} after {last}");
            last = span.Start;
        }

        var end = 0;
        foreach (var statement in file.Statements)
        {
            Assert.True(statement.Span.Start >= end || statement is BrokenStatement, $"{statement} overlaps what is before it");
            Assert.True(statement.Span.End <= text.Length);
            end = statement.Span.End;
        }

        if (file.Problems.IsEmpty)
        {
            Assert.DoesNotContain(file.Statements, statement => statement.IsBroken);
            Assert.DoesNotContain("<broken>", SyntaxPrinter.Print(file), StringComparison.Ordinal);
        }
    }
}
