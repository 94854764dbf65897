using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>What put somebody on call. A gap is nobody, and says so.</summary>
internal enum CauseKind { Layer, Override, Gap }

/// <summary>
/// Why a cell of the schedule is as it is. <paramref name="Name"/>: the layer's name; the override's reason, or what it does; for a gap what
/// made it, null when nobody is scheduled. <paramref name="Turn"/> tells the turns of a layer apart, so that each is a shift of its own.
/// </summary>
internal readonly record struct Cause(CauseKind Kind, string? Name, long Turn = 0, Guid Override = default)
{
    public static Cause Gap(string? name = null) => new(CauseKind.Gap, name);
}

/// <summary>
/// <paramref name="People"/> on call in <c>[From, To)</c> in a position, for one cause; a gap has no people.
/// Shifts of one position overlap only where several causes put people on call together (equal levels, an added person).
/// </summary>
internal sealed record Shift(Position Position, IReadOnlyList<string> People, Instant From, Instant To, Cause Why);

/// <summary>The people of one cause at an instant.</summary>
internal sealed record Part(Cause Why, IReadOnlyList<string> People)
{
    public bool IsSameAs(Part other) => Why == other.Why && People.SequenceEqual(other.People, StringComparer.Ordinal);
}

/// <summary>
/// Who is on call in a position, constant in <c>[From, To)</c> (maybe for longer: neighbours may be equal).
/// <see cref="Parts"/> is never empty: nobody on call is one part, the gap.
/// </summary>
internal sealed class Answer(Instant from, Instant to, IReadOnlyList<Part> parts)
{
    public Instant From { get; } = from;
    public Instant To { get; } = to;
    public IReadOnlyList<Part> Parts { get; } = parts;

    /// <summary>Everybody on call, each once, in the order of the layers.</summary>
    public IReadOnlyList<string> People { get; } = parts.Count == 1 ? parts[0].People : [.. parts.SelectMany(p => p.People)];

    public bool Holds(Instant at) => From <= at && at < To;
}
