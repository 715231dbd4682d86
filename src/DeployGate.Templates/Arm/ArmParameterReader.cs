using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Arm;

/// <summary>Reads one parameter; of referenced definitions only what changes a value's meaning: type, secrecy, null, allowed values.</summary>
internal static class ArmParameterReader
{
    private const int MaxReferences = 16;

    internal static ParameterDeclaration Read(Member member, ObjectValue declaration, ObjectValue template, Place outer)
    {
        var place = member.WhereNamed.IsNone ? ArmExpressionBuilder.PlaceOf(declaration, outer) : member.WhereNamed;
        var type = declaration.GetText("type");
        var parameter = new ParameterDeclaration(member.Name, place)
        {
            Kind = KindOf(type),
            IsSecret = IsSecretType(type),
            IsNullable = declaration.Get("nullable") is BoolValue { IsTrue: true },
            Default = declaration.Find("defaultValue") is { } value ? ArmExpressionBuilder.Build(value.Value, place, hasCopy: false) : null,
            Allowed = declaration.Get("allowedValues") is ArrayValue { IsFullyKnown: true } allowed ? allowed.Items : [],
            Minimum = Number(declaration, "minLength") ?? Number(declaration, "minValue"),
            Maximum = Number(declaration, "maxLength") ?? Number(declaration, "maxValue"),
        };
        return FollowReferences(parameter, declaration, template);
    }

    internal static bool IsSecretType(string? type) =>
        string.Equals(type, "securestring", StringComparison.OrdinalIgnoreCase) || string.Equals(type, "secureobject", StringComparison.OrdinalIgnoreCase);

    private static ParameterDeclaration FollowReferences(ParameterDeclaration parameter, ObjectValue declaration, ObjectValue template)
    {
        for (var i = 0; i < MaxReferences && declaration.GetText("$ref") is { } reference; i++)
        {
            if (template.Get("definitions", reference.Split('/')[^1]) is not ObjectValue definition)
            {
                break;
            }

            var type = definition.GetText("type");
            parameter = parameter with
            {
                Kind = parameter.Kind == ParameterKind.Any ? KindOf(type) : parameter.Kind,
                IsSecret = parameter.IsSecret || IsSecretType(type),
                IsNullable = parameter.IsNullable || definition.Get("nullable") is BoolValue { IsTrue: true },
                Allowed = parameter.Allowed.IsEmpty && definition.Get("allowedValues") is ArrayValue { IsFullyKnown: true } allowed ? allowed.Items : parameter.Allowed,
            };
            declaration = definition;
        }

        return parameter;
    }

    private static long? Number(ObjectValue declaration, string name) => (declaration.Get(name) as IntValue)?.Number;

    private static ParameterKind KindOf(string? type) => (type ?? "").ToLowerInvariant() switch
    {
        "string" or "securestring" => ParameterKind.Text,
        "int" or "integer" => ParameterKind.Number,
        "bool" or "boolean" => ParameterKind.Truth,
        "object" or "secureobject" => ParameterKind.Map,
        "array" => ParameterKind.List,
        _ => ParameterKind.Any,
    };
}
