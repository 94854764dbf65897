using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>
/// One on-call line through time: the versions of a schedule, each in force in its interval, the overrides over them, and the temporary
/// schedules over all. Answers every instant: somebody, or an explicit gap. Safe for concurrent readers; answers of a position are
/// kept (<see cref="KnownAnswers"/>), so that repeated questions cost a comparison and allocate nothing.
/// </summary>
internal sealed class Line
{
    private static readonly IReadOnlyList<Part> NoSchedule = [new Part(Cause.Gap("no schedule"), [])];
    private static readonly Position[] Positions = [Position.Primary, Position.Secondary];

    private readonly (Instant From, Instant To, CompiledSchedule Schedule)[] versions;
    private readonly OverrideTimeline[] overrides;
    private readonly TemporaryTimeline temporary;
    private readonly KnownAnswers[] known = [.. Positions.Select(_ => new KnownAnswers())];

    public Line(
        IReadOnlyList<ScheduleVersion> history,
        IReadOnlyList<Override> overrides,
        OrganisationSnapshot organisation,
        bool preview = false,
        IReadOnlyList<TemporarySchedule>? temporary = null)
    {
        var compiled = new List<(Instant From, Instant To, CompiledSchedule Schedule)>();
        foreach (var version in history.OrderBy(v => v.From))
        {
            var before = compiled.Count > 0 && compiled[^1].To == version.From ? compiled[^1].Schedule : null;
            compiled.Add((version.From, version.To ?? Instant.MaxValue, new CompiledSchedule(version, organisation, preview, before)));
        }

        versions = [.. compiled];
        this.overrides = [.. Positions.Select(p => new OverrideTimeline(overrides.Where(o => o.Position == p)))];
        this.temporary = new TemporaryTimeline(temporary ?? []);
    }

    /// <summary>The schedule as it stands at an instant; null before it existed and after it was deleted.</summary>
    public CompiledSchedule? VersionAt(Instant at) => Version(at).Schedule;

    /// <summary>The versions in force in <c>[from, to)</c>, each with its part of it; where there is no schedule there is none.</summary>
    public IEnumerable<(Instant From, Instant To, CompiledSchedule Schedule)> Versions(Instant from, Instant to)
    {
        for (var at = from; at < to;)
        {
            var (_, until, schedule) = Version(at);
            var end = Instant.Min(until, to);
            if (schedule is not null)
                yield return (at, end, schedule);
            at = end;
        }
    }

    /// <summary>Whether a position exists at an instant: it has layers, or an override or a temporary schedule gives it to somebody.</summary>
    public bool Has(Position position, Instant at) => At(position, at).Listed;

    public Answer At(Position position, Instant at)
    {
        var answers = known[(int)position];
        if (answers.At(at) is { } kept)
            return kept;

        var answer = Find(position, at, primary: null);
        answers.Keep(at, answer);
        return answer;
    }

    /// <summary>
    /// Shifts and gaps that touch <c>[from, to)</c>, cut to it, by start, primary first. Every instant of a position is covered:
    /// by one shift, by several that share it, or by a gap. Cost is linear in what is produced.
    /// </summary>
    public IReadOnlyList<Shift> Shifts(Instant from, Instant to)
    {
        var answers = new List<Answer>();
        var primary = ByStart(Walk(Position.Primary, from, to, answers, known: null));
        var secondary = ByStart(Walk(Position.Secondary, from, to, record: null, answers));
        return secondary.Count == 0 ? primary : Merge(primary, secondary);
    }

    /// <summary>The gaps among <see cref="Shifts"/>: where a position that exists has nobody.</summary>
    public IReadOnlyList<Shift> Gaps(Instant from, Instant to) => [.. Shifts(from, to).Where(s => s.IsGap)];

    /// <summary>
    /// The first shift of a person, in any position, that begins at or after <paramref name="after"/> and before <paramref name="before"/>;
    /// one that is running at <paramref name="after"/> is not the next. Its end is searched for 400 days from <paramref name="before"/> on. Null: none.
    /// </summary>
    public Shift? Next(string person, Instant after, Instant before)
    {
        Shift? found = null;
        foreach (var position in Positions)
        {
            var running = Find(position, after - Duration.Epsilon, primary: null).Parts;
            var next = Walk(position, after, before + Duration.FromDays(400), record: null, known: null)
                .TakeWhile(s => s.From < before)
                .FirstOrDefault(s => s.Has(person) && (s.From > after || !running.Any(p => p.Why == s.Why && p.People.Contains(person, StringComparer.Ordinal))));
            if (next is not null && (found is null || next.From < found.From))
                found = next;
        }

        return found;
    }

    /// <summary>
    /// The shifts, or the gap, of a position at an instant, each with its whole extent; an extent that goes on for more than
    /// <paramref name="horizon"/> ends there as <see cref="Instant.MinValue"/> or <see cref="Instant.MaxValue"/>.
    /// </summary>
    public IEnumerable<Shift> ShiftsAt(Position position, Instant at, Duration horizon)
    {
        var now = At(position, at);
        foreach (var part in now.Parts)
            yield return new Shift(position, part.People, ExtentBack(position, now, part, at - horizon), ExtentForward(position, now, part, at + horizon), part.Why, now.Version?.Schedule);
    }

