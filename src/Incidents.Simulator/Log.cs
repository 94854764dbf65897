using Microsoft.Extensions.Logging;

namespace Incidents.Simulator;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Simulated vendor: callback to {Path} failed with {Code}: {Reason}")]
    public static partial void CallbackFailed(ILogger logger, string path, int code, string reason);

    [LoggerMessage(2, LogLevel.Error, "Simulated vendor: {Sid} broke off")]
    public static partial void BrokeOff(ILogger logger, string sid, Exception exception);

    [LoggerMessage(20, LogLevel.Error, "Simulated mail server: a conversation broke off")]
    public static partial void MailBrokeOff(ILogger logger, Exception exception);
}
