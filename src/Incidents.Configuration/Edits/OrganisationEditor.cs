using System.Text.Json.Nodes;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Configuration.Edits;

/// <summary>Edits parts of the organisation, each as one version of the whole.</summary>
internal sealed class OrganisationEditor(WorkRunner runner, Database database, OrganisationCache cache, Changing changing, Clock clock) : IOrganisationEditor
{
    public async Task<Result<EditOutcome>> Edit(OrganisationEdit edit, CancellationToken cancellationToken)
    {
        var done = await runner.Run(work => Within(work, edit.Body, Terms(edit), cancellationToken), cancellationToken);
        return done.Error is { } error ? error : Outcome(await InForce(done.Value));
    }

    public async Task<Result<EditOutcome>> EditWithin(object work, OrganisationEdit edit, CancellationToken cancellationToken)
    {
        if (work is not Work transaction)
            throw new ArgumentException("The transaction of the caller is expected.", nameof(work));
        var done = await Within(transaction, edit.Body, Terms(edit), cancellationToken);
        return done.Error is { } error ? error : Outcome(done.Value);
    }

    public async Task<Result<OrganisationSnapshot>> Draft(OrganisationEdit edit, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        // A draft is there to show breaches of limits, not to be refused for them.
        var prepared = await Preview(db, edit.Body, Terms(edit) with { Waiver = "a draft" }, cancellationToken);
        if (prepared.Error is { } error)
            return error;
        return prepared.Value.Rows is { } rows ? rows.Snapshot() : (await ItemStore.Load(db, cancellationToken)).Snapshot();
    }

    /// <summary>As an edit, but nothing is written.</summary>
    public async Task<Result<PreparedChange>> DryRun(JsonObject body, ChangeTerms terms, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await Preview(db, body, terms, cancellationToken);
    }

    private Task<Result<PreparedChange>> Preview(IncidentsDbContext db, JsonObject body, ChangeTerms terms, CancellationToken cancellationToken)
        => changing.Prepare(db, clock.Now, terms, present => EditDocument.Read(body, present, clock.Now), cancellationToken);

    /// <summary>In the caller's transaction; a failed one has written nothing.</summary>
    public async Task<Result<PreparedChange>> Within(Work work, JsonObject body, ChangeTerms terms, CancellationToken cancellationToken)
    {
        await ItemStore.Lock(work.Db, cancellationToken);
        work.Locked();
        var prepared = await changing.Prepare(work.Db, work.Now, terms, present => EditDocument.Read(body, present, work.Now), cancellationToken);
        if (prepared.IsOk)
            await changing.Write(work, prepared.Value, terms, cancellationToken);
        return prepared;
    }

    /// <summary>In force here before the answer; elsewhere within a second.</summary>
    public async Task<PreparedChange> InForce(PreparedChange done)
    {
        await cache.AtLeast(done.Version, CancellationToken.None);
        return done;
    }

    private static ChangeTerms Terms(OrganisationEdit edit) => new(edit.Actor, edit.Effective, edit.IfVersion, edit.Waiver, AnyTeam: edit.AnyTeam);

    private static EditOutcome Outcome(PreparedChange done) => new(done.Version, done.Rows is null ? [] :
        [.. done.Rows.Changes.Select(c => new EditChange(c.Change.Section.Kind, c.Change.Name, ActionName(c.Change.Action), c.Item))]);

    public static string ActionName(ChangeAction action) => action switch { ChangeAction.Create => "create", ChangeAction.Update => "update", _ => "delete" };
}
