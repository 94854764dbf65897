using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Data;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Sms;

/// <summary>Numbers that have opted out. The leads of a person's teams are told once each time, in the transaction that writes it down.</summary>
internal sealed class Unsubscriptions(WorkRunner works, Database database, Dialect dialect, IOrganisation organisation, IOptions<TwilioOptions> twilio)
{
    /// <summary>Words by which a phone opts out and in again (twilio.com/docs/messaging/features/advanced-opt-out); the vendor marks them with OptOutType when it knows others.</summary>
    private static readonly HashSet<string> Stops = new(StringComparer.OrdinalIgnoreCase) { "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT" };
    private static readonly HashSet<string> Starts = new(StringComparer.OrdinalIgnoreCase) { "START", "UNSTOP" };

    /// <summary>True: opts out; false: opts in again; null: says something else.</summary>
    public static bool? Read(string? optOutType, string body) => optOutType switch
    {
        "STOP" => true,
        "START" => false,
        _ => Stops.Contains(body.Trim()) ? true : Starts.Contains(body.Trim()) ? false : null,
    };

    public async Task<Unsubscription?> Of(string number, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Unsubscription>().AsNoTracking().FirstOrDefaultAsync(u => u.Number == number, cancellationToken);
    }

    public async Task<IReadOnlyList<Unsubscription>> All(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Unsubscription>().AsNoTracking().OrderByDescending(u => u.Since).ThenBy(u => u.Number).Take(1000).ToListAsync(cancellationToken);
    }

    public Task Add(string number, string person, UnsubscribedBy by, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var added = await dialect.Command(work, $"insert into {dialect.Unsubscribed} (number, person, source, since) values (@number, @person, @source, @now) on conflict (number) do nothing returning number")
            .With("@number", number).With("@person", person).With("@source", by.ToString()).With("@now", work.Now).Read(r => r.GetString(0), cancellationToken);
        if (added.Count > 0)
        {
            Tell(number, person, work);
            return;
        }
        if (by == UnsubscribedBy.Reply)
        {
            // Said by the phone itself, it holds until the phone takes it back.
            await dialect.Command(work, $"update {dialect.Unsubscribed} set source = 'Reply' where number = @number").With("@number", number).Execute(cancellationToken);
        }
    }, cancellationToken);

    public Task Lift(string number, CancellationToken cancellationToken)
        => works.Run(work => dialect.Command(work, $"delete from {dialect.Unsubscribed} where number = @number").With("@number", number).Execute(cancellationToken), cancellationToken);

    private void Tell(string number, string login, Work work)
    {
        var known = organisation.Current;
        var leads = known.Teams.Values.Where(t => t.Lead is not null && t.Lead != login && t.Members.Contains(login, StringComparer.Ordinal)).Select(t => t.Lead!).Distinct(StringComparer.Ordinal);
        foreach (var lead in leads)
        {
            var listener = Listener.Of(organisation, lead);
            var name = listener.Name(login);
            work.Send(new NoticeRequested(lead, "unsubscribed", $"{number} {NodaTime.Text.InstantPattern.ExtendedIso.Format(work.Now)}",
                listener.Texts.StoppedSubject(name), listener.Texts.StoppedText(name, Wording.Mask(number), twilio.Value.From), null));
        }
    }
}
