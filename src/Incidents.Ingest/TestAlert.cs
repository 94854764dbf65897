using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Ingest.Accepting;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Ingest;

/// <summary>Body of the test alert; all of it optional.</summary>
internal sealed record TestAlertBody(string? Integration, string? Summary, string? Service);

/// <summary>"Send a test alert": an alert like any other, from the row to the ring.</summary>
internal static class TestAlert
{
    public static void Map(IEndpointRouteBuilder endpoints)
        => endpoints.MapPost("/api/v1/test-alert", Handle).RequireRole(Role.Responder).WithTags("Alerts").WithName("sendTestAlert")
            .WithSummary("Sends an alert through the whole way, as a source would").Produces<AcceptedAnswer>(StatusCodes.Status202Accepted);

    private static async Task<IResult> Handle(HttpContext http, TestAlertBody? body, AcceptQueue queue, Handover handover, IOrganisation organisation, Clock clock, CancellationToken ct)
    {
        var snapshot = await organisation.Fresh(ct);
        var integration = body?.Integration is { } name
            ? snapshot.Integrations.GetValueOrDefault(name)
            : snapshot.Integrations.Values.OrderBy(i => i.Kind == "generic" ? 0 : 1).ThenBy(i => i.Name, StringComparer.Ordinal).FirstOrDefault();
        if (integration is null)
            return Error.Invalid("integration", body?.Integration is { } missing ? $"There is no integration '{missing}'." : "There is no integration yet: make one first.").ToProblem();
        if (body?.Summary is { Length: > 1000 })
            return Error.Invalid("summary", "At most 1,000 characters.").ToProblem();
        if (body?.Service is { } service && !snapshot.Services.ContainsKey(service))
            return Error.Invalid("service", $"There is no service '{service}'.").ToProblem();
        // Whose rights are for some teams tests with a service of theirs.
        var tested = body?.Service ?? (http.Actor().Teams is { } teams && body?.Integration is null
            ? snapshot.Services.Values.Where(s => teams.Contains(s.Team, StringComparer.Ordinal)).Select(s => s.Name).Order(StringComparer.Ordinal).FirstOrDefault()
            : null);
        var rung = tested ?? integration.DefaultService;
        if (http.Actor().RefusalIn(Role.Responder, $"the service '{rung}'", rung is null ? null : snapshot.Services.GetValueOrDefault(rung)?.Team) is { } foreign)
            return foreign.ToProblem();

        var now = clock.Now;
        var id = Guid.CreateVersion7(now.ToDateTimeOffset());
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        var title = string.IsNullOrWhiteSpace(body?.Summary) ? "Test alert: does the right phone ring?" : body.Summary.Trim();
        var alert = new AlertAccepted(
            integration.Name, $"test-{id:N}", true, title, new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "TestAlert", ["severity"] = "critical" }, none,
            now, null, now, Service: tested, Severity: Severity.Sev1, Details: $"Sent by {http.Actor().Login} to see that paging works.", StartsAtGiven: false, Note: $"A test alert sent by {http.Actor().Login}.");
        var (type, endpoints) = EndpointCatalogue.Of(typeof(AlertAccepted));
        var row = new NewMessage(id, endpoints[0], type, AlertJson.Serialize(alert), now, handover.CanHandOver(endpoints[0]), alert);
        await queue.Accept([row]);
        return Results.Json(new { accepted = 1, ids = new[] { id } }, Json.Options, statusCode: StatusCodes.Status202Accepted);
    }
}
