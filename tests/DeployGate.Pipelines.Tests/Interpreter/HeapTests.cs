using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>Objects of PowerShell that were made on different ways stay different objects where the ways meet.</summary>
public class HeapTests
{
    [Theory]
    [InlineData("if ($X) { $c.a = @{ id = 'm' }; $c.b = @{ id = 'n' } } else { $c.b = @{ id = 'n' }; $c.a = @{ id = 'm' } }", "m")]
    [InlineData("if ($X) { $c.a = @{ id = 'm' } } else { $c.a = @{ id = 'n' } }", "m | n")]
    [InlineData("if ($X) { $t = @{ id = 'k' }; $c.a = @{ id = 'm' } } else { $c.a = @{ id = 'n' } }", "m | n")]
    [InlineData("if ($X) { $c.a = @{ id = 'm' } } else { $c.a = @{ id = 'n' } }\n$c.a.id = 'k'", "m | k | n")]
    [InlineData("$a = @{ id = 'm' }\nif ($X) { $c.a = $a } else { $t = @{ id = 'k' }; $c.a = $a }", "m")]
    [InlineData("foreach ($i in $list) { $c.a = @{ id = 'm' } }\nforeach ($i in 'm', 'n') { $c.a = @{ id = $i } }", "n")]
    public void A_member_is_that_of_the_object_it_was_set_to(string script, string expected) => Assert.Contains(
        $" sourceVirtualMachine={expected} ",
        RunPrinter.PowerShell("$c = @{}\n" + script + "\naz image create -g g -n i --source $c.a.id").ReplaceLineEndings(" ") + " ",
        StringComparison.Ordinal);

    [Fact]
    public void Two_paths_never_give_one_number_to_two_objects()
    {
        var one = new PathState(World.New(), StringComparer.Ordinal);
        var other = one.Fork();
        var first = Heap.New(one, ObjectValue.From([new Member("id", new StringValue("m"))]));
        var second = Heap.New(other, ObjectValue.From([new Member("id", new StringValue("n"))]));
        one.Join(one, other);
        Assert.Equal("m", (Heap.Read(one, first)?.Find("id")?.Value as StringValue)?.Text);
        Assert.Equal("n", (Heap.Read(one, second)?.Find("id")?.Value as StringValue)?.Text);
    }

    [Fact]
    public void Loops_in_loops_make_no_more_objects_than_they_have_turns()
    {
        var script = string.Concat(Enumerable.Repeat("foreach ($i in $list) {\n", 40)) + "$c = @{ a = @{ b = 1 } }\nif ($X) { $c.a = @{} } else { $c.a = @{} }\n" + string.Concat(Enumerable.Repeat("}\n", 40));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = RunPrinter.PowerShell(script);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }
}
