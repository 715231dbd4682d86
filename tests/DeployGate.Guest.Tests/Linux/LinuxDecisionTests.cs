using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Guest.Linux;

namespace DeployGate.Guest.Tests.Linux;

public class LinuxDecisionTests
{
    private static readonly LinuxMarkers s_clean = new(
        Absent<string>("/var/lib/waagent/provisioned"),
        Found<ImmutableArray<string>>("/var/lib/waagent", []),
        Absent<bool>("/var/lib/cloud/instance"),
        Found("/etc/hostname", "localhost.localdomain"),
        Found("/usr/sbin/waagent", true),
        Absent<bool>("/usr/bin/cloud-init"),
        Absent<bool>("/usr/lib/systemd/system/ignition-files.service"),
        []);

    [Fact]
    public void A_deprovisioned_machine_is_generalized() => Assert.Equal(GuestState.Generalized, LinuxDecision.Of(s_clean).State);

    [Fact]
    public void The_agents_sentinel_says_specialized()
    {
        var answer = LinuxDecision.Of(s_clean with { Provisioned = Found("/var/lib/waagent/provisioned", "B0F1…") });
        Assert.Equal(GuestState.Specialized, answer.State);
    }

    [Fact]
    public void Deprovisioned_by_the_agent_but_not_cleaned_by_cloud_init_is_generalized_with_a_warning()
    {
        var answer = LinuxDecision.Of(s_clean with { CloudInstance = Found("/var/lib/cloud/instance", true) });
        Assert.Equal(GuestState.Generalized, answer.State);
        Assert.Single(answer.Contradictions);
    }

    [Fact]
    public void Cloud_inits_state_alone_with_a_name_of_its_own_is_specialized() =>
        Assert.Equal(GuestState.Specialized, LinuxDecision.Of(s_clean with { CloudInstance = Found("/var/lib/cloud/instance", true), HostName = Found("/etc/hostname", "web-1") }).State);

    [Fact]
    public void Cloud_inits_state_with_files_in_the_agents_folder_is_specialized() =>
        Assert.Equal(GuestState.Specialized, LinuxDecision.Of(s_clean with { CloudInstance = Found("/var/lib/cloud/instance", true), AgentFolder = Found<ImmutableArray<string>>("/var/lib/waagent", ["ovf-env.xml"]) }).State);

    [Fact]
    public void A_system_that_azure_could_not_provision_is_not_generalized() =>
        Assert.Equal(GuestState.Unclear, LinuxDecision.Of(s_clean with { Agent = Absent<bool>("/usr/sbin/waagent") }).State);

    [Fact]
    public void A_sentinel_on_a_volume_that_was_not_read_is_not_taken_for_absent()
    {
        var answer = LinuxDecision.Of(s_clean with { Provisioned = Unread<string>("/var/lib/waagent/provisioned") });
        Assert.Equal(GuestState.Unclear, answer.State);
        Assert.Equal("/var/lib/waagent/provisioned could not be looked for: /var: expected a volume, found LUKS", answer.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_journal_that_is_not_empty_leaves_both_answers_open(bool isProvisioned)
    {
        var markers = s_clean with { Unsettled = ["the journal of / is not empty"] };
        Assert.Equal(GuestState.Unclear, LinuxDecision.Of(isProvisioned ? markers with { Provisioned = Found("p", "x") } : markers).State);
    }

    [Fact]
    public void An_agent_folder_that_was_not_listed_leaves_it_open() =>
        Assert.Equal(GuestState.Unclear, LinuxDecision.Of(s_clean with { AgentFolder = Unread<ImmutableArray<string>>("/var/lib/waagent") }).State);

    [Fact]
    public void First_boot_provisioning_of_another_kind_leaves_it_open() =>
        Assert.Equal(GuestState.Unclear, LinuxDecision.Of(s_clean with { FirstBoot = Found("/usr/lib/systemd/system/ignition-files.service", true) }).State);

    private static Marker<T> Found<T>(string place, T value) => new(place, new Lookup<T>.Found(value));

    private static Marker<T> Absent<T>(string place) => new(place, new Lookup<T>.Absent(place));

    private static Marker<T> Unread<T>(string place) => new(place, new Lookup<T>.Unreadable(new ReadFailure("/var", null, "a volume", "LUKS")));
}
