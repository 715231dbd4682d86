using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter.Shell;

internal sealed partial class ShellRun
{
    /// <summary>The words after all expansions: what is unquoted and known is split at blanks.</summary>
    private ImmutableArray<Value> Expand(ImmutableArray<ShellWord> words)
    {
        var all = ImmutableArray.CreateBuilder<Value>(words.Length);
        foreach (var word in words)
        {
            Expand(word, all);
        }

        return all.DrainToImmutable();
    }

    private void Expand(ShellWord word, ImmutableArray<Value>.Builder all)
    {
        if (word.Parts is [WordPart.Literal { Text.Length: > 0 } only])
        {
            all.Add(Part(only));
            return;
        }

        var place = WhereIs(word.Span);
        List<Value> current = [];
        var isOpen = word.Parts.IsEmpty;
        foreach (var part in word.Parts)
        {
            if (ListOf(part) is { } list)
            {
                for (var i = 0; i < list.Length; i++)
                {
                    if (i > 0 && current.Count > 0)
                    {
                        all.Add(Values.Concat(current, place));
                        current = [];
                    }

                    current.Add(list[i]);
                }

                continue;
            }

            var value = Part(part);
            isOpen |= part.IsQuoted;
            if (!part.IsQuoted && part is not WordPart.Literal && value is StringValue or PartialString && Values.Split(value, ' ', '\t', '\n') is { Length: > 1 } pieces && part is not WordPart.Glob)
            {
                foreach (var piece in pieces)
                {
                    if (piece is not StringValue { Text: "" })
                    {
                        current.Add(piece);
                    }

                    Flush(all, current, place);
                }
            }
            else if (value is not StringValue { Text: "" } || part.IsQuoted)
            {
                current.Add(value);
            }
        }

        if (current.Count > 0 || isOpen)
        {
            all.Add(current.Count == 0 ? Values.Text("", place) : Values.Concat(current, place));
        }
    }

    private static void Flush(ImmutableArray<Value>.Builder all, List<Value> current, LazyPlace place)
    {
        if (current.Count > 0)
        {
            all.Add(Values.Concat([.. current], place));
            current.Clear();
        }
    }

    /// <summary>A word that is not split.</summary>
    private Value Single(ShellWord word)
    {
        return word.Parts.IsEmpty ? Values.Text("", WhereIs(word.Span)) : Concat(word.Parts, word.Span);
    }

    /// <summary>The elements where a part stands for several words: <c>"$@"</c>, <c>"${x[@]}"</c>.</summary>
    private ImmutableArray<Value>? ListOf(WordPart part)
    {
        if (part is WordPart.Quoted { Parts: [var only] })
        {
            return ListOf(only);
        }

        if (part is not WordPart.Parameter { Expansion: { Form: ParameterForm.Value, Operation: null } expansion })
        {
            return null;
        }

        if (expansion.Name is "@" or "*" && !_arguments.IsDefault)
        {
            return _arguments;
        }

        return expansion.Subscript?.Literal is "@" or "*" && _path.Variables[expansion.Name] is ArrayValue { Rest: null } array ? array.Items : null;
    }

    private Value Part(WordPart part)
    {
        switch (part)
        {
            case WordPart.Literal literal:
                return Values.Text(literal.Text, WhereIs(literal.Span));
            case WordPart.Quoted quoted:
                return quoted.Parts.IsEmpty ? Values.Empty : Concat(quoted.Parts, quoted.Span);
            case WordPart.Hole hole:
                return Hole(hole.Span);
            case WordPart.Parameter parameter:
                return Passed(Parameter(parameter), parameter.Span, parameter.Expansion.Name);
            case WordPart.CommandSubstitution substitution:
                return Substitute(substitution.Body);
            case WordPart.ProcessSubstitution { IsInput: true } process:
                var name = $"/dev/fd/{_azure.Record.NextNumber()}";
                _path.Variables = _path.Variables.Set(Hidden.File(name), Substitute(process.Body));
                return Values.Text(name, WhereIs(process.Span));
            case WordPart.Glob glob:
                return Values.Text(glob.Text, WhereIs(glob.Span));
            case WordPart.Tilde tilde:
                return Values.Text("~" + tilde.User, WhereIs(tilde.Span));
            case WordPart.Arithmetic arithmetic:
                return Compute(arithmetic);
            default:
                return Values.Unknown(Written(part.Span), "it is not understood", UnknownReason.Unsupported);
        }
    }

