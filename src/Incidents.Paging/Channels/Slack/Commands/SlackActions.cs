using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Kit;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Slack.Commands;

/// <summary>What people do to incidents from the chat, through the seams that every other way uses, and what came of it in words.</summary>
internal sealed class SlackActions(IIncidentActions actions, IIncidentDesk desk, FactsReader facts, IOptions<PagingAddresses> addresses)
{
    private const int LongestNote = 10_000;

    public static Actor ActorOf(Person person) => Actor.Of(person, "slack");

    /// <summary>Null: the role suffices.</summary>
    public static string? Refusal(Person person, Role atLeast = Role.Responder)
        => person.Role >= atLeast ? null : $"This needs the role {atLeast.ToString().ToLowerInvariant()}; you are {person.Role.ToString().ToLowerInvariant()}.";

    public string Link(long number) => string.Create(CultureInfo.InvariantCulture, $"{addresses.Value.PublicUrl}/incidents/{number}");

    public async Task<string> Act(long number, IncidentVerb verb, Person person, string? note, CancellationToken cancellationToken)
    {
        if (Refusal(person) is { } refusal)
            return refusal;
        if (note?.Length > LongestNote)
            return "A note has at most 10,000 characters.";
        if (await facts.Of(number, cancellationToken) is not { } found)
            return Missing(number);
        var result = await actions.Act(found.Id, new IncidentAction(verb, person.Login, "slack", note), cancellationToken);
        if (result.Error is { } error)
            return error.Kind == ErrorKind.Conflict ? $"Incident {number} is resolved already." : Say(error);
        var done = result.Value;
        return verb switch
        {
            IncidentVerb.Acknowledge when done.Changed || done.AcknowledgedBy == person.Login => $":white_check_mark: Acknowledged. Incident {number} is yours.",
            IncidentVerb.Acknowledge => $"{Name(found, done.AcknowledgedBy)} already has incident {number}.",
            IncidentVerb.Resolve when done.Changed || done.ResolvedBy == person.Login => $":white_check_mark: Resolved. Incident {number} is closed.",
            IncidentVerb.Resolve => $"{(done.ResolvedBy is null ? "Its source" : Name(found, done.ResolvedBy))} already resolved incident {number}.",
            IncidentVerb.Note => $":memo: Written into the timeline of incident {number}.",
            _ => $":arrow_up: Escalated. The next level is paged for incident {number}.",
        };
    }

    public async Task<string> SetSeverity(long number, string word, Person person, CancellationToken cancellationToken)
    {
        if (Refusal(person) is { } refusal)
            return refusal;
        if (Severities.Parse(word) is not { } severity)
            return $"'{Mark.Escape(word)}' is not a severity: use SEV1, SEV2, SEV3 or SEV4.";
        if (await facts.Of(number, cancellationToken) is not { } found)
            return Missing(number);
        var result = await desk.SetSeverity(found.Id, severity, ActorOf(person), cancellationToken);
        return result.Error is { } error ? Say(error)
            : result.Value.Changed ? $"Incident {number} is {severity.Name()} now; it was {found.Severity.Name()}." : $"Incident {number} was {severity.Name()} already.";
    }

    public async Task<Result<string>> Ask(long number, string login, Person person, CancellationToken cancellationToken)
    {
        if (Refusal(person) is { } refusal)
            return Error.Forbidden(refusal);
        if (await facts.Of(number, cancellationToken) is not { } found)
            return Error.NotFound(Missing(number));
        var result = await desk.Ask(found.Id, login, ActorOf(person), Link(number), cancellationToken);
        return result.Error is { } error ? error
            : result.Value.Paged ? $":bell: {Mark.Escape(login)} is paged for incident {number}."
            : $":bell: {Mark.Escape(login)} is asked to join incident {number}. Somebody has it, so they get a message and no call.";
    }

    public async Task<Result<ActionOutcome>> Declare(Declaration declaration, Person person, CancellationToken cancellationToken)
        => Refusal(person) is { } refusal ? Error.Forbidden(refusal) : await desk.Declare(declaration, ActorOf(person), cancellationToken);

    public static string Say(Error error) => error.Faults.Count > 0 ? Mark.Escape(string.Join(" ", error.Faults.Select(f => f.Message))) : Mark.Escape(error.Title);

    public static string Missing(long number) => $"There is no incident {number}.";

    private static string Name(IncidentFacts facts, string? login) => login is null ? "Somebody" : Mark.Escape(facts.Name(login));
}
