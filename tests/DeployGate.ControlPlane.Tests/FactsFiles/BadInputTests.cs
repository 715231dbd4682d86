using DeployGate.Core.Assessment;

namespace DeployGate.ControlPlane.Tests.FactsFiles;

/// <summary>Each kind of bad input, with the whole of what is said about it.</summary>
public class BadInputTests
{
    private const string Json = "Write the answer with '-o json', and keep warnings out of the file: they go to standard error.";
    private const string Again = "Write the answer again; the command may have been interrupted.";
    private const string Facts = "Write it as policies/schemas/deploygate-facts.v1.schema.json says, or record the facts again.";
    private const string Id = "Give the answer as Azure printed it, with the resource's full id: /subscriptions/…/providers/….";
    private const string View =
        "an instance view without an 'id' cannot be assigned to a virtual machine | "
        + "Record it with 'az vm get-instance-view -o json' without --query, with GET …/virtualMachines/NAME?$expand=instanceView, "
        + "or wrap it in a facts file below the id of its virtual machine.";

    [Theory]
    [InlineData("", ": error: the file is empty | Write the answer again, and look at the command's messages: it may have failed.")]
    [InlineData(" \r\n", ": error: the file is empty | Write the answer again, and look at the command's messages: it may have failed.")]
    [InlineData("WARNING: preview\n{}", ":1:1: error: the file is not JSON: 'W' cannot stand here | " + Json)]
    [InlineData("{\n  \"a\": \"é😀\", !\n}", ":2:15: error: the file is not JSON: '!' cannot stand here | " + Json)]
    [InlineData("{} {}", ":1:4: error: the file is not JSON: '{' cannot stand here | " + Json)]
    [InlineData("{\"a\": \u0000}", ":1:7: error: the file is not JSON: the character U+0000 cannot stand here | " + Json)]
    [InlineData("{\"a\": [1, 2", ":1:12: error: the file is not JSON: it ends too early | " + Again)]
    [InlineData("// nothing", ":1:11: error: the file is not JSON: it ends too early | " + Again)]
    [InlineData("{\"é\": \"\\ud800\"}", ":1:7: error: the file is not JSON: this string holds an escape that is half a character | " + Json)]
    [InlineData("null", ":1:1: error: the file is JSON, but it is only null | " + Reading.Accepted)]
    [InlineData(" \"Generalized\"", ":1:2: error: the file is JSON, but it is only a string | " + Reading.Accepted)]
    [InlineData("7", ":1:1: error: the file is JSON, but it is only a number | " + Reading.Accepted)]
    [InlineData("[{\"id\": \"/subscriptions/s\"}, 5]", ":1:30: error: the element is a number, not an object | " + Reading.Accepted)]
    [InlineData("{}", ":1:1: error: not a facts file and not a resource: it has neither a 'schema' nor an 'id' | " + Reading.Accepted)]
    [InlineData("{\"value\": {}}", ":1:1: error: not a facts file and not a resource: it has neither a 'schema' nor an 'id' | " + Reading.Accepted)]
    [InlineData("{\"name\": \"vm\", \"properties\": {}}", ":1:1: error: the resource has no 'id', so it cannot be told which one it is | " + Reading.Accepted)]
    [InlineData("{\"error\": {\"code\": \"ResourceNotFound\", \"message\": \"…\"}}", ":1:1: error: this is not a resource but Azure's refusal to show it: 'ResourceNotFound' | Ask again with an id that exists and a login that may read it.")]
    [InlineData("{\"recordedAt\": \"2026-11-20\", \"resources\": []}", ":1:1: error: this looks like a facts file, but its 'schema' is missing | Add \"schema\": \"deploygate-facts/v1\".")]
    [InlineData("{\"data\": {\"columns\": [], \"rows\": []}}", ":1:1: error: this is a table of Resource Graph, whose rows have no names | Ask with \"resultFormat\": \"objectArray\", or use 'az graph query -o json'.")]
    public void A_file_of_no_use_is_told_so(string text, string expected) =>
        Assert.Equal($"state1.json{expected}", Reading.Line(Assert.Single(Reading.Of(text).Errors)));

