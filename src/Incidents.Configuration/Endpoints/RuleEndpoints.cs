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

/// <summary>What happens to an alert before anybody is paged.</summary>
/// <param name="Items">In the order in which they are asked, as the document writes them; the first that decides wins, and what none decides escalates.</param>
/// <param name="FirstLine">The schedule whose people look at what the rules send to first line; null: there is none.</param>
internal sealed record RuleList(IReadOnlyList<JsonObject> Items, string? FirstLine);

/// <summary>The triage rules for people to read; they are changed with the document.</summary>
internal static class RuleEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/v1/rules", Get).RequireRole(Role.Observer)
        .WithName("listRules").WithTags("Organisation").WithSummary("The triage rules in their order, as the document writes them")
        .WithDescription("Values under when are fully anchored regular expressions over an alert's labels. Rules are changed with PUT /api/v1/config.")
        .Produces<RuleList>();

    private static IResult Get(IOrganisation organisation)
    {
        var present = organisation.Current;
        return TypedResults.Ok(new RuleList([.. present.TriageRules.Select(r => (JsonObject)JsonNode.Parse(NodeJson.Write(AllSections.Triage.Write(r)))!)], present.FirstLineSchedule));
    }
}
