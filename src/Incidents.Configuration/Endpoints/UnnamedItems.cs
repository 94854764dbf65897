using Incidents.Configuration.Document;
using Incidents.Contracts.Organisation;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Http;

namespace Incidents.Configuration.Endpoints;

/// <summary>What the endpoints of items without a name of their own have in common: they are made below what they are about, and found by id.</summary>
/// <param name="Kind">What one is called: in storage, in messages, and with an s in its address.</param>
/// <param name="Owner">The body's field for what it is about.</param>
/// <param name="HasOwner">Whether there is something of that name to be about.</param>
internal sealed record UnnamedItems(string Kind, string Owner, Section Section, Func<OrganisationSnapshot, string, bool> HasOwner)
{
    public ItemRow? Find(LoadedOrganisation now, string id) => Guid.TryParse(id, out var item) ? now.Items.Find(Kind, item) : null;

    public IResult Missing(string id) => Error.NotFound($"There is no {Kind} '{id}'.").ToProblem();

    public IResult NoOwner(string name) => Error.NotFound($"There is no {Owner} '{name}'.").ToProblem();

    public async Task<IResult> Create(HttpContext context, EditService edits, string owner)
    {
        var call = await EditCall.Read(context, target: null, withBody: true);
        if (call.Error is { } unreadable)
            return unreadable.ToProblem();
        if (!HasOwner((await edits.Now(context.RequestAborted)).Snapshot, owner))
            return NoOwner(owner);
        if (ItemEndpoints.Named(call.Value.Body, Owner, owner) is { } fault)
            return Error.Invalid([fault]).ToProblem();
        return await edits.Put(context, call.Value, Section, id => $"/api/v1/{Kind}s/{id}");
    }

    public async Task<IResult> Delete(HttpContext context, EditService edits, string id)
    {
        var call = await EditCall.Read(context, target: null, withBody: false);
        if (call.Error is { } unreadable)
            return unreadable.ToProblem();
        return Find(await edits.Now(context.RequestAborted), id) is { } row ? await edits.Delete(context, call.Value, Section, row) : Missing(id);
    }
}
