namespace DeployGate.ControlPlane.Tests.FactsFiles;

/// <summary>The examples that Azure's API specification publishes, where they lie beside the repository.</summary>
public class PublishedAnswersTests
{
    [Fact]
    public void Every_published_answer_is_read_and_only_the_bare_instance_view_is_refused()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "knowledge", "arm-responses");
        Assert.SkipUnless(Directory.Exists(folder), "The published answers do not lie beside this repository.");

        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var read = Reading.Of(File.ReadAllText(file));
            var expected = Path.GetFileName(file) == "vm-instance-view.running.json" ? (0, 1) : (1, 0);
            Assert.True(expected == (read.Facts.Resources.Length, read.Errors.Length), $"{file}: {Reading.All(read)}");
        }
    }
}
