using DeployGate.Core.Assessment;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>Every way in which a machine is prepared, marked and booted again, and everything that is made of it.</summary>
public class StateGridTests
{
    private const string Create = "set -e\naz vm create -g rg -n m --image Ubuntu2204\nIP=$(az vm show -d -g rg -n m --query publicIps -o tsv)\n";

    private static readonly (string Name, string Command, GuestState Guest)[] s_preparations =
    [
        ("certain", "ssh u@$IP 'sudo waagent -force -deprovision+user'", GuestState.Generalized),
        ("likely", "az vm run-command invoke -g rg -n m --command-id RunPowerShellScript --scripts 'C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /shutdown'", GuestState.Generalized),
        ("possible", "ssh u@$IP 'sudo waagent -force -deprovision+user' || true", GuestState.Unclear),
        ("not", "ssh u@$IP 'sudo apt-get update'", GuestState.Specialized),
    ];

    private static readonly (string Name, string Command)[] s_artifacts =
    [
        ("vm", "az sig image-version create -g rg -r g -i d -e 1.0.0 --virtual-machine $(az vm show -g rg -n m --query id -o tsv)"),
        ("image", "az image create -g rg -n copy --source m"),
        ("disk", "az disk create -g rg -n copy --source $(az vm show -g rg -n m --query storageProfile.osDisk.managedDisk.id -o tsv)"),
        ("snapshot", "az snapshot create -g rg -n copy --source $(az vm show -g rg -n m --query storageProfile.osDisk.managedDisk.id -o tsv)"),
    ];

    public static TheoryData<string, bool, bool, string> Cells => [.. from preparation in s_preparations from isMarked in (bool[])[false, true] from boots in (bool[])[false, true] from artifact in s_artifacts select new TheoryDataRow<string, bool, bool, string>(preparation.Name, isMarked, boots, artifact.Name)];

    [Theory, MemberData(nameof(Cells))]
    public void What_is_made_of_a_machine_holds_the_guest_it_had_then(string preparation, bool isMarked, bool boots, string artifact)
    {
        var (_, prepare, prepared) = s_preparations.Single(one => one.Name == preparation);
        var script = Create + prepare + (boots ? "\naz vm restart -g rg -n m" : "") + "\naz vm deallocate -g rg -n m"
            + (isMarked ? "\naz vm generalize -g rg -n m" : "") + "\n" + s_artifacts.Single(one => one.Name == artifact).Command
            + "\naz vm delete -g rg -n m --yes\naz image create -g rg -n last --source copy --os-type Linux";
        var operations = RunPrinter.Run(script, ScriptDialect.Bash).Operations;
        var machine = operations[1].States.Single(state => state.Type.EndsWith("virtualMachines", StringComparison.Ordinal));
        var guest = boots ? GuestState.Specialized : prepared;
        Assert.Equal((isMarked ? AzureMark.Generalized : AzureMark.Unmarked, guest), (machine.Mark, machine.Guest));

        // The machine is gone when the last image is made; its copies are as it was.
        var copy = operations[^1].States.Last(state => RunPrinter.State(state).StartsWith(artifact == "vm" ? "g/d/1.0.0" : "copy", StringComparison.Ordinal));
        Assert.Equal(guest, copy.Guest);
    }

    [Theory]
    [InlineData("for i in 1; do COMMAND; done")]
    [InlineData("for ((i = 0; i < 1; i++)); do COMMAND; done")]
    [InlineData("while true; do COMMAND; break; done")]
    public void What_a_loop_inside_a_machine_does_is_done(string loop)
    {
        const string Deprovision = "sudo waagent -force -deprovision+user";
        Assert.Equal(GuestState.Generalized, GuestAfter(Deprovision));
        Assert.Equal(GuestState.Generalized, GuestAfter(loop.Replace("COMMAND", Deprovision, StringComparison.Ordinal)));
        Assert.Equal(GuestState.Specialized, GuestAfter(loop.Replace("COMMAND", "true", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("az vm generalize -g rg -n m", AzureMark.Unknown)]
    [InlineData("az vm stop -g rg -n m\naz vm generalize -g rg -n m", AzureMark.Generalized)]
    [InlineData("if [ -n \"$X\" ]; then az vm deallocate -g rg -n m; az vm generalize -g rg -n m; fi", AzureMark.Unknown)]
    [InlineData("az vm deallocate -g rg -n m\naz vm generalize -g rg -n m || true", AzureMark.Unknown)]
    [InlineData("az vm deallocate -g rg -n m\naz vm generalize -g rg -n m || exit 1", AzureMark.Generalized)]
    [InlineData("az vm deallocate -g rg -n other\naz vm generalize -g rg -n other", AzureMark.Specialized)]
    [InlineData("echo az vm generalize -g rg -n m\n# az vm generalize -g rg -n m\nprintf 'az vm generalize -g rg -n m'", AzureMark.Specialized)]
    [InlineData("az vm deallocate -g rg -n m\necho 'az vm generalize -g rg -n m' | bash", AzureMark.Generalized)]
    public void The_mark_is_known_only_where_it_is_certainly_set(string commands, AzureMark expected)
    {
        var operations = RunPrinter.Run(Create + commands + "\naz image create -g rg -n i --source m", ScriptDialect.Bash).Operations;
        Assert.Equal(expected, operations[^1].States.First(state => RunPrinter.State(state).StartsWith("m:", StringComparison.Ordinal)).Mark);
    }

    private static GuestState GuestAfter(string commands)
    {
        var operations = RunPrinter.Run($"{Create}ssh u@$IP '{commands}'\naz image create -g rg -n i --source m", ScriptDialect.Bash).Operations;
        return operations[^1].States.First(state => RunPrinter.State(state).StartsWith("m:", StringComparison.Ordinal)).Guest;
    }
}
