using System.Collections.Frozen;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>
/// What to lint: breaches that touch <c>[From, To)</c>. <see cref="EventsFrom"/> (null: From) reaches further back for what has happened.
/// <see cref="Schedules"/>: only breaches of these (null: of all); <see cref="Pools"/>: limits other than the organisation's own.
/// </summary>
internal sealed record LintQuestion(Instant From, Instant To)
{
    public Instant? EventsFrom { get; init; }
    public IReadOnlySet<string>? Schedules { get; init; }
    public bool EnforcedOnly { get; init; }
    public FrozenDictionary<string, Pool>? Pools { get; init; }
}

/// <summary>
/// What the rules look at. Duties are known for whole quarters around the window, so that shares are complete and a breach that
/// began before the window keeps its beginning.
/// </summary>
internal sealed class LintScope
{
    private readonly LintQuestion question;

    public LintScope(CompiledOrganisation compiled, LintQuestion question, LimitFacts facts)
    {
        this.question = question;
        Organisation = compiled.Organisation;
        Facts = facts;
        var from = Instant.Min(question.EventsFrom ?? question.From, question.From);
        // A day more on either side: a person's quarter begins at their own midnight.
        Known = new Span(
            Quarter.Of(from.InUtc().Date).First.AtMidnight().InUtc().ToInstant() - Duration.FromDays(1),
            Quarter.Of((question.To - Duration.Epsilon).InUtc().Date).Next.AtMidnight().InUtc().ToInstant() + Duration.FromDays(1));
        Roll = new Roll(compiled, Known.From, Known.To, Neighbours());
        Candidates = new Candidates(this);
    }

    public OrganisationSnapshot Organisation { get; }
    public LimitFacts Facts { get; }
    public Roll Roll { get; }
    public Candidates Candidates { get; }

    /// <summary>The stretch that the roll knows.</summary>
    public Span Known { get; }

    public Span Window => new(question.From, question.To);

    public Span EventWindow => new(question.EventsFrom ?? question.From, question.To);

    /// <summary>Schedules whose breaches are wanted, by name.</summary>
    public IEnumerable<Schedule> Wanted => Organisation.Schedules.Values
        .Where(s => question.Schedules?.Contains(s.Name) != false)
        .OrderBy(s => s.Name, StringComparer.Ordinal);

    public bool Wants(string? schedule) => schedule is null || question.Schedules?.Contains(schedule) != false;

    public Pool? PoolOf(Schedule schedule) => question.Pools?.GetValueOrDefault(schedule.Pool) ?? Organisation.Pools.GetValueOrDefault(schedule.Pool);

    /// <summary>Null for a deleted schedule.</summary>
    public Pool? PoolOf(string schedule) => Organisation.Schedules.TryGetValue(schedule, out var found) ? PoolOf(found) : null;

    /// <summary>Whether a limit of this severity is looked at.</summary>
    public bool Minds(Breach? severity) => severity is { } s && (question.EnforcedOnly ? s == Breach.Enforce : s != Breach.Ignore);

    public bool MindsWarnings => !question.EnforcedOnly;

    public DateTimeZone ZoneOf(string person)
        => Organisation.People.TryGetValue(person, out var found) ? ShiftClasses.ZoneOf(found, Organisation) : DateTimeZone.Utc;

    /// <summary>The beginning of a breach as part of its name; one that began before all that is known has no beginning.</summary>
    public string Begins(Instant from) => from <= Known.From ? "running" : NodaTime.Text.InstantPattern.ExtendedIso.Format(from);

    /// <summary>An end beyond all that is known is the end of the window.</summary>
    public Instant Ends(Instant to) => to >= Known.To ? question.To : to;

    private IEnumerable<string> Neighbours()
    {
        var every = Organisation.Schedules.Keys.Union(Organisation.ScheduleHistory.Keys, StringComparer.Ordinal);
        if (question.Schedules is null)
            return every;
        var people = question.Schedules.SelectMany(s => Mentioned.In(Organisation, s)).ToHashSet(StringComparer.Ordinal);
        return every.Where(s => question.Schedules.Contains(s) || Mentioned.In(Organisation, s).Any(people.Contains));
    }
}

/// <summary>A calendar quarter.</summary>
internal readonly record struct Quarter(LocalDate First)
{
    public LocalDate Next => First.PlusMonths(3);

    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{First.Year}-Q{((First.Month - 1) / 3) + 1}");

    public static Quarter Of(LocalDate date) => new(new LocalDate(date.Year, (((date.Month - 1) / 3) * 3) + 1, 1));

    public Span In(DateTimeZone zone) => new(zone.AtStartOfDay(First).ToInstant(), zone.AtStartOfDay(Next).ToInstant());
}

/// <summary>Everybody whom a schedule can put on call: in a version of it, an override or a temporary schedule.</summary>
internal static class Mentioned
{
    public static IEnumerable<string> In(OrganisationSnapshot organisation, string schedule)
    {
        var versions = organisation.ScheduleHistory.TryGetValue(schedule, out var history) && history.Count > 0
            ? history.Select(v => v.Schedule)
            : organisation.Schedules.TryGetValue(schedule, out var present) ? [present] : [];
        foreach (var slot in versions.SelectMany(v => v.Layers).SelectMany(l => l.Slots))
        {
            foreach (var person in slot)
                yield return person;
        }

        foreach (var made in organisation.Overrides.GetValueOrDefault(schedule) ?? [])
        {
            if (made.Kind == OverrideKind.Add)
                yield return made.Person;
            if (made.With is { } with)
                yield return with;
        }

        foreach (var person in (organisation.TemporarySchedules.GetValueOrDefault(schedule) ?? []).SelectMany(t => t.Shifts).SelectMany(s => s.People))
            yield return person;
    }
}
