using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeployGate.Core.Policies;
using DeployGate.Core.Text;
using DeployGate.Reporting;

namespace DeployGate.Cli.PolicyPacks;

/// <summary>What <c>policy test</c> and <c>policy lint</c> print.</summary>
internal static class PolicyReports
{
    internal static void WriteTestText(TextWriter output, PolicyFiles files, IReadOnlyCollection<(Policy Policy, CaseResult Result)> results)
    {
        WriteMistakes(output, files, withWarnings: false);
        foreach (var document in files.Documents.Where(document => !document.Policies.IsEmpty))
        {
            output.Write($"{SafeText.Line(document.Source.Path)}\n");
            foreach (var tested in document.Policies)
            {
                output.Write($"  {tested.Policy.Id} {tested.Policy.Name}\n");
                output.Write(tested.Cases.IsEmpty ? "    no cases\n" : "");
                foreach (var (_, result) in results.Where(one => ReferenceEquals(one.Policy, tested.Policy)))
                {
                    WriteCase(output, result);
                }
            }
        }

        var failed = results.Count(one => !one.Result.HasPassed);
        output.Write($"{Number(files.Documents.Sum(document => document.Policies.Length), "policy", "policies")}, {Number(results.Count, "case", "cases")}, {failed} failed\n");
    }

    internal static void WriteLintText(TextWriter output, PolicyFiles files)
    {
        WriteMistakes(output, files, withWarnings: true);
        var mistakes = files.Documents.SelectMany(document => document.Mistakes).ToList();
        var warnings = mistakes.Count(mistake => mistake.IsWarning);
        output.Write($"{Number(files.Documents.Length, "file", "files")}, {Number(files.Documents.Sum(document => document.Policies.Length), "policy", "policies")} without mistakes: {Number(mistakes.Count - warnings, "error", "errors")}, {Number(warnings, "warning", "warnings")}\n");
    }

    internal static void WriteTestJson(TextWriter output, PolicyFiles files, IReadOnlyCollection<(Policy Policy, CaseResult Result)> results) => Write(output, json =>
    {
        json.WriteString("schema", "deploygate-policy-test/v1");
        json.WriteStartObject("summary");
        json.WriteNumber("policies", files.Documents.Sum(document => document.Policies.Length));
        json.WriteNumber("cases", results.Count);
        json.WriteNumber("failed", results.Count(one => !one.Result.HasPassed));
        json.WriteEndObject();
        json.WriteStartArray("cases");
        foreach (var (policy, result) in results)
        {
            json.WriteStartObject();
            json.WriteString("policy", policy.Id);
            json.WriteString("case", result.Case.Name);
            json.WriteString("expected", result.Case.Expect);
            json.WriteString("actual", result.Actual);
            json.WriteBoolean("passed", result.HasPassed);
            json.WriteString("reason", result.Reason);
            WriteLocation(json, result.Case.Place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteMistakes(json, files);
    });

    internal static void WriteLintJson(TextWriter output, PolicyFiles files) => Write(output, json =>
    {
        json.WriteString("schema", "deploygate-policy-lint/v1");
        WriteMistakes(json, files);
    });

    private static void WriteCase(TextWriter output, CaseResult result)
    {
        output.Write($"    {(result.HasPassed ? "ok  " : "FAIL")}  {SafeText.Line(result.Case.Name)}\n");
        if (!result.HasPassed)
        {
            output.Write($"          {ContractWords.Of(result.Case.Place)}: expected {result.Case.Expect}, got {result.Actual}\n");
            output.Write($"          {SafeText.Line(result.Reason)}\n");
        }
    }

    private static void WriteMistakes(TextWriter output, PolicyFiles files, bool withWarnings)
    {
        foreach (var error in files.Errors)
        {
            output.Write($"{SafeText.Line(error.File)}: error: {SafeText.Line(error.Message)}\n  fix: {SafeText.Line(error.Fix)}\n");
        }

        foreach (var mistake in files.Documents.SelectMany(document => document.Mistakes).Where(mistake => withWarnings || !mistake.IsWarning))
        {
            output.Write($"{ContractWords.Of(mistake.Place)}: {WordOf(mistake)}: {SafeText.Line(mistake.Message)}\n  fix: {SafeText.Line(mistake.Fix)}\n");
        }
    }

    private static void WriteMistakes(Utf8JsonWriter json, PolicyFiles files)
    {
        json.WriteStartArray("mistakes");
        foreach (var mistake in files.Documents.SelectMany(document => document.Mistakes))
        {
            json.WriteStartObject();
            json.WriteString("severity", WordOf(mistake));
            json.WriteString("message", mistake.Message);
            json.WriteString("fix", mistake.Fix);
            WriteLocation(json, mistake.Place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach (var error in files.Errors)
        {
            json.WriteStartObject();
            json.WriteString("file", error.File);
            json.WriteString("message", error.Message);
            json.WriteString("fix", error.Fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, Place place)
    {
        json.WriteStartObject("location");
        json.WriteString("file", place.Source.Path);
        json.WriteNumber("line", place.Start.Line);
        json.WriteNumber("column", place.Start.Column);
        json.WriteNumber("endLine", place.End.Line);
        json.WriteNumber("endColumn", place.End.Column);
        json.WriteEndObject();
    }

    private static void Write(TextWriter output, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = Letters() }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    // Quotes may stand as they are; '#' may not, so that a document printed to a log holds no command of the host.
    private static JavaScriptEncoder Letters()
    {
        var settings = new TextEncoderSettings(System.Text.Unicode.UnicodeRanges.BasicLatin);
        settings.ForbidCharacters('#');
        settings.AllowCharacters('\'');
        return JavaScriptEncoder.Create(settings);
    }

    private static string WordOf(PolicyMistake mistake) => mistake.IsWarning ? "warning" : "error";

    private static string Number(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
