using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Data;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Channels.Voice;

/// <summary>What came of a PIN that somebody entered.</summary>
internal abstract record PinCheck
{
    public sealed record Right : PinCheck;

    public sealed record Wrong : PinCheck;

    /// <summary>Nothing was checked, or this was one wrong PIN too many.</summary>
    public sealed record Locked(Duration For) : PinCheck;

    public sealed record None : PinCheck;
}

/// <summary>
/// PINs of people. A try is counted before it is checked, so that any number of calls at once guess no faster than one;
/// from the fifth wrong one in a row on the line is locked, each time twice as long.
/// </summary>
internal sealed class Pins(WorkRunner works, Database database, Dialect dialect, IOrganisation organisation, PagingMetrics metrics)
{
    public const int Shortest = 4, Longest = 8, MostTries = 5;

    private static readonly Duration FirstLock = Duration.FromMinutes(15), LongestLock = Duration.FromHours(24);

    public static bool IsPin(string? text) => text is { Length: >= Shortest and <= Longest } && text.AsSpan().ContainsOnlyDigits();

    /// <summary>A new PIN lifts a lock: whoever sets it has signed in.</summary>
    public async Task Set(string person, string pin, CancellationToken cancellationToken)
    {
        var hash = Pin.Make(pin);
        await works.Run(work => dialect.Command(work,
                $"insert into {dialect.Pins} (person, hash, set_at, tries) values (@person, @hash, @now, 0) on conflict (person) do update set hash = excluded.hash, set_at = excluded.set_at, tries = 0, locked_until = null")
            .With("@person", person).With("@hash", hash).With("@now", work.Now).Execute(cancellationToken), cancellationToken);
    }

    public Task<int> Remove(string person, CancellationToken cancellationToken)
        => works.Run(work => dialect.Command(work, $"delete from {dialect.Pins} where person = @person").With("@person", person).Execute(cancellationToken), cancellationToken);

    public async Task<Pin?> Find(string person, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Pin>().AsNoTracking().FirstOrDefaultAsync(p => p.Person == person, cancellationToken);
    }

    public async Task<PinCheck> Check(string person, string given, CancellationToken cancellationToken)
    {
        if (await Find(person, cancellationToken) is not { } known)
            return new PinCheck.None();
        var (hash, tries, wait) = await works.Run(work => Count(person, work, cancellationToken), cancellationToken);
        if (hash is null)
            return Counted("locked", new PinCheck.Locked(wait));
        if (IsPin(given) && Pin.Matches(hash, given))
        {
            // Only as long as it is the PIN that was checked.
            await works.Run(work => dialect.Command(work, $"update {dialect.Pins} set tries = 0, locked_until = null where person = @person and hash = @hash")
                .With("@person", person).With("@hash", hash).Execute(cancellationToken), cancellationToken);
            return Counted("right", new PinCheck.Right());
        }
        if (tries < MostTries)
            return Counted("wrong", new PinCheck.Wrong());
        await works.Run(work =>
        {
            Tell(person, tries, work.Now + wait, work);
            return Task.FromResult(true);
        }, cancellationToken);
        return Counted("wrong", new PinCheck.Locked(wait));
    }

    /// <summary>Takes a try. Hash null: the line is locked for so long.</summary>
    private async Task<(string? Hash, int Tries, Duration Wait)> Count(string person, Work work, CancellationToken cancellationToken)
    {
        var taken = await dialect.Command(work,
                $"update {dialect.Pins} set tries = tries + 1 where person = @person and (locked_until is null or locked_until <= @now) returning hash, tries")
            .With("@person", person).With("@now", work.Now).Read(r => (Hash: r.GetString(0), Tries: r.GetInt32(1)), cancellationToken);
        if (taken.Count == 0)
        {
            var until = await dialect.Command(work, $"select locked_until from {dialect.Pins} where person = @person").With("@person", person).Read(r => dialect.ReadInstantOrNull(r, 0), cancellationToken);
            return (null, 0, until is [{ } at] ? at - work.Now : Duration.Zero);
        }
        var (hash, tries) = taken[0];
        var wait = Lock(tries);
        if (tries >= MostTries)
        {
            await dialect.Command(work, $"update {dialect.Pins} set locked_until = @until where person = @person").With("@person", person).With("@until", work.Now + wait).Execute(cancellationToken);
        }
        return (hash, tries, wait);
    }

    private static Duration Lock(int tries) => Duration.Min(LongestLock, FirstLock * Math.Pow(2, Math.Clamp(tries - MostTries, 0, 10)));

    private void Tell(string person, int tries, Instant until, Work work)
    {
        var listener = Listener.Of(organisation, person);
        work.Send(new NoticeRequested(person, "pin", NodaTime.Text.InstantPattern.ExtendedIso.Format(until), listener.Texts.PinLockedSubject,
            listener.Texts.PinLockedText(PhoneActions.Plain(tries), Spoken.Time(until, listener.Person?.Zone)), null));
    }

    private PinCheck Counted(string result, PinCheck check)
    {
        metrics.Pin(result);
        return check;
    }
}
