using DeployGate.Fuzz.Targets;

namespace DeployGate.Fuzz.Tests;

/// <summary>What the long runs found to cost too much: whole evaluations, judged and printed in every form.</summary>
public class CostTests
{
    private const string Machine = "az vm create -g rg -n vm --image Debian11\naz vm deallocate -g rg -n vm\naz vm generalize -g rg -n vm\n";

    // Four times the text may cost four times as much, and a little more for what is sorted.
    [Theory]
    [InlineData("shell-script", Machine, "az image create -g rg -n img --source vm\n")]
    [InlineData("shell-script", Machine, "az image create -g rg -n img --source other --hyper-v-generation V2\n")]
    [InlineData("shell-script", Machine, "az vm create -g rg -n vm --image Debian11\n")]
    [InlineData("powershell-script", "$vm = Get-AzVM -ResourceGroupName rg -Name vm\n", "New-AzSnapshot -ResourceGroupName rg -SnapshotName s -Snapshot (New-AzSnapshotConfig -SourceUri $vm.StorageProfile.OsDisk.ManagedDisk.Id -CreateOption Copy)\n")]
    public void Many_equal_commands_cost_as_much_as_they_are(string target, string head, string command)
    {
        _ = Allocated(target, head + Many(command, 20));
        var few = Allocated(target, head + Many(command, 100));
        Assert.InRange(Allocated(target, head + Many(command, 400)), few, 6 * few);
    }

    // Text of text of text: the quotes of one are escaped in the next, which doubles it until it is too long, and then begins anew.
    [Fact]
    public void Objects_written_into_texts_of_objects_stay_within_the_steps()
    {
        var loops = string.Concat(Enumerable.Repeat("[for x in ", 120)) + "[{ a: 'b' }]" + string.Concat(Enumerable.Repeat(": { name: 'vm-${x}' }]", 120));
        Assert.InRange(Allocated("bicep-template", $"output o array = {loops}\n"), 0, 1L << 30);
    }

    private static string Many(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    // A saved input is read as those are that are read twice and printed.
    private static long Allocated(string name, string text)
    {
        var target = TargetCatalog.Find(name)!;
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Equal(text.Length, target.Load(path));
        }
        finally
        {
            File.Delete(path);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        target.Read();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, target.Cost.MemoryFor(text.Length, target.Steps));
        return allocated;
    }
}
