using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Escalation.Endpoints;

/// <inheritdoc cref="IIncidentRights"/>
internal sealed class IncidentRights(Database database, IOrganisation organisation, IServiceProvider services) : IIncidentRights
{
    /// <summary>Asked for late: Paging needs what acts on incidents. A process without Paging has paged nobody.</summary>
    private IPagedPeople? Paged => services.GetService<IPagedPeople>();

    public async Task<bool> Within(string login, Guid incident, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Incidents.AsNoTracking().FirstOrDefaultAsync(i => i.Id == incident, cancellationToken) is { } found
            && await Refusal(login, found, organisation.Current, cancellationToken) is null;
    }

    /// <summary>Why somebody may not act on an incident for the sake of their teams; null: they may, as far as that is concerned.</summary>
    public async Task<Error?> Refusal(string login, Incident incident, OrganisationSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.People.GetValueOrDefault(login) is not { Scope: { } teams } person || (await Within(login, teams, [incident], snapshot, cancellationToken)).Count > 0)
            return null;
        var what = string.Create(CultureInfo.InvariantCulture, $"the incident {incident.Number}");
        return Error.Forbidden(TeamRights.Sentence(Actor.Of(person, ""), Role.Responder, what, TeamOf(incident, snapshot)) + " Whoever was paged for it may act on it, too.");
    }

    /// <summary>Those of these incidents that a caller may act on: for the console, which offers no more.</summary>
    public async Task<IReadOnlySet<Guid>> MayAct(Actor? viewer, IReadOnlyCollection<Incident> incidents, OrganisationSnapshot snapshot, CancellationToken cancellationToken)
        => viewer?.Can(Role.Responder) != true ? new HashSet<Guid>()
            : viewer.Teams is { } teams ? await Within(viewer.Login, teams, incidents, snapshot, cancellationToken)
            : incidents.Select(i => i.Id).ToHashSet();

    private async Task<IReadOnlySet<Guid>> Within(string login, IReadOnlyList<string> teams, IReadOnlyCollection<Incident> incidents, OrganisationSnapshot snapshot, CancellationToken cancellationToken)
    {
        bool Plainly(Incident i) => teams.Contains(TeamOf(i, snapshot), StringComparer.Ordinal) || i.AcknowledgedBy == login || i.Reachable.Split(',').Contains(login, StringComparer.Ordinal);
        var within = incidents.Where(Plainly).Select(i => i.Id).ToHashSet();
        var left = incidents.Where(i => !within.Contains(i.Id)).ToList();
        if (left.Count == 0)
            return within;
        if (Paged is { } paged)
            within.UnionWith(await paged.PagedFor(login, [.. left.Select(i => i.Id)], cancellationToken));
        var numbers = left.Select(i => i.Number).ToArray();
        await using var db = database.CreateContext();
        var named = await db.Timeline.AsNoTracking()
            .Where(t => numbers.Contains(t.Incident) && ((t.Kind == TimelineKinds.Opened && t.Actor == login) || (t.Kind == TimelineKinds.PageRequested && t.Person == login)))
            .Select(t => t.Incident).Distinct().ToListAsync(cancellationToken);
        within.UnionWith(left.Where(i => named.Contains(i.Number)).Select(i => i.Id));
        return within;
    }

    /// <summary>The service's team as it is now; of a service that is gone, as it was.</summary>
    private static string? TeamOf(Incident incident, OrganisationSnapshot snapshot) => snapshot.Services.TryGetValue(incident.Service, out var service) ? service.Team : incident.Team;
}
