using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;

namespace Incidents.Triage.Rules;

/// <summary>Service, severity and urgency of an alert that fires, and what triage did with it. Pure.</summary>
internal static class AlertFacts
{
    public static NewIncident Of(OrganisationSnapshot organisation, Integration? integration, AlertAccepted alert, RuleOutcome outcome, CompiledRules rules)
    {
        var notes = new List<string>();
        var service = Service(organisation, integration, alert, notes);
        if (alert.Note is { } note)
            notes.Add(note);
        foreach (var name in outcome.Broken)
            notes.Add($"Triage rule '{name}' is broken and was passed over.");
        if (outcome.Rule is { } rule)
        {
            notes.Add(rule.Do switch
            {
                TriageAction.FirstLine => $"Triage rule '{rule.Name}' asks for first-line support, whose console is not there yet: escalated at once.",
                TriageAction.Hold => $"Triage rule '{rule.Name}' would hold it, which is not there yet: escalated at once.",
                _ => $"Triage rule '{rule.Name}' escalates it at once.",
            });
        }
        var severity = outcome.Rule?.Severity ?? alert.Severity ?? Severities.Parse(alert.Labels.GetValueOrDefault("severity")) ?? Severities.Default;
        var low = integration is not null && rules.IsLowUrgency(integration, alert.Labels);
        return new NewIncident(
            alert.Title, alert.Details ?? alert.Annotations.GetValueOrDefault("description"), service, severity, low ? Urgency.Low : Urgency.High,
            alert.Integration, alert.Dedup ?? alert.Key, alert.Integration, "source", notes);
    }

    private static string? Service(OrganisationSnapshot organisation, Integration? integration, AlertAccepted alert, List<string> notes)
    {
        var named = alert.Service ?? (integration?.ServiceLabel is { } label ? alert.Labels.GetValueOrDefault(label) : null);
        if (named is not null && organisation.Services.ContainsKey(named))
            return named;
        var fallback = integration?.DefaultService is { } d && organisation.Services.ContainsKey(d) ? d : null;
        if (named is not null)
            notes.Add(fallback is null ? $"The service '{named}' is unknown and the integration has no default." : $"The service '{named}' is unknown: taken for {fallback}.");
        return fallback;
    }
}
