using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Commands.Guests;

/// <summary>Lists the commands of a shell script that runs inside a machine, whatever they stand in.</summary>
internal sealed class ShellGuestReader
{
    private const int MostNested = 4;

    private readonly List<GuestCommand> _commands = [];
    private bool _isDeferred;
    private bool _isSwallowed;
    private int _nested;

    internal static (List<GuestCommand> Commands, bool Watches) Read(ShellScript script)
    {
        var reader = new ShellGuestReader();
        reader.Block(script.Body);
        return (reader._commands, false);
    }

    private void Block(ShellBlock block)
    {
        foreach (var statement in block.Statements)
        {
            Statement(statement);
        }
    }

    private void Statement(ShellStatement statement)
    {
        switch (statement)
        {
            case ShellStatement.Command command:
                Command(command, null);
                break;
            case ShellStatement.Pipeline pipeline:
                Pipeline(pipeline);
                break;
            case ShellStatement.Chain chain:
                Chain(chain);
                break;
            case ShellStatement.Background background:
                (var before, _isDeferred) = (_isDeferred, true);
                Statement(background.Statement);
                _isDeferred = before;
                break;
            case ShellStatement.Redirected redirected:
                Statement(redirected.Statement);
                break;
            case ShellStatement.Subshell subshell:
                Block(subshell.Body);
                break;
            case ShellStatement.Group group:
                Block(group.Body);
                break;
            case ShellStatement.If branch:
                branch.Branches.ToList().ForEach(one => Block(one.Body));
                Block(branch.Else ?? new ShellBlock(default, []));
                break;
            case ShellStatement.ForEach loop:
                Block(loop.Body);
                break;
            case ShellStatement.ForArithmetic loop:
                Block(loop.Body);
                break;
            case ShellStatement.Loop loop:
                Block(loop.Body);
                break;
            case ShellStatement.Function function:
                Statement(function.Body);
                break;
            case ShellStatement.Case cases:
                cases.Items.ToList().ForEach(item => Block(item.Body));
                break;
        }
    }

    private void Chain(ShellStatement.Chain chain)
    {
        // What || follows may fail unseen, unless that ends the script.
        (var before, _isSwallowed) = (_isSwallowed, _isSwallowed || chain.Rest.Any(link => !link.OnSuccess && !Ends(link.Statement)));
        Statement(chain.First);
        foreach (var link in chain.Rest)
        {
            Statement(link.Statement);
        }

        _isSwallowed = before;
    }

    private static bool Ends(ShellStatement statement) => statement is ShellStatement.Command { Words: [{ Literal: "exit" or "return" }, ..] };

    private void Pipeline(ShellStatement.Pipeline pipeline)
    {
        string? piped = null;
        foreach (var stage in pipeline.Stages)
        {
            if (stage.Statement is ShellStatement.Command command)
            {
                piped = Command(command, piped);
            }
            else
            {
                Statement(stage.Statement);
                piped = null;
            }
        }
    }

    /// <summary>Adds a command; the result is what it prints, where that matters.</summary>
    private string? Command(ShellStatement.Command command, string? piped)
    {
        ImmutableArray<string> words = [.. command.Words.Select(Text)];
        words = words is ["sudo" or "/usr/bin/sudo", .. var inner] ? [.. inner.SkipWhile(word => word.StartsWith('-'))] : words;
        if (words.IsEmpty)
        {
            return null;
        }

        var document = command.Redirections.FirstOrDefault(redirection => redirection.Document is not null)?.Document is { } body ? Text(body.Parts) : null;
        switch (words[0])
        {
            case "echo" or "printf":
                return string.Join(' ', words.Skip(1)).Replace("\\n", "\n", StringComparison.Ordinal);
            case "yes":
                return "y";
            case "cat" when document is not null:
                return document;
            case "at" or "batch" when (piped ?? document) is { } later:
                Nested(later, isDeferred: true);
                return null;
            case "bash" or "sh" or "/bin/bash" or "/bin/sh" when words.Length > 2 && words[1].StartsWith('-') && words[1].EndsWith('c'):
                Nested(words[2], _isDeferred);
                return null;
            case "bash" or "sh" when (piped ?? document) is { } text:
                Nested(text, _isDeferred);
                return null;
        }

        _commands.Add(new GuestCommand(words, piped?.Trim().StartsWith('y') == true, _isDeferred, _isSwallowed));
        return null;
    }

    private void Nested(string text, bool isDeferred)
    {
        if (_nested < MostNested)
        {
            _nested++;
            (var before, _isDeferred) = (_isDeferred, isDeferred);
            Block(ShellParser.Parse(ScriptText.Of(new SourceText("", text))).Body);
            _isDeferred = before;
            _nested--;
        }
    }

    private static string Text(ShellWord word) => Text(word.Parts);

    private static string Text(ImmutableArray<WordPart> parts)
    {
        if (parts is [WordPart.Literal only])
        {
            return only.Text;
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part switch
            {
                WordPart.Literal literal => literal.Text,
                WordPart.Quoted quoted => Text(quoted.Parts),
                WordPart.Glob glob => glob.Text,
                WordPart.CommandSubstitution { Body.Statements: [ShellStatement.Command { Words: [{ Literal: "which" }, var program] }] } => Text(program),
                _ => "{}",
            });
        }

        return text.ToString();
    }
}
