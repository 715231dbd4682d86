using System.Collections.Immutable;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Functions whose answer exists only at deployment. The evaluator answers <c>reference</c> from the template itself where
/// it can; what arrives here it could not.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource"/>
internal static class RuntimeFunctions
{
    private const string ListPrefix = "list";
    private const int MessageLength = 500;
    private const string AskAzure = "only Azure can answer it, at deployment";

    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Runtime("reference", 1, 3, ValueShape.Map, "the state of a deployed resource is known only at deployment"),
        Runtime("references", 1, 2, ValueShape.List, "the state of deployed resources is known only at deployment"),
        Runtime("providers", 1, 2, ValueShape.Map, "the resource types of a provider are known only at deployment"),
        Runtime("pickZones", 3, 5, ValueShape.List, "the zones of a region are known only at deployment"),
        Runtime("toLogicalZone", 2, 3, ValueShape.IdSegment, "which zone it is for a subscription is known only at deployment"),
        Runtime("toLogicalZones", 2, 3, ValueShape.List, "which zones they are for a subscription is known only at deployment"),
        Runtime("toPhysicalZone", 2, 3, ValueShape.IdSegment, "which zone it is for a subscription is known only at deployment"),
        Runtime("toPhysicalZones", 2, 3, ValueShape.List, "which zones they are for a subscription is known only at deployment"),
        Runtime("roleDefinitions", 1, 1, ValueShape.Map, "the roles of a tenant are known only at deployment"),
        Runtime("target", 0, 1, ValueShape.Map, "the state of a deployed resource is known only at deployment"),
        Runtime("externalInputs", 1, 1, ValueShape.Any, "another tool supplies the value at deployment", UnknownReason.ExternalInput),
        Runtime("newGuid", 0, 0, ValueShape.IdSegment, "it is another value each time", UnknownReason.NonDeterministic),
        Runtime("utcNow", 0, 1, ValueShape.Text, "it is another value each time", UnknownReason.NonDeterministic),
        Structural("fail", 1, 1, ValueShape.Any, Fail),
    ];

    // For any name, since each action of a resource type whose name begins so is a function.
    private static readonly TemplateFunction s_list = Runtime(ListPrefix, 1, 4, ValueShape.Any, AskAzure);

    /// <summary>The function for a name that begins with <c>list</c>; null for others. What it answers is secret.</summary>
    internal static TemplateFunction? FindList(string name) => !name.StartsWith(ListPrefix, StringComparison.OrdinalIgnoreCase)
        ? null
        : s_list with { Name = name, Body = a => s_list.Body(a).AsSecret() };

    private static TemplateFunction Runtime(
        string name, int min, int max, ValueShape shape, string detail, UnknownReason reason = UnknownReason.RuntimeFunction) =>
        new(name, min, max, FunctionClass.Runtime, a => new UnknownValue(reason, Residual.Call(a.Name, a.All), detail) { Shape = shape })
        {
            Result = shape,
            Handling = UnknownHandling.Placing,
        };

    private static Value Fail(FunctionArguments a) => a[0] switch
    {
        StringValue text when !a.IsSecret => a.Fail($"the template refuses: {Residual.Cut(text.Text, MessageLength)}"),
        StringValue or PartialString => a.Fail($"the template refuses: {a.Show(a[0])}"),
        UnknownValue => a.Fail("the template refuses, with a message known only at deployment"),
        _ => a.WrongKind(0, "a string"),
    };
}
