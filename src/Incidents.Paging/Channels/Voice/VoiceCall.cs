using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;
using Incidents.Persistence.Incidents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Voice;

/// <summary>One step of a conversation: from where the call stands and the key that was pressed to what is said next.</summary>
internal sealed class VoiceCall(PageReader pages, PhoneActions actions, IOrganisation organisation, IOptions<PagingAddresses> addresses)
{
    private const string Via = "voice";

    /// <summary>Who is at the phone and what is being spoken of; null: nobody and nothing that is known.</summary>
    public async Task<(Listener Listener, Situation Situation)?> Find(CallState state, CancellationToken cancellationToken)
    {
        string? login = state.Caller;
        Situation? situation = null;
        if (state.Attempt is { } attempt && await pages.OfAttempt(attempt, cancellationToken) is { } page)
            (login, situation) = (page.Person, page.Situation);
        if (state.Number is { } number && number != situation?.Number)
            situation = login is null ? null : await pages.ByNumber(number, cancellationToken);
        return login is null || situation is null ? null : (Listener.Of(organisation, login), situation);
    }

    /// <summary>Somebody of whom nothing is known: spoken to in English.</summary>
    public Listener Nobody => new("", null, organisation.Current);

    public VoiceMenu Menu(Listener listener) => new(addresses.Value, listener);

    /// <summary>Says what is wrong and offers the keys; when somebody has it by now, says who, and goes on to what else waits.</summary>
    public async Task<IResult> Speak(CallState state, Listener listener, Situation s, CancellationToken cancellationToken)
    {
        if (s.IsOver && !(state.Caller is not null && s.IsHeldBy(listener.Login)))
            return await Next(state, listener, s, Menu(listener).HowItStands(s), cancellationToken);
        return Menu(listener).Ask(state, s, null, await Others(state, listener, s, cancellationToken));
    }

    /// <summary>What a key does.</summary>
    public async Task<IResult> Press(CallState state, Listener listener, Situation s, string key, CancellationToken cancellationToken)
    {
        var menu = Menu(listener);
        if (state.Turn > CallState.MostTurns)
            return menu.End(listener.Texts.TooLong);
        state = state with { Silent = 0 };
        if (key == "*")
            return await Speak(state, listener, s, cancellationToken);
        if (key == "5")
        {
            var standings = await pages.Paged(s.Incident, s.Episode, listener.Login, cancellationToken);
            return menu.Ask(state, s, WhoElse.Say(standings, listener), await Others(state, listener, s, cancellationToken));
        }
        if (PhoneActions.OfKey(key) is { } verb)
        {
            var acted = await actions.Act(s.Incident, s.Number, verb, listener, Via, Spoken.Number, cancellationToken);
            return acted.Done
                ? await Next(state, listener, s, acted.Text, cancellationToken)
                : menu.Ask(state, s, acted.Text, await Others(state, listener, s, cancellationToken));
        }
        var waiting = key is "1" or "9" ? await Waiting(state, listener, s, cancellationToken) : [];
        return key switch
        {
            "1" when waiting.Count > 0 => await Next(state, listener, s, null, cancellationToken),
            "9" when waiting.Exists(w => w.Status == IncidentStatus.Triggered) => await All(listener, [s, .. waiting], cancellationToken),
            _ => menu.Ask(state, s, key.Length == 0 ? null : menu.WrongKey(key), await Others(state, listener, s, cancellationToken)),
        };
    }

    /// <summary>A caller's first incident.</summary>
    public async Task<IResult> Begin(string login, CancellationToken cancellationToken)
    {
        var listener = Listener.Of(organisation, login);
        var menu = Menu(listener);
        var waiting = await pages.WaitingFor(login, own: true, cancellationToken);
        return waiting.Count == 0
            ? menu.End(listener.Texts.NothingOpen)
            : menu.Ask(CallState.From(login).On(waiting[0].Number, null), waiting[0], listener.Texts.OpenForYou(menu.Count(waiting.Count)), Ahead.Of(waiting.Skip(1)));
    }

    /// <summary>Says how many more there are and goes on with the most urgent one; without any, takes leave.</summary>
    private async Task<IResult> Next(CallState state, Listener listener, Situation handled, string? said, CancellationToken cancellationToken)
    {
        var menu = Menu(listener);
        var waiting = await Waiting(state, listener, handled, cancellationToken);
        var first = said is null ? Array.Empty<string>() : [said];
        if (waiting.Count == 0)
            return menu.End(first);
        var count = menu.Count(waiting.Count);
        if (state.Done.Count + 1 >= CallState.MostIncidents)
            return menu.End([.. first, listener.Texts.Rest(count)]);
        return menu.Ask(state.On(waiting[0].Number, handled.Number), waiting[0], string.Join(' ', [.. first, listener.Texts.StillOpen(count)]), Ahead.Of(waiting.Skip(1)));
    }

    private async Task<IResult> All(Listener listener, IReadOnlyList<Situation> all, CancellationToken cancellationToken)
    {
        var (done, failed) = (new List<long>(), new List<long>());
        foreach (var s in all.Where(s => s.Status == IncidentStatus.Triggered))
            ((await actions.Act(s.Incident, s.Number, IncidentVerb.Acknowledge, listener, Via, Spoken.Number, cancellationToken)).Done ? done : failed).Add(s.Number);
        var sentences = new List<string>();
        if (done.Count > 0)
            sentences.Add(listener.Texts.AllAcknowledged(Spoken.Numbers(done, listener.Texts.And)));
        if (failed.Count > 0)
            sentences.Add(listener.Texts.NotAllAcknowledged(Spoken.Numbers(failed, listener.Texts.And)));
        return Menu(listener).End([.. sentences]);
    }

    private async Task<List<Situation>> Waiting(CallState state, Listener listener, Situation current, CancellationToken cancellationToken)
        => [.. (await pages.WaitingFor(listener.Login, own: state.Caller is not null, cancellationToken)).Where(w => w.Number != current.Number && !state.Done.Contains(w.Number))];

    /// <summary>The first round of a call of ours speaks of one incident only, as fast as it can.</summary>
    private async Task<Ahead> Others(CallState state, Listener listener, Situation s, CancellationToken cancellationToken)
        => state.Done.Count == 0 && state.Caller is null ? default : Ahead.Of(await Waiting(state, listener, s, cancellationToken));
}
