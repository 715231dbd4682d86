using DeployGate.Core.Images;
using DeployGate.Core.Resources;

namespace DeployGate.Reporting.Terminal;

/// <summary>Prints the resources of one evaluated template for people; what is not known is shown as the expression it hangs on.</summary>
public static class ResourcesText
{
    /// <summary>Writes a heading and a table in lines of at most <paramref name="width"/> columns.</summary>
    public static void Write(TextWriter output, ResolvedTemplate template, int width)
    {
        var lines = new LineWriter(output);
        var unknown = template.Unresolved.Length == 0 ? "" : $", {ClosingWords.Count(template.Unresolved.Length, "unknown value")}";
        lines.Add($"{SafeText.Line(template.Source)}: {ClosingWords.Count(template.Resources.Length, "resource")}{unknown}");
        if (template.Resources.IsEmpty)
            return;

        lines.Part();
        TextTable.Write(output, ["", "type", "name", "declared at"], template.Resources.Select(Row), width);
    }

    private static IReadOnlyList<string> Row(ResolvedResource resource) =>
    [
        WordOf(resource), resource.Type, ArtifactCatalog.Show(resource.Name), ContractWords.Of(resource.Declaration),
    ];

    private static string WordOf(ResolvedResource resource) => resource switch
    {
        { IsExisting: true } => "existing",
        { Presence: Presence.Maybe } => "perhaps",
        _ => "deployed",
    };
}
