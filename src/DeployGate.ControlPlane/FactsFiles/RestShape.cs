using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>
/// Brings a resource into the shape of the REST API. <c>az</c> lifts the members of <c>properties</c> to the top, adds a
/// <c>resourceGroup</c> beside every id, and at times spells names in other case, which does not matter here.
/// </summary>
/// <seealso href="https://github.com/Azure/azure-cli/blob/dev/doc/command_guidelines.md"/>
internal static class RestShape
{
    // What ARM keeps outside of properties, over all types the gate reads.
    private static readonly HashSet<string> Top = new(
        [
            "id", "name", "type", "location", "tags", "zones", "sku", "plan", "identity", "kind", "managedBy", "managedByExtended",
            "extendedLocation", "etag", "systemData", "resources", "placement", "instanceId",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The resource with its properties nested and the id given.</summary>
    internal static ObjectValue Of(ObjectValue resource, string id, string type)
    {
        var shaped = resource.Get("properties") is ObjectValue ? resource : Nest(resource, type);
        return ObjectValue.From(shaped.Members.Where(IsSaid).Select(member => IsNamed(member, "id") ? member with { Value = new StringValue(id) } : member));
    }

    private static ObjectValue Nest(ObjectValue flat, string type)
    {
        var top = new List<Member>();
        var properties = new List<Member>();
        foreach (var member in flat.Members.Where(member => !IsNamed(member, "resourceGroup")))
        {
            if (IsNamed(member, "uniqueId") && flat.Find("id") is null)
                // Only an image that others share has a unique id for its id; a disk's unique id is a property.
                top.Add(new Member("identifier", new ObjectValue([member])));
            else if (IsNamed(member, "typePropertiesType"))
                // An extension has a type of its own, which az could not lift to where the resource's type stands.
                properties.Add(new Member("type", member.Value));
            else if (IsTop(member.Name, type))
                top.Add(IsNamed(member, "resources") ? member with { Value = NestChildren(member.Value) } : member);
            else
                properties.Add(member with { Value = WithoutGroups(member.Value) });
        }

        top.Add(new Member("properties", ObjectValue.From(properties)));
        return ObjectValue.From(top);
    }

    // The plan of a Marketplace image is a property, since the image needs one and does not have one.
    private static bool IsTop(string name, string type) =>
        Top.Contains(name)
        && !(string.Equals(name, "plan", StringComparison.OrdinalIgnoreCase) && type.Contains("/publishers/", StringComparison.OrdinalIgnoreCase));

    // A virtual machine's extensions: resources inside of a resource, flattened like it.
    private static Value NestChildren(Value children) => children is ArrayValue list
        ? new ArrayValue([.. list.Items.Select(child => child is ObjectValue map && map.Get("properties") is null ? Nest(map, "") : child)])
        : children;

    private static Value WithoutGroups(Value value) => value switch
    {
        ArrayValue list => new ArrayValue([.. list.Items.Select(WithoutGroups)]),
        ObjectValue map => new ObjectValue(
        [
            .. map.Members
                .Where(member => !(IsNamed(member, "resourceGroup") && map.GetText("id") is not null))
                .Select(member => member with { Value = WithoutGroups(member.Value) }),
        ]),
        _ => value,
    };

    // Resource Graph says "" for what is not there, and names the group beside the id.
    private static bool IsSaid(Member member) =>
        !IsNamed(member, "resourceGroup") && !(member.Value is StringValue { Text: "" } && (IsNamed(member, "managedBy") || IsNamed(member, "kind")));

    private static bool IsNamed(Member member, string name) => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase);
}
