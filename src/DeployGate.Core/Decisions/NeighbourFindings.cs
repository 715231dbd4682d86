using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Rules;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Decisions;

/// <summary>Asks the rules beside the matrix, and makes findings of what they say.</summary>
internal static class NeighbourFindings
{
    private static readonly ImmutableArray<NeighbourRule> s_ofUses = [.. RuleCatalog.All.OfType<NeighbourRule>()];
    private static readonly ImmutableArray<ResourceRule> s_ofResources = [.. RuleCatalog.All.OfType<ResourceRule>()];

    /// <summary>The findings of a use.</summary>
    internal static IEnumerable<Diagnostic> Of(UseContext one, RuleSettings settings, ImmutableArray<string> parameterFiles)
    {
        var use = one.Use;
        var state = one.Sources[0].State;
        foreach (var rule in s_ofUses)
        {
            var severity = settings.Of(rule.Descriptor, Verdict.Blocked);
            foreach (var found in severity == Severity.Off ? [] : rule.Check(one))
            {
                var diagnostic = Create(rule, found, use.Resource, use.Subject, severity, parameterFiles);
                yield return diagnostic with
                {
                    Stage = use.Stage,
                    OsType = use.OsType == OsType.Unknown ? state.OsType : use.OsType,
                    Declared = use.Declared.Candidates.Length == 1 ? use.Declared.Candidates[0] : null,
                    Actual = state.Actual,
                    Lineage = state.Lineage,
                };
            }
        }
    }

    /// <summary>The findings of a resource that is no use by itself.</summary>
    internal static IEnumerable<Diagnostic> Of(ResolvedResource resource, ArtifactCatalog catalog, RuleSettings settings, ImmutableArray<string> parameterFiles)
    {
        foreach (var rule in s_ofResources)
        {
            var severity = settings.Of(rule.Descriptor, Verdict.Blocked);
            foreach (var found in !IsAsked(resource) || severity == Severity.Off ? [] : rule.Check(resource, catalog))
            {
                yield return Create(rule, found, resource, Subjects.Of(resource), severity, parameterFiles);
            }
        }
    }

    // A run keeps no other resources.
    private static bool IsAsked(ResolvedResource resource) => !resource.IsExisting && UseCatalog.Concerns(resource.Type);

    /// <summary>Lets the rules look for the facts they need.</summary>
    internal static void Look(UseContext one, RuleSettings settings)
    {
        foreach (var rule in s_ofUses)
        {
            foreach (var _ in settings.Of(rule.Descriptor, Verdict.Blocked) == Severity.Off ? [] : rule.Check(one))
            {
            }
        }
    }

    /// <summary>Lets the rules look for the facts they need.</summary>
    internal static void Look(ResolvedResource resource, ArtifactCatalog catalog, RuleSettings settings)
    {
        foreach (var rule in s_ofResources)
        {
            foreach (var _ in !IsAsked(resource) || settings.Of(rule.Descriptor, Verdict.Blocked) == Severity.Off ? [] : rule.Check(resource, catalog))
            {
            }
        }
    }

    /// <summary>The verdict of a use with what stands beside it: an error closes the gate, a warning leaves what is undecided undecided.</summary>
    internal static Verdict Join(Verdict verdict, ImmutableArray<Diagnostic> findings) => (verdict, findings.IsEmpty ? Severity.Off : findings.Max(finding => finding.Severity)) switch
    {
        (_, Severity.Error) => Verdict.Blocked,
        (Verdict.Allowed, Severity.Warning) => Verdict.Warned,
        _ => verdict,
    };

    private static Diagnostic Create(Rule rule, NeighbourFinding found, ResolvedResource resource, string subject, Severity severity, ImmutableArray<string> parameterFiles)
    {
        var isMaybe = resource.Presence == Presence.Maybe;
        var seen = new HashSet<string> { found.Location.LineKey };
        IEnumerable<RelatedPlace> related = [.. found.Related, new RelatedPlace(resource.Declaration, $"the {subject} is declared here")];
        return new Diagnostic
        {
            Rule = rule.Descriptor,
            Severity = (isMaybe || found.IsLikely) && severity > Severity.Warning ? Severity.Warning : severity,
            Stage = null,
            Outcome = found.Outcome ?? rule.Descriptor.Outcome,
            OsType = OsType.Unknown,
            Declared = null,
            Actual = "Unknown",
            Message = found.Message,
            Location = found.Location,
            Subject = resource.Declaration,
            Label = found.Label,
            Related = [.. related.Where(place => seen.Add(place.Place.LineKey))],
            Evidence = found.Evidence,
            Why = isMaybe ? $"{found.Why} (Whether the resource is deployed depends on a condition that is not known here.)" : found.Why,
            AzureAnswer = found.Azure,
            Fix = found.Fix,
            Fingerprint = Findings.Fingerprint(
                rule.Descriptor.Id,
                resource.Declaration.Source.Path.Split('/')[^1],
                found.Location.Source.Path.Split('/')[^1],
                resource.Type.ToLowerInvariant(),
                subject,
                found.About),
            ParameterFiles = parameterFiles,
        };
    }
}
