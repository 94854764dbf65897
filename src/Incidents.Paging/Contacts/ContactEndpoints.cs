using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Sms;
using Incidents.Paging.Endpoints;
using Incidents.Paging.Notices;
using Incidents.Paging.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Paging.Contacts;

/// <summary>A contact and what is known of it. Not proven is paged all the same.</summary>
/// <param name="Address">Masked, but for your own.</param>
/// <param name="VerifiedAt">When its code came back; null: it never did.</param>
/// <param name="Code">The code that is out; null: none.</param>
/// <param name="Problem">Why nothing arrives there: noChannel (none is configured for its kind) or unsubscribed; null: nothing is known to be wrong.</param>
internal sealed record ContactView(string Person, string Name, [property: Words(typeof(ContactKind))] string Kind, string Address, Instant? VerifiedAt, CodeView? Code, [property: Words("noChannel", "unsubscribed")] string? Problem);

/// <param name="ExpiresAt">Exclusive.</param>
/// <param name="State">How far the message or call with it has come.</param>
/// <param name="Why">Why it failed, as a sentence.</param>
internal sealed record CodeView(Instant SentAt, Instant ExpiresAt, int TriesLeft, [property: Words(typeof(NoticeState))] string? State, string? Why);

internal sealed record GivenCode(string? Code);

