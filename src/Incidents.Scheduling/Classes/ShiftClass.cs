using NodaTime;

namespace Incidents.Scheduling.Classes;

/// <summary>What a minute of duty is worth, from the least to the most: a later one comes before an earlier one (holiday &gt; weekend &gt; night &gt; off-hours &gt; business).</summary>
internal enum ShiftClass { Business, OffHours, Night, Weekend, Holiday }

/// <summary>One class throughout <c>[From, To)</c>.</summary>
internal readonly record struct ClassSpan(Instant From, Instant To, ShiftClass Class)
{
    public Duration Length => To - From;
}
