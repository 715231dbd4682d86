using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;
using DeployGate.Templates;
using DeployGate.Templates.Arm;
using DeployGate.Templates.BicepFiles.Syntax;
using DeployGate.Templates.Functions;
using DeployGate.Templates.Json;

namespace DeployGate.Fuzz.Targets.Templates;

/// <summary>Readers of ARM templates, Bicep and their parameters.</summary>
internal static class TemplateTargets
{
    // Judged and, one time in sixteen, printed in nine forms: a text of findings alone becomes some thousand bytes a character.
    private static readonly CostBound s_evaluation = new(64L << 20, 4_000, 50);

    private static readonly string[] s_arm = ["$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources", "copy", "count", "\"[copyIndex()]\"", "languageVersion", "2.0", "definitions", "$ref", "nullable", "existing", "dependsOn", "condition"];

    private static readonly string[] s_bicep = ["resource", "module", "param", "var", "output", "func", "type", "import", "using", "extension", "existing", "for", "in", "if", "@description", "@secure()", "targetScope", "'''", "?", "??", "!", ".?", "::", "=>", "...", "metadata", "assert", "provider"];

    private static readonly IReadOnlyList<string> s_functions = [.. FunctionCatalog.Names.Order(StringComparer.Ordinal), "if", "and", "or", "coalesce", "lambda", "lambdaVariables", "parameters", "variables", "copyIndex"];

    private static readonly string[] s_expressions =
    [
        "[concat('a', string(1), variables('x'))]", "[resourceId('Microsoft.Compute/images', 'a', 'b')]", "[map(createArray(1, 2, 3), lambda('x', add(lambdaVariables('x'), 1)))]",
        "[format('{0,5:D3}-{1}', 3, utcNow('yyyy-MM-dd'))]", "[if(equals(toLower('A'), 'a'), json('{\"a\": [1, 2.5, null]}').a[0], coalesce(null(), 'x'))]", "[union(createObject('a', 1), createObject('b', createArray()))]",
        "[cidrSubnet('10.0.0.0/16', 24, 3)]", "[dateTimeAdd('2026-01-01T00:00:00Z', 'P1Y2M3DT4H5M6S')]", "[split(replace(base64ToString(base64('a;b')), ';', ','), createArray(',', ' '))]",
        "[uri('https://a.b/c/', 'd?e=f')]", "[substring(padLeft('7', 10, '0'), 2, 3)]", "[range(0, 10)]", "[reduce(range(1, 5), 0, lambda('a', 'b', add(lambdaVariables('a'), lambdaVariables('b'))))]",
        "[guid(subscription().subscriptionId, uniqueString('x'))]", "[sort(createArray('b', 'a'), lambda('l', 'r', less(lambdaVariables('l'), lambdaVariables('r'))))]", "[intersection(array('a'), createArray('a'))]", "[toObject(range(0, 3), lambda('i', format('k{0}', lambdaVariables('i'))))]",
    ];

    internal static IEnumerable<FuzzTarget> All { get; } =
    [
        new TextTarget("arm-json", Templates, (text, _) => Json(text)) { Dictionary = s_arm },
        new TextTarget("arm-template", Templates, (text, isThorough) => Template("main.json", text, isThorough)) { Dictionary = [.. s_arm, .. s_expressions.Select(one => $"\"{one.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")], Bound = s_evaluation },
        new TextTarget("arm-expression", Expressions, (text, _) => Expression(text)) { Dictionary = s_functions },
        new TextTarget("hosted-expression", Expressions, (text, _) => Evaluate(text)) { Dictionary = s_functions, Bound = s_evaluation },
        new TextTarget("arm-parameters", ParameterFiles, (text, isThorough) => Parameters("main.parameters.json", text, isThorough)) { Dictionary = s_arm, Bound = s_evaluation },
        new TextTarget("bicep", Bicep, (text, _) => ReadBicep(text)) { Dictionary = s_bicep },
        new TextTarget("bicep-template", Bicep, (text, isThorough) => Template("main.bicep", text, isThorough)) { Dictionary = [.. s_bicep, .. s_functions], Bound = s_evaluation },
        new TextTarget("bicepparam", BicepParameters, (text, isThorough) => Parameters("main.bicepparam", text, isThorough)) { Dictionary = s_bicep, Bound = s_evaluation },
        new TextTarget("lenient-json", LenientTexts, (text, _) => LenientJson.TryParse(text, out var _, out var _)),
    ];

    private static IEnumerable<string> Templates(SeedFiles files) => ["{\"resources\":[{\"type\":\"A/b\",\"name\":\"[concat('a', 1)]\"}]}", .. files.Texts([".json", ".jsonc"], text => text.Contains("resources", StringComparison.Ordinal))];

