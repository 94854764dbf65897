using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>Nobody on a schedule that they are not qualified for, in whichever way they come onto it: a layer, an override, a temporary schedule.</summary>
internal static class QualifiedRule
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        foreach (var schedule in scope.Wanted)
        {
            if (scope.PoolOf(schedule)?.Limits.Qualified is not { } severity || !scope.Minds(severity))
                continue;
            var places = Places(scope, schedule)
                .Where(p => p.Time.Touches(scope.Window.From, scope.Window.To))
                .Where(p => scope.Organisation.People.TryGetValue(p.Person, out var person) && !person.QualifiedFor.Contains(schedule.Name, StringComparer.Ordinal))
                .GroupBy(p => (p.Person, p.Where))
                .OrderBy(g => g.Key.Person, StringComparer.Ordinal).ThenBy(g => g.Key.Where, StringComparer.Ordinal);
            foreach (var place in places)
            {
                var (person, where) = place.Key;
                var from = Instant.Max(place.Min(p => p.Time.From), scope.Window.From);
                var to = Instant.Min(place.Max(p => p.Time.To), scope.Window.To);
                var others = scope.Candidates.Beyond(schedule.Name, new HashSet<string>(StringComparer.Ordinal) { person });
                yield return new Finding(
                    RuleNames.Qualified, severity, schedule.Name, schedule.Pool, person, from, to, new Numbers(0, 1, "qualifications"),
                    $"{person} is on {schedule.Name} ({place.First().Said}) and is not qualified for it.",
                    $"Add {schedule.Name} to qualifiedFor of {person}, or put somebody else there{(others.Count > 0 ? $": {Candidates.Or(others)}" : "; nobody else is qualified either")}.",
                    $"schedule:{schedule.Name}/person:{person}/{where}");
            }
        }
    }

    private static IEnumerable<(string Person, string Where, string Said, Span Time)> Places(LintScope scope, Schedule schedule)
    {
        var versions = scope.Organisation.ScheduleHistory.TryGetValue(schedule.Name, out var history) && history.Count > 0
            ? history
            : [new ScheduleVersion(schedule, Instant.MinValue, To: null)];
        foreach (var version in versions)
        {
            foreach (var layer in version.Schedule.Layers)
            {
                foreach (var person in layer.Slots.SelectMany(s => s).Distinct(StringComparer.Ordinal))
                    yield return (person, $"layer {layer.Name}", $"layer '{layer.Name}'", new Span(version.From, version.To ?? Instant.MaxValue));
            }
        }

        foreach (var made in scope.Organisation.Overrides.GetValueOrDefault(schedule.Name) ?? [])
        {
            if ((made.Kind == OverrideKind.Add ? made.Person : made.With) is { } person)
                yield return (person, $"override from {Say.At(made.From)}", $"override from {Say.At(made.From)}", new Span(made.From, made.To));
        }

        foreach (var temporary in scope.Organisation.TemporarySchedules.GetValueOrDefault(schedule.Name) ?? [])
        {
            foreach (var shift in temporary.Shifts)
            {
                foreach (var person in shift.People)
                    yield return (person, $"temporary schedule {temporary.Name}", $"temporary schedule '{temporary.Name}'", new Span(shift.From, shift.To));
            }
        }
    }
}
