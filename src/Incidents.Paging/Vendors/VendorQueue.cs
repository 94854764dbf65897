using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Persistence.Storage;
using NodaTime;

namespace Incidents.Paging.Vendors;

/// <summary>A place in the order of everything that waits: urgency first (0 high), then the pool's rank.</summary>
internal readonly record struct Place(int Urgency, int PoolRank)
{
    public (int Urgency, int PoolRank) Order => (Urgency, PoolRank);

    public bool IsBefore(Place other) => Order.CompareTo(other.Order) < 0;
}

/// <summary>
/// One vendor as this process sees it: its lanes, its share of the rate, its breaker, and what waits for it. Nothing here is shared with
/// another vendor, so one that is slow or dead holds nobody else's pages.
/// </summary>
internal sealed class VendorQueue
{
    private readonly Lock sync = new();
    private readonly int lowest;
    private int inHand;
    private int lowInHand;
    private Place? waiting;
    private Instant held = Instant.MinValue;

    public VendorQueue(string vendor, IReadOnlyList<IChannel> channels, VendorOptions options, Database database, Kernel.Clock clock)
    {
        Vendor = vendor;
        Channels = channels;
        Limits = channels.Count > 0 ? channels[0].Descriptor.Limits : VendorLimits.Default;
        Budget = new RateBudget(database, clock, vendor, Limits.RatePerSecond);
        Breaker = new Breaker(options.BreakerFailures, Duration.FromTimeSpan(options.BreakerOpen), Duration.FromTimeSpan(options.BreakerOpenLongest));
        Lanes = new SemaphoreSlim(Limits.Concurrency);
        lowest = Math.Max(1, Limits.Concurrency * 3 / 4);
    }

    public string Vendor { get; }
    public IReadOnlyList<IChannel> Channels { get; }
    public IEnumerable<ContactKind> Kinds => Channels.Select(c => c.Descriptor.Kind);
    public string Name => Channels.Count > 0 ? Channels[0].Descriptor.VendorName : Vendor;
    public VendorLimits Limits { get; }
    public RateBudget Budget { get; }
    public Breaker Breaker { get; }
    public SemaphoreSlim Lanes { get; }

    /// <summary>The slot's tokens were used up at the last look: nothing more goes before the next slot, whatever becomes free.</summary>
    public bool OutOfTokens { get; set; }

    /// <summary>The last look passed this vendor over, because everything was in use.</summary>
    public bool PassedOver { get; set; }

    /// <summary>Pages wait for the vendor's rate or for a lane: nothing that is less urgent goes before them.</summary>
    public bool IsBehind
    {
        get
        {
            lock (sync)
                return waiting is not null;
        }
    }

    /// <summary>When it asked to be left alone until (429 with <c>Retry-After</c>), for those that come back from another vendor.</summary>
    public Instant Held
    {
        get
        {
            lock (sync)
                return held;
        }
    }

    public int InHand
    {
        get
        {
            lock (sync)
                return inHand;
        }
    }

    /// <summary>How many attempts can be taken now, of whatever urgency; one while it is tried whether the vendor is back.</summary>
    public int Room(Instant now)
    {
        if (!Breaker.Lets(now))
            return 0;
        lock (sync)
            return Breaker.Until is null ? Math.Max(0, (Limits.Concurrency * 2) - inHand) : inHand == 0 ? 1 : 0;
    }

    /// <summary>How many of low urgency: never all lanes, and none ahead, so that a page of high urgency finds a lane at once.</summary>
    public int LowRoom
    {
        get
        {
            lock (sync)
                return Math.Max(0, lowest - lowInHand);
        }
    }

    /// <summary>May one of this place go at once, or do others wait that go first?</summary>
    public bool Admits(Place place)
    {
        lock (sync)
            return Breaker.Until is null && (waiting is not { } first || place.IsBefore(first));
    }

    /// <summary>What the last look left place; null: nothing.</summary>
    public void Waits(Place? first)
    {
        lock (sync)
            waiting = first;
    }

    /// <summary>Something was left standing since the last look.</summary>
    public void Left(Place one)
    {
        lock (sync)
            waiting = waiting is { } first && !one.IsBefore(first) ? first : one;
    }

    public void Hold(Instant until)
    {
        lock (sync)
            held = Instant.Max(held, until);
    }

    public void Begin(int urgency)
    {
        lock (sync)
        {
            inHand++;
            lowInHand += urgency > 0 ? 1 : 0;
        }
    }

    /// <summary>True: what waits can go on.</summary>
    public bool End(int urgency)
    {
        lock (sync)
        {
            inHand--;
            lowInHand -= urgency > 0 ? 1 : 0;
            return inHand <= Limits.Concurrency && (waiting is not null || PassedOver) && !OutOfTokens;
        }
    }
}
