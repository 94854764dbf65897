using Microsoft.Extensions.Logging;

namespace Incidents.Scheduling;

internal static partial class Log
{
    [LoggerMessage(800, LogLevel.Information, "{Count} changes of who is on call were told")]
    public static partial void HandedOff(ILogger logger, int count);

    [LoggerMessage(801, LogLevel.Warning, "Telling changes of who is on call failed; it is tried again")]
    public static partial void HandoffsFailed(ILogger logger, Exception exception);
}
