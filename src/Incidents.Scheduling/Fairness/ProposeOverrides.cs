using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Preview;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Fairness;

/// <summary>
/// Overrides for what nobody covers (schedules of 24×7 pools) and for duty during absences, of unqualified or of unknown people, in <c>[from, to)</c>.
/// Stretches in the order of time, cut at the turns of the main rotation; each goes to the one with the fewest points among those
/// whom nothing hinders, and if possible to one against whom nothing speaks. The same question always has the same answer.
/// </summary>
internal static class ProposeOverrides
{
    private sealed record Need(Span Time, Position Position, string? Instead, string Why);

    public static Proposal For(CompiledOrganisation compiled, Schedule schedule, Instant from, Instant to)
    {
        var filling = new Filling(compiled, schedule, from, to);
        var before = Balance.Of(filling.AllPoints);
        var overrides = new JsonArray();
        var assignments = new List<Assignment>();
        var unfilled = new List<Unfilled>();
        foreach (var need in Needs(filling, from, to).OrderBy(n => n.Time.From).ThenBy(n => n.Position).ThenBy(n => n.Instead, StringComparer.Ordinal))
        {
            var looked = filling.People
                .Where(p => p != need.Instead)
                .Select(p => (Person: p, Hindrance: filling.Hindrance(p, need.Time), Objection: filling.Objection(p, need.Time, need.Position), Points: filling.PointsOf(p)))
                .OrderBy(c => c.Hindrance is not null).ThenBy(c => c.Objection is not null).ThenBy(c => c.Points).ThenBy(c => c.Person, StringComparer.Ordinal)
                .ToArray();
            if (looked.Length == 0 || looked[0].Hindrance is not null)
            {
                unfilled.Add(new Unfilled(need.Time.From, need.Time.To, need.Position, looked.Length == 0
                    ? $"{need.Why}; nobody else is qualified for {schedule.Name}"
                    : $"{need.Why}; {string.Join(", ", looked.Select(c => $"{c.Person} {c.Hindrance}"))}"));
                continue;
            }

            var chosen = looked[0];
            overrides.Add(DocumentShape.Of(Made(schedule, need, chosen.Person)));
            assignments.Add(new Assignment(
                need.Time.From, need.Time.To, need.Position, [chosen.Person],
                string.Create(CultureInfo.InvariantCulture, $"{need.Why}. {chosen.Person} is free and carries {chosen.Points:0.#} points, the fewest of those who can{(chosen.Objection is { } o ? $"; but {o}: nobody else can" : "")}."),
                [.. looked.Skip(1).Select(c => new PassedOver(c.Person, c.Hindrance ?? c.Objection ?? string.Create(CultureInfo.InvariantCulture, $"carries {c.Points:0.#} points")))]));
            filling.Give(chosen.Person, need.Time, need.Position);
            if (need.Instead is { } relieved)
                filling.Relieve(relieved, need.Time);
        }

        return new Proposal(schedule.Name, "overrides", compiled.Organisation.Version, null, new JsonObject { ["overrides"] = overrides }, assignments, unfilled, before, Balance.Of(filling.AllPoints));
    }

    private static Override Made(Schedule schedule, Need need, string person) => need.Instead is { } instead
        ? new Override(Guid.Empty, schedule.Name, need.Time.From, need.Time.To, need.Position, OverrideKind.Replace, instead, person, need.Why, null, default)
        : new Override(Guid.Empty, schedule.Name, need.Time.From, need.Time.To, need.Position, OverrideKind.Add, person, null, need.Why, null, default);

    private static IEnumerable<Need> Needs(Filling filling, Instant from, Instant to)
    {
        var schedule = filling.Schedule;
        var organisation = filling.Organisation;
        var turns = Turns.MainLayer(schedule) is { } layer ? Turns.Of(schedule, layer) : null;
        if (organisation.Pools.GetValueOrDefault(schedule.Pool)?.Coverage == Coverage.Always)
        {
            foreach (var gap in filling.Roll.Gaps.Where(g => g.Schedule == schedule.Name).Select(g => new Span(g.From, g.To)).Where(g => g.Touches(from, to)).Select(g => g.Cut(from, to)))
            {
                foreach (var piece in turns?.Cut(gap.From, gap.To) ?? [gap])
                    yield return new Need(piece, Position.Primary, null, "Nobody is primary");
            }
        }

        var strict = organisation.Pools.GetValueOrDefault(schedule.Pool)?.Limits.Qualified is Breach.Enforce or Breach.Warn;
        foreach (var duty in filling.Roll.On(schedule.Name).Where(d => d.Span.Touches(from, to)))
        {
            var time = duty.Span.Cut(from, to);
            if (!organisation.People.TryGetValue(duty.Person, out var person))
                yield return new Need(time, duty.Position, duty.Person, $"Nobody has the login {duty.Person}");
            else if (strict && !person.QualifiedFor.Contains(schedule.Name, StringComparer.Ordinal))
                yield return new Need(time, duty.Position, duty.Person, $"{duty.Person} is not qualified");
            else
            {
                foreach (var away in Spans.Union(Absences.Of(organisation, duty.Person).Select(a => new Span(a.From, a.To))).Where(a => a.Touches(time.From, time.To)))
                    yield return new Need(away.Cut(time.From, time.To), duty.Position, duty.Person, $"{duty.Person} is away");
            }
        }
    }
}
