using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>Binds the words of an az command line to its options: long, short, cut, with <c>=</c>, in lists.</summary>
internal sealed class AzBinder
{
    private readonly ImmutableDictionary<string, ImmutableArray<Value>>.Builder _options = ImmutableDictionary.CreateBuilder<string, ImmutableArray<Value>>();
    private readonly ImmutableArray<Value>.Builder _rest = ImmutableArray.CreateBuilder<Value>();
    private readonly ImmutableArray<UnlistedOption>.Builder _unlisted = ImmutableArray.CreateBuilder<UnlistedOption>();
    private OptionDescription? _open;
    private bool _isUnlisted;

    /// <summary>Binds the words behind <c>az</c>; null when the table has no such command.</summary>
    internal static BoundCommand? Bind(ImmutableArray<Value> words, Place place)
    {
        List<string> names = [];
        foreach (var word in words)
        {
            if (word is not StringValue { Text: var text } || text.StartsWith('-'))
            {
                break;
            }

            names.Add(text);
        }

        var (command, count) = AzTable.Find(names);
        return command is null ? null : new AzBinder().Bind(command, words.Skip(count), place);
    }

    private BoundCommand Bind(CommandDescription command, IEnumerable<Value> words, Place place)
    {
        foreach (var word in words)
        {
            if (!TryOption(command, word))
            {
                Take(word);
            }
        }

        return new BoundCommand(command, _options.ToImmutable(), _rest.ToImmutable(), _unlisted.ToImmutable(), place);
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
        var name = equals < 0 ? start[2..] : start[2..equals];
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
        var alias = command.Options.FirstOrDefault(option => option.Aliases.Any(name => name == start[1..]) && start.Length <= 4);
        var option = alias ?? command.Options.FirstOrDefault(option => option.Short == start[1]);
        Open(option, start[1..], word);
        var isWhole = word is StringValue && (start.Length == 2 || alias is not null);
        if (!isWhole && option is not null)
        {
            Take(Values.After(word, start.Length > 2 && start[2] == '=' ? 3 : 2));
            _open = option.IsList ? option : null;
        }

        return true;
    }

    private void Open(OptionDescription? option, string name, Value word)
    {
        _open = option is { IsSwitch: false } ? option : null;
        _isUnlisted = option is null;
        if (option is not null)
        {
            // A list that is written again goes on; a single value is replaced by the next.
            _options.TryAdd(option.Name, []);
        }
        else
        {
            _unlisted.Add(new UnlistedOption(name, null, word.Origin?.Place!));
        }
    }

    private void Take(Value word)
    {
        if (_open is { } option)
        {
            _options[option.Name] = _options[option.Name].Add(word);
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
}
