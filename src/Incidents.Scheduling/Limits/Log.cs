using Microsoft.Extensions.Logging;

namespace Incidents.Scheduling.Limits;

internal static partial class Log
{
    [LoggerMessage(301, LogLevel.Information, "{Actor} waives {Rule} for {Subject}: {Reason}")]
    public static partial void WaiverMade(ILogger logger, string actor, string rule, string subject, string reason);

    [LoggerMessage(302, LogLevel.Information, "{Actor} ends the waiver of {Rule} for {Subject}")]
    public static partial void WaiverEnded(ILogger logger, string actor, string rule, string subject);

    [LoggerMessage(303, LogLevel.Information, "Staffing limits of team {Team} looked at for {Date}: {Findings} breaches, {New} new")]
    public static partial void Looked(ILogger logger, string team, string date, int findings, int @new);

    [LoggerMessage(304, LogLevel.Warning, "Staffing limits could not be looked at; the next run tries again")]
    public static partial void NotLooked(ILogger logger, Exception exception);

    [LoggerMessage(305, LogLevel.Information, "{Person}'s shift on {Schedule} is overloaded: {Events} events")]
    public static partial void Overloaded(ILogger logger, string person, string schedule, int events);

    [LoggerMessage(306, LogLevel.Warning, "Events of shifts could not be counted; they are counted with the next look")]
    public static partial void NotCounted(ILogger logger, Exception exception);

    [LoggerMessage(307, LogLevel.Warning, "Counters of events per shift could not be read; pages go to the primary as usual")]
    public static partial void CountersNotRead(ILogger logger, Exception exception);
}
