using Incidents.Simulator.Calls;
using Incidents.Simulator.Messages;
using Incidents.Simulator.Phones;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Api;

/// <summary>The state of a phone as the page draws it.</summary>
internal sealed class PhoneView(IOptions<SimulatorOptions> options, Handsets handsets, TimeProvider time)
{
    /// <summary>How many numbers without a person are shown.</summary>
    private const int MaxStrangers = 12;

    private long _revision;

    /// <summary>Everybody's phone, then the numbers used lately that belong to nobody; and which these are.</summary>
    public async Task<(object View, HashSet<string> Shown)> AllAsync(CancellationToken cancellationToken)
    {
        var book = await handsets.BookAsync(cancellationToken);
        var shown = book.Select(p => p.Number).ToHashSet(StringComparer.Ordinal);
        var strangers = handsets.Used.Where(p => !shown.Contains(p.Number)).Take(MaxStrangers).Select(p => p.Number).ToList();
        shown.UnionWith(strangers);
        var phones = book.Select(p => Of(p.Number, p)).Concat(strangers.Select(number => Of(number, null)));
        return (new { now = time.GetUtcNow(), caller = options.Value.CallerName, phones }, shown);
    }

    /// <summary>Whether a page that shows these phones is to show this one; a newcomer is added while there is room.</summary>
    public async ValueTask<bool> ShowsAsync(string number, HashSet<string> shown, CancellationToken cancellationToken)
    {
        if (shown.Contains(number)) return true;
        var book = await handsets.BookAsync(cancellationToken);
        return (shown.Count < book.Count + MaxStrangers || book.Any(p => string.Equals(p.Number, number, StringComparison.Ordinal))) && shown.Add(number);
    }

    public async Task<object> OneAsync(string number, CancellationToken cancellationToken)
    {
        var book = await handsets.BookAsync(cancellationToken);
        return Of(number, book.FirstOrDefault(p => string.Equals(p.Number, number, StringComparison.Ordinal)));
    }

    private object Of(string number, SimulatedPhone? person)
    {
        var revision = Interlocked.Increment(ref _revision); // before the state is read: a higher one is never older
        var phone = handsets.Find(number);
        var call = phone?.Current;
        var ringing = phone?.RingingCount ?? 0;
        return new
        {
            revision,
            number,
            login = person?.Login,
            name = person?.Name,
            state = call is null ? "idle" : call.Status == CallStatus.InProgress ? "talking" : "ringing",
            waiting = call?.Status == CallStatus.Ringing ? ringing - 1 : ringing,
            missed = phone?.Missed ?? 0,
            call = call is null ? null : Live(call),
            past = phone?.Past.Select(Item) ?? [],
        };
    }

    private object Live(Call call) => new
    {
        sid = call.Sid,
        from = call.Request.Inbound ? call.Request.To : call.Request.From,
        mine = call.Request.Inbound,
        ringingAt = call.ReachedAt(CallStatus.Ringing),
        answeredAt = call.ReachedAt(CallStatus.InProgress),
        now = time.GetUtcNow(),
        listening = call.Listening,
        keys = string.Concat(call.Keys.Select(k => k.Key)),
        said = call.Said.Select(l => new { kind = l.Kind, text = l.Text, language = l.Language }),
    };

    private static object Item(object item) => item switch
    {
        Call call => new
        {
            id = call.Sid,
            kind = "call",
            mine = call.Request.Inbound,
            at = call.ReceivedAt,
            outcome = call.ReachedAt(CallStatus.InProgress) is not null ? "answered" : call.Declined ? "declined" : call.Status == CallStatus.Canceled ? "canceled" : "missed",
            seconds = call.DurationSeconds(call.UpdatedAt),
            keys = string.Concat(call.Keys.Select(k => k.Key)),
            said = call.Said.Where(l => l.Kind is "say").Select(l => l.Text).FirstOrDefault(),
        },
        Message message => new
        {
            id = message.Sid,
            kind = "text",
            at = message.CreatedAt,
            mine = message.Inbound,
            text = message.Body,
            failed = message.Inbound && message.ErrorCode is not null,
        },
        _ => throw new ArgumentException("Phones remember calls and texts.", nameof(item)),
    };
}
