using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Endpoints;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Incidents.Paging.Channels.Sms;

/// <summary>A contact that texts do not reach. <paramref name="Contact"/> null: the person has another number by now. <paramref name="By"/>: reply (STOP came from it) or vendor (it refused a text).</summary>
internal sealed record UnsubscribedView(string Person, string? Contact, string Address, [property: Words(typeof(UnsubscribedBy))] string By, Instant Since);

/// <summary><c>GET /api/v1/contacts/unsubscribed</c>: numbers that have opted out of texts, latest first. Addresses are masked.</summary>
internal static class UnsubscribedEndpoint
{
    public static async Task<IResult> List(Unsubscriptions unsubscriptions, IOrganisation organisation, CancellationToken cancellationToken)
    {
        var people = organisation.Current.People;
        var all = await unsubscriptions.All(cancellationToken);
        return TypedResults.Json(new ItemList<UnsubscribedView>([.. all.Select(u => new UnsubscribedView(
            u.Person,
            people.GetValueOrDefault(u.Person)?.Contacts.FirstOrDefault(c => c.Kind == ContactKind.Sms && c.Address == u.Number)?.Name,
            Wording.Mask(u.Number), System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(u.Source.ToString()), u.Since))]), Json.Options);
    }
}
