using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Paging.QuietHours;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Endpoints;

/// <summary>
/// One attempt as the API shows it. <paramref name="Kind"/>: page or notice. Addresses are masked. <paramref name="Vendor"/>: in whose queue it stands, or who took it; null: nobody's.
/// <paramref name="Delivery"/>: how far it has come, in the same words for every channel. <paramref name="Waits"/>: what holds it back, in a sentence; null: nothing but its rule.
/// </summary>
internal sealed record AttemptView(
    string Person, [property: Words(typeof(ContactKind))] string Channel, string Contact, string Address, [property: Words(typeof(AttemptKind))] string Kind,
    [property: Words(typeof(AttemptState))] string State, string? Reason, Instant DueAt, Instant? SentAt, Instant? DoneAt, int Level, int Tries, Guid Attempt,
    string? Vendor, [property: Words(typeof(DeliveryState))] string Delivery, string? Waits);

internal sealed record FailedView(FailedIncident Incident, string Person, string? Channel, string Reason, Instant At);

internal sealed record FailedIncident(Guid Id, long Number, string Title);

internal sealed record ItemList<T>(IReadOnlyList<T> Items);

/// <summary>The log of attempts, and what could not be sent.</summary>
internal static class PagesEndpoints
{
    private const int Longest = 1000;
    private static readonly Duration Recent = Duration.FromHours(24);

    /// <summary><c>GET /api/v1/incidents/{id}/pages</c>: every attempt for an incident, oldest first.</summary>
    public static async Task<IResult> OfIncident(string id, Database database, IOrganisation organisation, Clock clock, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var incident = Guid.TryParse(id, out var guid) ? db.Incidents.Where(i => i.Id == guid)
            : long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var number) ? db.Incidents.Where(i => i.Number == number) : null;
        if (incident is null || await incident.AsNoTracking().Select(i => new { i.Id }).FirstOrDefaultAsync(cancellationToken) is not { } found)
            return Error.NotFound($"There is no incident '{id}'.").ToProblem();
        var attempts = await (from a in db.Set<Attempt>().AsNoTracking()
                              join p in db.Set<Page>().AsNoTracking() on a.Page equals p.Id
                              where a.Incident == found.Id
                              orderby a.CreatedAt descending, a.Ordinal descending, a.Id descending
                              select new { Attempt = a, p.Level }).Take(Longest).ToListAsync(cancellationToken);
        attempts.Reverse();
        return TypedResults.Json(new ItemList<AttemptView>([.. attempts.Select(x => View(x.Attempt, x.Level, organisation.Current, clock.Now))]), Json.Options);
    }

    /// <summary><c>GET /api/v1/pages/failed</c>: of open incidents, what could not be sent within the last 24 h, newest first: failed for good, or refused by the vendor for now.</summary>
    public static async Task<IResult> Failed(Database database, Clock clock, CancellationToken cancellationToken)
    {
        var since = clock.Now - Recent;
        await using var db = database.CreateContext();
        var attempts = await (from a in db.Set<Attempt>().AsNoTracking()
                              join i in db.Incidents.AsNoTracking() on a.Incident equals i.Id
                              where a.CreatedAt >= since && i.Status != IncidentStatus.Resolved && a.Kind == AttemptKind.Page
                                  && ((a.State == AttemptState.Failed && a.Reason != Reason.NoChannel) || (a.Tries > 0 && (a.State == AttemptState.Waiting || a.State == AttemptState.Sending)))
                              orderby a.CreatedAt descending
                              select new { i.Id, i.Number, i.Title, a.Person, a.Channel, a.Reason, At = a.DoneAt ?? a.CreatedAt }).Take(Longest).ToListAsync(cancellationToken);
        var nobody = await (from p in db.Set<Page>().AsNoTracking()
                            join i in db.Incidents.AsNoTracking() on p.Incident equals i.Id
                            where p.CreatedAt >= since && p.Unreachable && i.Status != IncidentStatus.Resolved
                                && !db.Set<Attempt>().Any(a => a.Page == p.Id && a.Reason != Reason.NoChannel)
                            select new { i.Id, i.Number, i.Title, p.Person, At = p.CreatedAt }).Take(Longest).ToListAsync(cancellationToken);
        var items = attempts.Select(f => new FailedView(new FailedIncident(f.Id, f.Number, f.Title), f.Person, Name(f.Channel.ToString()), f.Reason.Wire(), f.At))
            .Concat(nobody.Select(f => new FailedView(new FailedIncident(f.Id, f.Number, f.Title), f.Person, null, Reason.NoContact.Wire(), f.At)))
            .OrderByDescending(f => f.At);
        return TypedResults.Json(new ItemList<FailedView>([.. items]), Json.Options);
    }

    private static AttemptView View(Attempt a, int level, OrganisationSnapshot known, Instant now) => new(a.Person, Name(a.Channel.ToString()), a.Contact, Wording.Mask(a.Address), Name(a.Kind.ToString()), Name(a.State.ToString()),
        a.Reason == Reason.None ? null : a.Reason.Wire(), a.DueAt, a.SentAt, a.DoneAt, level, a.Tries, a.Id,
        a.Vendor.Length == 0 ? null : a.Vendor, Name(DeliveryStates.Of(a.State, a.Reason).ToString()), Waits(a, known, now));

    private static string? Waits(Attempt a, OrganisationSnapshot known, Instant now)
        => a is { State: AttemptState.Waiting, Reason: Reason.Bundled } ? $"goes with the next message at {Bundling.Local(known, a.Person, a.DueAt)}"
            : a is { State: AttemptState.Waiting, Urgency: > 0 } && known.People.GetValueOrDefault(a.Person) is { } person && QuietTime.Of(person, known) is { } quiet && quiet.EndOf(now) is { } end && a.DueAt >= end
            ? $"waits until {quiet.Local(a.DueAt)}, quiet hours of {person.Name}"
            : null;

    private static string Name(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