    [Theory]
    [InlineData("{\"id\": 5}", ":1:8: error: the resource's 'id' is a number, not a string | " + Id)]
    [InlineData("{\"id\": \"\"}", ":1:1: error: the resource has no 'id', so it cannot be told which one it is | " + Id)]
    [InlineData("{\"id\": \"9f0c\", \"name\": \"subscription\"}", ":1:8: error: '/9f0c' is not a resource's id, and there is no 'type' | " + Id)]
    [InlineData("{\"id\": \"/subscriptions/s\", \"properties\": []}", ":1:42: error: the resource's 'properties' is an array, not an object | " + Id)]
    [InlineData("{\"statuses\": [{\"code\": \"PowerState/running\"}]}", ":1:1: error: " + View)]
    [InlineData("{\"instanceView\": {}}", ":1:1: error: " + View)]
    [InlineData("[{\"code\": \"ProvisioningState/succeeded\"}, {\"code\": \"PowerState/running\"}]", ":1:1: error: " + View)]
    [InlineData("{\"schema\": \"deploygate-facts/v2\"}", ":1:12: error: the facts file has the schema 'deploygate-facts/v2', and this version of DeployGate reads 'deploygate-facts/v1' only | Record the facts again with this version, or update DeployGate.")]
    [InlineData("{\"schema\": \"deploygate-report/v1\"}", ":1:12: error: a document of the schema 'deploygate-report/v1' holds no facts | " + Reading.Accepted)]
    [InlineData("{\"schema\": \"deploygate-inspection/v1\", \"state\": \"Generalized\"}", ":1:1: error: the inspection does not say which disk it is of: 'disk' is missing | Give it as --disk ID=FILE.")]
    [InlineData("{\"schema\": \"deploygate-inspection/v2\", \"disk\": \"/d\"}", ":1:12: error: the inspection has the schema 'deploygate-inspection/v2', and this version of DeployGate reads 'deploygate-inspection/v1' only | Inspect the disk again with this version, or update DeployGate.")]
    public void A_document_that_cannot_be_used_is_told_so(string text, string expected)
    {
        var read = Reading.Of(text);

        Assert.Equal($"state1.json{expected}", Reading.Line(Assert.Single(read.Errors)));
        Assert.True(read.Facts.Resources.IsEmpty && read.Facts.Disks.IsEmpty);
    }

    [Theory]
    [InlineData("\"resources\": {}", ":1:48: error: 'resources' is an object, not an array | " + Facts)]
    [InlineData("\"resources\": [7]", ":1:49: error: the resource is a number, not an object | " + Facts)]
    [InlineData("\"resources\": [{\"name\": \"x\"}]", ":1:49: error: the resource has no 'id', so it cannot be told which one it is | " + Id)]
    [InlineData("\"absent\": \"/subscriptions/s\"", ":1:45: error: 'absent' is a string, not an array | " + Facts)]
    [InlineData("\"absent\": [\"\"]", ":1:46: error: the element of 'absent' is empty, not a resource's id | " + Facts)]
    [InlineData("\"absent\": [{}]", ":1:46: error: the element of 'absent' is an object, not a resource's id | " + Facts)]
    [InlineData("\"disks\": [true]", ":1:45: error: the element of 'disks' is a boolean, not an object | " + Facts)]
    [InlineData("\"disks\": [{\"inspection\": {}}]", ":1:45: error: the element of 'disks' does not say which disk it is: 'of' must be an id or an address | " + Facts)]
    [InlineData("\"disks\": [{\"of\": \"/d\"}]", ":1:45: error: the inspection of '/d' is null, not an object | " + Facts)]
    [InlineData("\"disks\": [{\"of\": \"/d\", \"inspection\": \"x\"}]", ":1:72: error: the inspection of '/d' is a string, not an object | " + Facts)]
    [InlineData("\"disks\": [{\"of\": \"/d\", \"inspection\": {}}]", ":1:72: error: not an inspection: its 'schema' is not 'deploygate-inspection/v1' | Give a document of the form deploygate-inspection/v1; policies/schemas describes it. Facts files and answers of Azure are given with --state.")]
    [InlineData("\"disks\": [{\"of\": \"/d\", \"inspection\": {\"state\": \"Generalized\", \"evidence\": {}}}]", ":1:109: error: 'evidence' is an object, not an array | Give a document of the form deploygate-inspection/v1; policies/schemas describes it.")]
    [InlineData("\"disks\": [{\"of\": \"/d\", \"inspection\": {\"state\": \"Generalized\", \"evidence\": [7]}}]", ": error: the evidence is a number, not an object | Give a document of the form deploygate-inspection/v1; policies/schemas describes it.")]
    [InlineData("\"recordedAt\": \"yesterday\"", ":1:49: remark: 'recordedAt' is 'yesterday', which is not a time, so it is not known how old these facts are | Write it like 2026-11-20T10:00:00Z.")]
    [InlineData("\"recordedAt\": 20261120", ":1:49: remark: 'recordedAt' is a number, which is not a time, so it is not known how old these facts are | Write it like 2026-11-20T10:00:00Z.")]
    public void A_bad_part_of_a_facts_file_is_told_and_the_rest_is_read(string part, string expected)
    {
        var read = Reading.Of($$"""{"schema": "deploygate-facts/v1", {{part}}}""");

        Assert.Equal($"state1.json{expected}", Reading.Line(Assert.Single(read.Errors)));
    }

