using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Edits;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Http;

namespace Incidents.Configuration.Endpoints;

/// <summary>What the editing endpoints have in common: rights, dry runs, one transaction, idempotency, the answer.</summary>
internal sealed class EditService(OrganisationEditor editor, OrganisationCache cache, WorkRunner runner, PublicAddress address, Clock clock)
{
    /// <summary>The organisation of this instant, for what an edit refers to in its address.</summary>
    public ValueTask<LoadedOrganisation> Now(CancellationToken cancellationToken) => cache.FreshRows(cancellationToken);

    /// <summary>Puts one item; what has no name is called by what it says.</summary>
    /// <param name="location">Address of the item when it comes into being, from its id.</param>
    public async Task<IResult> Put(HttpContext context, EditCall call, Section section, Func<Guid?, string> location)
    {
        var read = Read(section, call.Body);
        if (EditRights.Refusal(context.Actor(), section, read?.Value, author: null, clock.Now) is { } refused)
            return refused.ToProblem();
        if (read?.Value is AbsenceEntry absence)
            read = read with { Name = AbsenceSection.IdentityOf(AbsenceDays.Resolve(absence, cache.Current)) };
        var edit = new JsonObject { [section.Key] = new JsonArray(call.Body.DeepClone()) };
        return await Run(context, call, (section, read?.Name ?? ""), edit, location);
    }

    /// <summary>Deletes one item; <paramref name="row"/> is what is there.</summary>
    public async Task<IResult> Delete(HttpContext context, EditCall call, Section section, ItemRow row)
    {
        if (EditRights.Refusal(context.Actor(), section, ItemStore.Read(row)?.Value, row.CreatedBy, clock.Now) is { } refused)
            return refused.ToProblem();
        var edit = new JsonObject { ["delete"] = new JsonObject { [section.Key] = new JsonArray(section.Identity is null ? row.Item.ToString() : row.Name) } };
        return await Run(context, call, (section, row.Name), edit, _ => "");
    }

    private async Task<IResult> Run(HttpContext context, EditCall call, (Section Section, string Name) target, JsonObject edit, Func<Guid?, string> location)
    {
        var cancel = context.RequestAborted;
        if (call.DryRun)
        {
            var planned = await editor.DryRun(edit, call.Terms, cancel);
            if (planned.Error is { } faulty)
                return await EditAnswers.Refusal(context, faulty, target, cache);
            var plan = EditAnswers.Build(planned.Value, target, applied: false, context.Actor(), cache.Loaded, address);
            return EditAnswers.Of(context, plan, location);
        }
        PreparedChange? done = null;
        var key = HttpMethods.IsPost(context.Request.Method) ? context.Request.Headers["Idempotency-Key"].ToString() : null;
        var outcome = await runner.Run(work => Idempotency.Once(work, key, context.Request.Path, call.Raw, async () =>
        {
            done = null;
            var prepared = await editor.Within(work, edit, call.Terms, cancel);
            if (prepared.Error is { } error)
                return error;
            done = prepared.Value;
            return JsonSerializer.Serialize(EditAnswers.Build(done, target, applied: true, context.Actor(), cache.Loaded, address), Json.Options);
        }, cancel), cancel);
        if (outcome.Error is { } refusal)
            return await EditAnswers.Refusal(context, refusal, target, cache);
        if (done is not null)
            await editor.InForce(done);
        return EditAnswers.Of(context, JsonSerializer.Deserialize<EditResult>(outcome.Value, Json.Options)!, location);
    }

    /// <summary>Null when it cannot be read; the edit then says why.</summary>
    private static Item? Read(Section section, JsonObject body)
        => section.Read(NodeJson.Read(body.ToJsonString()), section.Key, new MapReader(new MapNode([], []), "", new Faults()));
}
