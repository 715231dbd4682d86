using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Arm;

/// <summary>
/// Reads a template's sections into the template model. The input is a value, not text: a nested template may be what the
/// outer template's evaluation made of it.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax"/>
internal sealed class ArmTemplateReader
{
    private static readonly Dictionary<string, UserFunction> s_noFunctions = new(StringComparer.OrdinalIgnoreCase);

    private readonly Place _place;
    private readonly List<Problem> _problems;

    private ArmTemplateReader(Place place, List<Problem> problems)
    {
        _place = place;
        _problems = problems;
    }

    /// <summary>Reads; what is wrong is added to <paramref name="problems"/> and left out of the model.</summary>
    internal static TemplateModel Read(ObjectValue template, Place outer, List<Problem> problems)
    {
        var place = template.WrittenAt.Value ?? outer;
        return new ArmTemplateReader(place, problems).Read(template);
    }

    private TemplateModel Read(ObjectValue template)
    {
        var resources = template.Find("resources")?.Value;
        var isSymbolic = resources is ObjectValue || template.GetText("languageVersion") is ['2', ..];
        return new TemplateModel
        {
            Place = _place,
            Scope = ArmSchema.ScopeOf(template.GetText("$schema")),
            IsSymbolic = isSymbolic,
            Parameters = ReadParameters(template),
            Variables = ReadVariables(template),
            Functions = ReadFunctions(template),
            Resources = ReadResources(resources, template.Rest),
            Outputs = ReadOutputs(template),
            Header = HeaderOf(template),
        };
    }

    private static ObjectValue HeaderOf(ObjectValue template)
    {
        var header = ImmutableArray.CreateBuilder<Member>(3);
        foreach (var member in template.Members)
        {
            if (member.Name is "contentVersion" or "metadata" or "$schema")
            {
                header.Add(member);
            }
        }

        return new ObjectValue(header.DrainToImmutable());
    }

    private Dictionary<string, ParameterDeclaration> ReadParameters(ObjectValue template)
    {
        var parameters = new Dictionary<string, ParameterDeclaration>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in Section(template, "parameters"))
        {
            if (member.Value is ObjectValue declaration)
            {
                parameters[member.Name] = ArmParameterReader.Read(member, declaration, template, _place);
            }
            else
            {
                Wrong(member, "a parameter is an object with a 'type'");
            }
        }

        return parameters;
    }

    private Dictionary<string, Expression> ReadVariables(ObjectValue template)
    {
        var variables = new Dictionary<string, Expression>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in Section(template, "variables"))
        {
            if (!ArmExpressionBuilder.IsCopy(member, out var loops))
            {
                variables[ArmExpressionParser.Unescape(member.Name)] = ArmExpressionBuilder.Build(member.Value, _place);
                continue;
            }

            foreach (var copy in loops.Items.Cast<ObjectValue>())
            {
                var loop = ArmExpressionBuilder.BuildLoop(copy, _place);
                if (copy.GetText("name") is { } name)
                {
                    variables[name] = new LoopExpression(loop.Where, loop, ArmExpressionBuilder.Required(copy, "input", loop.Where));
                }
                else
                {
                    _problems.Add(new Problem(loop.Where.Value!, "a variable loop has no name", "Give it a literal 'name'.", IsFatal: true));
                }
            }
        }

        return variables;
    }

    private Dictionary<string, UserFunction> ReadFunctions(ObjectValue template)
    {
        if (template.Find("functions")?.Value is not ArrayValue { Items.IsEmpty: false } namespaces)
        {
            return s_noFunctions;
        }

        var functions = new Dictionary<string, UserFunction>(StringComparer.OrdinalIgnoreCase);
        foreach (var space in namespaces.Items.OfType<ObjectValue>())
        {
            foreach (var member in Section(space, "members"))
            {
                if (member.Value is not ObjectValue function || function.Get("output") is not ObjectValue output)
                {
                    Wrong(member, "a function is an object with 'parameters' and 'output'");
                    continue;
                }

                var name = $"{space.GetText("namespace")}.{member.Name}";
                var place = function.WrittenAt.Value ?? _place;
                var names = (function.Get("parameters") as ArrayValue)?.Items.OfType<ObjectValue>().Select(p => p.GetText("name") ?? "") ?? [];
                functions[name] = new UserFunction(name, place, [.. names], ArmExpressionBuilder.Required(output, "value", place));
            }
        }

        return functions;
    }

    private ImmutableArray<ResourceDeclaration> ReadResources(Value? resources, UnknownValue? rest)
    {
        var reader = new ArmResourceReader(_place, _problems);
        switch (resources)
        {
            case ArrayValue list:
                NoteRest(list.Rest ?? rest);
                return reader.ReadAll(list);
            case ObjectValue map:
                NoteRest(map.Rest ?? rest);
                return [.. map.Members.Select(member => reader.Read(member.Value, member.Name)).OfType<ResourceDeclaration>()];
            case UnknownValue unknown:
                NoteRest(unknown);
                return [];
            case null or NullValue:
                NoteRest(rest);
                return [];
            default:
                _problems.Add(new Problem(resources.Origin?.Place ?? _place, "'resources' is neither an array nor an object", "Write the resources as an array.", IsFatal: true));
                return [];
        }
    }

    private void NoteRest(UnknownValue? rest)
    {
        if (rest is not null)
        {
            _problems.Add(new Problem(rest.Origin?.Place ?? _place, $"some resources of this template are not known: {rest.Detail}", "Supply the value, so that they can be checked.", IsFatal: false));
        }
    }

    private ImmutableArray<OutputDeclaration> ReadOutputs(ObjectValue template)
    {
        var outputs = ImmutableArray.CreateBuilder<OutputDeclaration>();
        foreach (var member in Section(template, "outputs"))
        {
            if (member.Value is not ObjectValue output)
            {
                Wrong(member, "an output is an object with 'type' and 'value'");
                continue;
            }

            var place = ArmExpressionBuilder.PlaceOf(output, _place);
            var condition = output.Find("condition") is { } written ? ArmExpressionBuilder.Build(written.Value, place) : null;
            var isSecret = ArmParameterReader.IsSecretType(output.GetText("type"));
            if (output.Get("copy") is ObjectValue copy)
            {
                var loop = ArmExpressionBuilder.BuildLoop(copy, place) with { Name = null };
                outputs.Add(new OutputDeclaration(member.Name, place, condition, loop, ArmExpressionBuilder.Required(copy, "input", place), isSecret));
            }
            else
            {
                outputs.Add(new OutputDeclaration(member.Name, place, condition, null, ArmExpressionBuilder.Required(output, "value", place), isSecret));
            }
        }

        return outputs.ToImmutable();
    }

    private ImmutableArray<Member> Section(ObjectValue parent, string name)
    {
        switch (parent.Get(name))
        {
            case ObjectValue section:
                return section.Members;
            case null or UnknownValue:
                return [];
            case var other:
                _problems.Add(new Problem(other.Origin?.Place ?? _place, $"'{name}' must be an object", "Write it as { \"name\": … }.", IsFatal: true));
                return [];
        }
    }

    private void Wrong(Member member, string message) =>
        _problems.Add(new Problem(member.Value.Origin?.Place ?? member.NamePlace ?? _place, $"'{member.Name}' is not understood: {message}", "Correct it: Azure refuses the template.", IsFatal: true));
}
