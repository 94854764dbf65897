using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Reach;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Configuration.Endpoints;

/// <param name="Contact">Name of a contact.</param>
/// <param name="After">Counts from the page.</param>
internal sealed record RuleStep(string Contact, string After);

/// <summary>Local times; from (inclusive) after to (exclusive) crosses midnight, equal ones mean 24 h.</summary>
/// <param name="Days">On which they begin.</param>
/// <param name="Zone">Null: the person's own, else their calendar's.</param>
internal sealed record QuietHoursItem(string From, string To, IReadOnlyList<string> Days, string? Zone)
{
    public static QuietHoursItem? Of(QuietHours? quiet)
        => quiet is null ? null : new(Scalars.Format(quiet.From), Scalars.Format(quiet.To), [.. quiet.Days.Select(Words.Days.Of)], quiet.Zone);
}

/// <param name="Needs">What pools ask of you because you are on their rosters, fulfilled or not.</param>
internal sealed record OwnContacts(IReadOnlyList<ContactItem> Contacts, IReadOnlyList<NeedItem> Needs);

/// <param name="Kind">A kind of contact that the rules for high urgency must use.</param>
internal sealed record NeedItem(string Pool, string Kind, bool Met);

/// <param name="Low">Null: as high.</param>
/// <param name="Zone">Whose local times quiet hours without a zone are in.</param>
internal sealed record OwnRules(IReadOnlyList<RuleStep> High, IReadOnlyList<RuleStep>? Low, QuietHoursItem? QuietHours, string Zone);

/// <summary><c>/api/v1/me/contacts</c> and <c>/api/v1/me/rules</c>: how one wants to be reached oneself, whatever one's role.</summary>
internal static class MeEndpoints
{
    /// <summary>A change of something else of the person in between is no conflict for somebody who sent no <c>If-Match</c>.</summary>
    private const int Tries = 4;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Read(endpoints.MapGet("/api/v1/me/contacts", GetContacts).WithName("getMyContacts").WithSummary("Your own contacts, in your order, and what pools ask of them").Produces<OwnContacts>());
        Write(endpoints.MapPut("/api/v1/me/contacts", PutContacts).WithName("putMyContacts").WithSummary("Puts your own contacts, as a whole"))
            .WithDescription("{contacts: [{name, kind, address, formerly}]}. Rules follow: a contact with formerly keeps its steps, those of one that is gone go with it. Refused (422, type minimum) is what would break a pool's needs that you fulfil. The ETag is that of you as a person.");
        Read(endpoints.MapGet("/api/v1/me/rules", GetRules).WithName("getMyRules").WithSummary("Over which of your contacts you are paged, when, and your quiet hours").Produces<OwnRules>());
        Write(endpoints.MapPut("/api/v1/me/rules", PutRules).WithName("putMyRules").WithSummary("Puts your own rules, as a whole"))
            .WithDescription("{high: [{contact, after}], low, quietHours: {from, to, days, zone}}. Without low it is as high; without quietHours there are none. Quiet hours hold back pages of low urgency only.");
        endpoints.MapGet("/api/v1/config/warnings", Warnings).RequireRole(Role.Observer).WithTags("Configuration").WithName("listConfigWarnings")
            .WithSummary("What is sound but should not stay so: who has a duty and cannot be paged, who lacks a contact that a pool needs")
            .Produces<WarningList>();
    }

    private static void Read(RouteHandlerBuilder endpoint) => endpoint.RequireRole(Role.Observer).WithTags("Me").ProducesProblem(404);

    private static RouteHandlerBuilder Write(RouteHandlerBuilder endpoint)
        => endpoint.RequireRole(Role.Observer).WithTags("Me").Accepts<JsonObject>("application/json").Produces<EditAnswer>().Problems(404, 412);

    private static async Task<IResult> GetContacts(HttpContext context, EditService edits)
    {
        var now = await edits.Now(context.RequestAborted);
        if (Mine(context, now) is not { } row)
            return Nobody(context);
        context.Response.Headers.ETag = Query.Tag(row.Revision);
        var person = now.Snapshot.People[row.Name];
        var unmet = Reachability.Unmet(person, now.Snapshot);
        var needs = Reachability.Needs(person, now.Snapshot);
        return TypedResults.Ok(new OwnContacts(
            [.. person.Contacts.Select(c => new ContactItem(c.Name, Words.ContactKinds.Of(c.Kind), c.Address))],
            [.. needs.Select(n => new NeedItem(n.Pool, Words.ContactKinds.Of(n.Kind), !unmet.Contains(n)))]));
    }

    private static async Task<IResult> GetRules(HttpContext context, EditService edits)
    {
        var now = await edits.Now(context.RequestAborted);
        if (Mine(context, now) is not { } row)
            return Nobody(context);
        context.Response.Headers.ETag = Query.Tag(row.Revision);
        var person = now.Snapshot.People[row.Name];
        var zone = person.Zone ?? (person.Calendar is { } calendar ? now.Snapshot.Calendars.GetValueOrDefault(calendar)?.Zone : null) ?? "UTC";
        return TypedResults.Ok(new OwnRules(Steps(person.Notify.High), person.Notify.Low is { } low ? Steps(low) : null, QuietHoursItem.Of(person.QuietHours), zone));
    }

    private static RuleStep[] Steps(IReadOnlyList<NotifyStep> steps) => [.. steps.Select(s => new RuleStep(s.Contact, DurationText.Format(s.After)))];

    private static Task<IResult> PutContacts(HttpContext context, EditService edits, string? dryRun) => Put(context, edits, (person, body, faults) =>
    {
        foreach (var (key, _) in body)
        {
            if (key != "contacts")
                faults.Add(new Fault(key, "is not known here. Known: contacts."));
        }
        if (body["contacts"] is JsonArray contacts)
            OwnReach.PutContacts(person, contacts, faults);
        else
            faults.Add(new Fault("contacts", "must be a list."));
    });

    private static Task<IResult> PutRules(HttpContext context, EditService edits, string? dryRun) => Put(context, edits, OwnReach.PutRules);

    private static async Task<IResult> Put(HttpContext context, EditService edits, Action<JsonObject, JsonObject, List<Fault>> amend)
    {
        var call = await EditCall.Read(context, (AllSections.People, context.Actor().Login), withBody: true);
        if (call.Error is { } unreadable)
            return unreadable.ToProblem();
        for (var left = Tries; ; left--)
        {
            var now = await edits.Now(context.RequestAborted);
            if (Mine(context, now) is not { } row)
                return Nobody(context);
            var faults = new List<Fault>();
            var person = OwnReach.Document(row);
            amend(person, call.Value.Body, faults);
            if (faults.Count > 0)
                return Error.Invalid(faults).ToProblem();
            if (await edits.PutOwn(context, call.Value, row, now.Snapshot, person, last: left <= 1) is { } answer)
                return answer;
        }
    }

    private static async Task<IResult> Warnings(HttpContext context, EditService edits)
    {
        var now = await edits.Now(context.RequestAborted);
        return TypedResults.Ok(new WarningList(Reachability.Warnings(now.Snapshot)));
    }

    private static ItemRow? Mine(HttpContext context, LoadedOrganisation now) => now.Items.Find(AllSections.People.Kind, context.Actor().Login);

    private static IResult Nobody(HttpContext context) => Error.NotFound($"'{context.Actor().Login}' is nobody who can be reached: the organisation does not have them.").ToProblem();
}

internal sealed record WarningList(IReadOnlyList<Fault> Items);
