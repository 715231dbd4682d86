using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Core.Uses;

/// <summary>
/// <c>Microsoft.DevTestLab/labs/customimages</c>, which has words of its own: <c>sysPrep</c>, <c>windowsOsState</c>,
/// <c>linuxOsState</c>. A lab compares nothing, so that its captures are judged like uploads.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/templates/microsoft.devtestlab/labs/customimages"/>
internal static class LabUses
{
    internal const string Type = "Microsoft.DevTestLab/labs/customimages";

    internal static IEnumerable<ImageUse> Read(ResolvedResource resource, ArtifactCatalog catalog)
    {
        FoundValue? Find(params ReadOnlySpan<string> path) => ValuePath.Find(resource.Body, resource.Declaration, path);

        var prepared = Find("properties", "vhd", "sysPrep");
        var vhd = ImageSources.FromAddress(Find("properties", "vhd", "imageName"));
        if (!vhd.IsEmpty && prepared?.Value is BoolValue { IsTrue: var isPrepared })
        {
            var declared = new DeclaredState([isPrepared ? OsState.Generalized : OsState.Specialized], $"sysPrep is {(isPrepared ? "true" : "false")}", prepared.Place, prepared.Hops) { IsWritten = prepared.Value.Origin is not { IsImplied: true } };
            yield return Use(resource, vhd, declared, Declarations.OsTypeOf(Find("properties", "vhd", "osType")?.Value));
        }

        var windows = Find("properties", "vm", "windowsOsInfo", "windowsOsState");
        var state = windows ?? Find("properties", "vm", "linuxOsInfo", "linuxOsState");
        ImmutableArray<ImageSource> machine =
        [
            .. ImageSources.FromId(Find("properties", "vm", "sourceVmId")),
            .. ImageSources.FromId(Find("properties", "managedImageId")),
            .. ImageSources.FromId(Find("properties", "managedSnapshotId")),
        ];
        if (state is not null && !machine.IsEmpty)
        {
            yield return Use(resource, SourcesOf(state, machine), FromWord(state), windows is null ? OsType.Linux : OsType.Windows);
        }
    }

    private static DeclaredState FromWord(FoundValue state)
    {
        var word = (state.Value as StringValue)?.Text ?? "";
        return word.ToLowerInvariant() switch
        {
            "nonsysprepped" or "nondeprovisioned" => new DeclaredState([OsState.Specialized], $"the lab says '{word}'", state.Place, state.Hops) { IsWritten = state.Value.Origin is not { IsImplied: true } },
            "sysprepapplied" or "deprovisionapplied" or "syspreprequested" or "deprovisionrequested" =>
                new DeclaredState([OsState.Generalized], $"the lab says '{word}'", state.Place, state.Hops) { IsWritten = state.Value.Origin is not { IsImplied: true } },
            _ => new DeclaredState([], "the lab's state is not known", state.Place, state.Hops, (state.Value as UnknownValue)?.Detail ?? $"'{word}' is not a state"),
        };
    }

    private static ImmutableArray<ImageSource> SourcesOf(FoundValue state, ImmutableArray<ImageSource> machine)
    {
        var isRequested = state.Value is StringValue text && text.Text.EndsWith("Requested", StringComparison.OrdinalIgnoreCase);
        return isRequested ? [new ImageSource.Prepared("the lab", OsState.Generalized, state.Place, state.Hops)] : machine;
    }

    private static ImageUse Use(ResolvedResource resource, ImmutableArray<ImageSource> sources, DeclaredState declared, OsType osType) => new()
    {
        Stage = Stage.Upload,
        Resource = resource,
        Subject = $"custom image '{ArtifactCatalog.Show(resource.Name)}'",
        Sources = sources,
        Declared = declared,
        OsType = osType,
    };
}
