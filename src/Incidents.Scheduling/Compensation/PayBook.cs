using System.Collections.Concurrent;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Incidents.Scheduling.Classes;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>Pay periods and their statements: drafts are computed, approved ones read as they were stored. One approval, export or change of a range at a time.</summary>
internal sealed class PayBook(Database database, WorkRunner works, IOrganisation organisations, PayDrafts drafts, Clock clock)
{
    /// <summary>How many approved periods right before a draft are looked through for corrections.</summary>
    public const int PeriodsMended = 24;

    private const long LedgerLock = 0x7061795F626F6F6B;
    private const int MaxTries = 8;

    private readonly ConcurrentDictionary<(string Name, string Hash), ApprovedPeriod> approved = new();

    /// <summary>A period with its statements; null: there is none of this name.</summary>
    public async Task<PaySheet?> Find(string name, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await Load(db, name, cancellationToken) switch
        {
            null => null,
            { Row: { Status: not PayStatus.Draft } row } => await Stored(db, row, cancellationToken),
            { } inputs => drafts.Of(inputs),
        };
    }

    /// <summary>Periods from the one that holds <paramref name="last"/> backwards, each with its row if it has one.</summary>
    public async Task<IReadOnlyList<(PayPeriod Period, PeriodRow? Row)>> List(LocalDate last, int limit, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var rows = await Rows(db, cancellationToken);
        var periods = new Periods(rows.Select(r => r.Period));
        var found = new List<(PayPeriod Period, PeriodRow? Row)>();
        for (var period = periods.Holding(last); found.Count < limit; period = periods.Holding(period.From.PlusDays(-1)))
            found.Add((period, rows.FirstOrDefault(r => r.Name == period.Name)));
        return found;
    }

    /// <summary>The period that holds a day.</summary>
    public async Task<PayPeriod> Holding(LocalDate date, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return new Periods((await Rows(db, cancellationToken)).Select(r => r.Period)).Holding(date);
    }

    /// <summary>Sets the range of a period that is not approved.</summary>
    public Task<Result<PeriodRow>> SetRange(PayPeriod wanted, CancellationToken cancellationToken) => works.Run<Result<PeriodRow>>(async work =>
    {
        await Lock(work, cancellationToken);
        var rows = await Rows(work.Db, cancellationToken);
        if (rows.FirstOrDefault(r => r.Name == wanted.Name) is { Status: not PayStatus.Draft } locked)
            return locked.Period == wanted ? locked : Error.Conflict("pay-approved", $"Period '{wanted.Name}' is approved: its range stays.");
        if (new Periods(rows.Select(r => r.Period)).Refuse(wanted) is { } refused)
            return refused;
        var row = await work.Db.Set<PeriodRow>().AsTracking().SingleOrDefaultAsync(r => r.Name == wanted.Name, cancellationToken);
        var made = PeriodRow.Of(wanted);
        if (row is null)
            work.Db.Add(row = made);
        (row.FromDate, row.ToDate, row.Version) = (made.FromDate, made.ToDate, row.Version + 1);
        return row;
    }, cancellationToken);

    /// <summary>
    /// Locks what the draft says now; the approved one stays as it is for good. Again: the same answer. <paramref name="expected"/>: the hash of the draft
    /// that was seen; another is refused as stale.
    /// </summary>
    public async Task<Result<PaySheet>> Approve(string name, string? expected, Actor actor, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            await using var db = database.CreateContext();
            if (await Load(db, name, cancellationToken) is not { } inputs)
                return Missing(name);
            var done = inputs.Row is { Status: not PayStatus.Draft } row ? await Stored(db, row, cancellationToken) : null;
            var sheet = done ?? drafts.Of(inputs);
            if (expected is not null && expected != sheet.Hash)
                return new Error(ErrorKind.Stale, "stale", $"The period has changed since: its hash is {sheet.Hash} now.", []);
            if (done is not null)
                return done;
            if (EndOf(inputs, sheet) is var (end, zone) && clock.Now < end)
                return Error.Conflict("pay-period-not-over", $"Period '{name}' is over at {end}, when it ends in {zone}; until then its duties may change.");
            if (await works.Run(work => Store(work, inputs, sheet, actor, cancellationToken), cancellationToken))
                return await Find(name, cancellationToken) is { } stored ? stored : Missing(name);
        }

