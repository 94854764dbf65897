using System.Globalization;
using Incidents.Simulator.Faults;
using Incidents.Simulator.Messages;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Vendor;

/// <summary>The vendor's Message resource: create, fetch, list.</summary>
internal static class MessagesEndpoints
{
    private const int MaxBody = 1600;

    public static void Map(IEndpointRouteBuilder vendor)
    {
        vendor.MapPost("/Messages.json", CreateAsync);
        vendor.MapGet("/Messages.json", List);
        vendor.MapGet("/Messages/{sid}.json", Fetch);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, MessageEngine engine, FaultInjector faults, MessageResource resource)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        string to = form["To"].ToString(), from = form["From"].ToString(), body = form["Body"].ToString();
        if (to.Length == 0) return VendorError.Invalid(21604, "A 'To' phone number is required.").Result();
        if (!E164.IsValid(to) || faults.Current.RejectNumbers.Contains(to, StringComparer.Ordinal))
            return VendorError.Invalid(21211, $"Invalid 'To' Phone Number: {to}").Result();
        if (from.Length == 0) return VendorError.Invalid(21603, "A 'From' phone number is required.").Result();
        if (!E164.IsValid(from)) return VendorError.Invalid(21212, $"The 'From' number {from} is not a valid phone number").Result();
        if (body.Length == 0) return VendorError.Invalid(21602, "Message body is required.").Result();
        if (body.Length > MaxBody) return VendorError.Invalid(21617, $"The concatenated message body exceeds the {MaxBody} character limit").Result();
        if (engine.OptedOut(to, from)) return VendorError.Invalid(21610, "Attempt to send to unsubscribed recipient").Result();
        if (!CallForm.TryAddress(form["StatusCallback"], out var callback))
            return VendorError.Invalid(21609, $"The 'StatusCallback' URL {form["StatusCallback"]} is not a valid URL.").Result();

        var message = engine.Send(from, to, body, callback, VendorGate.ReceivedAt(http));
        return VendorJson.Result(resource.Of(message, created: true), StatusCodes.Status201Created);
    }

    private static IResult Fetch(string sid, HttpContext http, MessageEngine engine, MessageResource resource) =>
        engine.Records.TryGet(sid, out var message) ? VendorJson.Result(resource.Of(message)) : VendorError.NotFound(http.Request.Path).Result();

    private static IResult List(HttpContext http, MessageEngine engine, MessageResource resource)
    {
        var query = new ListQuery(http.Request.Query, resource.Uri, "DateSent");
        return query.Page("messages", engine.Records, Matches, m => resource.Of(m));

        bool Matches(Message message) => query.Has("To", message.To) && query.Has("From", message.From) && query.Within(message.SentAt ?? message.CreatedAt);
    }
}

/// <summary>The vendor's JSON of a message.</summary>
internal sealed class MessageResource(IOptions<SimulatorOptions> options)
{
    public string Uri => $"/2010-04-01/Accounts/{options.Value.AccountSid}/Messages.json";

    /// <param name="message">The message.</param>
    /// <param name="created">The answer to its creation, which always says queued.</param>
    public Dictionary<string, object?> Of(Message message, bool created = false) => new(StringComparer.Ordinal)
    {
        ["sid"] = message.Sid,
        ["account_sid"] = options.Value.AccountSid,
        ["messaging_service_sid"] = null,
        ["to"] = message.To,
        ["from"] = message.From,
        ["body"] = message.Body,
        ["status"] = created ? "queued" : message.WireStatus,
        ["direction"] = message.Direction,
        ["num_segments"] = message.Segments.ToString(CultureInfo.InvariantCulture),
        ["num_media"] = "0",
        ["date_created"] = VendorTime.Format(message.CreatedAt),
        ["date_updated"] = VendorTime.Format(message.UpdatedAt),
        ["date_sent"] = created ? null : VendorTime.Format(message.SentAt),
        ["error_code"] = message.ErrorCode,
        ["error_message"] = message.ErrorCode is 30003 ? "Unreachable destination handset" : null,
        ["price"] = null,
        ["price_unit"] = "USD",
        ["api_version"] = "2010-04-01",
        ["uri"] = Uri.Replace("Messages.json", $"Messages/{message.Sid}.json", StringComparison.Ordinal),
    };
}
