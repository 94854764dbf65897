using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>What put somebody on call. A gap is nobody, and says so.</summary>
internal enum CauseKind { Layer, Override, Swap, Temporary, Gap }

/// <summary>
/// Why a cell of the schedule is as it is. <paramref name="Name"/>: the layer's or the temporary schedule's name; the reason of the override or swap, or
/// what it does; for a gap what made it, null when nobody is scheduled. <paramref name="Turn"/> tells the turns of a layer, and the shifts of a temporary
/// schedule, apart, so that each is a shift of its own.
/// </summary>
internal readonly record struct Cause(CauseKind Kind, string? Name, long Turn = 0, Guid Override = default)
{
    public static Cause Gap(string? name = null) => new(CauseKind.Gap, name);
}

/// <summary>
/// <paramref name="People"/> on call in <c>[From, To)</c> in a position, for one cause; a gap has no people.
/// Shifts of one position overlap only where several causes put people on call together (equal levels, an added person).
/// <paramref name="Schedule"/>: the definition in force, its pool and team hold for the whole shift; null before the schedule existed and after its end.
/// </summary>
internal sealed record Shift(Position Position, IReadOnlyList<string> People, Instant From, Instant To, Cause Why, Schedule? Schedule)
{
    public bool IsGap => People.Count == 0;

    public Duration Length => To - From;

    public bool Has(string person)
    {
        foreach (var one in People)
        {
            if (string.Equals(one, person, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}

/// <summary>The people of one cause at an instant.</summary>
internal sealed record Part(Cause Why, IReadOnlyList<string> People)
{
    public bool IsSameAs(Part other) => ReferenceEquals(this, other) || (Why == other.Why && SamePeople(People, other.People));

    private static bool SamePeople(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!string.Equals(left[i], right[i], StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}

/// <summary>
/// Who is on call in a position, constant in <c>[From, To)</c> (maybe for longer: neighbours may be equal).
/// <see cref="Parts"/> is never empty: nobody on call is one part, the gap.
/// </summary>
internal sealed class Answer(Instant from, Instant to, IReadOnlyList<Part> parts, CompiledSchedule? version, bool listed)
{
    public Instant From { get; } = from;
    public Instant To { get; } = to;
    public IReadOnlyList<Part> Parts { get; } = parts;

    /// <summary>The schedule as it stands; null before it existed and after it was deleted.</summary>
    public CompiledSchedule? Version { get; } = version;

    /// <summary>Whether the position exists, so that nobody in it is a gap.</summary>
    public bool Listed { get; } = listed;

    /// <summary>Everybody on call, each once, in the order of the layers.</summary>
    public IReadOnlyList<string> People { get; } = parts.Count == 1 ? parts[0].People : [.. parts.SelectMany(p => p.People)];

    public bool Holds(Instant at) => From <= at && at < To;
}
