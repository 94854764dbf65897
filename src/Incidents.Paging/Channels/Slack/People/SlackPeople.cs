using System.Collections.Concurrent;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.People;

/// <summary>
/// Which Slack user is which person: by a contact of kind slack, else by the e-mail address that both have. What was found by e-mail is remembered,
/// and holds while the person has that address.
/// </summary>
internal sealed class SlackPeople(IOrganisation organisation, SlackApi api, Database database, WorkRunner works, Clock clock)
{
    private static readonly Duration StrangerFor = Duration.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Instant> strangers = new(StringComparer.Ordinal);

    /// <summary>Null: nobody here, or Slack could not be asked.</summary>
    public async Task<Person?> Of(string user, CancellationToken cancellationToken)
    {
        var known = organisation.Current;
        if (known.People.Values.FirstOrDefault(p => p.Contacts.Any(c => c.Kind == ContactKind.Slack && c.Address == user)) is { } linked)
            return linked;
        if (await Remembered(known, r => r.User == user, cancellationToken) is { } found)
            return known.People[found.Login];
        if (strangers.TryGetValue(user, out var until) && clock.Now < until)
            return null;
        var reply = await api.User(user, cancellationToken);
        if (reply.Text("user", "profile", "email") is { Length: > 0 } email && ByEmail(known, email) is { } person)
        {
            await Remember(user, person.Login, email, cancellationToken);
            return person;
        }
        if (reply.Ok || reply.Permanent)
            strangers[user] = clock.Now + StrangerFor;
        return null;
    }

    /// <summary>The Slack user of a person; null: none known.</summary>
    public async Task<string?> IdOf(string login, CancellationToken cancellationToken)
    {
        var known = organisation.Current;
        if (!known.People.TryGetValue(login, out var person))
            return null;
        if (person.Contacts.FirstOrDefault(c => c.Kind == ContactKind.Slack) is { } contact)
            return contact.Address;
        if (await Remembered(known, r => r.Login == login, cancellationToken) is { } found)
            return found.User;
        if (person.Email is not { Length: > 0 } email || (await api.UserByEmail(email, cancellationToken)).Text("user", "id") is not { } id)
            return null;
        await Remember(id, login, email, cancellationToken);
        return id;
    }

    private async Task<SlackUser?> Remembered(OrganisationSnapshot known, System.Linq.Expressions.Expression<Func<SlackUser, bool>> which, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var rows = await db.Set<SlackUser>().AsNoTracking().Where(which).OrderByDescending(r => r.At).ToListAsync(cancellationToken);
        return rows.FirstOrDefault(r => known.People.TryGetValue(r.Login, out var person) && string.Equals(person.Email, r.Email, StringComparison.OrdinalIgnoreCase));
    }

    private Task Remember(string user, string login, string email, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var row = await work.Db.Set<SlackUser>().AsTracking().SingleOrDefaultAsync(r => r.User == user, cancellationToken);
        if (row is null)
            work.Db.Add(row = new SlackUser { User = user });
        (row.Login, row.Email, row.At) = (login, email, work.Now);
    }, cancellationToken);

    private static Person? ByEmail(OrganisationSnapshot known, string email)
        => known.People.Values.Where(p => string.Equals(p.Email, email, StringComparison.OrdinalIgnoreCase)).OrderBy(p => p.Login, StringComparer.Ordinal).FirstOrDefault();
}
