using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// The arguments of one call. The readers check an argument's kind; when one answers false, <see cref="Problem"/> is the
/// result to return: <c>if (!a.Text(0, out var text)) return a.Problem;</c>.
/// </summary>
internal sealed class FunctionArguments(
    TemplateFunction function, ImmutableArray<Value> all, FunctionContext context, bool isSecret)
{
    private Value? _problem;

    /// <summary>The name under which the function was called.</summary>
    internal string Name => function.Name;

    /// <summary>All arguments; the number of them was checked.</summary>
    internal ImmutableArray<Value> All => all;

    /// <summary>The deployment that the call belongs to.</summary>
    internal FunctionContext Context => context;

    /// <summary>True when an argument or a part of one is secret.</summary>
    internal bool IsSecret => isSecret;

    /// <summary>How many arguments there are.</summary>
    internal int Count => all.Length;

    /// <summary>What the last reader that answered false found.</summary>
    internal Value Problem => _problem ?? Fail($"the arguments of {Name} do not fit");

    /// <summary>An argument, counted from 0.</summary>
    internal Value this[int index] => all[index];

    /// <summary>Reads a wholly known string.</summary>
    internal bool Text(int index, out string text)
    {
        text = (all[index] as StringValue)?.Text ?? "";
        return all[index] is StringValue || Expect(index, "a string");
    }

    /// <summary>Reads an integer.</summary>
    internal bool Int(int index, out long number)
    {
        number = (all[index] as IntValue)?.Number ?? 0;
        return all[index] is IntValue || Expect(index, "an int");
    }

    /// <summary>Reads an array.</summary>
    internal bool List(int index, [NotNullWhen(true)] out ArrayValue? list)
    {
        list = all[index] as ArrayValue;
        return list is not null || Expect(index, "an array");
    }

    /// <summary>Reads an object.</summary>
    internal bool Map(int index, [NotNullWhen(true)] out ObjectValue? map)
    {
        map = all[index] as ObjectValue;
        return map is not null || Expect(index, "an object");
    }

    /// <summary>
    /// The result when an argument is of no kind that the function takes: unknown when the argument is, otherwise an error.
    /// </summary>
    internal Value WrongKind(int index, string expected)
    {
        _ = Expect(index, expected);
        return Problem;
    }

    /// <summary>An error as result; the sentence must show values only as <see cref="Show(Value)"/> does.</summary>
    internal UnknownValue Fail(string detail) => Unknowns.Error(Name, detail);

    /// <summary>A value in an error's sentence; never a secret, nor anything that was computed from one.</summary>
    internal string Show(Value value) => isSecret ? "***" : Residual.Show(value);

    /// <summary>A text in an error's sentence.</summary>
    internal string Show(string text) => Show(new StringValue(text));

    /// <summary>The result when <paramref name="cause"/> stands in the way: unknown for its reason.</summary>
    internal UnknownValue Unknown(UnknownValue cause, ValueShape? shape = null) =>
        Unknowns.From(cause, Residual.Call(Name, all), shape ?? function.Result);

    /// <summary>The result when it depends on what is not known of the arguments.</summary>
    internal UnknownValue Unknown(ValueShape? shape = null)
    {
        foreach (var value in all)
        {
            if (Values.FirstUnknown(value) is { } cause)
            {
                return Unknown(cause, shape);
            }
        }

        return Fail($"the result of {Name} is not known");
    }

    private bool Expect(int index, string expected)
    {
        _problem = all[index] is UnknownValue or PartialString
            ? Unknown()
            : Fail($"argument {index + 1} of {Name} must be {expected}, not {Values.Kind(all[index])}");
        return false;
    }
}
