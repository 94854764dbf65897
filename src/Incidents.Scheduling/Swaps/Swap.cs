using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Swaps;

/// <summary>Where a swap request stands.</summary>
internal enum SwapState
{
    /// <summary>Offered, and at least a part of it has no taker.</summary>
    Open,

    /// <summary>Every part of it is taken.</summary>
    Accepted,

    /// <summary>Everybody it was offered to declined; parts that were taken before stay taken.</summary>
    Declined,

    /// <summary>Its time ran out; parts that were taken before stay taken.</summary>
    Expired,

    /// <summary>Taken back: who was on call before is again, for all that had not begun.</summary>
    Withdrawn,
}

internal enum CounterState { Pending, Accepted, Declined, Replaced }

/// <summary>A part of the shift in <c>[From, To)</c> that somebody took over.</summary>
internal sealed record SwapCover(string Person, Instant From, Instant To);

/// <summary>A shift of somebody else's that the requester would take in return, <c>[From, To)</c>.</summary>
internal sealed record SwapExchange(string Schedule, Position Position, Instant From, Instant To);

/// <summary>What somebody proposes instead: to take <c>[From, To)</c> only, or in exchange for a shift of theirs. Numbered from 1 within the request.</summary>
internal sealed record SwapCounter(int Number, string Person, Instant From, Instant To, SwapExchange? Exchange, string? Note, CounterState State, Instant At);

/// <summary>A stretch of the request, half-open.</summary>
internal readonly record struct Stretch(Instant From, Instant To)
{
    public bool Holds(Stretch other) => From <= other.From && other.To <= To;
}

/// <summary>
/// Somebody on call in <c>[From, To)</c> asks others to take it. It is offered to <see cref="People"/>, or to anyone qualified, until
/// <see cref="ExpiresAt"/> (exclusive; never after <see cref="From"/>). Immutable: every verb makes another one.
/// </summary>
internal sealed record Swap(
    Guid Id,
    string Schedule,
    Position Position,
    string Person,
    Instant From,
    Instant To,
    string? Reason,
    bool Anyone,
    IReadOnlyList<string> People,
    Instant ExpiresAt)
{
    public SwapState State { get; init; } = SwapState.Open;
    public IReadOnlyList<string> Declined { get; init; } = [];
    public IReadOnlyList<SwapCover> Covers { get; init; } = [];
    public IReadOnlyList<SwapCounter> Counters { get; init; } = [];

    /// <summary>What nobody has taken, in order.</summary>
    public List<Stretch> Rest()
    {
        var rest = new List<Stretch>();
        var at = From;
        foreach (var cover in Covers.OrderBy(c => c.From))
        {
            if (cover.From > at)
                rest.Add(new(at, cover.From));
            at = Instant.Max(at, cover.To);
        }
        if (at < To)
            rest.Add(new(at, To));
        return rest;
    }

    /// <summary>Exchanges that were agreed.</summary>
    public IEnumerable<(SwapExchange Exchange, string With)> Exchanges => Counters.Where(c => c is { State: CounterState.Accepted, Exchange: not null }).Select(c => (c.Exchange!, c.Person));
}
