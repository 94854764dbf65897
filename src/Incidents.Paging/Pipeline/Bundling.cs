using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// Which attempts go together: pages of low urgency over a channel that can list several in one message. The first of a burst leaves at once; what falls due
/// to the same contact within <see cref="Window"/> of the last message waits for its end (its row has the later due time, so nothing else knows of it) and leaves as one.
/// </summary>
internal sealed class Bundling(ChannelCatalogue channels, IOptions<BundleOptions> options, IOrganisation organisation)
{
    /// <summary>Pages in one message; what is more waits for the next one.</summary>
    public const int Most = 500;

    /// <summary>Zero: nothing is bundled.</summary>
    public Duration Window { get; } = Duration.FromSeconds(options.Value.BundleSeconds);

    /// <summary>May it wait for, and go with, others? One that a vendor was asked for already goes as it went.</summary>
    public bool Applies(AttemptKind kind, ContactKind channel, int urgency, int tries)
        => Window > Duration.Zero && kind == AttemptKind.Page && urgency > 0 && tries == 0 && channels.Of(channel)?.Descriptor.Bundles == true;

    public bool Applies(Attempt a) => Applies(a.Kind, a.Channel, a.Urgency, a.Tries);

    /// <summary>The wait as the incident's timeline tells it.</summary>
    public void Tell(Story story, Guid incident, long number, string person, ContactKind channel, Guid attempt, Instant until, Instant now)
        => story.Add(incident, number, TimelineKinds.PageDelayed, now, $"The message to {person} goes with the next one at {Local(organisation.Current, person, until)}", person, OutcomeStore.Via(channel), attempt);

    /// <summary>12:01:30, in the person's zone.</summary>
    public static string Local(OrganisationSnapshot known, string login, Instant at)
    {
        var person = known.People.GetValueOrDefault(login);
        var zone = person?.Zone ?? (person?.Calendar is { } calendar ? known.Calendars.GetValueOrDefault(calendar)?.Zone : null);
        var local = at.InZone((zone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? DateTimeZone.Utc);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Hour:00}:{local.Minute:00}:{local.Second:00}");
    }
}
