using NodaTime;

namespace Incidents.Paging.Vendors;

internal enum BreakerState
{
    /// <summary>Everything goes.</summary>
    Closed,

    /// <summary>Left alone for long enough: one request tries.</summary>
    HalfOpen,

    /// <summary>Left alone.</summary>
    Open,
}

/// <summary>What a request may do at a vendor.</summary>
internal enum Entry
{
    /// <summary>The vendor is left alone just now.</summary>
    Refused,

    Free,

    /// <summary>The one request that finds out whether the vendor is back.</summary>
    Probe,
}

/// <summary>
/// Leaves a vendor alone after so many failures in a row, and finds out with one request whether it is back. One per vendor and process:
/// each learns for itself, within its first few requests, so there is nothing to agree on.
/// </summary>
internal sealed class Breaker(int failures, Duration open, Duration longest)
{
    private readonly Lock sync = new();
    private int inARow;
    private Duration length;
    private Instant? until;
    private bool probing;

    /// <summary>Until when it is left alone; null: it is not.</summary>
    public Instant? Until
    {
        get
        {
            lock (sync)
                return until;
        }
    }

    public BreakerState State(Instant now)
    {
        lock (sync)
            return until is null ? BreakerState.Closed : probing || now >= until ? BreakerState.HalfOpen : BreakerState.Open;
    }

    /// <summary>A request could go now; which one does is decided by <see cref="Enter"/>.</summary>
    public bool Lets(Instant now)
    {
        lock (sync)
            return until is null || (now >= until && !probing);
    }

    /// <summary>To be followed by <see cref="Succeeded"/>, <see cref="Failed"/> or <see cref="Left"/>, unless refused.</summary>
    public Entry Enter(Instant now)
    {
        lock (sync)
        {
            if (until is null)
                return Entry.Free;
            if (now < until || probing)
                return Entry.Refused;
            probing = true;
            return Entry.Probe;
        }
    }

    /// <summary>The vendor answered as one that is well. True: it was left alone until now.</summary>
    public bool Succeeded()
    {
        lock (sync)
        {
            var closed = until is not null;
            (inARow, until, probing) = (0, null, false);
            return closed;
        }
    }

    /// <summary>The vendor failed or was too slow. True: it is left alone from now on.</summary>
    public bool Failed(Entry entry, Instant now)
    {
        lock (sync)
        {
            if (entry == Entry.Probe)
            {
                probing = false;
                length = Duration.Min(length + length, longest);
                until = now + length;
                return false;
            }
            // Others that were under way when it opened say nothing new.
            if (until is not null || ++inARow < failures)
                return false;
            length = open;
            until = now + length;
            return true;
        }
    }

    /// <summary>The vendor was not asked after all.</summary>
    public void Left(Entry entry)
    {
        lock (sync)
        {
            if (entry == Entry.Probe)
                probing = false;
        }
    }
}
