using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using NodaTime;

namespace Incidents.Paging.Model;

internal static class PageParts
{
    /// <summary>A waiting attempt of this page.</summary>
    public static Attempt Attempt(this Page page, Guid id, string contact, ContactKind channel, string address, int ordinal, Instant due, Instant now) => new()
    {
        Id = id,
        Page = page.Id,
        Incident = page.Incident,
        Number = page.Number,
        Person = page.Person,
        Service = page.Service,
        Kind = AttemptKind.Page,
        Contact = contact,
        Channel = channel,
        Address = address,
        Ordinal = ordinal,
        Urgency = page.High ? 0 : 1,
        PoolRank = page.PoolRank,
        DueAt = due,
        State = AttemptState.Waiting,
        NextAt = due,
        CreatedAt = now,
    };

    public static Dispatch Dispatch(this Page page, Attempt attempt)
        => new(attempt.Id, page.Incident, page.Number, page.Person, attempt.Address, page.Title, page.Service, page.Severity, page.CreatedAt, attempt.Text);
}
