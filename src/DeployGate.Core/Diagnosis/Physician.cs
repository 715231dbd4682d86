using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Reports;

namespace DeployGate.Core.Diagnosis;

/// <summary>Tells from all that is known of a failure what caused it.</summary>
public static class Physician
{
    private const string GeneralizeAction = "Microsoft.Compute/virtualMachines/generalize/action";

    /// <summary>The causes, the most telling first; empty when nothing that is known here explains the failure.</summary>
    public static ImmutableArray<Finding> Explain(FailureRecord record)
    {
        var evidence = new Dictionary<string, (Cause Cause, List<EvidenceItem> Items)>(StringComparer.Ordinal);
        foreach (var symptom in record.Symptoms)
        {
            if (CauseCatalog.All.FirstOrDefault(cause => cause.Fits(symptom)) is { } cause)
            {
                Note(cause, new EvidenceItem(symptom.Place, $"{symptom.Code}{(symptom.Message.Length == 0 ? "" : $": {symptom.Message}")}", symptom.At));
            }
        }

        if (record.Mark == AzureMark.Generalized)
        {
            Note(CauseCatalog.MarkedMachine, new EvidenceItem("instance view", record.MarkStatus, null));
        }

        foreach (var inspection in record.Inspections)
        {
            NoteGuest(inspection);
        }

        return [.. evidence.Values
            .OrderBy(one => CauseCatalog.All.IndexOf(one.Cause))
            .Select(one => Tell(one.Cause, [.. one.Items.Distinct()], record))];

        void Note(Cause cause, EvidenceItem item)
        {
            if (!evidence.TryGetValue(cause.Name, out var known))
            {
                evidence.Add(cause.Name, known = (cause, []));
            }

            known.Items.Add(item);
        }

        void NoteGuest(GuestInspection inspection)
        {
            var isProvisioning = evidence.Values.Any(one => one.Cause.IsOfImage);
            var cause = inspection.State switch
            {
                GuestState.Undeployable => CauseCatalog.Undeployable,
                GuestState.Specialized when isProvisioning => CauseCatalog.NotPrepared,
                _ => null,
            };
            if (cause is null)
            {
                return;
            }

            Note(cause, new EvidenceItem(inspection.File, $"inspection of '{inspection.Of}': {inspection.State}{(inspection.Reason.Length == 0 ? "" : $" ({inspection.Reason})")}", inspection.ReadAt));
            foreach (var item in inspection.Items)
            {
                Note(cause, new EvidenceItem($"{inspection.File}: {item.Place}", item.Value, inspection.ReadAt));
            }
        }
    }

    private static Finding Tell(Cause cause, ImmutableArray<EvidenceItem> evidence, FailureRecord record)
    {
        var what = cause.What.For(record.OsType);
        var now = cause.Now.For(record.OsType);
        if (cause == CauseCatalog.MarkedMachine)
        {
            (what, evidence) = WithHistory(what, evidence, record);
        }

        if (cause.IsOfImage && record.MarketplaceImage is { } image)
        {
            now = $"The image '{image}' is a Marketplace image: contact its publisher, who alone can repair it, and use another version until then.";
        }

        return new Finding(cause, what, now, evidence);
    }

    private static (string What, ImmutableArray<EvidenceItem> Evidence) WithHistory(string what, ImmutableArray<EvidenceItem> evidence, FailureRecord record)
    {
        var marking = record.History.Where(one => string.Equals(one.Operation, GeneralizeAction, StringComparison.OrdinalIgnoreCase)).ToList();
        if (marking.Count == 0)
        {
            return ($"{what} Which operation marked it is not known: give its activity log, which Azure keeps for 90 days.", evidence);
        }

        // Azure writes one event when an operation begins and one when it ends.
        var ended = marking.Find(one => string.Equals(one.Status, "Succeeded", StringComparison.OrdinalIgnoreCase)) ?? marking[0];
        var items = marking.Select(one => new EvidenceItem(one.Place, $"{one.Operation}: {one.Status}", one.At));
        var when = ended.At is { } at ? $" on {at.ToUniversalTime().ToString("yyyy-MM-dd 'at' HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture)}" : "";
        return ($"{what} The operation '{ended.Operation}' marked it{when}.", [.. evidence, .. items]);
    }
}
