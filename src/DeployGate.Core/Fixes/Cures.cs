using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Fixes;

/// <summary>
/// Finds the one cure of a case that a machine may apply. A candidate only: whoever applies it checks the run again, since the same
/// text may serve other uses. What needs a person (prepare a guest, mark a machine, choose an account) has none.
/// </summary>
internal static class Cures
{
    /// <summary>The candidate; null where a person has to decide.</summary>
    internal static CodeFix? For(RuleCase one)
    {
        if (one.Row.Verdict != Verdict.Blocked || one.Use.Resource.Presence != Presence.Certain || !one.Use.IsNeedCertain)
        {
            return null;
        }

        return one.Row.RuleId switch
        {
            "DG1001" or "DG1002" or "DG2001" or "DG2002" or "DG2004" => DeclareWhatIs(one),
            "DG3001" => WithoutProfile(one),
            _ => null,
        };
    }

    // The guest decides, or a mark on a machine whose guest nobody saw; where the two differ a person has to look.
    private static CodeFix? DeclareWhatIs(RuleCase one)
    {
        OsState? actual = one.State.Actual switch
        {
            "Generalized" => OsState.Generalized,
            "Specialized" => OsState.Specialized,
            _ => null,
        };
        var isTaken = one.Use.Target == UseTarget.Any || actual == OsState.Generalized;
        if (actual is not { } state || one.Declared.Candidates is not [var declared] || declared == state || !isTaken)
        {
            return null;
        }

        var description = $"declare osState '{state}', which the source is";
        return Replace(one.Declared.Place, $"{declared}", $"{state}") is { } edit ? new CodeFix(description, [edit])
            : Command(one.Declared.Place, state) is { } option ? new CodeFix(description, [option])
            : null;
    }

    // Only where the text is the word itself, with or without quotes.
    private static TextEdit? Replace(Place place, string before, string after)
    {
        var text = place.Source.Slice(place.Span.Start, place.Span.Length);
        var start = text.IndexOf(before, StringComparison.OrdinalIgnoreCase);
        return start is 0 or 1 && text.Length - before.Length <= 2 && text.Length - before.Length == 2 * start
            ? new TextEdit(new Place(place.Source, new TextSpan(place.Span.Start + start, before.Length)), after)
            : null;
    }

    // A command that leaves the state out has a default; it is written out behind its other options.
    private static TextEdit? Command(Place place, OsState state)
    {
        var text = place.Source.Slice(place.Span.Start, place.Span.Length);
        var option = text.StartsWith("az sig image-definition create ", StringComparison.Ordinal) ? $" --os-state {state}"
            : text.StartsWith("New-AzGalleryImageDefinition ", StringComparison.OrdinalIgnoreCase) ? $" -OsState {state}"
            : null;
        return option is null || text.Contains("os-state", StringComparison.OrdinalIgnoreCase) || text.Contains("OsState", StringComparison.OrdinalIgnoreCase)
            ? null
            : new TextEdit(new Place(place.Source, new TextSpan(place.Span.End, 0)), option);
    }

    // A profile that came through parameters or variables may serve other machines.
    private static CodeFix? WithoutProfile(RuleCase one)
    {
        var body = one.Use.Resource.Body;
        if ((body.Get("properties") as ObjectValue)?.Find("osProfile") is not { NamePlace: { } name, Value: ObjectValue { Origin: { LastHop: null, Place: var value } } }
            || name.Source.Path != one.Use.Resource.Declaration.Source.Path
            || value.Source.Path != name.Source.Path)
        {
            return null;
        }

        return MemberRemoval.Of(name, value) is { } edit ? new CodeFix("remove osProfile: the machine brings its own identity", [edit]) : null;
    }
}
