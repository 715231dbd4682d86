using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>Binds the words of an az command line to its options: long, short, cut, with <c>=</c>, in lists.</summary>
internal sealed class AzBinder
{
    private readonly List<string> _options = [];
    private readonly List<Taken> _taken = [];
    private readonly List<Value> _rest = [];
    private readonly List<UnlistedOption> _unlisted = [];
    private OptionDescription? _open;
    private bool _isUnlisted;

    /// <summary>Binds the words behind <c>az</c>; null when the table has no such command.</summary>
    internal static BoundCommand? Bind(ImmutableArray<Value> words, Place place)
    {
        var (command, count) = AzTable.Find(words);
        return command is null ? null : new AzBinder().Bind(command, words.AsSpan()[count..], place);
    }

    private BoundCommand Bind(CommandDescription command, ReadOnlySpan<Value> words, Place place)
    {
        foreach (var word in words)
        {
            if (!TryOption(command, word))
            {
                Take(word);
            }
        }

        return new BoundCommand(command, Options(), [.. _rest], [.. _unlisted], place);
    }

    // A row lists few options, so that all values are looked through for each.
    private ImmutableArray<BoundOption> Options()
    {
        var options = new BoundOption[_options.Count];
        for (var i = 0; i < options.Length; i++)
        {
            options[i] = new BoundOption(_options[i], ValuesOf(i));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(options);
    }

    private ImmutableArray<Value> ValuesOf(int option)
    {
        var count = 0;
        foreach (var one in _taken)
        {
            count += one.Option == option ? 1 : 0;
        }

        var values = ImmutableArray.CreateBuilder<Value>(count);
        foreach (var one in _taken)
        {
            if (one.Option == option)
            {
                values.Add(one.Value);
            }
        }

        return values.MoveToImmutable();
    }

    private bool TryOption(CommandDescription command, Value word)
    {
        var start = word switch
        {
            StringValue known => known.Text,
            PartialString partial => partial.KnownStart,
            _ => "",
        };
        if (start.Length < 2 || start[0] != '-' || char.IsAsciiDigit(start[1]))
        {
            return false;
        }

        if (!start.StartsWith("--", StringComparison.Ordinal))
        {
            return TryShort(command, word, start);
        }

        var equals = start.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? start.AsSpan(2) : start.AsSpan(2, equals - 2);
        Open(command.Find(name, StringComparison.Ordinal), name, word);
        if (equals >= 0)
        {
            Take(Values.After(word, equals + 1));
            _open = _open is { IsList: true } ? _open : null;
            _isUnlisted = false;
        }

        return true;
    }

    // Before short options of two letters came up (-aou), one letter was all.
    private bool TryShort(CommandDescription command, Value word, string start)
    {
        var alias = start.Length <= 4 ? command.Aliased(start.AsSpan(1)) : null;
        var option = alias ?? command.Lettered(start[1]);
        Open(option, start.AsSpan(1), word);
        var isWhole = word is StringValue && (start.Length == 2 || alias is not null);
        if (!isWhole && option is not null)
        {
            Take(Values.After(word, start.Length > 2 && start[2] == '=' ? 3 : 2));
            _open = option.IsList ? option : null;
        }

        return true;
    }

    private void Open(OptionDescription? option, ReadOnlySpan<char> name, Value word)
    {
        _open = option is { IsSwitch: false } ? option : null;
        _isUnlisted = option is null;
        if (option is not null)
        {
            // A list that is written again goes on; a single value is replaced by the next.
            if (!_options.Contains(option.Name))
            {
                _options.Add(option.Name);
            }
        }
        else
        {
            _unlisted.Add(new UnlistedOption(name.ToString(), null, word.Origin?.Place!));
        }
    }

    private void Take(Value word)
    {
        if (_open is { } option)
        {
            _taken.Add(new Taken(_options.IndexOf(option.Name), word));
            _open = option.IsList ? option : null;
        }
        else if (_isUnlisted)
        {
            _unlisted[^1] = _unlisted[^1] with { Value = _unlisted[^1].Value ?? word };
        }
        else
        {
            _rest.Add(word);
        }
    }

    /// <summary>A value and the number of its option.</summary>
    private readonly record struct Taken(int Option, Value Value);
}