    private Value Concat(ImmutableArray<WordPart> parts, TextSpan span)
    {
        var values = new Value[parts.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Part(parts[i]);
        }

        return Values.Concat(values, WhereIs(span));
    }

    private Value Compute(WordPart.Arithmetic arithmetic)
    {
        var text = arithmetic.Parts.IsEmpty ? Values.Empty : Concat(arithmetic.Parts, arithmetic.Span);
        if (text is StringValue { Text: var expression } && Arithmetic.Compute(expression, name => (_path.Variables[name] as StringValue)?.Text) is { } number)
        {
            return Values.Text(number.ToString(System.Globalization.CultureInfo.InvariantCulture), WhereIs(arithmetic.Span));
        }

        ForgetAssigned((text as StringValue)?.Text ?? Written(arithmetic.Span));
        return Values.Unknown(Written(arithmetic.Span), "this arithmetic is not computed", UnknownReason.Unsupported);
    }

    /// <summary>Arithmetic may assign (<c>i++</c>, <c>n = n * 2</c>, <c>n += 1</c>); what it names is then no longer what it was.</summary>
    private void ForgetAssigned(string expression)
    {
        var isAssigning = expression.Contains("++", StringComparison.Ordinal) || expression.Contains("--", StringComparison.Ordinal)
            || expression.Replace("==", "", StringComparison.Ordinal).Replace("!=", "", StringComparison.Ordinal).Contains('=', StringComparison.Ordinal);
        foreach (var name in isAssigning ? Names(expression) : [])
        {
            Set(name, Values.Unknown(expression, "arithmetic that assigns is not computed", UnknownReason.Unsupported));
        }
    }

