using Incidents.Paging.Model;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging;

internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Warning, "Looking for attempts to send failed; it is tried again")]
    public static partial void LookFailed(ILogger logger, Exception exception);

    [LoggerMessage(401, LogLevel.Error, "{Count} outcomes could not be written; their leases lapse and the vendor is asked")]
    public static partial void OutcomesNotWritten(ILogger logger, int count, Exception exception);

    [LoggerMessage(402, LogLevel.Warning, "Attempt {Attempt} for {Person} on incident {Number}: {Reason}; tried again in {Seconds} s")]
    public static partial void Deferred(ILogger logger, Guid attempt, string person, long number, Reason reason, double seconds);

    [LoggerMessage(403, LogLevel.Error, "Attempt {Attempt} for {Person} on incident {Number} failed for good: {Reason}")]
    public static partial void Failed(ILogger logger, Guid attempt, string person, long number, Reason reason);

    [LoggerMessage(404, LogLevel.Warning, "Attempt {Attempt} for {Person} on incident {Number} has lost its process; the vendor has it: {Found}")]
    public static partial void LeaseLapsed(ILogger logger, Guid attempt, string person, long number, bool found);

    [LoggerMessage(405, LogLevel.Warning, "A callback to {Path} was refused: its signature is wrong. Is PublicUrl the address that the vendor uses?")]
    public static partial void BadSignature(ILogger logger, string path);

    [LoggerMessage(406, LogLevel.Error, "A callback to {Path} could not be carried out")]
    public static partial void CallbackFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(407, LogLevel.Error, "{Person} could not {Verb} incident {Number} by {Via}")]
    public static partial void ActionFailed(ILogger logger, string person, string verb, long number, string via, Exception exception);

    [LoggerMessage(408, LogLevel.Warning, "Cancelling {VendorId} at the vendor failed; it is tried again")]
    public static partial void CancelFailed(ILogger logger, string vendorId);

    [LoggerMessage(409, LogLevel.Error, "Attempt {Attempt} could not be sent; its lease lapses and it is tried again")]
    public static partial void SendFailed(ILogger logger, Guid attempt, Exception exception);

    [LoggerMessage(410, LogLevel.Information, "A new key for links was made and kept in {Path}")]
    public static partial void LinkKeyMade(ILogger logger, string path);

    [LoggerMessage(411, LogLevel.Warning, "A message came from a number that is nobody's")]
    public static partial void UnknownSender(ILogger logger);

    [LoggerMessage(412, LogLevel.Warning, "Looking for notices to send failed; it is tried again")]
    public static partial void NoticeLookFailed(ILogger logger, Exception exception);

    [LoggerMessage(413, LogLevel.Error, "Notice {Notice} could not be sent; its lease lapses and it is tried again")]
    public static partial void NoticeSendFailed(ILogger logger, Guid notice, Exception exception);

    [LoggerMessage(414, LogLevel.Warning, "Notice {Kind} for {Person} failed for good: {Reason}")]
    public static partial void NoticeFailed(ILogger logger, string kind, string person, Reason reason);

    [LoggerMessage(420, LogLevel.Warning, "A call came in from a number that is nobody's")]
    public static partial void UnknownCaller(ILogger logger);

    [LoggerMessage(421, LogLevel.Warning, "Whether {Person}'s number has opted out of texts could not be read or written; the vendor decides")]
    public static partial void UnsubscribedUnknown(ILogger logger, string person, Exception exception);

    [LoggerMessage(415, LogLevel.Warning, "Vendor {Vendor} failed or was too slow so often in a row that it is left alone; other vendors are used where there are any")]
    public static partial void VendorLeftAlone(ILogger logger, string vendor);

    [LoggerMessage(416, LogLevel.Information, "Vendor {Vendor} still fails; it is left alone for longer")]
    public static partial void VendorStillOut(ILogger logger, string vendor);

    [LoggerMessage(417, LogLevel.Information, "Vendor {Vendor} is back")]
    public static partial void VendorBack(ILogger logger, string vendor);

    [LoggerMessage(418, LogLevel.Warning, "Attempt {Attempt} for {Person} on incident {Number} goes from {From} to {To}: {Reason}")]
    public static partial void FailedOver(ILogger logger, Guid attempt, string person, long number, string from, string to, Reason reason);

    [LoggerMessage(419, LogLevel.Warning, "Attempt {Attempt} for {Person} on incident {Number} was taken by two vendors: {Vendor} answered second")]
    public static partial void TakenTwice(ILogger logger, Guid attempt, string person, long number, string vendor);

    [LoggerMessage(423, LogLevel.Warning, "The late answer of a slow vendor could not be written down")]
    public static partial void LateAnswerLost(ILogger logger, Exception exception);

    [LoggerMessage(424, LogLevel.Warning, "Looking at the cost of the month failed; it is tried again")]
    public static partial void UsageLookFailed(ILogger logger, Exception exception);

    [LoggerMessage(425, LogLevel.Warning, "The calls and messages of {Month} have reached {Level} % of their cap")]
    public static partial void CapReached(ILogger logger, string month, int level);

    [LoggerMessage(440, LogLevel.Warning, "Mail of attempt {Attempt}: the server refused at {Stage} with {Code} {Status}")]
    public static partial void MailRefused(ILogger logger, Guid attempt, Channels.Email.SmtpStage stage, int code, string status);

    [LoggerMessage(441, LogLevel.Warning, "Mail of attempt {Attempt} could not be handed to {Host}:{Port}: {Problem}")]
    public static partial void MailFailed(ILogger logger, Guid attempt, string host, int port, string problem);

    [LoggerMessage(442, LogLevel.Warning, "Events could not be turned into webhook deliveries; it is tried again")]
    public static partial void WebhookFeedFailed(ILogger logger, Exception exception);

    [LoggerMessage(443, LogLevel.Warning, "Webhook deliveries could not be looked after; it is tried again")]
    public static partial void WebhookLookFailed(ILogger logger, Exception exception);

    [LoggerMessage(444, LogLevel.Warning, "Webhook {Webhook}: delivery {Delivery} failed for the {Try}. time: {Error} {Status}")]
    public static partial void WebhookFailed(ILogger logger, string webhook, Guid delivery, int @try, Webhooks.DeliveryError error, int status);

    [LoggerMessage(445, LogLevel.Error, "Webhook {Webhook} is disabled: {Reason}")]
    public static partial void WebhookDisabled(ILogger logger, string webhook, string reason);
}
