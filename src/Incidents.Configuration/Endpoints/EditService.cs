using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Edits;
using Incidents.Configuration.Reach;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
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
        var own = EditRights.AsOwn(context.Actor(), section, read?.Value, author: null, clock.Now);
        if (own.Error is { } refused)
            return refused.ToProblem();
        call = call with { Terms = call.Terms with { AnyTeam = own.Value } };
        if (read?.Value is AbsenceEntry absence)
            read = read with { Name = AbsenceSection.IdentityOf(AbsenceDays.Resolve(absence, cache.Current)) };
        var edit = new JsonObject { [section.Key] = new JsonArray(call.Body.DeepClone()) };
        return (await Run(context, call, (section, read?.Name ?? ""), edit, location))!;
    }

    /// <summary>
    /// Puts a person's own document, of which the caller changed only what is theirs to change: no role is needed for that. Null: something else of the
    /// person has changed meanwhile, and the caller may try again on what is there now; with <paramref name="last"/> that is a 412.
    /// </summary>
    public async Task<IResult?> PutOwn(HttpContext context, EditCall call, ItemRow row, OrganisationSnapshot before, JsonObject person, bool last)
    {
        var (section, name) = (AllSections.People, row.Name);
        if (Read(section, person)?.Value is Person after && Broken(before, before.People[name], after) is { Count: > 0 } broken)
            return new Error(ErrorKind.Invalid, "minimum", "A pool whose roster has you needs this way to reach you.", broken).ToProblem();
        var asked = call.Terms.IfItem is { Revision: not null } or { Absent: true };
        var terms = call.Terms with { AnyTeam = true, IfItem = asked ? call.Terms.IfItem : new ItemExpectation(section, name, row.Revision, Absent: false) };
        // A conflict that the caller did not ask about is none while there are tries left.
        var edit = new JsonObject { [section.Key] = new JsonArray(person) };
        return await Run(context, call with { Terms = terms }, (section, name), edit, _ => "", again: !asked && !last);
    }

    /// <summary>What pools need of the person, was fulfilled before, and would not be any more.</summary>
    private static List<Fault> Broken(OrganisationSnapshot organisation, Person before, Person after)
        => [.. Reachability.Unmet(after, organisation).Except(Reachability.Unmet(before, organisation)).Select(n => new Fault($"people[{after.Login}].contacts", n.Say()))];

    /// <summary>Deletes one item; <paramref name="row"/> is what is there.</summary>
    public async Task<IResult> Delete(HttpContext context, EditCall call, Section section, ItemRow row)
    {
        var own = EditRights.AsOwn(context.Actor(), section, ItemStore.Read(row)?.Value, row.CreatedBy, clock.Now);
        if (own.Error is { } refused)
            return refused.ToProblem();
        call = call with { Terms = call.Terms with { AnyTeam = own.Value } };
        var edit = new JsonObject { ["delete"] = new JsonObject { [section.Key] = new JsonArray(section.Identity is null ? row.Item.ToString() : row.Name) } };
        return (await Run(context, call, (section, row.Name), edit, _ => ""))!;
    }

    /// <summary>Null only with <paramref name="again"/>: the item is not as expected.</summary>
    private async Task<IResult?> Run(HttpContext context, EditCall call, (Section Section, string Name) target, JsonObject edit, Func<Guid?, string> location, bool again = false)
    {
        var cancel = context.RequestAborted;
        if (call.DryRun)
        {
            var planned = await editor.DryRun(edit, call.Terms, cancel);
            if (planned.Error is { } faulty)
                return again && faulty.Kind == ErrorKind.Stale ? null : await EditAnswers.Refusal(context, faulty, target, cache);
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
            return again && refusal.Kind == ErrorKind.Stale ? null : await EditAnswers.Refusal(context, refusal, target, cache);
        if (done is not null)
            await editor.InForce(done);
        return EditAnswers.Of(context, JsonSerializer.Deserialize<EditResult>(outcome.Value, Json.Options)!, location);
    }

    /// <summary>Null when it cannot be read; the edit then says why.</summary>
    private static Item? Read(Section section, JsonObject body)
        => section.Read(NodeJson.Read(body.ToJsonString()), section.Key, new MapReader(new MapNode([], []), "", new Faults()));
}