    private static IEnumerable<string> Names(string expression) =>
        new string([.. expression.Select(one => char.IsAsciiLetterOrDigit(one) || one == '_' ? one : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !char.IsAsciiDigit(word[0]));

    private LazyPlace WhereIs(TextSpan span) => _script.WhereIs(span);

    private string Written(TextSpan span) => _script.Content.Substring(span.Start, Math.Min(span.Length, 80));

    private Value Hole(TextSpan span) => _script.HoleAt(span.Start) is { } value
        ? value.At(value.Origin ?? new Origin(PlaceOf(span)))
        : Values.Unknown("?", "a value that is not known");

    private Value Passed(Value value, TextSpan span, string name) =>
        value.Origin is { } origin ? value.At(origin.Through(PlaceOf(span), $"variable '{name}'")) : value with { WrittenAt = WhereIs(span) };

    /// <summary>What a command substitution gives. Its commands run; what they set is lost with their subshell.</summary>
    private Value Substitute(ShellBlock body)
    {
        if (!_azure.Record.Take(WhereIs(body.Span)))
        {
            return Values.Unknown("?", "the scripts do too much to be followed", UnknownReason.Unsupported);
        }

        (var isAsked, _process.IsAsked) = (_process.IsAsked, true);
        var printed = Capture(() => Subshell(body));
        _process.IsAsked = isAsked;
        return printed is StringValue text ? new StringValue(text.Text.TrimEnd('\n', '\r')) { Origin = text.Origin } : printed;
    }

    private Value Parameter(WordPart.Parameter part)
    {
        var expansion = part.Expansion;
        switch (expansion.Form)
        {
            case ParameterForm.Length when Lookup(expansion) is StringValue text:
                return Values.Text(text.Text.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            case ParameterForm.Length when _path.Variables[expansion.Name] is ArrayValue { Rest: null } list && expansion.Subscript is not null:
                return Values.Text(list.Items.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            case ParameterForm.Indirect when Lookup(expansion) is StringValue { Text: { Length: > 0 } name }:
                return Get(name);
            case not ParameterForm.Value:
                return Values.Unknown(_script.Content.Substring(part.Span.Start, part.Span.Length), "it depends on a value that is not known", UnknownReason.ExternalInput);
        }

        var value = Lookup(expansion);
        return expansion.Operation is { } operation ? Operate(expansion, operation, value) : value ?? Get(expansion.Name);
    }

    /// <summary>A parameter's value; null where the script has not set it.</summary>
    private Value? Lookup(ParameterExpansion expansion)
    {
        if (expansion.Name is "?" or "$" or "!" or "-" or "#" or "@" or "*" or "0" || (int.TryParse(expansion.Name, out _) && !_arguments.IsDefault))
        {
            return Get(expansion.Name);
        }

        var value = _path.Variables[expansion.Name];
        if (value is not ArrayValue array)
        {
            return value;
        }

        return expansion.Subscript?.Literal switch
        {
            null when expansion.Subscript is null => array.Items.FirstOrDefault(),
            "@" or "*" => array,
            { } index when int.TryParse(index, out var at) && array.Rest is null => at >= 0 && at < array.Items.Length ? array.Items[at] : at < 0 && array.Items.Length > 0 ? array.Items[^1] : Values.Empty,
            _ => Values.Unknown($"{expansion.Name}[…]", "the element is not known", UnknownReason.ExternalInput),
        };
    }

    // What is not known of a script's arguments may be any number of words.
    private bool MayBeMore => _locals is null && _arguments.Any(argument => argument is UnknownValue);

    private Value Get(string name)
    {
        if (int.TryParse(name, out var position) && position > 0 && !_arguments.IsDefault)
        {
            return position <= _arguments.Length ? _arguments[position - 1] : MayBeMore ? Values.Unknown(name, $"argument {name} of the script is not known", UnknownReason.ExternalInput) : Values.Empty;
        }

        switch (name)
        {
            case "#" when !_arguments.IsDefault && !MayBeMore:
                return Values.Text(_arguments.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            case "0":
                return Values.Text(_script.Source.Path);
            case "@" or "*" when !_arguments.IsDefault:
                return _arguments.IsEmpty ? Values.Empty : new ArrayValue(_arguments);
            case "?":
                return _status switch { true => Values.Text("0"), false => Values.Text("1"), _ => Values.Unknown("$?", "whether a command succeeds is known when it runs") };
            case "PWD":
                return _path.Variables[Hidden.Directory] ?? Values.Text(".");
        }

        return _path.Variables[name] ?? Values.Unknown(name, int.TryParse(name, out _) ? $"argument {name} of the script is not known" : $"the variable '{name}' is not set in the script", UnknownReason.ExternalInput);
    }

    private Value Operate(ParameterExpansion expansion, ParameterOperation operation, Value? value)
    {
        var isEmpty = value is null || (operation.AlsoWhenEmpty && value is StringValue { Text: "" });
        switch (operation.Operator)
        {
            case ParameterOperator.UseDefault:
                return isEmpty ? Single(operation.Argument) : value!;
            case ParameterOperator.AssignDefault:
                var assigned = isEmpty ? Single(operation.Argument) : value!;
                Set(expansion.Name, assigned);
                return assigned;
            case ParameterOperator.UseAlternative:
                return isEmpty ? Values.Empty : Single(operation.Argument);
            case ParameterOperator.FailIfUnset:
                return value ?? Get(expansion.Name);
        }

        return ParameterTexts.Change(value ?? Get(expansion.Name), operation.Operator, Pattern(operation.Argument), operation.Second is { } second ? Single(second) : null);
    }
}
