using Microsoft.Extensions.Logging;

namespace Incidents.Configuration;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Organisation version {Version} applied by {Author}: {Created} created, {Updated} updated, {Deleted} deleted")]
    public static partial void Applied(ILogger logger, long version, string author, int created, int updated, int deleted);

    [LoggerMessage(2, LogLevel.Warning, "The organisation could not be refreshed; the last one known stays in use")]
    public static partial void NotRefreshed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "The organisation is refreshed again")]
    public static partial void RefreshedAgain(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "Organisation version {Version}: {Author} accepted {Breaches} breaches of enforced limits: {Reason}")]
    public static partial void Waived(ILogger logger, long version, string author, int breaches, string reason);
}
