using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Notices;
using Incidents.Paging.Trials;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Contacts;

/// <summary>
/// Codes that prove a contact: one goes out over that very contact, and who gives it back has it. A code holds for <see cref="Life"/> and for
/// <see cref="MostTries"/> tries; <see cref="Pause"/> between two codes to one contact, <see cref="MostPerHour"/> an hour and person, so that nobody makes the
/// phones of others ring.
/// </summary>
internal sealed class ContactChecks(WorkRunner works, Database database, IOrganisation organisation, ChannelCatalogue channels, TrialTable trials)
{
    public const int MostTries = 5, MostPerHour = 10;

    public static readonly Duration Life = Duration.FromMinutes(10), Pause = Duration.FromSeconds(30);

    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>What is known of the addresses of these people.</summary>
    public async Task<ILookup<string, ContactCheck>> Of(IReadOnlyCollection<string> people, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var found = await db.Set<ContactCheck>().AsNoTracking().Where(c => people.Contains(c.Person)).ToListAsync(cancellationToken);
        return found.ToLookup(c => c.Person, StringComparer.Ordinal);
    }

    /// <summary>Sends a code to one contact of a person. The former one is void.</summary>
    public async Task<Result<ContactCheck>> Send(Person person, Contact contact, CancellationToken cancellationToken)
    {
        if (channels.Of(contact.Kind) is null)
            return Error.Conflict("no-channel", $"This installation has no way to reach a contact of kind {Words(contact.Kind)}.");
        return await works.Run<Result<ContactCheck>>(async work =>
        {
            await trials.Alone(work, person.Login, cancellationToken);
            var check = await Find(work, person.Login, contact, cancellationToken);
            if (check?.VerifiedAt is not null)
                return Error.Conflict("verified", "This contact is verified already.");
            if (check?.SentAt is { } sent && sent + Pause > work.Now)
                return Limited($"A code has just been sent. Ask for another one in {Seconds(sent + Pause - work.Now)} s.");
            if (await trials.Count(work, person.Login, TrialTable.CodeKind, work.Now - Hour, cancellationToken) >= MostPerHour)
                return Limited($"{MostPerHour} codes were sent within an hour. Try again later.");
            if (check is null)
                work.Db.Add(check = new ContactCheck { Person = person.Login, Kind = contact.Kind, Address = contact.Address });
            var listener = Listener.Of(organisation, person.Login);
            check.Code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
            check.SentAt = work.Now;
            check.ExpiresAt = work.Now + Life;
            check.Tries = 0;
            // The notice carries no code: whoever may read notices is not who holds the phone.
            var notice = trials.Add(work, person.Login, contact, TrialTable.CodeKind, $"{Guid.CreateVersion7(work.Now.ToDateTimeOffset()):N}", listener.Texts.CodeSubject,
                listener.Texts.CodeText(TrialTable.CodePlaceholder, (int)Life.TotalMinutes), work.Now);
            check.Notice = notice.Id;
            return check;
        }, cancellationToken);
    }

    /// <summary>Takes a code back. A try is counted before it is looked at, in one transaction each.</summary>
    public Task<Result<ContactCheck>> Verify(string person, Contact contact, string? given, CancellationToken cancellationToken) => works.Run<Result<ContactCheck>>(async work =>
    {
        await trials.Alone(work, person, cancellationToken);
        var check = await Find(work, person, contact, cancellationToken);
        if (check?.VerifiedAt is not null)
            return check;
        if (check?.Code is not { } code || check.ExpiresAt <= work.Now || check.Tries >= MostTries)
            return Error.Conflict("no-code", "There is no code that holds for this contact any more. Ask for a new one.");
        check.Tries++;
        var digits = string.Concat((given ?? "").Where(char.IsAsciiDigit));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(code), Encoding.ASCII.GetBytes(digits)))
        {
            // The answer is a refusal, but the try stays written.
            return check;
        }
        (check.VerifiedAt, check.Code, check.ExpiresAt, check.Notice) = (work.Now, null, null, null);
        return check;
    }, cancellationToken);

    private static async Task<ContactCheck?> Find(Work work, string person, Contact contact, CancellationToken cancellationToken)
        => await work.Db.Set<ContactCheck>().SingleOrDefaultAsync(c => c.Person == person && c.Kind == contact.Kind && c.Address == contact.Address, cancellationToken);

    private static Error Limited(string title) => new(ErrorKind.LimitReached, "too-many", title, []);

    private static string Seconds(Duration left) => Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Words(ContactKind kind) => kind.ToString().ToLowerInvariant();
}
