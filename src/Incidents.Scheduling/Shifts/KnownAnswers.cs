using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>
/// Answers of one position that were given before: the last one, and one for each eight hours of the six weeks that were asked about last. Instants further
/// apart take each other's place, so a line keeps at most <see cref="Places"/> answers, however far apart it is asked. Safe for concurrent use.
/// </summary>
internal sealed class KnownAnswers
{
    /// <summary>A power of two.</summary>
    private const int Places = 128;
    private const long PlaceTicks = 8 * NodaConstants.TicksPerHour;

    private Answer? latest;
    private Answer?[]? earlier;

    /// <summary>Null: to be found.</summary>
    public Answer? At(Instant at)
    {
        if (Volatile.Read(ref latest) is { } last && last.Holds(at))
            return last;
        return Volatile.Read(ref earlier) is { } places && Volatile.Read(ref places[Place(at)]) is { } kept && kept.Holds(at) ? kept : null;
    }

    public void Keep(Instant at, Answer answer)
    {
        // A line that is only asked about the present needs no more than its last answer.
        if (Volatile.Read(ref latest) is not null)
        {
            var places = Volatile.Read(ref earlier) ?? Interlocked.CompareExchange(ref earlier, new Answer?[Places], null) ?? earlier;
            Volatile.Write(ref places[Place(at)], answer);
        }
        Volatile.Write(ref latest, answer);
    }

    private static int Place(Instant at) => (int)(at.ToUnixTimeTicks() / PlaceTicks) & (Places - 1);
}
