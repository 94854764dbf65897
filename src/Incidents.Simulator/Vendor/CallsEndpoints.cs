using System.Globalization;
using Incidents.Simulator.Calls;
using Incidents.Simulator.Faults;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Vendor;

/// <summary>The vendor's Call resource: create, fetch, list, and cancel or hang up.</summary>
internal static class CallsEndpoints
{
    public static void Map(IEndpointRouteBuilder vendor)
    {
        vendor.MapPost("/Calls.json", CreateAsync);
        vendor.MapGet("/Calls.json", List);
        vendor.MapGet("/Calls/{sid}.json", Fetch);
        vendor.MapPost("/Calls/{sid}.json", UpdateAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, CallEngine engine, FaultInjector faults, CallResource resource)
    {
        if (!http.Request.HasFormContentType) return VendorError.Invalid(21201, "No 'To' number is specified").Result();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (request, error) = CallForm.Read(form, faults.Current.RejectNumbers);
        if (error is not null) return error.Result();
        if (engine.Full) return VendorError.TooMany.Result();
        var call = engine.Place(request!, VendorGate.ReceivedAt(http));
        return VendorJson.Result(resource.Of(call, created: true), StatusCodes.Status201Created);
    }

    private static IResult Fetch(string sid, HttpContext http, CallEngine engine, CallResource resource) =>
        engine.Records.TryGet(sid, out var call) ? VendorJson.Result(resource.Of(call)) : VendorError.NotFound(http.Request.Path).Result();

    private static IResult List(HttpContext http, CallEngine engine, CallResource resource)
    {
        var query = new ListQuery(http.Request.Query, resource.Uri, "StartTime");
        return query.Page("calls", engine.Records, Matches, c => resource.Of(c));

        bool Matches(Call call) => query.Has("To", call.Request.To)
            && query.Has("From", call.Request.From)
            && query.Has("Status", call.Status.Wire())
            && query.Within(call.ReachedAt(CallStatus.Initiated) ?? call.ReceivedAt);
    }

    private static async Task<IResult> UpdateAsync(string sid, HttpContext http, CallEngine engine, CallResource resource)
    {
        if (!engine.Records.TryGet(sid, out var call)) return VendorError.NotFound(http.Request.Path).Result();
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        if (call.Status.IsFinal()) return VendorError.Invalid(21220, "Call is not in-progress. Cannot redirect.").Result();
        switch (form["Status"].ToString())
        {
            case "canceled":
                engine.Cancel(call); // leaves an answered call as it is, as at the vendor
                break;
            case "completed":
                if (!engine.Cancel(call)) engine.HangUp(call);
                break;
            default:
                return VendorError.Invalid(21218, "Status must be 'canceled' or 'completed'").Result();
        }
        return VendorJson.Result(resource.Of(call));
    }
}

/// <summary>The vendor's JSON of a call.</summary>
internal sealed class CallResource(IOptions<SimulatorOptions> options, TimeProvider time)
{
    public string Uri => $"/2010-04-01/Accounts/{options.Value.AccountSid}/Calls.json";

    /// <param name="call">The call.</param>
    /// <param name="created">The answer to its creation, which always says queued.</param>
    public Dictionary<string, object?> Of(Call call, bool created = false)
    {
        var status = created ? CallStatus.Queued : call.Status;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sid"] = call.Sid,
            ["account_sid"] = options.Value.AccountSid,
            ["parent_call_sid"] = null,
            ["to"] = call.Request.To,
            ["to_formatted"] = call.Request.To,
            ["from"] = call.Request.From,
            ["from_formatted"] = call.Request.From,
            ["phone_number_sid"] = null,
            ["status"] = status.Wire(),
            ["direction"] = call.Request.Inbound ? "inbound" : "outbound-api",
            ["answered_by"] = created ? null : call.AnsweredBy,
            ["date_created"] = VendorTime.Format(call.ReceivedAt),
            ["date_updated"] = VendorTime.Format(call.UpdatedAt),
            ["start_time"] = created ? null : VendorTime.Format(call.ReachedAt(CallStatus.Initiated)),
            ["end_time"] = created ? null : VendorTime.Format(call.EndedAt),
            ["duration"] = status.IsFinal() ? call.DurationSeconds(time.GetUtcNow()).ToString(CultureInfo.InvariantCulture) : null,
            ["price"] = null,
            ["price_unit"] = "USD",
            ["api_version"] = "2010-04-01",
            ["annotation"] = null,
            ["caller_name"] = null,
            ["forwarded_from"] = null,
            ["group_sid"] = null,
            ["queue_time"] = "0",
            ["trunk_sid"] = null,
            ["uri"] = Uri.Replace("Calls.json", $"Calls/{call.Sid}.json", StringComparison.Ordinal),
        };
    }
}
