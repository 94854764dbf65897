using Incidents.Kernel;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;

namespace Incidents.Persistence;

/// <summary>Integer microseconds: what SQLite keeps.</summary>
internal sealed class InstantMicroseconds() : ValueConverter<Instant, long>(i => Instants.ToMicroseconds(i), v => Instants.FromMicroseconds(v));

/// <summary>timestamptz: what PostgreSQL keeps, microseconds too.</summary>
internal sealed class InstantUtc() : ValueConverter<Instant, DateTime>(i => i.ToDateTimeUtc(), v => Instant.FromDateTimeUtc(DateTime.SpecifyKind(v, DateTimeKind.Utc)));

internal sealed class DurationTicks() : ValueConverter<Duration, long>(d => d.BclCompatibleTicks, v => Duration.FromTicks(v));
