using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Overload;

/// <summary>A shift that somebody is on.</summary>
internal readonly record struct RunningShift(string Schedule, Position Position, Instant From, Instant To);

/// <summary>The shifts of a person at an instant, on whichever schedule.</summary>
internal sealed class ShiftsOf(OnCall onCall)
{
    /// <summary>A shift without an end in sight is cut here, to either side.</summary>
    private static readonly Duration Horizon = Duration.FromDays(40);

    public IEnumerable<RunningShift> At(OrganisationSnapshot organisation, string person, Instant at)
    {
        foreach (var schedule in onCall.Of(organisation).SchedulesOf(person))
        {
            if (onCall.Of(organisation).LineOf(schedule) is not { } line)
                continue;
            foreach (var shift in On(line, schedule, at).Where(s => s.People.Contains(person, StringComparer.Ordinal)))
                yield return new RunningShift(schedule, shift.Position, shift.From == Instant.MinValue ? at - Horizon : shift.From, shift.To == Instant.MaxValue ? at + Horizon : shift.To);
        }
    }

    public static IEnumerable<Shift> On(Line line, string schedule, Instant at)
    {
        foreach (var position in new[] { Position.Primary, Position.Secondary })
        {
            foreach (var shift in line.ShiftsAt(position, at, Horizon).Where(s => s.People.Count > 0))
                yield return shift;
        }
    }
}
