using NodaTime;

namespace Incidents.Scheduling.Rotations;

/// <summary>
/// Counts the turns that hold allowed time (a window is open for a moment of them); the others do not consume a person's turn.
/// Counts are kept at every 64th turn and grow as later turns are asked for, so a question
/// costs at most 63 looks, and one that follows another in time hardly any.
/// </summary>
internal sealed class WorkedTurns(Rotation rotation, WeeklyWindows windows)
{
    private const int Stride = 64;

    private readonly Lock gate = new();
    private readonly List<long> checkpoints = [0];
    private (long Turn, long Worked) latest;

    /// <summary>Worked turns in <c>[0, turn)</c>; for a turn before the start, minus those in <c>[turn, 0)</c>.</summary>
    public long Before(long turn)
    {
        if (turn < 0)
            return -Count(turn, 0);

        lock (gate)
        {
            var known = latest.Turn <= turn && turn - latest.Turn < Stride ? latest : Checkpoint((int)(turn / Stride));
            latest = (turn, known.Worked + Count(known.Turn, turn));
            return latest.Worked;
        }
    }

    private (long Turn, long Worked) Checkpoint(int block)
    {
        while (checkpoints.Count <= block)
        {
            var first = (checkpoints.Count - 1L) * Stride;
            checkpoints.Add(checkpoints[^1] + Count(first, first + Stride));
        }

        return ((long)block * Stride, checkpoints[block]);
    }

    private long Count(long first, long end)
    {
        var worked = 0L;
        var from = first < end ? rotation.Boundary(first) : Instant.MinValue;
        for (var turn = first; turn < end; turn++)
        {
            var to = rotation.Boundary(turn + 1);
            if (windows.FirstOpen(from, to) is not null)
                worked++;
            from = to;
        }

        return worked;
    }
}
