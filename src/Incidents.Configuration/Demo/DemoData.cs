using Incidents.Configuration.Edits;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Configuration.Demo;

/// <summary>What loading or removing demo data did or would do. <see cref="Error"/>: why it cannot be done as things are.</summary>
internal sealed record DemoOutcome(ChangePlan? Plan, IReadOnlyList<DemoKept> Kept, long Version, Error? Error);

/// <summary>Demo data in a running installation: put beside what is there, and taken away again as far as nobody made it theirs.</summary>
internal sealed class DemoData(WorkRunner runner, Database database, OrganisationCache cache, Changing changing, Clock clock)
{
    private const string Waiver = "the demo organisation";

    /// <summary>What would be done now; writes nothing.</summary>
    public async Task<DemoOutcome> Plan(bool remove, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var (prepared, kept) = await Prepare(db, clock.Now, remove, new ChangeTerms(actor, Waiver: Waiver), cancellationToken);
        return prepared.Error is { } error
            ? new DemoOutcome(Plan: null, kept, await ItemStore.Version(db, cancellationToken), error)
            : new DemoOutcome(prepared.Value.Plan, kept, prepared.Value.Before, Error: null);
    }

    /// <param name="version">Of the organisation whose plan was looked at; another one by now refuses.</param>
    public async Task<DemoOutcome> Run(bool remove, Actor actor, long version, CancellationToken cancellationToken)
    {
        IReadOnlyList<DemoKept> kept = [];
        var terms = new ChangeTerms(actor, IfVersion: version, Waiver: Waiver);
        var done = await runner.Run(async work =>
        {
            await ItemStore.Lock(work.Db, cancellationToken);
            work.Locked();
            (var prepared, kept) = await Prepare(work.Db, work.Now, remove, terms, cancellationToken);
            if (prepared.IsOk)
                await changing.Write(work, prepared.Value, terms, cancellationToken);
            return prepared;
        }, cancellationToken);
        if (done.Error is { } error)
            return new DemoOutcome(Plan: null, kept, version, error);
        await cache.AtLeast(done.Value.Version, CancellationToken.None);
        return new DemoOutcome(done.Value.Plan, kept, done.Value.Version, Error: null);
    }

    private async Task<(Result<PreparedChange> Prepared, IReadOnlyList<DemoKept> Kept)> Prepare(IncidentsDbContext db, Instant now, bool remove, ChangeTerms terms, CancellationToken cancellationToken)
    {
        IReadOnlyList<DemoKept> kept = [];
        var prepared = await changing.Prepare(db, now, terms, present =>
        {
            var plan = remove ? DemoPlan.Removing(present) : DemoPlan.Adding(present);
            kept = plan.Kept;
            return plan.Document;
        }, cancellationToken);
        return (prepared, kept);
    }
}
