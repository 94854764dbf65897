using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.QuietHours;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Paging.Rules;

/// <summary>One step as it would go. <paramref name="Usable"/> false: there is no channel for this kind of contact here, so it is passed over.</summary>
internal sealed record PreviewStep(string Contact, [property: Words(typeof(ContactKind))] string Kind, string Address, Instant At, bool Usable);

/// <summary><paramref name="QuietUntil"/>: quiet hours hold the page back until then (exclusive); null: they do not.</summary>
internal sealed record PreviewOf(IReadOnlyList<PreviewStep> Steps, Instant? QuietUntil);

/// <summary>
/// What would happen if a page came at <paramref name="At"/>. <paramref name="Away"/>: you are away then, until (exclusive) when, and who is paged in your place
/// (null: policies that name you pass you over).
/// </summary>
internal sealed record Preview(Instant At, PreviewOf High, PreviewOf Low, PreviewAway? Away);

internal sealed record PreviewAway(Instant Until, string? HandOver);

/// <summary><c>GET /api/v1/me/preview?at=</c>.</summary>
internal static class PreviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/me/preview", Get).RequireRole(Role.Observer).WithTags("Me").WithName("previewMyPages")
        .WithSummary("How pages of high and of low urgency would reach you, now or at an instant").Produces<Preview>().ProducesProblem(404).ProducesProblem(422);

    private static IResult Get(HttpContext http, IOrganisation organisation, ChannelCatalogue channels, Clock clock, string? at)
    {
        var known = organisation.Current;
        if (!known.People.TryGetValue(http.Actor().Login, out var person))
            return Error.NotFound($"'{http.Actor().Login}' is nobody who can be paged.").ToProblem();
        var when = clock.Now;
        if (!string.IsNullOrEmpty(at))
        {
            var parsed = NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse(at.Replace(' ', '+'));
            if (!parsed.Success)
                return Error.Invalid("at", "Use an instant such as 2026-12-24T15:00:00Z.").ToProblem();
            when = parsed.Value.ToInstant();
        }
        var absence = known.Absences.GetValueOrDefault(person.Login)?.Where(a => a.From <= when && when < a.To).OrderBy(a => a.HandOver is null).ThenByDescending(a => a.To).FirstOrDefault();
        return TypedResults.Json(new Preview(when, Of(person, known, channels, high: true, when), Of(person, known, channels, high: false, when),
            absence is null ? null : new PreviewAway(absence.To, absence.HandOver)), Json.Options);
    }

    /// <summary>Pure but for the channels that are configured.</summary>
    private static PreviewOf Of(Person person, OrganisationSnapshot known, ChannelCatalogue channels, bool high, Instant at)
    {
        var quiet = QuietTime.Of(person, known);
        return new PreviewOf(
            [.. PersonalRules.Plan(person, high)
                .Select(s => new PreviewStep(s.Contact, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(s.Channel.ToString()), s.Address, PersonalRules.Due(s, high, quiet, at), channels.Of(s.Channel) is not null))
                .OrderBy(s => s.At)],
            high ? null : quiet?.EndOf(at));
    }
}
