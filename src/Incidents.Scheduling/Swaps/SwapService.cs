using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Swaps;

/// <summary>A request that has been checked and may be made.</summary>
internal sealed record NewSwap(Swap Swap, long Version);

/// <summary>Swap requests against the database: state, overrides, timers and notices of one verb are one transaction.</summary>
internal sealed class SwapService(WorkRunner works, IOrganisation organisations, OnCall onCall, IOrganisationEditor editor, SwapTable table, SwapNotices notices)
{
    /// <summary>How long before it lapses those who were asked are reminded.</summary>
    private static readonly (string Name, Duration Before)[] Reminders =
        [("7d", Duration.FromDays(7)), ("3d", Duration.FromDays(3)), ("1d", Duration.FromDays(1)), ("12h", Duration.FromHours(12))];

    private const int Tries = 5;

    public Task<Result<SwapRow>> Create(NewSwap wanted, Actor actor, CancellationToken cancellationToken) => Guarded(async work => (await Make(work, wanted, actor, cancellationToken), 0L), cancellationToken);

    /// <summary>As <see cref="Create(NewSwap, Actor, CancellationToken)"/>; asked again with the same <c>Idempotency-Key</c> within 24 h, it answers with the request that was made the first time.</summary>
    public Task<Result<SwapRow>> Create(NewSwap wanted, Actor actor, string? key, string path, ReadOnlyMemory<byte> asked, CancellationToken cancellationToken) => Guarded(async work =>
    {
        var made = default(SwapRow);
        var answer = await Idempotency.Once(work, key, path, asked, async () => (made = await Make(work, wanted, actor, cancellationToken)).Id.ToString(), cancellationToken);
        var id = Guid.Parse(Ok(answer));
        return (made ?? await work.Db.Set<SwapRow>().AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken), 0L);
    }, cancellationToken);

    /// <summary>
    /// Does a verb. <paramref name="ask"/> says which, by the request as it stands under its lock, or refuses. The overrides are written against exactly the
    /// organisation that was looked at; when somebody changes it meanwhile, all is looked at again.
    /// </summary>
    public async Task<Result<SwapRow>> Act(string id, Actor actor, Func<Swap, OrganisationSnapshot, Instant, Result<SwapVerb>> ask, CancellationToken cancellationToken)
    {
        if (await table.Find(id, cancellationToken) is not { } found)
            return Error.NotFound($"There is no swap request '{id}'.");
        for (var attempt = 1; ; attempt++)
        {
            var done = await Guarded(work => Once(work, found.Id, actor, ask, cancellationToken), cancellationToken);
            if (done.Error is not { Kind: ErrorKind.Stale } || attempt == Tries)
                return done;
        }
    }

    /// <summary>A timer ran out.</summary>
    public async Task Due(Work work, SwapDue due, CancellationToken cancellationToken)
    {
        if (await SwapTable.Lock(work, due.Swap, cancellationToken) is not { State: SwapState.Open } row)
            return;
        var organisation = await Organisation(work, cancellationToken);
        var swap = row.Read();
        if (due.What != "lapse")
        {
            notices.Remind(work, organisation, swap, due.What);
            return;
        }
        var decision = SwapMachine.Decide(swap, new SwapVerb.Lapse(), work.Now).Value;
        if (decision.Changed)
            Settle(work, organisation, row, swap, decision, new SwapVerb.Lapse());
    }

    private async Task<(SwapRow, long)> Once(Work work, Guid id, Actor actor, Func<Swap, OrganisationSnapshot, Instant, Result<SwapVerb>> ask, CancellationToken cancellationToken)
    {
        var row = await SwapTable.Lock(work, id, cancellationToken) ?? throw new Refused(Error.NotFound($"There is no swap request '{id}'."));
        var organisation = await Organisation(work, cancellationToken);
        var swap = row.Read();
        var verb = Ok(ask(swap, organisation, work.Now));
        var decision = Ok(SwapMachine.Decide(swap, verb, work.Now));
        if (!decision.Changed)
            return (row, 0);
        var version = 0L;
        if (decision.Added.Count > 0)
            version = await Take(work, organisation, decision, actor, cancellationToken);
        else if (decision.TakeBack)
            version = await TakeBack(work, organisation, swap, actor, cancellationToken);
        Settle(work, organisation, row, swap, decision, verb);
        return (row, version);
    }

    /// <summary>Whoever decides a swap may, in whatever team they are: <c>ask</c> has looked at that.</summary>
    private async Task<long> Take(Work work, OrganisationSnapshot organisation, SwapDecision decision, Actor actor, CancellationToken cancellationToken)
    {
        var swap = decision.Swap;
        foreach (var cover in decision.Added)
        {
            if (Duty.Refuses(organisation, onCall, swap.Schedule, swap.Position, swap.Person, cover.Person, cover.From, cover.To) is { } refused)
                throw new Refused(refused);
        }
        if (decision.Exchange is var (shift, with) && Duty.Refuses(organisation, onCall, shift.Schedule, shift.Position, with, swap.Person, shift.From, shift.To) is { } cannot)
            throw new Refused(cannot);
        return Ok(await editor.EditWithin(work, new OrganisationEdit(SwapOverrides.Write(swap, decision), actor, IfVersion: organisation.Version, AnyTeam: true), cancellationToken)).Version;
    }

    private async Task<long> TakeBack(Work work, OrganisationSnapshot organisation, Swap swap, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var cover in swap.Covers.Where(c => c.To > work.Now))
        {
            // Whoever took it may have passed it on: taking it back from under a third person would leave them in the dark.
            if (onCall.Of(organisation).LineOf(swap.Schedule) is { } line && Duty.FirstWithout(line, swap.Position, cover.Person, Instant.Max(cover.From, work.Now), cover.To) is { } gone)
                throw new Refused(Error.Conflict("passed-on", $"{cover.Person} is not on call at {gone} any more: the schedule has changed since, change it there."));
        }
        if (SwapOverrides.TakeBack(organisation, swap.Id, work.Now) is not { } body)
            return 0;
        return Ok(await editor.EditWithin(work, new OrganisationEdit(body, actor, IfVersion: organisation.Version, AnyTeam: true), cancellationToken)).Version;
    }

    private void Settle(Work work, OrganisationSnapshot organisation, SwapRow row, Swap before, SwapDecision decision, SwapVerb verb)
    {
        row.Write(decision.Swap);
        if (decision.Swap.State != SwapState.Open)
        {
            foreach (var timer in row.TimerIds)
                work.Cancel(timer);
            row.TimerIds = [];
            row.SettledAt ??= work.Now;
        }
        notices.Told(work, organisation, before, decision, verb);
        Announce(work, decision.Swap);
    }

    private async Task<OrganisationSnapshot> Organisation(Work work, CancellationToken cancellationToken)
        => await organisations.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);

    /// <summary>A refusal rolls everything back; what was done is in force here before the answer.</summary>
    private async Task<Result<SwapRow>> Guarded(Func<Work, Task<(SwapRow Row, long Version)>> body, CancellationToken cancellationToken)
    {
        try
        {
            var (row, version) = await works.Run(body, cancellationToken);
            if (version > 0)
                await organisations.AtLeast(version, CancellationToken.None);
            return row;
        }
        catch (Refused refused)
        {
            return refused.Error;
        }
    }

    private async Task<SwapRow> Make(Work work, NewSwap wanted, Actor actor, CancellationToken cancellationToken)
    {
        var swap = wanted.Swap;
        var overlapping = await work.Db.Set<SwapRow>().AsNoTracking()
            .Where(r => r.State == SwapState.Open && r.Schedule == swap.Schedule && r.Position == swap.Position && r.Person == swap.Person && r.FromAt < swap.To && r.ToAt > swap.From)
            .Select(r => r.Number).FirstOrDefaultAsync(cancellationToken);
        if (overlapping != 0)
            throw new Refused(Error.Conflict("swap-exists", $"Request {overlapping} asks for a part of that already: withdraw it first."));
        var organisation = await Organisation(work, cancellationToken);
        var row = new SwapRow
        {
            Id = swap.Id, Schedule = swap.Schedule, Position = swap.Position, Person = swap.Person, FromAt = swap.From, ToAt = swap.To, Reason = swap.Reason,
            Anyone = swap.Anyone, ExpiresAt = swap.ExpiresAt, CreatedAt = work.Now, CreatedBy = actor.Login,
        };
        row.Write(swap);
        row.TimerIds =
        [
            .. Reminders.Where(r => swap.ExpiresAt - r.Before > work.Now).Select(r => work.Send(new SwapDue(swap.Id, r.Name), swap.ExpiresAt - r.Before)),
            work.Send(new SwapDue(swap.Id, "lapse"), swap.ExpiresAt),
        ];
        work.Db.Add(row);
        notices.Offered(work, organisation, swap);
        Announce(work, swap);
        return row;
    }

    private static void Announce(Work work, Swap swap) => work.Announce("swap", new { id = swap.Id, schedule = swap.Schedule });

    private static T Ok<T>(Result<T> result) => result.Error is { } error ? throw new Refused(error) : result.Value;

    private sealed class Refused(Error error) : Exception(error.Title)
    {
        public Error Error { get; } = error;
    }
}
