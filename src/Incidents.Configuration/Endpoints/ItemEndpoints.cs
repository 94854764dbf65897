using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Configuration.Endpoints;

/// <summary>Named things put and deleted one by one, each with the checks of a whole document.</summary>
internal static class ItemEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (Section section in new Section[]
        {
            AllSections.Schedules, AllSections.People, AllSections.Teams, AllSections.Services, AllSections.Pools, AllSections.Policies, AllSections.Calendars, AllSections.Integrations,
        })
            Map(endpoints, section);
    }

    private static void Map(IEndpointRouteBuilder endpoints, Section section)
    {
        var kind = section.Kind;
        // What has no team is everybody's; the rest is looked at item by item (TeamCheck).
        var everywhere = section == AllSections.People || section == AllSections.Teams || section == AllSections.Pools || section == AllSections.Calendars;
        var capital = char.ToUpperInvariant(kind[0]) + kind[1..];
        endpoints.MapPut($"/api/v1/{section.Key}/{{name}}", (HttpContext context, EditService edits, string name, string? dryRun, string? effective, string? waiver) => Put(context, edits, section, name))
            .RequireRole(Role.Manager, everywhere).WithName($"put{capital}").WithTags("Organisation")
            .WithSummary($"Creates or changes one {kind}; the body is the document's {kind} in JSON")
            .WithDescription("If-Match with the ETag of a GET refuses to overwrite somebody else's change, If-None-Match: * to change what is there: 412 with who changed it when and what it is now. A limit that a pool enforces is 422 unless a waiver gives a reason.")
            .Accepts<JsonObject>("application/json").Produces<EditAnswer>().Produces<EditAnswer>(201).Problems(412);
        endpoints.MapDelete($"/api/v1/{section.Key}/{{name}}", (HttpContext context, EditService edits, string name, string? dryRun, string? effective, string? waiver) => Delete(context, edits, section, name))
            .RequireRole(Role.Manager, everywhere).WithName($"delete{capital}").WithTags("Organisation")
            .WithSummary(kind == "schedule" ? "Archives one schedule: its history stays, the running shift ends; its overrides and temporary schedules end with it" : $"Archives one {kind}; refused while anything names it")
            .Produces<EditAnswer>().Problems(404, 412);
    }

    private static async Task<IResult> Put(HttpContext context, EditService edits, Section section, string name)
    {
        var call = await EditCall.Read(context, (section, name), withBody: true);
        if (call.Error is { } unreadable)
            return unreadable.ToProblem();
        if (Named(call.Value.Body, section.Identity!, name) is { } fault)
            return Error.Invalid([fault]).ToProblem();
        await edits.Now(context.RequestAborted);
        return await edits.Put(context, call.Value, section, _ => $"/api/v1/{section.Key}/{Uri.EscapeDataString(name)}");
    }

    private static async Task<IResult> Delete(HttpContext context, EditService edits, Section section, string name)
    {
        var call = await EditCall.Read(context, (section, name), withBody: false);
        if (call.Error is { } unreadable)
            return unreadable.ToProblem();
        return (await edits.Now(context.RequestAborted)).Items.Find(section.Kind, name) is { } row
            ? await edits.Delete(context, call.Value, section, row)
            : Error.NotFound($"There is no {section.Kind} '{name}'.").ToProblem();
    }

    /// <summary>What the address says need not be in the body, but must not differ there.</summary>
    public static Fault? Named(JsonObject body, string key, string name)
    {
        if (body[key] is null)
        {
            body[key] = name;
            return null;
        }
        return body[key] is JsonValue value && value.TryGetValue<string>(out var given) && given == name
            ? null
            : new Fault(key, $"must be '{name}' as in the address, or left out{(key is "schedule" or "person" ? "" : "; to rename, put the new name with 'formerly'")}.");
    }

    /// <summary>Refusals that every edit knows, and those given.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder builder, params int[] more)
    {
        foreach (var status in new[] { 400, 403, 413, 422 }.Concat(more))
            builder.ProducesProblem(status);
        return builder;
    }
}
