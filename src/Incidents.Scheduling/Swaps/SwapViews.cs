using System.Text.Json.Serialization;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Swaps;

/// <summary>What a request is made of. Either <c>people</c> or <c>anyone</c> in <see cref="OfferTo"/>.</summary>
internal sealed record SwapRequest(string? Person, Instant? From, Instant? To, Position? Position, SwapOffer? OfferTo, string? Reason, Instant? ExpiresAt);

internal sealed record SwapOffer(IReadOnlyList<string>? People, bool Anyone = false);

/// <summary>A part to take; both null: all that is left. <see cref="As"/>: for whom an admin answers.</summary>
internal sealed record SwapPart(Instant? From, Instant? To, string? As);

internal sealed record SwapActing(string? As);

/// <summary>A part, an exchange, or both.</summary>
internal sealed record CounterRequest(Instant? From, Instant? To, ExchangeRequest? Exchange, string? Note, string? As);

/// <summary>A shift of the one who makes the offer. <see cref="Schedule"/> null: the same; <see cref="Position"/> null: primary.</summary>
internal sealed record ExchangeRequest(string? Schedule, Position? Position, Instant? From, Instant? To);

internal sealed record StretchView(Instant From, Instant To);

internal sealed record CoverView(string Person, Instant From, Instant To);

internal sealed record CounterView(int Number, string Person, Instant From, Instant To, SwapExchange? Exchange, string? Note, CounterState State, Instant At);

/// <summary>A swap request. <see cref="Open"/>: what nobody has taken; <see cref="Status"/> is <c>expired</c> from its time on.</summary>
internal sealed record SwapView(
    Guid Id,
    long Number,
    string Schedule,
    Position Position,
    string Person,
    Instant From,
    Instant To,
    string? Reason,
    [property: JsonPropertyName("status")] SwapState Status,
    SwapOffer OfferTo,
    IReadOnlyList<string> Declined,
    IReadOnlyList<CoverView> Covers,
    IReadOnlyList<StretchView> Open,
    IReadOnlyList<CounterView> Counters,
    Instant ExpiresAt,
    Instant CreatedAt,
    string CreatedBy,
    Instant? SettledAt)
{
    public static SwapView Of(SwapRow row, Instant now)
    {
        var swap = row.Read();
        return new(
            row.Id, row.Number, row.Schedule, row.Position, row.Person, row.FromAt, row.ToAt, row.Reason,
            swap.State == SwapState.Open && now >= swap.ExpiresAt ? SwapState.Expired : swap.State,
            new SwapOffer(swap.People, swap.Anyone), swap.Declined,
            [.. swap.Covers.Select(c => new CoverView(c.Person, c.From, c.To))],
            swap.State is SwapState.Withdrawn ? [] : [.. swap.Rest().Select(r => new StretchView(r.From, r.To))],
            [.. swap.Counters.Select(c => new CounterView(c.Number, c.Person, c.From, c.To, c.Exchange, c.Note, c.State, c.At))],
            row.ExpiresAt, row.CreatedAt, row.CreatedBy, row.SettledAt);
    }
}

internal sealed record SwapList(IReadOnlyList<SwapView> Items, string? NextCursor);