    private Instant ExtentForward(Position position, Answer answer, Part part, Instant limit)
    {
        while (answer.To <= limit)
        {
            var next = Find(position, answer.To, primary: null);
            if (!Continues(answer, next, part))
                return answer.To;
            answer = next;
        }

        return Instant.MaxValue;
    }

    private Instant ExtentBack(Position position, Answer answer, Part part, Instant limit)
    {
        while (answer.From > limit)
        {
            var before = Find(position, answer.From - Duration.Epsilon, primary: null);
            if (!Continues(answer, before, part))
                return answer.From;
            answer = before;
        }

        return Instant.MinValue;
    }

    /// <summary>A shift goes on over an edit that leaves it as it is, but not into another pool or team: its pay and its readers are others.</summary>
    private static bool Continues(Answer one, Answer next, Part part) => SameOwner(one.Version?.Schedule, next.Version?.Schedule) && IsIn(next.Parts, part);

    private static bool SameOwner(Schedule? one, Schedule? other) => ReferenceEquals(one, other)
        || (string.Equals(one?.Pool, other?.Pool, StringComparison.Ordinal) && string.Equals(one?.Team, other?.Team, StringComparison.Ordinal) && one is null == other is null);

    private static bool IsIn(IReadOnlyList<Part> parts, Part part)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].IsSameAs(part))
                return true;
        }

        return false;
    }

    /// <summary>Shifts and gaps of a position as they end; those that begin together are in the order of the answer.</summary>
    /// <param name="record">Filled with the answers on the way.</param>
    /// <param name="known">The primary's answers over the same interval, so that a secondary which follows them need not find them again.</param>
    private IEnumerable<Shift> Walk(Position position, Instant from, Instant to, List<Answer>? record, List<Answer>? known)
    {
        var open = new List<(Part Part, Instant From, Schedule? Schedule)>();
        Answer? primary = null;
        var passed = 0;
        for (var at = from; at < to;)
        {
            if (known is not null)
            {
                while (!known[passed].Holds(at))
                    passed++;
                primary = known[passed];
            }

            var answer = Find(position, at, primary);
            record?.Add(answer);
            var schedule = answer.Version?.Schedule;
            var parts = answer.Listed ? answer.Parts : [];
            for (var i = 0; i < open.Count; i++)
            {
                var (part, since, owner) = open[i];
                if (SameOwner(owner, schedule) && IsIn(parts, part))
                    continue;
                yield return new Shift(position, part.People, since, at, part.Why, owner);
                open.RemoveAt(i--);
            }

            foreach (var part in parts)
            {
                if (!open.Exists(o => o.Part.IsSameAs(part)))
                    open.Add((part, at, schedule));
            }

            at = answer.To;
        }

        foreach (var (part, since, owner) in open)
            yield return new Shift(position, part.People, since, to, part.Why, owner);
    }

    /// <summary>Shifts come as they end: nearly in this order, so few move. Those that begin together stay as they came.</summary>
    private static List<Shift> ByStart(IEnumerable<Shift> shifts)
    {
        List<Shift> sorted = [.. shifts];
        for (var i = 1; i < sorted.Count; i++)
        {
            var shift = sorted[i];
            var place = i;
            for (; place > 0 && sorted[place - 1].From > shift.From; place--)
                sorted[place] = sorted[place - 1];
            sorted[place] = shift;
        }

        return sorted;
    }

    private static List<Shift> Merge(List<Shift> primary, List<Shift> secondary)
    {
        var merged = new List<Shift>(primary.Count + secondary.Count);
        var taken = 0;
        foreach (var shift in primary)
        {
            while (taken < secondary.Count && secondary[taken].From < shift.From)
                merged.Add(secondary[taken++]);
            merged.Add(shift);
        }

        merged.AddRange(secondary.Skip(taken));
        return merged;
    }

    /// <param name="primary">The primary's answer at the instant when it is known already; else it is found when it is needed.</param>
    private Answer Find(Position position, Instant at, Answer? primary)
    {
        var (from, to, schedule) = Version(at);
        if (schedule is null)
            return new Answer(from, to, NoSchedule, version: null, listed: position == Position.Primary);

        var instead = temporary.At(at);
        from = Instant.Max(from, instead.From);
        to = Instant.Min(to, instead.To);
        if (instead.InForce)
            return new Answer(from, to, instead.Parts(position), schedule, position == Position.Primary || instead.HasSecondary || schedule.Has(position));

        if (position == Position.Primary)
            primary = null;
        else if (schedule.SecondaryFollowsPrimary)
            primary ??= At(Position.Primary, at);
        var parts = schedule.At(position, at, primary, out var layersFrom, out var layersTo);
        var exceptions = overrides[(int)position].At(at);
        if (exceptions.Overrides.Length > 0)
            parts = Seats.Apply(parts, exceptions.Overrides);
        return new Answer(
            Instant.Max(Instant.Max(from, layersFrom), exceptions.From),
            Instant.Min(Instant.Min(to, layersTo), exceptions.To),
            parts,
            schedule,
            position == Position.Primary || schedule.Has(position) || parts.Count > 1 || parts[0].People.Count > 0);
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
