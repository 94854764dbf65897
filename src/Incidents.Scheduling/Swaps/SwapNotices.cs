using System.Globalization;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Persistence.Transactions;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Swaps;

/// <summary>Who is told what about a swap request, in their own time; every notice once, by its key.</summary>
internal sealed class SwapNotices(OnCall onCall, Addresses addresses)
{
    private const string Kind = "swap";

    public void Offered(Work work, OrganisationSnapshot organisation, Swap swap)
    {
        foreach (var person in Asked(organisation, swap, work.Now))
            Send(work, swap, person, "offered", $"{swap.Person} asks for cover: {swap.Schedule}", Ask(organisation, swap, person));
    }

    public void Remind(Work work, OrganisationSnapshot organisation, Swap swap, string before)
    {
        foreach (var person in Asked(organisation, swap, work.Now))
            Send(work, swap, person, "reminder " + before, $"{swap.Person} still needs cover: {swap.Schedule}", Ask(organisation, swap, person));
    }

    /// <summary>After a verb of a person or of time; <paramref name="before"/> as it stood.</summary>
    public void Told(Work work, OrganisationSnapshot organisation, Swap before, SwapDecision decision, SwapVerb verb)
    {
        var swap = decision.Swap;
        var step = (swap.Covers.Count + swap.Counters.Count).ToString(CultureInfo.InvariantCulture);
        foreach (var cover in decision.Added)
        {
            var key = "taken " + InstantPattern.ExtendedIso.Format(cover.From);
            Send(work, swap, swap.Person, key, $"{cover.Person} takes your duty: {swap.Schedule}", $"{cover.Person} is {Where(swap)} {When(organisation, swap.Person, cover.From, cover.To)}.{Left(organisation, swap)}");
            Send(work, swap, cover.Person, key, $"You take {swap.Person}'s duty: {swap.Schedule}", $"You are {Where(swap)} {When(organisation, cover.Person, cover.From, cover.To)}.");
        }
        if (decision.Exchange is var (shift, with))
        {
            Send(work, swap, swap.Person, "exchange " + step, $"You take {with}'s duty: {shift.Schedule}", $"In exchange you are {Where(shift)} {When(organisation, swap.Person, shift.From, shift.To)}.");
            Send(work, swap, with, "exchange " + step, $"{swap.Person} takes your duty: {shift.Schedule}", $"In exchange {swap.Person} is {Where(shift)} {When(organisation, with, shift.From, shift.To)}.");
        }
        switch (verb)
        {
            case SwapVerb.Decline when swap.State == SwapState.Declined:
                Send(work, swap, swap.Person, "declined", $"Nobody takes your duty: {swap.Schedule}", $"Everybody you asked declined. You stay {Where(swap)} {Rest(organisation, swap, swap.Person)}.");
                break;
            case SwapVerb.Counter when swap.Counters[^1] is var counter:
                Send(work, swap, swap.Person, "counter " + step, $"{counter.Person} makes an offer: {swap.Schedule}", Offer(organisation, swap, counter));
                break;
            case SwapVerb.DeclineCounter v:
                Send(work, swap, swap.Counters.First(c => c.Number == v.Number).Person, "counter declined " + v.Number.ToString(CultureInfo.InvariantCulture), $"{swap.Person} declined your offer: {swap.Schedule}", "The request stands as it was.");
                break;
            case SwapVerb.Withdraw:
                Withdrawn(work, organisation, before, swap, decision.TakeBack);
                break;
            case SwapVerb.Lapse when swap.State == SwapState.Expired:
                Lapsed(work, organisation, swap);
                break;
        }
    }

    /// <summary>Those it is offered to who have not answered yet.</summary>
    private IEnumerable<string> Asked(OrganisationSnapshot organisation, Swap swap, Instant now)
        => (swap.Anyone ? (IEnumerable<string>)organisation.People.Keys.Where(p => Duty.Qualified(organisation, onCall, p, swap.Schedule, now)).Order(StringComparer.Ordinal) : swap.People)
            .Where(p => p != swap.Person && !swap.Declined.Contains(p, StringComparer.Ordinal) && !swap.Covers.Any(c => c.Person == p));

    private void Withdrawn(Work work, OrganisationSnapshot organisation, Swap before, Swap swap, bool takenBack)
    {
        var told = takenBack ? before.Covers.Where(c => c.To > work.Now).Select(c => c.Person).Append(swap.Person) : before.People.Where(p => !before.Declined.Contains(p, StringComparer.Ordinal));
        foreach (var person in told.Distinct(StringComparer.Ordinal))
        {
            var text = takenBack
                ? $"{swap.Person} is {Where(swap)} again from {At(organisation, person, Instant.Max(work.Now, before.From))}."
                : $"{swap.Person} no longer asks for {Where(swap)} {When(organisation, person, swap.From, swap.To)}.";
            Send(work, swap, person, "withdrawn", $"Swap withdrawn: {swap.Schedule}", text);
        }
    }

    private void Lapsed(Work work, OrganisationSnapshot organisation, Swap swap)
    {
        Send(work, swap, swap.Person, "expired", $"Nobody takes your duty: {swap.Schedule}", $"Your request has expired. You stay {Where(swap)} {Rest(organisation, swap, swap.Person)}.");
        var team = organisation.Schedules.GetValueOrDefault(swap.Schedule)?.Team;
        if (team is not null && organisation.Teams.GetValueOrDefault(team)?.Lead is { } lead && lead != swap.Person)
            Send(work, swap, lead, "expired", $"{swap.Person} found no cover: {swap.Schedule}", $"{swap.Person} stays {Where(swap)} {Rest(organisation, swap, lead)}.{Because(swap)}");
    }

    private string Ask(OrganisationSnapshot organisation, Swap swap, string person)
        => $"{Where(swap)} {Rest(organisation, swap, person)}.{Because(swap)} Answer until {At(organisation, person, swap.ExpiresAt)}.";

    private static string Offer(OrganisationSnapshot organisation, Swap swap, SwapCounter counter)
    {
        var text = $"{counter.Person} would be {Where(swap)} {When(organisation, swap.Person, counter.From, counter.To)}";
        if (counter.Exchange is { } shift)
            text += $", if you are {Where(shift)} {When(organisation, swap.Person, shift.From, shift.To)}";
        return text + (string.IsNullOrEmpty(counter.Note) ? "." : $". \"{counter.Note}\"");
    }

    private void Send(Work work, Swap swap, string person, string key, string subject, string text)
        => work.Send(new NoticeRequested(person, Kind, $"{swap.Id} {key}", subject, text, addresses.Schedule(swap.Schedule)));

    private static string Left(OrganisationSnapshot organisation, Swap swap) => swap.State == SwapState.Accepted ? "" : $" Still open: {Rest(organisation, swap, swap.Person)}.";

    private static string Because(Swap swap) => string.IsNullOrEmpty(swap.Reason) ? "" : $" Why: {swap.Reason}.";

    private static string Where(Swap swap) => $"{swap.Position.ToString().ToLowerInvariant()} of {swap.Schedule}";

    private static string Where(SwapExchange shift) => $"{shift.Position.ToString().ToLowerInvariant()} of {shift.Schedule}";

    private static string Rest(OrganisationSnapshot organisation, Swap swap, string person) => string.Join(" and ", swap.Rest().Select(r => When(organisation, person, r.From, r.To)));

    private static string When(OrganisationSnapshot organisation, string person, Instant from, Instant to) => PersonalTime.Interval(organisation, person, from, to);

    private static string At(OrganisationSnapshot organisation, string person, Instant at) => PersonalTime.At(organisation, person, at);
}
