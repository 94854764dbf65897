using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using NodaTime;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>
/// Rest after a page at night. Night is the night window of the person's calendar on the person's clock, on any day of the week (without a calendar
/// 22:00–06:00). Rest begins with the last event of the night that is still in the same shift, and is broken when another shift of the person, on any schedule
/// and in any position, begins before the minimum has passed. A shift that merely goes on breaks nothing: it was begun before.
/// </summary>
internal static class RestRule
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        var shifts = scope.Facts.Events
            .Where(e => scope.Wants(e.Schedule) && scope.EventWindow.Touches(e.At, e.At + Duration.Epsilon) && IsNight(scope, e))
            .GroupBy(e => (e.Schedule, e.Person, e.ShiftFrom))
            .OrderBy(g => g.Key.ShiftFrom);
        foreach (var shift in shifts)
        {
            var (schedule, person, _) = shift.Key;
            if (scope.PoolOf(schedule) is not { Limits.RestAfterNightPage: { } limit } pool || !scope.Minds(limit.Breach))
                continue;
            foreach (var page in shift.OrderBy(e => e.At))
            {
                var next = scope.Roll.Of(person).FirstOrDefault(d => d.From > page.At);
                if (next is null || next.From - page.At >= limit.Min || shift.Any(e => e.At > page.At && e.At < next.From))
                    continue;
                var rested = next.From - page.At;
                yield return new Finding(
                    RuleNames.RestAfterNightPage, limit.Breach, schedule, pool.Name, person, page.At, page.At + limit.Min,
                    new Numbers(Say.Hours(rested), Say.Hours(limit.Min), "hours"),
                    $"{person} was paged at night for #{page.Number} ({Say.At(page.At)}) and begins a shift on {next.Schedule} {Say.Number(Say.Hours(rested))} h later; the minimum is {DurationText.Format(limit.Min)}.",
                    $"Let {person} begin on {next.Schedule} no earlier than {Say.At(page.At + limit.Min)}: {scope.Candidates.Say(next.Schedule, next.From, page.At + limit.Min, person)}.",
                    $"schedule:{schedule}/person:{person}")
                { Occurrence = scope.Begins(page.At) };
            }
        }
    }

    private static bool IsNight(LintScope scope, DutyEvent happened)
        => scope.Organisation.People.TryGetValue(happened.Person, out var person)
            && ShiftClasses.ClockOf(person, scope.Organisation) is var clock
            && clock.IsNight(happened.At.InZone(clock.Zone).TimeOfDay);
}