/// <summary><c>/api/v1/contacts</c>: whose contacts are proven, and <c>/api/v1/me/contacts/{name}/…</c>: proving one's own.</summary>
internal static class ContactEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/contacts", List).RequireRole(Role.Observer).WithTags("Paging").WithName("listContacts").WithSummary("Contacts, whether they are verified, and what is known to be wrong with them")
            .WithDescription("Your own; the role manager sees everybody's, or those of person. verified: only those that are, or are not.")
            .Produces<ItemList<ContactView>>().ProducesProblem(403).ProducesProblem(422);
        Own(routes.MapPost("/api/v1/me/contacts/{name}/code", Send)).WithName("sendContactCode").WithSummary("Sends a code to one of your contacts, over that very contact")
            .WithDescription("A call speaks it digit by digit. It holds for 10 minutes and 5 tries; 30 s between two, 10 an hour (429).").Produces<ContactView>(202).ProducesProblem(409).ProducesProblem(429);
        Own(routes.MapPost("/api/v1/me/contacts/{name}/verify", Verify)).WithName("verifyContact").WithSummary("Gives the code back: the contact is verified").Produces<ContactView>().ProducesProblem(409).ProducesProblem(422);
    }

    private static RouteHandlerBuilder Own(RouteHandlerBuilder endpoint) => endpoint.RequireRole(Role.Observer).WithTags("Me").ProducesProblem(404);

    private static async Task<IResult> List(HttpContext http, IOrganisation organisation, Reader reader, string? person, string? verified, CancellationToken cancellationToken)
    {
        var actor = http.Actor();
        var whose = string.IsNullOrEmpty(person) && !actor.Can(Role.Manager) ? actor.Login : person;
        if (!actor.Can(Role.Manager) && !string.Equals(whose, actor.Login, StringComparison.Ordinal))
            return Error.Forbidden("Whose contacts are verified is for managers; you may see your own.").ToProblem();
        if (!string.IsNullOrEmpty(whose) && whose != actor.Login && actor.RefusalFor(Role.Manager, $"the contacts of '{whose}'", whose, organisation.Current) is { } foreign)
            return foreign.ToProblem();
        if (verified is not (null or "" or "true" or "false"))
            return Error.Invalid("verified", "Use true or false.").ToProblem();
        var known = organisation.Current;
        var people = string.IsNullOrEmpty(whose) ? known.People.Values.Where(p => p.Login == actor.Login || actor.CanFor(Role.Manager, p.Login, known)).OrderBy(p => p.Login, StringComparer.Ordinal).ToList() : known.People.TryGetValue(whose, out var one) ? [one] : [];
        var views = await reader.Of(people, actor.Login, cancellationToken);
        return TypedResults.Json(new ItemList<ContactView>([.. views.Where(v => string.IsNullOrEmpty(verified) || v.VerifiedAt is not null == (verified == "true"))]), Json.Options);
    }

    private static async Task<IResult> Send(string name, HttpContext http, IOrganisation organisation, ContactChecks checks, Reader reader, CancellationToken cancellationToken)
    {
        if (Mine(http, organisation, name) is not var (person, contact))
            return Missing(name);
        var sent = await checks.Send(person, contact, cancellationToken);
        return sent.Error is { } error ? error.ToProblem() : TypedResults.Json(await One(reader, person, name, cancellationToken), Json.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Verify(string name, GivenCode body, HttpContext http, IOrganisation organisation, ContactChecks checks, Reader reader, CancellationToken cancellationToken)
    {
        if (Mine(http, organisation, name) is not var (person, contact))
            return Missing(name);
        var outcome = await checks.Verify(person.Login, contact, body.Code, cancellationToken);
        if (outcome.Error is { } error)
            return error.ToProblem();
        var left = ContactChecks.MostTries - outcome.Value.Tries;
        return outcome.Value.VerifiedAt is null
            ? Error.Invalid("code", left > 0 ? $"is not the code that was sent; {left} {(left == 1 ? "try is" : "tries are")} left." : "is not the code that was sent, and no try is left: ask for a new one.").ToProblem()
            : TypedResults.Json(await One(reader, person, name, cancellationToken), Json.Options);
    }

    private static (Person Person, Contact Contact)? Mine(HttpContext http, IOrganisation organisation, string name)
        => organisation.Current.People.TryGetValue(http.Actor().Login, out var person) && person.Contacts.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal)) is { } contact ? (person, contact) : null;

    private static IResult Missing(string name) => Error.NotFound($"You have no contact '{name}'.").ToProblem();

    private static async Task<ContactView> One(Reader reader, Person person, string name, CancellationToken cancellationToken)
        => (await reader.Of([person], person.Login, cancellationToken)).First(v => v.Name == name);

    /// <summary>Contacts with what is known of them.</summary>
    internal sealed class Reader(ContactChecks checks, TrialTable trials, Unsubscriptions unsubscriptions, ChannelCatalogue channels, Clock clock)
    {
        public async Task<IReadOnlyList<ContactView>> Of(IReadOnlyList<Person> people, string viewer, CancellationToken cancellationToken)
        {
            var known = await checks.Of([.. people.Select(p => p.Login)], cancellationToken);
            var stopped = (await unsubscriptions.All(cancellationToken)).Select(u => u.Number).ToHashSet(StringComparer.Ordinal);
            var views = new List<ContactView>();
            foreach (var person in people)
            {
                foreach (var contact in person.Contacts)
                {
                    var check = known[person.Login].FirstOrDefault(c => c.Kind == contact.Kind && string.Equals(c.Address, contact.Address, StringComparison.Ordinal));
                    var own = string.Equals(person.Login, viewer, StringComparison.Ordinal);
                    views.Add(new ContactView(person.Login, contact.Name, JsonNamingPolicy.CamelCase.ConvertName(contact.Kind.ToString()), own ? contact.Address : Wording.Mask(contact.Address), check?.VerifiedAt,
                        own && check is not null ? await Code(check, cancellationToken) : null,
                        channels.Of(contact.Kind) is null ? "noChannel" : contact.Kind == ContactKind.Sms && stopped.Contains(contact.Address) ? "unsubscribed" : null));
                }
            }
            return views;
        }

        private async Task<CodeView?> Code(ContactCheck check, CancellationToken cancellationToken)
        {
            if (check is not { Code: not null, SentAt: { } sent, ExpiresAt: { } expires } || expires <= clock.Now)
                return null;
            var notice = check.Notice is { } id ? await trials.Find(id, cancellationToken) : null;
            return new CodeView(sent, expires, Math.Max(0, ContactChecks.MostTries - check.Tries), notice is null ? null : JsonNamingPolicy.CamelCase.ConvertName(notice.State.ToString()),
                notice is null or { Reason: Model.Reason.None } ? null : Model.Reasons.Say(notice.Reason));
        }
    }
}
