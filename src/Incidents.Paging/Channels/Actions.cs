using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Channels;

/// <summary>What came of an action from a phone. <paramref name="Done"/>: it is so, by now at least; <paramref name="Text"/> says it to a person.</summary>
internal sealed record Acted(bool Done, string Text);

/// <summary>Acts on an incident for a person, and puts the outcome into words. "Acknowledged" is only said after the commit.</summary>
internal sealed class PhoneActions(IIncidentActions actions, ILogger<PhoneActions> logger)
{
    public async Task<Acted> Act(Guid incident, long number, IncidentVerb verb, string person, string via, CancellationToken cancellationToken)
    {
        Result<ActionOutcome> result;
        try
        {
            result = await actions.Act(incident, new IncidentAction(verb, person, via), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ActionFailed(logger, person, verb.ToString().ToLowerInvariant(), number, via, e);
            return new Acted(false, $"That did not work: incident {number} is not {Participle(verb)}.");
        }
        if (result.Error is { } error)
            return new Acted(error.Kind == ErrorKind.Conflict, error.Kind == ErrorKind.Conflict ? $"Incident {number} is resolved already." : $"That did not work: {error.Title}");
        return new Acted(true, Say(verb, result.Value, person));
    }

    private static string Say(IncidentVerb verb, ActionOutcome o, string person) => verb switch
    {
        IncidentVerb.Acknowledge when o.Changed || o.AcknowledgedBy == person => $"Acknowledged. Incident {o.Number} is yours.",
        IncidentVerb.Acknowledge => $"{o.AcknowledgedBy ?? "Somebody"} already has incident {o.Number}.",
        IncidentVerb.Resolve when o.Changed || o.ResolvedBy == person => $"Resolved. Incident {o.Number} is closed.",
        IncidentVerb.Resolve => $"{o.ResolvedBy ?? "Its source"} already resolved incident {o.Number}.",
        _ => $"Escalated. The next level is paged for incident {o.Number}.",
    };

    private static string Participle(IncidentVerb verb) => verb switch
    {
        IncidentVerb.Acknowledge => "acknowledged",
        IncidentVerb.Resolve => "resolved",
        _ => "escalated",
    };

    /// <summary>4 acknowledge, 6 resolve, 8 escalate: the same keys by voice and SMS.</summary>
    public static IncidentVerb? OfKey(string key) => key switch
    {
        "4" => IncidentVerb.Acknowledge,
        "6" => IncidentVerb.Resolve,
        "8" => IncidentVerb.Escalate,
        _ => null,
    };
}
