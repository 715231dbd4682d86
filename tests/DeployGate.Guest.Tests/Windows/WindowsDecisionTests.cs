using DeployGate.Core.Assessment;
using DeployGate.Guest.Windows;

namespace DeployGate.Guest.Tests.Windows;

public class WindowsDecisionTests
{
    private const string Prepared = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";

    private static readonly WindowsMarkers s_prepared = new(
        Found("ImageState", Prepared),
        Found("State.ini", Prepared),
        Found("SetupType", 2ul),
        Found("CmdLine", @"oobe\windeploy.exe"),
        Found("SystemSetupInProgress", 1ul),
        Absent<ulong>("AuditBoot"),
        Found("Sysprep_succeeded.tag", true),
        null);

    private static readonly WindowsMarkers s_inUse = s_prepared with
    {
        ImageState = Found("ImageState", "IMAGE_STATE_COMPLETE"),
        StateFile = Found("State.ini", "IMAGE_STATE_COMPLETE"),
        SetupType = Found("SetupType", 0ul),
        CommandLine = Found("CmdLine", ""),
        SetupInProgress = Found("SystemSetupInProgress", 0ul),
    };

    [Fact]
    public void All_markers_agree_that_it_is_prepared() => Assert.Equal(GuestState.Generalized, WindowsDecision.Of(s_prepared).State);

    [Fact]
    public void A_machine_in_use_is_specialized_though_the_tag_of_its_image_is_still_there()
    {
        var answer = WindowsDecision.Of(s_inUse);
        Assert.Equal(GuestState.Specialized, answer.State);
        Assert.Empty(answer.Contradictions);
    }

    [Theory]
    [InlineData("IMAGE_STATE_UNDEPLOYABLE", GuestState.Undeployable)]
    [InlineData("IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE", GuestState.Undeployable)]
    [InlineData("IMAGE_STATE_SPECIALIZE_RESEAL_TO_AUDIT", GuestState.Undeployable)]
    [InlineData("IMAGE_STATE_GENERALIZE_RESEAL_TO_AUDIT", GuestState.Undeployable)]
    [InlineData("image_state_complete", GuestState.Specialized)]
    [InlineData("IMAGE_STATE_SOMETHING_NEW", GuestState.Unclear)]
    [InlineData("", GuestState.Unclear)]
    public void Each_word_has_its_state(string word, GuestState state) => Assert.Equal(state, WindowsDecision.Of(s_prepared with { ImageState = Found("ImageState", word) }).State);

    [Fact]
    public void Audit_mode_cannot_be_deployed() => Assert.Equal(GuestState.Undeployable, WindowsDecision.Of(s_prepared with { AuditBoot = Found("AuditBoot", 1ul) }).State);

    public static TheoryData<string> Deniers => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Deniers))]
    public void A_state_that_another_marker_denies_is_never_generalized_and_names_the_marker(string denier)
    {
        var answer = WindowsDecision.Of(Changes[denier](s_prepared));
        Assert.Equal(GuestState.Unclear, answer.State);
        Assert.Contains(denier, Assert.Single(answer.Contradictions).Place, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, Func<WindowsMarkers, WindowsMarkers>> Changes = new(StringComparer.Ordinal)
    {
        ["SetupType"] = markers => markers with { SetupType = Found("SetupType", 0ul) },
        ["CmdLine"] = markers => markers with { CommandLine = Found("CmdLine", "") },
        ["Sysprep_succeeded.tag"] = markers => markers with { Tag = Absent<bool>("Sysprep_succeeded.tag") },
        ["State.ini"] = markers => markers with { StateFile = Found("State.ini", "IMAGE_STATE_COMPLETE") },
        ["SetupType unread"] = markers => markers with { SetupType = Unread<ulong>("SetupType unread") },
        ["State.ini unread"] = markers => markers with { StateFile = Unread<string>("State.ini unread") },
    };

    [Fact]
    public void A_registry_that_cannot_be_read_is_never_answered_by_the_file()
    {
        var answer = WindowsDecision.Of(s_prepared with { ImageState = Unread<string>("ImageState") });
        Assert.Equal(GuestState.Unclear, answer.State);
        Assert.Equal("ImageState was not read: hive: expected a log, found none", answer.Reason);
    }

    [Theory]
    [InlineData(Prepared, GuestState.Unclear)]
    [InlineData("IMAGE_STATE_COMPLETE", GuestState.Specialized)]
    [InlineData("IMAGE_STATE_UNDEPLOYABLE", GuestState.Undeployable)]
    public void Without_the_registrys_value_the_file_decides_but_never_that_it_is_prepared(string word, GuestState state) =>
        Assert.Equal(state, WindowsDecision.Of(s_prepared with { ImageState = Absent<string>("ImageState"), StateFile = Found("State.ini", word) }).State);

    [Fact]
    public void A_machine_in_use_whose_setup_is_due_says_so()
    {
        var answer = WindowsDecision.Of(s_inUse with { SetupType = Found("SetupType", 2ul), CommandLine = Found("CmdLine", @"oobe\windeploy.exe") });
        Assert.Equal(GuestState.Specialized, answer.State);
        Assert.Equal(["SetupType", "CmdLine"], answer.Contradictions.Select(item => item.Place));
    }

    [Fact]
    public void A_volume_that_was_not_closed_in_order_is_said() =>
        Assert.EndsWith("the volume was not closed in order", WindowsDecision.Of(s_prepared with { Unsettled = "dirty" }).Reason, StringComparison.Ordinal);

    private static Marker<T> Found<T>(string place, T value) => new(place, new Lookup<T>.Found(value));

    private static Marker<T> Absent<T>(string place) => new(place, new Lookup<T>.Absent(place));

    private static Marker<T> Unread<T>(string place) => new(place, new Lookup<T>.Unreadable(new ReadFailure("hive", null, "a log", "none")));
}