    [Theory]
    [InlineData("/d", "[]", ":1:1: error: not an inspection but an array | Give a document of the form deploygate-inspection/v1; policies/schemas describes it.")]
    [InlineData("/d", "{\"id\": \"/subscriptions/s\"}", ":1:1: error: not an inspection: its 'schema' is not 'deploygate-inspection/v1' | Give a document of the form deploygate-inspection/v1; policies/schemas describes it. Facts files and answers of Azure are given with --state.")]
    [InlineData(" ", "{}", ":1:1: error: it is not said which disk this inspection is of | Write --disk ID=FILE, with the id of the disk, snapshot or VM, or the address of the VHD.")]
    [InlineData("/d", "x", ":1:1: error: the file is not JSON: 'x' cannot stand here | " + Json)]
    public void A_disk_that_is_no_inspection_is_told_so(string of, string text, string expected) =>
        Assert.Equal($"disk.json{expected}", Reading.Line(Assert.Single(Reading.OfDisk(of, text).Errors)));

    [Fact]
    public void One_bad_element_leaves_the_others()
    {
        var read = Reading.Of($"[{Repository.Fixture("disk.az.json")}, {{}}, {Repository.Fixture("snapshot.az.json")}]", "oops", Repository.Fixture("definition.az.json"));

        Assert.Equal(3, read.Facts.Resources.Length);
        Assert.Equal(["state1.json", "state2.json"], read.Errors.Select(error => error.File));
    }

    [Theory]
    [InlineData("[", "]", "")]
    [InlineData("{\"a\":", "}", "1")]
    public void Nesting_is_read_to_128_levels(string open, string close, string inside)
    {
        Assert.DoesNotContain(Reading.Of(Nested(128)).Errors, error => error.Message.Contains("deeper", StringComparison.Ordinal));
        Assert.Equal(
            $"state1.json:1:{(128 * open.Length) + 1}: error: the JSON is nested deeper than 128 levels | Give an answer of Azure as it was printed; none is nested like this.",
            Reading.Line(Assert.Single(Reading.Of(Nested(129)).Errors)));
        Assert.Single(Reading.Of(Nested(100_000)).Errors);

        string Nested(int levels) => string.Concat(Enumerable.Repeat(open, levels)) + inside + string.Concat(Enumerable.Repeat(close, levels));
    }

    [Fact]
    public void A_file_that_is_wrong_throughout_is_not_listed_element_by_element()
    {
        var read = Reading.Of($"[{string.Join(',', Enumerable.Repeat("1", 100_000))}]");

        Assert.Equal(21, read.Errors.Length);
        Assert.Equal(
            $"state1.json:1:42: error: more than 20 places of this file could not be read; the others are not listed | {Reading.Accepted}",
            Reading.Line(read.Errors[^1]));
    }

    [Fact]
    public void Long_values_are_cut_in_messages()
    {
        var read = Reading.Of($$"""{"schema": "deploygate-facts/{{new string('9', 82)}}😀😀"}""");

        Assert.StartsWith($"the facts file has the schema 'deploygate-facts/{new string('9', 82)}…', and", Assert.Single(read.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bad_status_of_a_view_is_no_reason_to_lose_the_machine()
    {
        var machine = Reading.OnlyResource($$"""{"id": "{{Reading.Compute}}/virtualMachines/v", "instanceView": {"statuses": {"code": "OSState/generalized"} } }""");

        Assert.Equal(AzureMark.Unknown, InstanceView.MarkOf(machine.Body).Mark);
    }
}
