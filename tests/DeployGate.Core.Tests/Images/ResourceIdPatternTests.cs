using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.Core.Tests.Images;

public class ResourceIdPatternTests
{
    private const string Known = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i";

    private static readonly UnknownValue s_subscription = new(UnknownReason.DeploymentContext, "subscription().subscriptionId", "") { Shape = ValueShape.IdSegment };
    private static readonly UnknownValue s_parameter = new(UnknownReason.ParameterNoValue, "parameters('galleryId')", "") { Shape = ValueShape.Text };

    // '§' stands for an unknown segment, '*' for an unknown of any length.
    private static Value Id(string text)
    {
        var parts = new List<StringPart>();
        foreach (var piece in System.Text.RegularExpressions.Regex.Split(text, "([§*])"))
        {
            parts.Add(piece switch
            {
                "§" => new StringPart(s_subscription),
                "*" => new StringPart(s_parameter),
                _ => new StringPart(piece),
            });
        }

        return PartialString.Join(parts);
    }

    [Theory]
    [InlineData(Known, IdMatch.Same)]
    [InlineData("subscriptions/S/RESOURCEGROUPS/RG/providers/microsoft.compute/Galleries/G/Images/I/", IdMatch.Same)]
    [InlineData("/subscriptions/§/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i", IdMatch.Possible)]
    [InlineData("/subscriptions/s/resourceGroups/§/providers/Microsoft.Compute/galleries/§/images/i", IdMatch.Possible)]
    [InlineData("*/images/i", IdMatch.Possible)]
    [InlineData("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/§", IdMatch.No)]
    [InlineData("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/j", IdMatch.No)]
    [InlineData("/subscriptions/s/resourceGroups/other/providers/Microsoft.Compute/galleries/g/images/i", IdMatch.No)]
    [InlineData("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i/versions/1.0.0", IdMatch.No)]
    [InlineData("*/images/j", IdMatch.No)]
    public void Matches_by_known_parts(string id, IdMatch expected)
    {
        var pattern = ResourceIdPattern.From(Id(id))!;
        Assert.Equal(expected, pattern.Match(ResourceIdPattern.From(new StringValue(Known))!));
        Assert.Equal(expected, ResourceIdPattern.From(new StringValue(Known))!.Match(pattern));
    }

    [Fact]
    public void Equal_holes_are_the_same_and_incomplete()
    {
        var pattern = ResourceIdPattern.From(Id("/subscriptions/§/resourceGroups/rg/providers/Microsoft.Compute/images/i"))!;
        Assert.Equal(IdMatch.Same, pattern.Match(pattern));
        Assert.False(pattern.IsComplete);
    }

    [Theory]
    [InlineData(Known, "Microsoft.Compute/galleries/images", "i")]
    [InlineData("*/providers/Microsoft.Compute/disks/d", "Microsoft.Compute/disks", "d")]
    [InlineData("/providers/A/b/c/providers/D/e/f", "D/e", "f")]
    public void Tells_type_and_name(string id, string type, string name)
    {
        var pattern = ResourceIdPattern.From(Id(id))!;
        Assert.Equal((type, name), (pattern.Type, pattern.Name(0)));
    }

    [Fact]
    public void What_is_no_id_has_no_pattern() => Assert.All([new StringValue("x"), new StringValue(""), (Value)s_parameter, new IntValue(1)], value => Assert.Null(ResourceIdPattern.From(value)));

    [Theory]
    [InlineData("/providers/Microsoft.Compute/virtualMachines/vm", "Microsoft.Compute/virtualMachines")]
    [InlineData("/providers/microsoft.compute/VIRTUALMACHINES/vm/", "microsoft.compute/VIRTUALMACHINES")]
    [InlineData("//providers/A/b/c//", "A/b")]
    public void Keeps_a_type_as_it_was_written(string id, string type) => Assert.Equal(type, ResourceIdPattern.From(new StringValue(id))!.Type);

    [Fact]
    public void Tells_a_type_of_any_length()
    {
        var type = $"Microsoft.{new string('x', 200)}/{new string('y', 200)}";
        Assert.Equal(type, ResourceIdPattern.From(new StringValue($"/subscriptions/s/providers/{type}/name"))!.Type);
    }

    [Fact]
    public void A_parent_ends_before_the_last_type()
    {
        var parent = ResourceIdPattern.From(Id("/subscriptions/§/providers/Microsoft.Compute/galleries/g/images/i/versions/1.0.0"))!.Parent;
        Assert.Equal(("Microsoft.Compute/galleries/images", "i", "g", false), (parent.Type, parent.Name(0), parent.Name(2), parent.IsComplete));
        Assert.Equal("", parent.Name(9));
    }

    [Fact]
    public void An_unknown_inside_a_name_is_one_segment_with_it()
    {
        var pattern = ResourceIdPattern.From(Id("/subscriptions/s/providers/Microsoft.Compute/disks/os-§-1/"))!;
        Assert.Equal(("Microsoft.Compute/disks", "os-{subscription().subscriptionId}-1"), (pattern.Type, pattern.Name(0)));
        Assert.Equal(IdMatch.No, pattern.Match(ResourceIdPattern.From(new StringValue("/subscriptions/s/providers/Microsoft.Compute/disks/os-2-1"))!));
    }
}
