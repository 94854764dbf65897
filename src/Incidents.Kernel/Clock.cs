using NodaTime;

namespace Incidents.Kernel;

/// <summary>
/// The one clock. Instants are truncated to microseconds, the finest that both databases keep,
/// and corrected by the measured offset of this process to the database's clock.
/// </summary>
public sealed class Clock(TimeProvider provider) : IClock
{
    private long offsetTicks;

    public TimeProvider Provider { get; } = provider;

    /// <summary>Database clock minus this process's clock.</summary>
    public Duration Offset => Duration.FromTicks(Interlocked.Read(ref offsetTicks));

    public void Correct(Duration offset) => Interlocked.Exchange(ref offsetTicks, offset.BclCompatibleTicks);

    public Instant Now => Instants.Truncate(Instant.FromDateTimeOffset(Provider.GetUtcNow()) + Offset);

    public Instant GetCurrentInstant() => Now;
}

public static class Instants
{
    /// <summary>Floors to whole microseconds.</summary>
    public static Instant Truncate(Instant instant) => FromMicroseconds(ToMicroseconds(instant));

    public static long ToMicroseconds(Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return ticks >= 0 ? ticks / 10 : -((-ticks + 9) / 10);
    }

    public static Instant FromMicroseconds(long value) => Instant.FromUnixTimeTicks(value * 10);
}