        return Error.Conflict("pay-changing", "Incidents or the organisation kept changing while the period was computed: try again.");
    }

    /// <summary>Notes that an approved period was handed to payroll. Again: the first time stands.</summary>
    public Task<Result<PaySheet>> Export(string name, Actor actor, CancellationToken cancellationToken) => works.Run<Result<PaySheet>>(async work =>
    {
        await Lock(work, cancellationToken);
        var row = await work.Db.Set<PeriodRow>().AsTracking().SingleOrDefaultAsync(r => r.Name == name, cancellationToken);
        if (row is null or { Status: PayStatus.Draft })
            return row is null && new Periods((await Rows(work.Db, cancellationToken)).Select(r => r.Period)).Find(name) is null
                ? Missing(name)
                : Error.Conflict("pay-not-approved", $"Period '{name}' is a draft: approve it first.");
        if (row.Status == PayStatus.Approved)
            (row.Status, row.ExportedAt, row.ExportedBy, row.Version) = (PayStatus.Exported, work.Now, actor.Login, row.Version + 1);
        return await Stored(work.Db, row, cancellationToken);
    }, cancellationToken);

    public static Error Missing(string name) => Error.NotFound($"There is no pay period '{name}': months are named like 2026-12.");

    /// <summary>True: stored. False: what it follows from has changed meanwhile.</summary>
    private static async Task<bool> Store(Work work, PayInputs inputs, PaySheet sheet, Actor actor, CancellationToken cancellationToken)
    {
        await Lock(work, cancellationToken);
        var rows = await Rows(work.Db, cancellationToken);
        if (Ledger(rows) != inputs.Ledger || await work.OrganisationVersion(cancellationToken) != inputs.Organisation.Version)
            return false;
        if (!(await Done(work.Db, inputs.Organisation, inputs.Period, inputs.Mended, cancellationToken)).IsSameAs(inputs.Work))
            return false;
        var row = await work.Db.Set<PeriodRow>().AsTracking().SingleOrDefaultAsync(r => r.Name == inputs.Period.Name, cancellationToken);
        if (row is null)
            work.Db.Add(row = PeriodRow.Of(inputs.Period));
        (row.Status, row.Hash, row.ApprovedAt, row.ApprovedBy, row.Version) = (PayStatus.Approved, sheet.Hash, work.Now, actor.Login, row.Version + 1);
        work.Db.AddRange(sheet.Contents.Select(c => new StatementRow { Period = row.Name, Login = c.Statement.Login, Content = c.Canonical }));
        return true;
    }

    private async Task<PayInputs?> Load(IncidentsDbContext db, string name, CancellationToken cancellationToken)
    {
        var rows = await Rows(db, cancellationToken);
        var periods = new Periods(rows.Select(r => r.Period));
        if (periods.Find(name) is not { } period)
            return null;
        var organisation = await organisations.Fresh(cancellationToken);
        var row = rows.FirstOrDefault(r => r.Name == name);
        if (row is { Status: not PayStatus.Draft })
            return new PayInputs(organisation, period, row, "", [], new WorkDone([], new HashSet<long>()));

        var mended = new List<ApprovedPeriod>();
        for (var before = periods.Holding(period.From.PlusDays(-1)); mended.Count < PeriodsMended; before = periods.Holding(before.From.PlusDays(-1)))
        {
            if (rows.FirstOrDefault(r => r.Name == before.Name) is not { Status: not PayStatus.Draft } done)
                break;
            mended.Insert(0, await Approved(db, done, cancellationToken));
        }

        return new PayInputs(organisation, period, row, Ledger(rows), mended, await Done(db, organisation, period, mended, cancellationToken));
    }

    /// <summary>The work that can count in the period or in those that it mends.</summary>
    private static Task<WorkDone> Done(IncidentsDbContext db, OrganisationSnapshot organisation, PayPeriod period, IReadOnlyList<ApprovedPeriod> mended, CancellationToken cancellationToken)
        => WorkReader.Read(db, (mended.Count > 0 ? mended[0].Period : period).Widest.Start - PayDrafts.LongestRounding(organisation), period.Widest.End, cancellationToken);

    /// <summary>What was approved never changes, so it is read once.</summary>
    private async Task<ApprovedPeriod> Approved(IncidentsDbContext db, PeriodRow row, CancellationToken cancellationToken)
    {
        if (approved.TryGetValue((row.Name, row.Hash!), out var known))
            return known;
        var sheet = await Stored(db, row, cancellationToken);
        return approved.GetOrAdd((row.Name, row.Hash!), new ApprovedPeriod(sheet.Period, sheet.Hash, [.. sheet.Statements]));
    }

    private static async Task<PaySheet> Stored(IncidentsDbContext db, PeriodRow row, CancellationToken cancellationToken)
        => PaySheet.Approved(row, await db.Set<StatementRow>().AsNoTracking().Where(s => s.Period == row.Name).ToListAsync(cancellationToken));

    private static Task<List<PeriodRow>> Rows(IncidentsDbContext db, CancellationToken cancellationToken)
        => db.Set<PeriodRow>().AsNoTracking().OrderBy(r => r.FromDate).ToListAsync(cancellationToken);

    private static string Ledger(IEnumerable<PeriodRow> rows) => string.Join('\n', rows.Select(r => $"{r.Name} {r.FromDate} {r.ToDate} {r.Status} {r.Hash}"));

    /// <summary>When the period is over for everybody: in the zone of theirs that comes last.</summary>
    private static (Instant End, string Zone) EndOf(PayInputs inputs, PaySheet sheet)
        => inputs.Organisation.People.Values.Select(p => ShiftClasses.ZoneOf(p, inputs.Organisation).Id)
            .Concat(sheet.Statements.Select(s => s.Zone)).DefaultIfEmpty("UTC").Distinct(StringComparer.Ordinal)
            .Select(id => (inputs.Period.In(DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc).End, id)).Max();

    /// <summary>One writer at a time, to the end of the transaction. SQLite's write transactions are alone anyway.</summary>
    private static async Task Lock(Work work, CancellationToken cancellationToken)
    {
        if (!work.Db.IsSqlite)
            await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LedgerLock})", cancellationToken);
        work.Locked();
    }
}
