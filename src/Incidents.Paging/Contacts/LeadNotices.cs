using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Phrases;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Contacts;

/// <summary>Tells those who answer for a person that a page could not reach them for want of a usable contact.</summary>
internal static class LeadNotices
{
    public const string Kind = "unreachable";

    /// <summary>The leads of the person's teams, or where there is none the managers: once a day (UTC) for each person, however many pages fail.</summary>
    public static void Tell(Work work, OrganisationSnapshot organisation, string person, long incident)
    {
        if (!organisation.People.ContainsKey(person))
            return;
        var day = NodaTime.Text.LocalDatePattern.Iso.Format(work.Now.InUtc().Date);
        foreach (var lead in Of(organisation, person))
        {
            var listener = new Listener(lead, organisation.People.GetValueOrDefault(lead), organisation);
            var name = listener.Name(person);
            work.Send(new NoticeRequested(lead, Kind, $"{person} {day}", listener.Texts.UnreachedSubject(name), listener.Texts.UnreachedText(name, PhoneActions.Plain(incident)), null));
        }
    }

    private static IReadOnlyList<string> Of(OrganisationSnapshot organisation, string person)
    {
        var leads = organisation.Teams.Values.Where(t => t.Lead is not null && t.Lead != person && t.Members.Contains(person, StringComparer.Ordinal)).Select(t => t.Lead!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return leads.Count > 0 ? leads : [.. organisation.People.Values.Where(p => p.Role >= Role.Manager && p.Login != person).Select(p => p.Login).Order(StringComparer.Ordinal)];
    }
}
