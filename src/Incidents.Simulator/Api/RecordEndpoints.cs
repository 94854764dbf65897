using System.Globalization;
using Incidents.Simulator.Calls;
using Incidents.Simulator.Messages;

namespace Incidents.Simulator.Api;

/// <summary>What really happened, with what the vendor's own lists leave out: addresses, keys, words, microseconds.</summary>
internal static class RecordEndpoints
{
    private const int DefaultLimit = 1_000;
    private const int MaxLimit = 10_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/calls", Calls);
        api.MapGet("/calls/{sid}", Call);
        api.MapGet("/messages", Messages);
        api.MapGet("/stats", (Counters counters, CallEngine calls, MessageEngine messages) => Json.Result(counters.Snapshot(calls.Records.Live, messages.Records.Live)));
    }

    /// <summary>Newest first. <c>to</c>, <c>from</c>, <c>status</c>, <c>url</c> (a part of the address), <c>since</c> (inclusive), <c>limit</c>.</summary>
    private static IResult Calls(CallEngine engine, string? to, string? from, string? status, string? url, string? since, int? limit)
    {
        if (!TrySince(since, out var start)) return Json.Invalid("since", "must be an instant such as 2026-11-21T22:31:00Z");
        var found = engine.Records.Newest(Matches, 0, Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit));
        return Json.Result(new { items = found.ConvertAll(Of) });

        bool Matches(Call call) => call.ReceivedAt >= start
            && (string.IsNullOrEmpty(to) || SameNumber(to, call.Request.To))
            && (string.IsNullOrEmpty(from) || SameNumber(from, call.Request.From))
            && (string.IsNullOrEmpty(status) || string.Equals(status, call.Status.Wire(), StringComparison.Ordinal))
            && (string.IsNullOrEmpty(url) || call.Request.Url?.AbsoluteUri.Contains(url, StringComparison.Ordinal) == true);
    }

    private static IResult Call(string sid, CallEngine engine) => engine.Records.TryGet(sid, out var call) ? Json.Result(Of(call)) : Results.NotFound();

    /// <summary>Newest first. <c>to</c>, <c>from</c>, <c>since</c> (inclusive), <c>limit</c>.</summary>
    private static IResult Messages(MessageEngine engine, string? to, string? from, string? since, int? limit)
    {
        if (!TrySince(since, out var start)) return Json.Invalid("since", "must be an instant such as 2026-11-21T22:31:00Z");
        var found = engine.Records.Newest(Matches, 0, Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit));
        return Json.Result(new { items = found.ConvertAll(Of) });

        bool Matches(Message message) => message.CreatedAt >= start
            && (string.IsNullOrEmpty(to) || SameNumber(to, message.To))
            && (string.IsNullOrEmpty(from) || SameNumber(from, message.From));
    }

    private static object Of(Call call) => new
    {
        sid = call.Sid,
        to = call.Request.To,
        from = call.Request.From,
        status = call.Status.Wire(),
        url = call.Request.Url?.AbsoluteUri,
        statusCallback = call.Request.StatusCallback?.AbsoluteUri,
        receivedAt = call.ReceivedAt,
        initiatedAt = call.ReachedAt(CallStatus.Initiated),
        ringingAt = call.ReachedAt(CallStatus.Ringing),
        answeredAt = call.ReachedAt(CallStatus.InProgress),
        endedAt = call.EndedAt,
        direction = call.Request.Inbound ? "inbound" : "outbound-api",
        answeredBy = call.AnsweredBy,
        listening = call.Listening,
        digits = string.Concat(call.Keys.Select(k => k.Key)),
        keys = call.Keys.Select(k => new { at = k.At, key = k.Key }),
        said = call.Said.Select(l => new { at = l.At, kind = l.Kind, text = l.Text, voice = l.Voice, language = l.Language }),
        error = call.Error,
    };

    private static object Of(Message message) => new
    {
        sid = message.Sid,
        direction = message.Direction,
        from = message.From,
        to = message.To,
        body = message.Body,
        status = message.WireStatus,
        statusCallback = message.StatusCallback?.AbsoluteUri,
        receivedAt = message.CreatedAt,
        sentAt = message.SentAt,
        deliveredAt = message.DeliveredAt,
        errorCode = message.ErrorCode,
    };

    /// <summary>A plus sign left bare in a query arrives as a space.</summary>
    private static bool SameNumber(string asked, string number) => string.Equals(asked.Trim().TrimStart('+'), number[1..], StringComparison.Ordinal);

    private static bool TrySince(string? text, out DateTimeOffset since)
    {
        since = DateTimeOffset.MinValue;
        return string.IsNullOrEmpty(text) || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since);
    }
}
