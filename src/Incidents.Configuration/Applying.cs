using Incidents.Configuration.Document;
using Incidents.Configuration.Edits;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;

namespace Incidents.Configuration;

/// <summary>What an apply is asked to do.</summary>
internal sealed record ApplyRequest(string Yaml, bool DryRun, ChangeTerms Terms);

/// <summary><see cref="Version"/> after the apply; before it on a dry run or when nothing was to do.</summary>
internal sealed record ApplyOutcome(bool Applied, ChangePlan Plan, long Version)
{
    /// <summary>The organisation after it; on a dry run as it would be.</summary>
    public required OrganisationSnapshot After { get; init; }
}

/// <summary>A document into force: one transaction, one version.</summary>
internal sealed class Applying(WorkRunner runner, Database database, OrganisationCache cache, Changing changing, Clock clock)
{
    public async Task<Result<ApplyOutcome>> Apply(ApplyRequest request, CancellationToken cancellationToken)
    {
        var read = OrganisationDocument.Read(request.Yaml);
        if (read.Error is { } unreadable)
            return unreadable;
        var document = read.Value;
        if (request.DryRun || document.Faults.Any)
        {
            await using var db = database.CreateContext();
            var planned = await changing.Prepare(db, clock.Now, request.Terms, _ => document, cancellationToken);
            return planned.Error is { } faulty ? faulty : new ApplyOutcome(Applied: false, planned.Value.Plan, planned.Value.Before) { After = planned.Value.Rows?.Snapshot() ?? await cache.Fresh(cancellationToken) };
        }
        var done = await runner.Run(async work =>
        {
            await ItemStore.Lock(work.Db, cancellationToken);
            work.Locked();
            var prepared = await changing.Prepare(work.Db, work.Now, request.Terms, _ => document, cancellationToken);
            if (prepared.IsOk)
                await changing.Write(work, prepared.Value, request.Terms, cancellationToken);
            return prepared;
        }, cancellationToken);
        if (done.Error is { } error)
            return error;
        // In force here before the answer; elsewhere within a second.
        var after = await cache.AtLeast(done.Value.Version, CancellationToken.None);
        return new ApplyOutcome(Applied: done.Value.Rows is not null, done.Value.Plan, done.Value.Version) { After = after };
    }
}
