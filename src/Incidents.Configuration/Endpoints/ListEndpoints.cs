using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Configuration.Endpoints;

/// <summary>The parts of the organisation for the console and other readers, each as a list and by name.</summary>
internal static class ListEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "services", "service", o => o.Services, s => s.Name, (s, _) => ServiceItem.Of(s));
        Map(endpoints, "people", "person", o => o.People, p => p.Login, (p, view) => PersonItem.Of(p, view.Organisation, view.Actor.Can(Role.Responder)));
        Map(endpoints, "teams", "team", o => o.Teams, t => t.Name, (t, _) => TeamItem.Of(t));
        Map(endpoints, "pools", "pool", o => o.Pools, p => p.Name, (p, _) => PoolItem.Of(p));
        Map(endpoints, "schedules", "schedule", o => o.Schedules, s => s.Name, (s, _) => ScheduleItem.Of(s));
        Map(endpoints, "policies", "policy", o => o.Policies, p => p.Name, (p, _) => PolicyItem.Of(p));
        Map(endpoints, "calendars", "calendar", o => o.Calendars, c => c.Name, (c, _) => CalendarItem.Of(c));
        Map(endpoints, "integrations", "integration", o => o.Integrations, i => i.Name, (i, view) => IntegrationItem.Of(i, view.Address, view.Actor.CanIn(Role.Manager, i.Team)));
    }

    private sealed record View(OrganisationSnapshot Organisation, Actor Actor, PublicAddress Address);

    private static void Map<T, TItem>(
        IEndpointRouteBuilder endpoints, string plural, string kind,
        Func<OrganisationSnapshot, IReadOnlyDictionary<string, T>> select, Func<T, string> name, Func<T, View, TItem> show)
    {
        var capital = char.ToUpperInvariant(kind[0]) + kind[1..];
        endpoints.MapGet($"/api/v1/{plural}", (HttpContext context, IOrganisation organisation, PublicAddress address, string? limit, string? cursor) =>
            {
                var view = new View(organisation.Current, context.Actor(), address);
                return Lists.Page(select(view.Organisation).Values, name, item => show(item, view), limit, cursor);
            })
            .RequireRole(Role.Observer).WithName($"list{char.ToUpperInvariant(plural[0])}{plural[1..]}").WithTags("Organisation").WithSummary($"The organisation's {plural}, by name").Produces<Page<TItem>>().ProducesProblem(422);
        endpoints.MapGet($"/api/v1/{plural}/{{name}}", (HttpContext context, OrganisationCache cache, PublicAddress address, string name, string? form) =>
            {
                var loaded = cache.Loaded;
                if (loaded.Items.Find(kind, name) is not { } row)
                    return Error.NotFound($"There is no {kind} '{name}'.").ToProblem();
                if (form is not (null or "" or "document"))
                    return Error.Invalid("form", "Use document, or leave it out.").ToProblem();
                // Contacts are in it, as in the document.
                if (form is "document" && !context.Actor().Can(Role.Responder))
                    return Error.Forbidden("This form needs the role responder.").ToProblem();
                context.Response.Headers.ETag = Query.Tag(row.Revision);
                return form is "document"
                    ? TypedResults.Ok(EditAnswers.Json(ItemStore.Read(row)!, context.Actor()))
                    : TypedResults.Ok(show(select(loaded.Snapshot)[name], new View(loaded.Snapshot, context.Actor(), address)));
            })
            .RequireRole(Role.Observer).WithName($"get{capital}").WithTags("Organisation").WithSummary($"One {kind}, by {(kind == "person" ? "login" : "name")}")
            .WithDescription("form=document: as the configuration document has it, which is what a PUT takes. The ETag is for its If-Match.")
            .Produces<TItem>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
    }
}
