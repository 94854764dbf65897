using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;

namespace Incidents.Triage.Rules;

/// <summary>The first deciding rule, or none; <paramref name="Broken"/> names rules that could not be read and were passed over.</summary>
internal sealed record RuleOutcome(TriageRule? Rule, IReadOnlyList<string> Broken);

/// <summary>
/// Triage rules of one organisation version, compiled. Patterns are fully anchored and cannot backtrack.
/// A broken rule never swallows an alert: it is passed over and reported, and the alert goes on to paging.
/// </summary>
internal sealed class CompiledRules
{
    private static readonly ConditionalWeakTable<OrganisationSnapshot, CompiledRules> Cache = [];

    private readonly List<(TriageRule Rule, (string Label, Regex Pattern)[] When)> rules = [];
    private readonly List<string> broken = [];
    private readonly Dictionary<string, Regex?> lowUrgency = [];

    private CompiledRules(OrganisationSnapshot organisation)
    {
        foreach (var rule in organisation.TriageRules)
        {
            try
            {
                rules.Add((rule, [.. rule.When.Select(w => (w.Key, Patterns.Compile(w.Value)))]));
            }
            catch (ArgumentException)
            {
                broken.Add(rule.Name);
            }
        }
        foreach (var integration in organisation.Integrations.Values)
        {
            try
            {
                lowUrgency[integration.Name] = integration.LowUrgency is { } low ? Patterns.Compile(low) : null;
            }
            catch (ArgumentException)
            {
                // High urgency: rather too loud than silent.
                lowUrgency[integration.Name] = null;
            }
        }
    }

    public static CompiledRules Of(OrganisationSnapshot organisation) => Cache.GetValue(organisation, o => new CompiledRules(o));

    public RuleOutcome Decide(IReadOnlyDictionary<string, string> labels)
    {
        List<string>? skipped = broken.Count > 0 ? [.. broken] : null;
        foreach (var (rule, when) in rules)
        {
            try
            {
                if (when.All(w => w.Pattern.IsMatch(labels.GetValueOrDefault(w.Label) ?? "")))
                    return new RuleOutcome(rule, skipped ?? []);
            }
            catch (RegexMatchTimeoutException)
            {
                (skipped ??= []).Add(rule.Name);
            }
        }
        return new RuleOutcome(null, skipped ?? []);
    }

    public bool IsLowUrgency(Integration integration, IReadOnlyDictionary<string, string> labels)
    {
        if (integration.UrgencyLabel is not { } label || lowUrgency.GetValueOrDefault(integration.Name) is not { } pattern)
            return false;
        try
        {
            return labels.TryGetValue(label, out var value) && pattern.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