    private static IEnumerable<string> ParameterFiles(SeedFiles files) => ["{\"parameters\":{\"osState\":{\"value\":\"Generalized\"}}}", .. files.Texts([".json"], text => text.Contains("deploymentParameters.json", StringComparison.OrdinalIgnoreCase))];

    private static IEnumerable<string> Bicep(SeedFiles files) => ["param a string = 'x'\nvar b = [for i in range(0, 3): '${a}${i}']\noutput c array = b\n", .. files.Texts([".bicep"])];

    private static IEnumerable<string> BicepParameters(SeedFiles files) => ["using 'main.bicep'\nparam osState = 'Generalized'\nparam tags = union({ a: 1 }, { b: readEnvironmentVariable('X', 'y') })\nextends 'base.bicepparam'\n", .. files.Texts([".bicepparam"])];

    private static IEnumerable<string> Expressions(SeedFiles files) => [.. s_expressions, .. Templates(files).SelectMany(text => text.Split('"')).Where(part => part is ['[', not '[', _, .., ']'] && part.Contains('(', StringComparison.Ordinal) && part.Length < 400).Distinct(StringComparer.Ordinal).Take(3_000)];

    private static IEnumerable<string> LenientTexts(SeedFiles files) => ["{a: 'b', /* c */ \"d\": [1, 0x1F, 1.5e3, .5, NaN, null, undefined,],}", "[-Infinity, 'a\\u0041', new Date(1)]", .. ParameterFiles(files)];

    private static void Json(string text)
    {
        var document = JsonReader.Read(new SourceText("main.json", text));
        Properties.Inside(document.Problems);
        Properties.Holds(document.Root is not null || document.Problems.Any(problem => problem.IsFatal), "broken JSON without a problem");
        if (document.Root is { } root)
        {
            Places(root);
        }
    }

    private static void Places(Value value)
    {
        if (value.Origin is { } origin)
        {
            Properties.Inside(origin.Place);
        }

        foreach (var inner in value switch { ObjectValue map => map.Members.Select(member => member.Value), ArrayValue list => list.Items, _ => [] })
        {
            Places(inner);
        }
    }

    private static Place PlaceOf(string text) => new(new SourceText("main.json", $"\"{text}\""), new TextSpan(0, text.Length + 2));

    private static void Expression(string text)
    {
        if (ArmExpressionParser.IsExpression(text))
        {
            Properties.Inside(ArmExpressionParser.Parse(PlaceOf(text), text).Place);
        }
    }

    private static void Evaluate(string text)
    {
        if (!HostedExpression.IsExpression(text))
        {
            text = $"[{text.Trim('[', ']')}]";
        }

        var read = HostedExpression.IsExpression(text) ? HostedExpression.Read(PlaceOf(text), text, []) : null;
        if (read is not null)
        {
            Properties.Inside(read.Problems);
            _ = read.Evaluate(_ => null);
        }
    }

    private static void ReadBicep(string text)
    {
        var file = BicepParser.Parse(new SourceText("main.bicep", text));
        Properties.Inside(file.Problems);
        Properties.Holds(file.Problems.Length == BicepParser.Parse(new SourceText("main.bicep", text)).Problems.Length, "a second reading gives another result");
    }

    private static void Template(string name, string text, bool isThorough)
    {
        MemoryFiles.Instance.Set(name, text);
        Whole.Template(TemplateFile.Read(new SourceText(name, text)), [], isThorough);
    }

    private const string Declared =
        """
        { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "parameters": { "osState": { "type": "string" }, "count": { "type": "int", "defaultValue": 1, "minValue": 0 }, "tags": { "type": "object", "defaultValue": {} }, "list": { "type": "array", "defaultValue": [] }, "password": { "type": "securestring", "defaultValue": "" } },
          "resources": [ { "type": "Microsoft.Compute/galleries/images", "apiVersion": "2023-07-03", "name": "g/d", "location": "westeurope", "tags": "[parameters('tags')]", "properties": { "osType": "Windows", "osState": "[parameters('osState')]", "count": "[parameters('count')]", "list": "[parameters('list')]" } } ] }
        """;

    private static readonly TemplateFile s_declared = TemplateFile.Read(new SourceText("declared.json", Declared));

    private static void Parameters(string name, string text, bool isThorough)
    {
        MemoryFiles.Instance.Set(name, text);
        Whole.Template(s_declared, [TemplateFile.Read(new SourceText(name, text))], isThorough);
    }
}
