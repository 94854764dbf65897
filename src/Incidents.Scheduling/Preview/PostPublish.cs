using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Scheduling.Preview;

/// <summary><paramref name="Version"/> of the organisation, with the draft in force; <paramref name="Basis"/> of what is there now.</summary>
internal sealed record Published(long Version, string? Basis, IReadOnlyList<EditChange> Changes);

/// <summary>
/// <c>POST /schedules/{name}/publish</c>: a draft, all or nothing. The body is the edit that was previewed, of this schedule alone
/// (<c>{schedules: [{…}], overrides: [{…}], delete: {overrides: [id]}}</c>), with the <c>basis</c> that the draft was made from (absent: the schedule is new),
/// <c>effective</c> (default: now) and a <c>waiver</c> where enforced limits would be broken. 412 when the schedule or its overrides are not what the draft
/// was made from.
/// </summary>
internal static class PostPublish
{
    /// <summary>So often another change of the organisation may come in between; each round sees the newest.</summary>
    private const int Rounds = 5;

    private const int LongestWaiver = 1000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/schedules/{name}/publish", Handle)
        .RequireRole(Role.Manager)
        .Accepts<JsonObject>("application/json")
        .WithName("publishSchedule")
        .WithTags("Schedules")
        .WithSummary("Put a draft of a schedule in force: layers and overrides in one change")
        .WithDescription("The body is what POST /schedules/preview takes, of this schedule alone, and the basis that GET /schedules/{name}/timeline gave when the draft began. Refused whole with 412 when somebody else has changed the schedule or its overrides since.")
        .Produces<Published>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(string name, HttpContext context, IOrganisation organisations, [FromServices] IOrganisationEditor editor, CancellationToken cancellationToken)
    {
        var read = await DraftBody.Read(context, cancellationToken);
        if (read.Error is { } malformed)
            return malformed.ToProblem();
        var body = read.Value;
        var faults = new List<Fault>();
        var basis = DraftBody.TakeText(body, "basis", faults);
        var effective = DraftBody.Take(body, "effective", faults);
        var waiver = DraftBody.TakeText(body, "waiver", faults);
        if (waiver?.Length > LongestWaiver)
            faults.Add(new Fault("waiver", $"Use at most {LongestWaiver} characters."));
        Foreign(body, name, faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        for (var round = 1; ; round++)
        {
            var present = await organisations.Fresh(cancellationToken);
            if (Basis.Of(present, name) != basis)
                return new Error(ErrorKind.Stale, "stale", $"The schedule '{name}' or its overrides have changed since the draft was made.", []).ToProblem();
            if (OfSwaps(body, present, name) is { Count: > 0 } bound)
                return Error.Invalid(bound).ToProblem();
            var edit = new OrganisationEdit((JsonObject)body.DeepClone(), context.Actor(), effective, present.Version, string.IsNullOrWhiteSpace(waiver) ? null : waiver);
            var done = await editor.Edit(edit, cancellationToken);
            if (done.Error is { } error)
            {
                // Something else of the organisation has changed meanwhile, maybe nothing of this schedule: look again.
                if (error.Kind == ErrorKind.Stale && round < Rounds)
                    continue;
                return error.ToProblem();
            }

            var now = await organisations.AtLeast(done.Value.Version, cancellationToken);
            return Results.Json(new Published(done.Value.Version, Basis.Of(now, name), done.Value.Changes), Json.Options);
        }
    }

    /// <summary>A draft is of one schedule: nothing else may come in by this door.</summary>
    private static void Foreign(JsonObject body, string name, List<Fault> faults)
    {
        foreach (var (key, value) in body)
        {
            switch (key)
            {
                case "schedules" when value is JsonArray { Count: <= 1 } schedules && schedules.All(s => Text(s, "name") == name && s?["formerly"] is null):
                case "overrides" when value is JsonArray overrides && overrides.All(o => Text(o, "schedule") == name):
                case "delete" when value is JsonObject deleted && deleted.All(d => d.Key == "overrides"):
                    continue;
                default:
                    faults.Add(new Fault(key, $"A draft of '{name}' holds that schedule (schedules), its overrides (overrides) and those that go (delete.overrides), nothing else."));
                    break;
            }
        }
    }

    private static string? Text(JsonNode? node, string key) => node is JsonObject item && item[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static List<Fault> OfSwaps(JsonObject body, OrganisationSnapshot present, string name)
    {
        var faults = new List<Fault>();
        var made = present.Overrides.GetValueOrDefault(name, []).ToDictionary(o => o.Id);
        var ids = body["delete"]?["overrides"] as JsonArray ?? [];
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] is not JsonValue value || !value.TryGetValue<string>(out var text) || !Guid.TryParse(text, out var id) || !made.TryGetValue(id, out var found))
                faults.Add(new Fault($"delete.overrides[{i}]", $"is no override of '{name}'."));
            else if (found.Swap is not null)
                faults.Add(new Fault($"delete.overrides[{i}]", "belongs to a swap: it comes and goes with that."));
        }

        return faults;
    }
}
