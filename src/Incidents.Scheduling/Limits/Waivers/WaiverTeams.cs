using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;

namespace Incidents.Scheduling.Limits.Waivers;

/// <summary>
/// Whose a breach is: of the teams of every schedule that its subject names, else of its person's. A fingerprint says nothing by itself, so the breach is
/// looked for among those there are; one that is not there is nobody's in particular.
/// </summary>
internal sealed class WaiverTeams(LimitsService limits, IOrganisation organisations, Clock clock)
{
    private const string Schedules = "schedules:";
    private const string Schedule = "schedule:";
    private const string Person = "person:";

    /// <summary>Null: a manager of these teams may accept it.</summary>
    public async Task<Error?> Refusal(Actor actor, string rule, string subject, CancellationToken cancellationToken)
    {
        if (actor.Teams is null)
            return null;
        var organisation = organisations.Current;
        if (!subject.Contains(':', StringComparison.Ordinal))
        {
            var now = clock.Now;
            var question = new LintQuestion(now - LimitsService.Back, now + LimitsService.Ahead) { EventsFrom = now - LimitsService.Back - LimitsService.Back };
            subject = (await limits.Find(organisation, question, cancellationToken)).FirstOrDefault(f => f.Rule == rule && f.Fingerprint == subject)?.Subject ?? subject;
        }
        return Of(actor, subject, organisation);
    }

    /// <summary>Pure. The parts of a subject stand between slashes: <c>schedule:a/person:b</c>, <c>person:b/schedules:a+c</c>, <c>pool:p/person:b</c>.</summary>
    public static Error? Of(Actor actor, string subject, OrganisationSnapshot organisation)
    {
        var parts = subject.Split('/');
        var schedules = parts.Where(p => p.StartsWith(Schedule, StringComparison.Ordinal)).Select(p => p[Schedule.Length..])
            .Concat(parts.Where(p => p.StartsWith(Schedules, StringComparison.Ordinal)).SelectMany(p => p[Schedules.Length..].Split('+'))).ToList();
        if (schedules.Count > 0)
            return schedules.Select(s => actor.RefusalIn(Role.Manager, $"the schedule '{s}'", organisation.Schedules.GetValueOrDefault(s)?.Team)).FirstOrDefault(e => e is not null);
        return parts.FirstOrDefault(p => p.StartsWith(Person, StringComparison.Ordinal)) is { } person
            ? actor.RefusalFor(Role.Manager, $"limits of '{person[Person.Length..]}'", person[Person.Length..], organisation)
            : actor.RefusalIn(Role.Manager, $"the breach '{subject}'", team: null);
    }
}
