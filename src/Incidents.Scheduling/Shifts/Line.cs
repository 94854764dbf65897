using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>
/// One on-call line through time: the versions of a schedule, each in force in its interval, and the overrides over them.
/// Answers every instant: somebody, or an explicit gap. Safe for concurrent readers; the last answer of a position is kept,
/// so that repeated questions about the present cost a comparison and allocate nothing.
/// </summary>
internal sealed class Line
{
    private static readonly Answer NoSchedule = new(Instant.MinValue, Instant.MaxValue, [new Part(Cause.Gap("no schedule"), [])]);
    private static readonly Position[] Positions = [Position.Primary, Position.Secondary];

    private readonly (Instant From, Instant To, CompiledSchedule Schedule)[] versions;
    private readonly OverrideTimeline[] overrides;
    private readonly Answer?[] latest = new Answer?[Positions.Length];
    private readonly Func<Instant, Answer> primary;

    public Line(IReadOnlyList<ScheduleVersion> history, IReadOnlyList<Override> overrides, OrganisationSnapshot organisation, bool preview = false)
    {
        versions = [.. history
            .OrderBy(v => v.From)
            .Select(v => (v.From, v.To ?? Instant.MaxValue, new CompiledSchedule(v.Schedule, organisation, preview)))];
        this.overrides = [.. Positions.Select(p => new OverrideTimeline(overrides.Where(o => o.Position == p)))];
        primary = at => At(Position.Primary, at);
    }

    /// <summary>The schedule as it stands at an instant; null before it existed and after it was deleted.</summary>
    public CompiledSchedule? VersionAt(Instant at) => Version(at).Schedule;

    /// <summary>Whether a position exists at an instant: it has layers, or an override gives it to somebody.</summary>
    public bool Has(Position position, Instant at)
        => position == Position.Primary || (VersionAt(at)?.Has(position) ?? false) || At(position, at).People.Count > 0;

    public Answer At(Position position, Instant at)
    {
        ref var kept = ref latest[(int)position];
        var known = Volatile.Read(ref kept);
        if (known is not null && known.Holds(at))
            return known;

        var answer = Find(position, at);
        Volatile.Write(ref kept, answer);
        return answer;
    }

    /// <summary>
    /// Shifts and gaps that touch <c>[from, to)</c>, cut to it, by start, primary first. Every instant of a position is covered:
    /// by one shift, by several that share it, or by a gap. Cost is linear in what is produced.
    /// </summary>
    public IReadOnlyList<Shift> Shifts(Instant from, Instant to)
    {
        var shifts = new List<Shift>();
        foreach (var position in Positions)
            Walk(position, from, to, shifts);
        return [.. shifts.OrderBy(s => s.From).ThenBy(s => s.Position)];
    }

    /// <summary>
    /// The shifts, or the gap, of a position at an instant, each with its whole extent; an extent that goes on for more than
    /// <paramref name="horizon"/> ends there as <see cref="Instant.MinValue"/> or <see cref="Instant.MaxValue"/>.
    /// </summary>
    public IEnumerable<Shift> ShiftsAt(Position position, Instant at, Duration horizon)
    {
        var now = At(position, at);
        foreach (var part in now.Parts)
            yield return new Shift(position, part.People, ExtentBack(position, now, part, at - horizon), ExtentForward(position, now, part, at + horizon), part.Why);
    }

    private Instant ExtentForward(Position position, Answer answer, Part part, Instant limit)
    {
        while (answer.To <= limit)
        {
            var next = At(position, answer.To);
            if (!next.Parts.Any(part.IsSameAs))
                return answer.To;
            answer = next;
        }

        return Instant.MaxValue;
    }

    private Instant ExtentBack(Position position, Answer answer, Part part, Instant limit)
    {
        while (answer.From > limit)
        {
            var before = At(position, answer.From - Duration.Epsilon);
            if (!before.Parts.Any(part.IsSameAs))
                return answer.From;
            answer = before;
        }

        return Instant.MinValue;
    }

    private void Walk(Position position, Instant from, Instant to, List<Shift> shifts)
    {
        var open = new List<(Part Part, Instant From)>();
        for (var at = from; at < to;)
        {
            var answer = At(position, at);
            IReadOnlyList<Part> parts = Has(position, at) ? answer.Parts : [];
            for (var i = open.Count - 1; i >= 0; i--)
            {
                if (parts.Any(open[i].Part.IsSameAs))
                    continue;
                shifts.Add(new Shift(position, open[i].Part.People, open[i].From, at, open[i].Part.Why));
                open.RemoveAt(i);
            }

            foreach (var part in parts)
            {
                if (!open.Exists(o => o.Part.IsSameAs(part)))
                    open.Add((part, at));
            }

            at = answer.To;
        }

        foreach (var (part, since) in open)
            shifts.Add(new Shift(position, part.People, since, to, part.Why));
    }

    private Answer Find(Position position, Instant at)
    {
        var (from, to, schedule) = Version(at);
        var layers = schedule?.At(position, at, position == Position.Primary ? null : primary) ?? NoSchedule;
        var exceptions = overrides[(int)position].At(at);
        return new Answer(
            Instant.Max(Instant.Max(from, layers.From), exceptions.From),
            Instant.Min(Instant.Min(to, layers.To), exceptions.To),
            exceptions.Overrides.Length == 0 || schedule is null ? layers.Parts : Seats.Apply(layers.Parts, exceptions.Overrides));
    }

    /// <summary>The newest version that began at or before the instant, if it is still in force.</summary>
    private (Instant From, Instant To, CompiledSchedule? Schedule) Version(Instant at)
    {
        for (var i = versions.Length - 1; i >= 0; i--)
        {
            var (from, end, schedule) = versions[i];
            if (from > at)
                continue;
            var next = i + 1 < versions.Length ? versions[i + 1].From : Instant.MaxValue;
            var to = Instant.Min(end, next);
            return at < to ? (from, to, schedule) : (to, next, null);
        }

        return (Instant.MinValue, versions.Length == 0 ? Instant.MaxValue : versions[0].From, null);
    }
}
