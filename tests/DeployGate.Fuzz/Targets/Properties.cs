using System.Text;
using System.Text.Json;
using System.Xml;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Fuzz.Running;
using DeployGate.Pipelines.Scripts;
using DeployGate.Reporting;

namespace DeployGate.Fuzz.Targets;

/// <summary>What holds for every input, however broken it is.</summary>
internal static class Properties
{
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 4_000 };

    // Of each thread, because tests run side by side.
    [ThreadStatic]
    private static StringBuilder? t_buffer;

    /// <summary>A place lies in its text.</summary>
    internal static void Inside(Place place) => Inside(place.Span, place.Source.Content.Length);

    /// <summary>A range lies in a text of a length.</summary>
    internal static void Inside(TextSpan span, int length) => Holds(span.Start >= 0 && span.Length >= 0 && span.End <= length, "a span lies outside of the text");

    /// <summary>Problems have places in their texts, and words for people.</summary>
    internal static void Inside(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            Inside(problem.At);
            Holds(problem.Message.Length > 0 && problem.Fix.Length > 0, "a problem without words");
        }
    }

    /// <summary>What a script's reader did not understand lies in the script, and leads back into the file.</summary>
    internal static void Inside(ScriptText script, IEnumerable<SyntaxProblem> problems)
    {
        foreach (var problem in problems)
        {
            Inside(problem.Span, script.Content.Length);
            Inside(script.PlaceOf(problem.Span));
        }
    }

    /// <summary>A text is JSON.</summary>
    internal static void Json(string text)
    {
        try
        {
            JsonDocument.Parse(text, s_deep).Dispose();
        }
        catch (JsonException broken)
        {
            throw new BrokenPropertyException($"what was written is not JSON: {broken.Message}");
        }
    }

    /// <summary>A report can be written in every format, and what is JSON or XML can be read again.</summary>
    internal static void Reports(GateReport report)
    {
        var buffer = t_buffer ??= new StringBuilder();
        foreach (var format in ReportFormats.All)
        {
            buffer.Clear();
            using var writer = new StringWriter(buffer);
            format.Write(report, writer, new ReportStyle(IsVerbose: true));
            if (format.Name is "json" or "sarif")
            {
                Json(buffer.ToString());
            }
            else if (format.Name == "junit")
            {
                Xml(buffer.ToString());
            }
        }
    }

    /// <summary>Two readings of one input say the same.</summary>
    internal static void Same(string one, string other) => Holds(one == other, "a second reading gives another result");

    internal static void Holds(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new BrokenPropertyException(otherwise);
        }
    }

    private static void Xml(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
            }
        }
        catch (XmlException broken)
        {
            throw new BrokenPropertyException($"what was written is not XML: {broken.Message}");
        }
    }
}
