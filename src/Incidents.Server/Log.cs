namespace Incidents.Server;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The database is not there yet: {Reason}")]
    public static partial void WaitingForDatabase(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "Ready on {Url} with roles {Roles}")]
    public static partial void Ready(ILogger logger, string url, string roles);

    [LoggerMessage(3, LogLevel.Warning, "The heartbeat was not sent: {Reason}")]
    public static partial void HeartbeatNotSent(ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Information, "Retention removed {Incidents} incidents and {Events} events")]
    public static partial void Retained(ILogger logger, int incidents, int events);

    [LoggerMessage(5, LogLevel.Error, "Request {Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "The gauges could not be read")]
    public static partial void GaugesNotRead(ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "{Key} is no setting and has no effect; docs/operations.md lists them")]
    public static partial void UnknownSetting(ILogger logger, string key);
}
