using DeployGate.Core.Images;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Neighbours;

/// <summary>The security type that a definition's features name, as a template writes them or <c>az</c> takes them.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/trusted-launch"/>
internal static class SecurityFeature
{
    /// <summary>What stands for a definition that certainly names no security type.</summary>
    internal const string None = "None";

    private const string Name = "SecurityType";

    /// <summary>
    /// <c>TrustedLaunch</c>, <c>TrustedLaunchSupported</c>, <c>ConfidentialVM</c>, …; <see cref="None"/> when it names none. Null when it
    /// is not known.
    /// </summary>
    internal static Trait? Of(Artifact definition)
    {
        var holder = Trait.HolderOf(definition);
        if (definition.Declared is { } resource)
        {
            var written = ValuePath.Find(resource.Body, resource.Declaration, "properties", "features");

            // The commands put in a default of their own.
            return written is not null ? Named(written, holder)
                : Trait.IsLeftOut(resource, "properties", "features") ? new Trait([None], holder, null, null)
                : null;
        }

        foreach (var fact in definition.Facts.Where(fact => fact.Body.Get("properties", "osType") is not null))
        {
            var features = fact.Body.Get("properties", "features");
            var word = features is null ? None : WordIn(features);
            return word is null ? null : new Trait([word], holder, null, Trait.Evident(fact, holder, $"{Name} {word}"));
        }

        return null;
    }

    private static Trait? Named(FoundValue written, string holder) => WordIn(written.Value) is { } word ? new Trait([word], holder, written, null) : null;

    private static string? WordIn(Value features) => features switch
    {
        ArrayValue { Rest: null } list when list.Items.All(item => item is ObjectValue map && map.GetText("name") is not null) =>
            list.Items.Cast<ObjectValue>().FirstOrDefault(item => string.Equals(item.GetText("name"), Name, StringComparison.OrdinalIgnoreCase)) is { } one ? one.GetText("value") : None,
        StringValue text => text.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word.StartsWith(Name + "=", StringComparison.OrdinalIgnoreCase))?[(Name.Length + 1)..],
        _ => null,
    };
}
