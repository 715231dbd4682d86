using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DeployGate.Core.Text;
using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Conformance;

/// <summary>Measures how fast files are evaluated, against only cutting the same texts into tokens, on one thread.</summary>
internal sealed class Throughput(ISourceFiles files, ISourceFiles? moduleCache)
{
    private const int Rounds = 3;

    private static readonly JsonReaderOptions s_json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Prints a line for once, twice and four times the files.</summary>
    internal void Measure(string language, IReadOnlyList<string> paths, TextWriter output)
    {
        var texts = TextsOf(paths);
        double first = 0;
        foreach (var times in new[] { 1, 2, 4 })
        {
            var evaluating = Time(() => Evaluate(paths, times));
            var tokenising = Time(() => Tokenise(texts, times));
            first = times == 1 ? evaluating : first;
            var megabytes = texts.Sum(text => (long)text.Utf8.Length) * times / 1e6;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{language} {times}x: {paths.Count * times} files ({texts.Count * times} with modules) in {evaluating:F2} s, {paths.Count * times / evaluating:F0} files/s, {megabytes / evaluating:F1} MB/s, tokens only {tokenising:F3} s, ratio {evaluating / tokenising:F1}, time per time of 1x {evaluating / first:F2}"));
        }
    }

    private static double Time(Action work)
    {
        // The best of a few: what else runs on the machine only adds time.
        var best = double.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            GC.Collect();
            var watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static void Tokenise(List<(SourceText Source, byte[] Utf8)> texts, int times)
    {
        for (var i = 0; i < times; i++)
        {
            foreach (var (source, utf8) in texts)
            {
                if (source.Path.EndsWith(".bicep", StringComparison.OrdinalIgnoreCase))
                {
                    BicepLexer.Lex(source);
                }
                else
                {
                    TokeniseJson(utf8);
                }
            }
        }
    }

    private static void TokeniseJson(byte[] utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, s_json);
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            // Loaded texts need not be JSON, and ARM allows strings over several lines: tokenised up to there.
        }
    }

    private void Evaluate(IReadOnlyList<string> paths, int times)
    {
        var evaluation = new Evaluation(files, moduleCache);
        for (var i = 0; i < times; i++)
        {
            foreach (var path in paths)
            {
                evaluation.Resolve(path);
            }
        }
    }

    // Every text that evaluating the paths reads, as often as another path reads it. Also warms up.
    private List<(SourceText Source, byte[] Utf8)> TextsOf(IReadOnlyList<string> paths)
    {
        var texts = new List<(SourceText, byte[])>();
        foreach (var path in paths)
        {
            var (recording, recordingCache) = (new RecordingFiles(files), moduleCache is null ? null : new RecordingFiles(moduleCache));
            new Evaluation(recording, recordingCache).Resolve(path);
            foreach (var (file, text) in recording.Texts.Concat(recordingCache?.Texts ?? []))
            {
                texts.Add((new SourceText(file, text), Encoding.UTF8.GetBytes(text)));
            }
        }

        Evaluate(paths, 1);
        Tokenise(texts, 1);
        return texts;
    }
}
