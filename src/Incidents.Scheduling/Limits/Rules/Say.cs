using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>Instants and numbers as the sentences of findings show them.</summary>
internal static class Say
{
    private static readonly InstantPattern Minute = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm 'UTC'");

    public static string At(Instant instant) => Minute.Format(instant);

    public static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static decimal Hours(Duration duration) => Math.Round((decimal)duration.TotalMinutes / 60, 2);

    public static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
