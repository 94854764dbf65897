using Microsoft.Extensions.Logging;

namespace Incidents.Persistence.Messages;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Warning, "Publishing to {Endpoint} failed; the sweeper hands the row over again")]
    public static partial void PublishFailed(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(101, LogLevel.Warning, "The database could not take a batch of {Count} at {Endpoint}; the rows stand, and it is tried again")]
    public static partial void DatabaseAway(ILogger logger, string endpoint, int count, Exception exception);

    [LoggerMessage(102, LogLevel.Error, "Message {Type} {Id} failed at {Endpoint}")]
    public static partial void MessageFailed(ILogger logger, string type, Guid id, string endpoint, Exception exception);

    [LoggerMessage(103, LogLevel.Critical, "Message {Type} {Id} is parked at {Endpoint}: {Error}")]
    public static partial void MessageParked(ILogger logger, string type, Guid id, string endpoint, string error);

    [LoggerMessage(104, LogLevel.Error, "The failure of message {Id} could not be counted")]
    public static partial void FailureNotCounted(ILogger logger, Guid id, Exception exception);

    [LoggerMessage(105, LogLevel.Warning, "The sweep failed; it is tried again")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(106, LogLevel.Information, "The bus is {State}")]
    public static partial void BusState(ILogger logger, string state);

    [LoggerMessage(109, LogLevel.Debug, "The broker still takes nothing for {Endpoint}: {Error}")]
    public static partial void StillSilent(ILogger logger, string endpoint, string error);

    [LoggerMessage(110, LogLevel.Warning, "{Count} rows could not be given back to the sweepers; they are found again when nothing newer overtakes them")]
    public static partial void NotGivenBack(ILogger logger, int count, Exception exception);

    [LoggerMessage(107, LogLevel.Warning, "The clock could not be compared with the database's")]
    public static partial void ClockNotMeasured(ILogger logger, Exception exception);

    [LoggerMessage(108, LogLevel.Warning, "Tailing the events failed; it is tried again")]
    public static partial void TailFailed(ILogger logger, Exception exception);
}
