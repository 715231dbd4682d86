namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary><c>${ … }</c>.</summary>
internal sealed partial class ShellParser
{
    private WordPart ParseBraces(Quoting quoting)
    {
        var start = _at;
        _at += 2;
        var form = TakeForm();
        var name = TakeParameterName();
        var subscript = name.Length > 0 && Current == '[' ? ParseSubscript() : null;
        if (form == ParameterForm.Indirect && Peek(1) == '}' && Current is '*' or '@')
        {
            form = ParameterForm.NamesWithPrefix;
            _at++;
        }

        var operation = name.Length == 0 || Current == '}' ? null : ParseOperation(quoting);
        var isComplete = name.Length > 0 && TryTake("}");
        if (AtEnd && !isComplete)
        {
            ReportUnclosed("expected '}', found the end of the script", start, Math.Min(start + 2, _end));
        }

        if (isComplete || AtEnd)
        {
            return new WordPart.Parameter(From(start), new ParameterExpansion(name, subscript, form, operation), quoting != Quoting.Bare);
        }

        Report($"expected {(name.Length == 0 ? "a parameter's name after '${'" : $"an operator or '}}' after the name '{Shown(name)}'")}, found {Found()}", start, _at);
        SkipBraces(1);
        return new WordPart.Opaque(From(start), quoting != Quoting.Bare);
    }

    /// <summary>Moves behind the brace that closes the open ones, on this line, else to the line's end.</summary>
    private void SkipBraces(int open)
    {
        while (!AtEnd && !AtNewLine)
        {
            open += Current == '{' ? 1 : Current == '}' ? -1 : 0;
            _at++;
            if (open == 0)
            {
                return;
            }
        }
    }

    /// <summary>A <c>!</c> or <c>#</c> before a name asks for something else than the value; alone it is a name itself.</summary>
    private ParameterForm TakeForm()
    {
        var next = Peek(1);
        if (Current == '!' && (IsNamePart(next) || next is '@' or '*' or '#'))
        {
            _at++;
            return ParameterForm.Indirect;
        }

        if (Current == '#' && (IsNamePart(next) || (next is '@' or '*' or '#' or '?' or '$' or '!' or '-' && Peek(2) == '}')))
        {
            _at++;
            return ParameterForm.Length;
        }

        return ParameterForm.Value;
    }

    private string TakeParameterName()
    {
        var start = _at;
        if (IsNameStart(Current))
        {
            while (IsNamePart(Current))
            {
                _at++;
            }
        }
        else if (char.IsAsciiDigit(Current))
        {
            while (char.IsAsciiDigit(Current))
            {
                _at++;
            }
        }
        else if (Current is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            _at++;
        }

        return _text[start.._at];
    }

    private ParameterOperation? ParseOperation(Quoting quoting)
    {
        var start = _at;
        var alsoWhenEmpty = Current == ':' && Peek(1) is '-' or '=' or '+' or '?';
        _at += alsoWhenEmpty ? 1 : 0;
        if (TakeOperator() is not { } kind)
        {
            return null;
        }

        var isSubstring = kind == ParameterOperator.Substring;
        var replaces = kind is ParameterOperator.ReplaceFirst or ParameterOperator.ReplaceAll or ParameterOperator.ReplacePrefix or ParameterOperator.ReplaceSuffix;
        var argument = ParseOperand(OperandQuoting(kind, quoting), replaces ? '/' : isSubstring ? ':' : '}');
        ShellWord? second = null;
        if ((replaces && TryTake("/")) || (isSubstring && TryTake(":")))
        {
            second = ParseOperand(isSubstring || quoting != Quoting.Bare ? Quoting.Operand : Quoting.Bare, '}');
        }

        return new ParameterOperation(From(start), kind, alsoWhenEmpty, argument, second);
    }

    /// <summary>A pattern keeps its signs also between double quotes; a word between these does not.</summary>
    private static Quoting OperandQuoting(ParameterOperator kind, Quoting quoting) => kind switch
    {
        ParameterOperator.Substring => Quoting.Operand,
        ParameterOperator.UseDefault or ParameterOperator.AssignDefault or ParameterOperator.UseAlternative or ParameterOperator.FailIfUnset =>
            quoting == Quoting.Bare ? Quoting.Bare : Quoting.Operand,
        _ => Quoting.Bare,
    };

    private ShellWord ParseOperand(Quoting quoting, char end)
    {
        var start = _at;
        var parts = OpenParts();
        while (!AtEnd && Current != '}' && (Current != end || (end == '/' && _at == start)))
        {
            ReadPart(parts, quoting);
        }

        return new ShellWord(From(start), parts.ToImmutable());
    }

    private ParameterOperator? TakeOperator()
    {
        var isDouble = Peek(1) == Current;
        ParameterOperator? kind = Current switch
        {
            '-' => ParameterOperator.UseDefault,
            '=' => ParameterOperator.AssignDefault,
            '+' => ParameterOperator.UseAlternative,
            '?' => ParameterOperator.FailIfUnset,
            '#' => isDouble ? ParameterOperator.RemoveLongestPrefix : ParameterOperator.RemoveShortestPrefix,
            '%' => isDouble ? ParameterOperator.RemoveLongestSuffix : ParameterOperator.RemoveShortestSuffix,
            '/' => isDouble ? ParameterOperator.ReplaceAll : OfReplacement(),
            '^' => isDouble ? ParameterOperator.UpperAll : ParameterOperator.UpperFirst,
            ',' => isDouble ? ParameterOperator.LowerAll : ParameterOperator.LowerFirst,
            ':' => ParameterOperator.Substring,
            '@' => ParameterOperator.Transform,
            _ => null,
        };
        var takesTwo = kind is ParameterOperator.RemoveLongestPrefix or ParameterOperator.RemoveLongestSuffix or ParameterOperator.ReplaceAll
            or ParameterOperator.ReplacePrefix or ParameterOperator.ReplaceSuffix or ParameterOperator.UpperAll or ParameterOperator.LowerAll;
        _at += kind is null ? 0 : takesTwo ? 2 : 1;
        return kind;
    }

    private ParameterOperator OfReplacement() => Peek(1) switch
    {
        '#' => ParameterOperator.ReplacePrefix,
        '%' => ParameterOperator.ReplaceSuffix,
        _ => ParameterOperator.ReplaceFirst,
    };
}
