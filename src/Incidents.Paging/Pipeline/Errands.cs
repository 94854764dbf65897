using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Data;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>Looks into things at the vendor: cancels calls that are not wanted any more, asks about calls that never told how they ended.</summary>
internal sealed class Errands(Dialect dialect, ChannelCatalogue channels, WorkRunner works, StatusStore statuses, LineTable lines, Clock clock, ILogger<Errands> logger)
{
    private static readonly Duration Retry = Duration.FromMilliseconds(500);

    /// <summary>Nothing rings longer than this.</summary>
    private static readonly Duration GiveUp = Duration.FromMinutes(2);

    public async Task Run(Errand errand, CancellationToken cancellationToken)
    {
        var channel = channels.Of(errand.Channel, errand.Vendor);
        if (channel is null || errand.VendorId.Length == 0)
            await Close(errand, cancellationToken);
        else if (errand.Cancel)
            await Cancel(errand, channel, cancellationToken);
        else
            await FollowUp(errand, channel, cancellationToken);
    }

    private async Task Cancel(Errand errand, IChannel channel, CancellationToken cancellationToken)
    {
        if (await channel.Cancel(errand.VendorId, cancellationToken) || clock.Now - errand.SentAt > GiveUp)
        {
            await Close(errand, cancellationToken);
            return;
        }
        Log.CancelFailed(logger, errand.VendorId);
        await Again(errand, Retry, cancellationToken);
    }

    private async Task FollowUp(Errand errand, IChannel channel, CancellationToken cancellationToken)
    {
        var status = await channel.Ask(errand.VendorId, cancellationToken);
        var overdue = clock.Now - errand.SentAt > Duration.FromMinutes(10);
        if (status is null && !overdue)
        {
            await Again(errand, Duration.FromSeconds(10), cancellationToken);
            return;
        }
        var (meaning, rank) = status is { Known: true } ? Read(status) : (StatusMeaning.Unknown, int.MaxValue);
        if (meaning is StatusMeaning.Underway or StatusMeaning.PickedUp)
        {
            if (!overdue)
            {
                await Again(errand, Duration.FromSeconds(30), cancellationToken);
                return;
            }
            (meaning, rank) = (StatusMeaning.Unknown, int.MaxValue);
        }
        await works.Run(work => statuses.Write([new StatusReport(errand.Attempt, errand.VendorId, meaning, rank)], work, cancellationToken), cancellationToken);
    }

    private static (StatusMeaning Meaning, int Rank) Read(VendorStatus status)
        => status.Meaning is { } meaning ? (meaning, meaning is StatusMeaning.Underway ? 3 : meaning is StatusMeaning.PickedUp ? 4 : 5) : TwilioStatuses.Read(status.Status);

    private Task Close(Errand errand, CancellationToken cancellationToken) => works.Run(async work =>
    {
        await dialect.Command(work, $"update {dialect.Attempts} set next_at = null, done_at = coalesce(done_at, @now) where id = @id and state in ('Canceled', 'Sent', 'Answered')")
            .With("@id", errand.Attempt).With("@now", work.Now).Execute(cancellationToken);
        await lines.Free(work, [errand.Attempt], cancellationToken);
    }, cancellationToken);

    private Task Again(Errand errand, Duration after, CancellationToken cancellationToken) => works.Run(work =>
        dialect.Command(work, $"update {dialect.Attempts} set next_at = @at where id = @id and next_at is not null").With("@id", errand.Attempt).With("@at", work.Now + after).Execute(cancellationToken), cancellationToken);
}

/// <summary>Which of the vendor's ids are already known to belong to other attempts than this one, or than those of the bundle that is named after it.</summary>
internal sealed class KnownAtVendor(Dialect dialect, Database database)
{
    public async Task<HashSet<string>> OfOthers(IReadOnlyList<string> vendorIds, Guid attempt, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        var rows = dialect.Rows();
        foreach (var id in vendorIds)
            rows.Row().Text("sid", id);
        command.CommandText = $"select x.sid from {rows.As("x")} where exists (select 1 from {dialect.Attempts} a where a.vendor_id = x.sid and a.id <> @id and (a.bundle is null or a.bundle <> @id)) or exists (select 1 from {dialect.Notices} n where n.vendor_id = x.sid and n.id <> @id)";
        return [.. await command.With("@rows", rows).With("@id", attempt).Read(r => r.GetString(0), cancellationToken)];
    }
}
