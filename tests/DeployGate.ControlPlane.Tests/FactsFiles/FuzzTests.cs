using System.Text;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Text;

namespace DeployGate.ControlPlane.Tests.FactsFiles;

/// <summary>Untrusted text: whatever comes, a reading comes back, and its errors point into the text.</summary>
public class FuzzTests
{
    private const int Seed = 20261120;
    private const int Mutations = 20_000;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "1e999", "-0", "1.5", "\\ud800", "\"\\udc00\"", "\ud83d", "😀", "\u0000", "\r", "/*", "//",
        "\"id\":", "\"properties\":[],", "\"schema\":\"deploygate-facts/v1\",", "\"schema\":\"deploygate-inspection/v1\",", "\"value\":[],",
        "\"disks\":[{\"of\":\"x\",\"inspection\":{\"state\":1}}],", "?sig=", "://", "sig%3D", "%3Fsig=", "AccountKey=", "\"uniqueId\":\"/SharedGalleries/a/b/c\",",
    ];

    [Fact]
    public void No_mutation_of_the_samples_brings_an_exception()
    {
        var samples = Repository.Fixtures().Select(File.ReadAllText).Append(
            """{"schema":"deploygate-facts/v1","recordedAt":"2026-11-20T10:00:00Z","resources":[{"id":"/subscriptions/s"}],"absent":["/subscriptions/t"],"disks":[{"of":"https://a/b?sig=c","inspection":{"schema":"deploygate-inspection/v1","state":"Generalized","os":{"type":"Linux"},"evidence":[{"place":"p","value":1,"says":"s"}],"contradictions":["x"]}}]}""").ToList();
        var random = new Random(Seed);
        for (var i = 0; i < Mutations; i++)
        {
            var text = Mutate(samples[random.Next(samples.Count)], random);
            try
            {
                var read = FactsReader.Read([new SourceText("state.json", text)], i % 4 == 0 ? [new GivenInspection(Pieces[i % Pieces.Length], new SourceText("disk.json", text))] : []);
                Assert.All(read.Errors, error => Assert.False(string.IsNullOrEmpty(error.Message) || string.IsNullOrEmpty(error.Fix)));
                Assert.All(read.Errors, error => Assert.True(error.Position is not { Line: < 1 } and not { Column: < 1 }));
                Assert.All(read.Facts.Resources, resource => Assert.NotEqual("", resource.Id));
            }
            catch (Exception bad)
            {
                throw new InvalidOperationException($"Mutation {i} of seed {Seed} fails:\n{text}", bad);
            }
        }
    }

    private static string Mutate(string sample, Random random)
    {
        var text = new StringBuilder(sample);
        for (var edits = random.Next(1, 5); edits > 0 && text.Length > 0; edits--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 40), text.Length - at);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(0x10000);
                    break;
                case 3:
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                default:
                    text.Length = at;
                    break;
            }
        }

        return text.ToString();
    }
}
