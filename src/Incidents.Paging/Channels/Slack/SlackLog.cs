using Incidents.Paging.Model;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Channels.Slack;

internal static partial class SlackLog
{
    [LoggerMessage(450, LogLevel.Warning, "A request to {Path} in Slack's name was refused: {Why}")]
    public static partial void Refused(ILogger logger, string path, string why);

    [LoggerMessage(451, LogLevel.Warning, "Looking for messages of incidents to post failed; it is tried again")]
    public static partial void LookFailed(ILogger logger, Exception exception);

    [LoggerMessage(452, LogLevel.Warning, "The message of incident {Number} could not be brought up to date: {Reason} {Code}; tried again in {Seconds} s")]
    public static partial void NotShown(ILogger logger, long number, Reason reason, string code, double seconds);

    [LoggerMessage(453, LogLevel.Error, "The message of incident {Number} could not be brought up to date; it is tried again")]
    public static partial void ShowFailed(ILogger logger, long number, Exception exception);

    [LoggerMessage(454, LogLevel.Warning, "The channel of incident {Number}: {Step} failed: {Reason} {Code}")]
    public static partial void RoomFailed(ILogger logger, long number, string step, Reason reason, string code);

    [LoggerMessage(455, LogLevel.Error, "A request of {Person} in Slack failed")]
    public static partial void RequestFailed(ILogger logger, string person, Exception exception);

    [LoggerMessage(456, LogLevel.Warning, "Slack did not take an answer: {Reason} {Code}")]
    public static partial void AnswerNotTaken(ILogger logger, Reason reason, string code);

    [LoggerMessage(457, LogLevel.Warning, "The receipt of attempt {Attempt} could not be written")]
    public static partial void ReceiptNotWritten(ILogger logger, Guid attempt, Exception exception);
}
