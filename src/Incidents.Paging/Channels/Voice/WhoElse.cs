using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Model;

namespace Incidents.Paging.Channels.Voice;

/// <summary>Who else is paged and how they stand, in one sentence: of each person the best that is known. Pure.</summary>
internal static class WhoElse
{
    private const int MostNames = 8;

    private enum Stand { Unreached, Waiting, Machine, NoAnswer, Busy, Told, Answered, Ringing, Talking }

    public static string Say(IReadOnlyList<Standing> standings, Listener listener)
    {
        var texts = listener.Texts;
        var people = standings.GroupBy(s => s.Person, StringComparer.Ordinal)
            .Select(g => (Name: listener.Name(g.Key), Stand: g.Max(Of)))
            .OrderByDescending(p => p.Stand).ToList();
        if (people.Count == 0)
            return texts.PagedNobody;
        var said = people.Take(MostNames).Select(p => Phrase(texts, p.Stand, p.Name)).ToList();
        if (people.Count > MostNames)
            said.Add(texts.TextAndMore(people.Count - MostNames));
        return texts.PagedToo(string.Join("; ", said));
    }

    private static Stand Of(Standing s) => (s.State, s.Channel) switch
    {
        (null or AttemptState.Waiting or AttemptState.Sending, _) => Stand.Waiting,
        (AttemptState.Answered, _) => s.Over ? Stand.Answered : Stand.Talking,
        (AttemptState.Sent, ContactKind.Voice) => s.Reason switch
        {
            Reason.Busy => Stand.Busy,
            Reason.None => s.Over ? Stand.NoAnswer : Stand.Ringing,
            _ => Stand.NoAnswer,
        },
        (AttemptState.Sent or AttemptState.Delivered, _) => Stand.Told,
        (AttemptState.Failed, _) => s.Reason == Reason.Machine ? Stand.Machine : Stand.Unreached,
        _ => Stand.Waiting,
    };

    private static string Phrase(PhoneTexts texts, Stand stand, string name) => stand switch
    {
        Stand.Talking => texts.StandsTalking(name),
        Stand.Ringing => texts.StandsRinging(name),
        Stand.Answered => texts.StandsAnswered(name),
        Stand.Told => texts.StandsTold(name),
        Stand.Busy => texts.StandsBusy(name),
        Stand.NoAnswer => texts.StandsNoAnswer(name),
        Stand.Machine => texts.StandsMachine(name),
        Stand.Waiting => texts.StandsWaiting(name),
        _ => texts.StandsUnreached(name),
    };
}
