using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Edits;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Http;
using NodaTime.Text;

namespace Incidents.Configuration.Endpoints;

/// <summary>What an edit did, or on a dry run would do.</summary>
/// <param name="Applied">It is in force; false on a dry run.</param>
/// <param name="Version">Of the organisation, after it.</param>
/// <param name="Id">Of the item; stays through changes and renames. Null on a dry run that would create it.</param>
/// <param name="Item">In the document's shape: as it is now, or of a deletion as it was. To undo a deletion send it again.</param>
/// <param name="Changes">Everything that changed with it.</param>
/// <param name="GeneratedKeys">Keys of new integrations that were given none: shown this once.</param>
internal sealed record EditAnswer(bool Applied, long Version, Guid? Id, JsonObject? Item, IReadOnlyList<ConfigChange> Changes, IReadOnlyList<GeneratedKey>? GeneratedKeys);

/// <summary>An answer with what goes into the status and the headers; what a repeated request under an <c>Idempotency-Key</c> is answered with.</summary>
internal sealed record EditResult(EditAnswer Answer, bool Created, long? Revision);

/// <summary>Prepared changes and refusals → answers.</summary>
internal static class EditAnswers
{
    /// <summary>With the item's ETag, as 201 when it came into being.</summary>
    public static IResult Of(HttpContext context, EditResult result, Func<Guid?, string> location)
    {
        if (result.Revision is { } revision)
            context.Response.Headers.ETag = Query.Tag(revision);
        return result is { Created: true, Answer.Applied: true } ? Results.Created(location(result.Answer.Id), result.Answer) : Results.Ok(result.Answer);
    }

    /// <param name="target">The item that the request was about, by its name after the change.</param>
    public static EditResult Build(
        PreparedChange done, (Section Section, string Name) target, bool applied, Actor actor, LoadedOrganisation now, PublicAddress address)
    {
        var change = done.Plan.Changes.FirstOrDefault(c => c.Section == target.Section && c.Name == target.Name);
        var rows = done.Rows?.Changes.FirstOrDefault(c => c.Change == change);
        var present = change is null ? now.Items.Find(target.Section.Kind, target.Name) : null;
        var item = change?.After ?? change?.Before?.Item ?? (present is null ? null : ItemStore.Read(present));
        var created = change is { Action: ChangeAction.Create };
        var keys = applied && done.Plan.GeneratedKeys.Count > 0 ? done.Plan.GeneratedKeys.Select(k => new GeneratedKey(k.Key, k.Value, address.OfIntegration(KindOf(done.Plan, k.Key), k.Value))).ToList() : null;
        return new EditResult(
            new EditAnswer(applied, applied ? done.Version : done.Before, created && !applied ? null : rows?.Item ?? present?.Item, item is null ? null : Json(item, actor), Changes(done.Plan), keys),
            created,
            change is { Action: ChangeAction.Delete } || !applied ? null : change is null ? present?.Revision : done.Version);
    }

    public static IReadOnlyList<ConfigChange> Changes(ChangePlan plan) => [.. plan.Changes.Select(c => new ConfigChange(c.Section.Kind, c.Name, OrganisationEditor.ActionName(c.Action), c.Paths))];

    public static string KindOf(ChangePlan plan, string integration)
        => plan.Changes.Where(c => c.Name == integration).Select(c => c.After?.Value).OfType<Integration>().First().Kind;

    /// <summary>An item in the document's shape, as this caller may see it.</summary>
    public static JsonObject Json(Item item, Actor actor) => (JsonObject)JsonNode.Parse(NodeJson.Write(Exporting.Shown(item, actor.CanEverywhere(Role.Manager))))!;

    /// <summary>A stale edit is answered with who was faster, when, and what is there now; every other error as ever.</summary>
    public static async Task<IResult> Refusal(HttpContext context, Error error, (Section Section, string Name) target, OrganisationCache cache)
    {
        if (error.Kind != ErrorKind.Stale)
            return error.ToProblem();
        var row = (await cache.FreshRows(context.RequestAborted)).Items.Find(target.Section.Kind, target.Name);
        if (row is not null)
            context.Response.Headers.ETag = Query.Tag(row.Revision);
        return Results.Problem(
            title: error.Title,
            statusCode: error.Status(),
            type: "https://incidents.invalid/problems/" + error.Code,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["errors"] = Array.Empty<object>(),
                ["changedBy"] = row?.WrittenBy,
                ["changedAt"] = row is null ? null : InstantPattern.ExtendedIso.Format(row.WrittenAt),
                ["etag"] = row is null ? null : Query.Tag(row.Revision),
                ["current"] = row is not null && ItemStore.Read(row) is { } item ? Json(item, context.Actor()) : null,
            });
    }
}
