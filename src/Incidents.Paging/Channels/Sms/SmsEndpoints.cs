using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Channels.Twilio;
using Incidents.Persistence.Incidents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Channels.Sms;

/// <summary><c>POST /callbacks/twilio/sms</c>: somebody answers a message. The answer is one message, or nothing to a stranger and to STOP and START.</summary>
internal static class SmsEndpoints
{
    private const int MostListed = 5;
    private const int LongestListed = 40;

    public static async Task<IResult> Handle(HttpContext http, IOrganisation organisation, Unsubscriptions unsubscriptions, PageReader pages, PhoneActions actions, PagingMetrics metrics, ILogger<SmsChannel> logger)
    {
        var form = http.Request.HasFormContentType ? http.Request.Form : FormCollection.Empty;
        var phone = form["From"].ToString();
        if (!organisation.Current.PeopleByPhone.TryGetValue(phone, out var login))
        {
            metrics.UnknownSenders.Add(1);
            Log.UnknownSender(logger);
            return Twiml.Response();
        }
        if (Unsubscriptions.Read(form["OptOutType"], form["Body"].ToString()) is { } stops)
        {
            // The vendor confirms both to the phone itself.
            if (stops)
                await unsubscriptions.Add(phone, login, UnsubscribedBy.Reply, http.RequestAborted);
            else
                await unsubscriptions.Lift(phone, http.RequestAborted);
            return Twiml.Response();
        }
        var text = await Answer(form["Body"].ToString(), Listener.Of(organisation, login), phone, pages, actions, http.RequestAborted);
        return Twiml.Response(Twiml.Message(text));
    }

    private static async Task<string> Answer(string body, Listener who, string phone, PageReader pages, PhoneActions actions, CancellationToken cancellationToken)
    {
        var texts = who.Texts;
        if (SmsReply.Read(body) is not { } command)
            return await Help(texts.TextNotUnderstood, who, phone, pages, cancellationToken);
        if (command.Verb is not { } verb)
            return await Help(texts.TextHelp, who, phone, pages, cancellationToken);
        if (command.Number is { } number)
        {
            if (await pages.ByNumber(number, cancellationToken) is not { } named)
                return $"{texts.TextNoSuchIncident(number)} {Usage(texts, 42)}";
            if (who.Person is null or { Role: < Role.Responder } && !(await pages.PagedOpen(who.Login, phone, cancellationToken)).Any(p => p.Number == number))
                return texts.TextMayNotAct(number);
            return await Act(named, verb, who, actions, cancellationToken);
        }

        if (command.All)
            return await ActOnAll(verb, who, phone, pages, actions, cancellationToken);

        // The latest page that nobody has acknowledged; when all are, what this person has. Two of a kind: better asked than guessed.
        var open = await pages.PagedOpen(who.Login, phone, cancellationToken);
        var unacknowledged = open.Where(s => s.Status == IncidentStatus.Triggered).ToList();
        var candidates = unacknowledged.Count > 0 ? unacknowledged : open.Where(s => s.IsHeldBy(who.Login)).ToList();
        if (candidates.Count == 0)
            return open.Count > 0 ? texts.TextWhoHasIt(open[0].Number, who.WhoHasIt(open[0])) : $"{texts.TextNoneOpen} {Usage(texts, 42)}";
        if (candidates.Count > 1)
            return $"{texts.TextSeveralOpen(Numbers(candidates, texts))} {Usage(texts, candidates[0].Number)} {texts.TextUsageAll}";
        return await Act(candidates[0], verb, who, actions, cancellationToken);
    }

    /// <summary>What nobody has acknowledged of this phone's pages; to resolve, also what its person has.</summary>
    private static async Task<string> ActOnAll(IncidentVerb verb, Listener who, string phone, PageReader pages, PhoneActions actions, CancellationToken cancellationToken)
    {
        var texts = who.Texts;
        var open = (await pages.PagedOpen(who.Login, phone, cancellationToken)).Where(s => s.Status == IncidentStatus.Triggered || (verb == IncidentVerb.Resolve && s.IsHeldBy(who.Login))).OrderBy(s => s.Number).ToList();
        if (open.Count < 2)
            return open.Count == 1 ? await Act(open[0], verb, who, actions, cancellationToken) : $"{texts.TextNoneOpen} {Usage(texts, 42)}";
        var (done, failed) = (new List<string>(), new List<string>());
        foreach (var s in open)
            ((await actions.Act(s.Incident, s.Number, verb, who, "sms", PhoneActions.Plain, cancellationToken)).Done ? done : failed).Add("#" + PhoneActions.Plain(s.Number));
        return string.Join(' ', new[]
        {
            done.Count == 0 ? null : verb == IncidentVerb.Resolve ? texts.TextAllResolved(string.Join(", ", done)) : texts.AllAcknowledged(string.Join(", ", done)),
            failed.Count == 0 ? null : texts.NotAllAcknowledged(string.Join(", ", failed)),
        }.Where(t => t is not null));
    }

    private static async Task<string> Act(Situation s, IncidentVerb verb, Listener who, PhoneActions actions, CancellationToken cancellationToken)
        => (await actions.Act(s.Incident, s.Number, verb, who, "sms", PhoneActions.Plain, cancellationToken)).Text;

    /// <summary>Names what is open, so that the next reply can be right.</summary>
    private static async Task<string> Help(string before, Listener who, string phone, PageReader pages, CancellationToken cancellationToken)
    {
        var texts = who.Texts;
        var open = await pages.PagedOpen(who.Login, phone, cancellationToken);
        return open.Count == 0
            ? $"{before} {texts.TextNoneOpen} {Usage(texts, 42)}"
            : $"{before} {texts.TextOpen(Numbers(open, texts))} {Usage(texts, open[0].Number)}{(open.Count > 1 ? " " + texts.TextUsageAll : "")}";
    }

    private static string Usage(PhoneTexts texts, long number) => texts.TextUsage(PhoneActions.Plain(number));

    private static string Numbers(IReadOnlyList<Situation> incidents, PhoneTexts texts)
        => string.Join(", ", incidents.Take(MostListed).Select(s => $"#{PhoneActions.Plain(s.Number)} {Gsm.Plain(Wording.Cut(s.Title, LongestListed))}"))
            + (incidents.Count > MostListed ? " " + texts.TextAndMore(incidents.Count - MostListed) : "");
}
