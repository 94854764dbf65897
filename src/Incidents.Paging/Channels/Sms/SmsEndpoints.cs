using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Twilio;
using Incidents.Persistence.Incidents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Channels.Sms;

/// <summary><c>POST /callbacks/twilio/sms</c>: somebody answers a message. The answer is one message, or nothing to a stranger.</summary>
internal static class SmsEndpoints
{
    private const string Usage = "Reply ack, res or esc and the number, like: ack 42";

    public static async Task<IResult> Handle(HttpContext http, IOrganisation organisation, PageReader pages, PhoneActions actions, PagingMetrics metrics, ILogger<SmsChannel> logger)
    {
        var form = http.Request.HasFormContentType ? http.Request.Form : FormCollection.Empty;
        var phone = form["From"].ToString();
        if (!organisation.Current.PeopleByPhone.TryGetValue(phone, out var login))
        {
            metrics.UnknownSenders.Add(1);
            Log.UnknownSender(logger);
            return Twiml.Response();
        }
        var text = await Answer(form["Body"].ToString(), login, phone, organisation.Current.People.GetValueOrDefault(login), pages, actions, http.RequestAborted);
        return Twiml.Response(Twiml.Message(text));
    }

    private static async Task<string> Answer(string body, string login, string phone, Person? person, PageReader pages, PhoneActions actions, CancellationToken cancellationToken)
    {
        if (SmsReply.Read(body) is not { } command)
            return await Help(login, phone, pages, cancellationToken);
        if (command.Number is { } number)
        {
            if (await pages.ByNumber(number, cancellationToken) is not { } named)
                return $"There is no incident {number}. {Usage}";
            if (person is null or { Role: < Role.Responder } && !(await pages.PagedOpen(login, phone, cancellationToken)).Any(p => p.Number == number))
                return $"You may not act on incident {number}.";
            return (await actions.Act(named.Incident, named.Number, command.Verb, login, "sms", cancellationToken)).Text;
        }

        // The latest page that nobody has acknowledged; when all are, what this person has. Two of a kind: better asked than guessed.
        var open = await pages.PagedOpen(login, phone, cancellationToken);
        var unacknowledged = open.Where(s => s.Status == IncidentStatus.Triggered).ToList();
        var candidates = unacknowledged.Count > 0 ? unacknowledged : open.Where(s => string.Equals(s.AcknowledgedBy, login, StringComparison.Ordinal)).ToList();
        if (candidates.Count == 0)
            return open.Count > 0 ? $"Incident {open[0].Number}: {open[0].WhoHasIt(login)}." : $"No page is open for you. {Usage}";
        if (candidates.Count > 1)
            return $"{Numbers(candidates)} are open. {Usage.Replace("42", candidates[0].Number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)}";
        return (await actions.Act(candidates[0].Incident, candidates[0].Number, command.Verb, login, "sms", cancellationToken)).Text;
    }

    private static async Task<string> Help(string login, string phone, PageReader pages, CancellationToken cancellationToken)
    {
        var open = await pages.PagedOpen(login, phone, cancellationToken);
        return open.Count == 0 ? $"Not understood. {Usage}" : $"Not understood. Open: {Numbers(open)}. {Usage.Replace("42", open[0].Number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)}";
    }

    private static string Numbers(IReadOnlyList<Situation> incidents)
        => string.Join(", ", incidents.Take(5).Select(s => $"#{s.Number} {Wording.Cut(s.Title, 40)}")) + (incidents.Count > 5 ? $" and {incidents.Count - 5} more" : "");
}
