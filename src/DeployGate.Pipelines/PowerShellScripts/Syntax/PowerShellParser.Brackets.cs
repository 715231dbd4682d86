using System.Collections.Immutable;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>Types and attributes: what stands in square brackets before a value.</summary>
internal sealed partial class PowerShellParser
{
    private string TakeTypeName() => ParseBracket().Name;

    /// <summary><c>[Name]</c> or <c>[Name(arguments)]</c>; a type's own brackets, as in <c>[string[]]</c>, belong to its name.</summary>
    private PowerShellAttribute ParseBracket()
    {
        var start = At++;
        var nameAt = At;
        var open = 0;
        while (!AtEnd && !AtNewLine && (open > 0 || Current != ']') && IsTypePart(Current))
        {
            open += Current == '[' ? 1 : Current == ']' ? -1 : 0;
            At++;
        }

        var name = Text[nameAt..At].Trim();
        var arguments = Current == '(' ? ParseAttributeArguments() : [];
        SkipBlanksAndNewLines();
        Close("]", start, 1);
        return new PowerShellAttribute(From(start), name, arguments);
    }

    private static bool IsTypePart(char c) => IsWordPart(c) || c is '.' or ' ' or ',' or '[' or ']' or '+' or '`' or '*' or '&' or '=';

    private ImmutableArray<AttributeArgument> ParseAttributeArguments()
    {
        var opening = At++;
        var arguments = ImmutableArray.CreateBuilder<AttributeArgument>();
        _parentheses++;
        SkipBlanksAndNewLines();
        while (!AtEnd && Current is not (')' or ']' or '}'))
        {
            var before = At;
            arguments.Add(ParseAttributeArgument());
            SkipBlanksAndNewLines();
            if (!TryTake(",") && Current != ')')
            {
                Report($"expected ',' or ')', found {Found()}", At, At + 1);
                At += At == before && !AtEnd ? 1 : 0;
            }

            SkipBlanksAndNewLines();
        }

        _parentheses--;
        Close(")", opening, 1);
        return arguments.ToImmutable();
    }

    private AttributeArgument ParseAttributeArgument()
    {
        if (!char.IsLetter(Current))
        {
            return new AttributeArgument(null, ParseExpression(withCommas: false));
        }

        var name = ReadName().Literal;
        SkipBlanks();
        if (!TryTake("="))
        {
            return new AttributeArgument(name, null);
        }

        SkipBlanksAndNewLines();
        return new AttributeArgument(name, ParseExpression(withCommas: false));
    }
}
