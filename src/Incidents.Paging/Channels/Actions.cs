using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Phrases;
using Incidents.Persistence.Incidents;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Channels;

/// <summary>What came of an action from a phone. <paramref name="Done"/>: it is so, by now at least; <paramref name="Text"/> says it to a person.</summary>
internal sealed record Acted(bool Done, string Text);

/// <summary>Acts on an incident for a person, and puts the outcome into words. "Acknowledged" is only said after the commit.</summary>
internal sealed class PhoneActions(IIncidentActions actions, IOrganisation organisation, ILogger<PhoneActions> logger)
{
    /// <summary>In English, as a page of the product says it.</summary>
    public Task<Acted> Act(Guid incident, long number, IncidentVerb verb, string person, string via, CancellationToken cancellationToken)
        => Act(incident, number, verb, new Listener(person, null, organisation.Current), via, Plain, cancellationToken);

    /// <summary>In the listener's language; <paramref name="say"/> puts an incident's number as it is to be read or heard.</summary>
    public async Task<Acted> Act(Guid incident, long number, IncidentVerb verb, Listener person, string via, Func<long, string> say, CancellationToken cancellationToken)
    {
        var texts = person.Texts;
        Result<ActionOutcome> result;
        try
        {
            result = await actions.Act(incident, new IncidentAction(verb, person.Login, via), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ActionFailed(logger, person.Login, verb.ToString().ToLowerInvariant(), number, via, e);
            return new Acted(false, verb switch
            {
                IncidentVerb.Acknowledge => texts.NotAcknowledged(say(number)),
                IncidentVerb.Resolve => texts.NotResolved(say(number)),
                _ => texts.NotEscalated(say(number)),
            });
        }
        if (result.Error is { } error)
            return new Acted(error.Kind == ErrorKind.Conflict, error.Kind == ErrorKind.Conflict ? texts.IsResolved(say(number)) : texts.DidNotWork(error.Title));
        return new Acted(true, Outcome(verb, result.Value, person, say));
    }

    public static string Plain(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Outcome(IncidentVerb verb, ActionOutcome o, Listener person, Func<long, string> say) => verb switch
    {
        IncidentVerb.Acknowledge when o.Changed || o.AcknowledgedBy == person.Login => person.Texts.Acknowledged(say(o.Number)),
        IncidentVerb.Acknowledge => person.Texts.AlreadyAcknowledged(Upper(o.AcknowledgedBy is null ? person.Texts.Somebody : person.Name(o.AcknowledgedBy), o.AcknowledgedBy), say(o.Number)),
        IncidentVerb.Resolve when o.Changed || o.ResolvedBy == person.Login => person.Texts.Resolved(say(o.Number)),
        IncidentVerb.Resolve => person.Texts.AlreadyResolved(Upper(o.ResolvedBy is null ? person.Texts.ItsSource : person.Name(o.ResolvedBy), o.ResolvedBy), say(o.Number)),
        _ => person.Texts.Escalated(say(o.Number)),
    };

    /// <summary>Begins a sentence; names stay as they are.</summary>
    private static string Upper(string text, string? login) => login is null ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>4 acknowledge, 6 resolve, 8 escalate: the same keys by voice and SMS.</summary>
    public static IncidentVerb? OfKey(string key) => key switch
    {
        "4" => IncidentVerb.Acknowledge,
        "6" => IncidentVerb.Resolve,
        "8" => IncidentVerb.Escalate,
        _ => null,
    };
}
