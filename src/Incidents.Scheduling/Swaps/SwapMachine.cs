using Incidents.Kernel;
using NodaTime;

namespace Incidents.Scheduling.Swaps;

/// <summary>What somebody, or time, does to a swap request.</summary>
internal abstract record SwapVerb
{
    /// <summary>Takes what is left, or only <paramref name="Part"/>. <paramref name="Qualified"/>: may take what is offered to anyone.</summary>
    public sealed record Accept(string By, bool Qualified, Stretch? Part = null) : SwapVerb;

    public sealed record Decline(string By, bool Qualified) : SwapVerb;

    /// <summary>Offers to take <paramref name="Part"/> (null: what is left), in <paramref name="Exchange"/> for a shift of their own when given.</summary>
    public sealed record Counter(string By, bool Qualified, Stretch? Part, SwapExchange? Exchange, string? Note) : SwapVerb;

    public sealed record AcceptCounter(int Number) : SwapVerb;

    public sealed record DeclineCounter(int Number) : SwapVerb;

    public sealed record Withdraw : SwapVerb;

    public sealed record Lapse : SwapVerb;
}

/// <summary>
/// What is to be done. <paramref name="Changed"/> false: it is so already. <paramref name="Added"/>: parts to write as overrides, with
/// <paramref name="Exchange"/> the other way round. <paramref name="TakeBack"/>: what has not begun of its overrides goes.
/// </summary>
internal sealed record SwapDecision(Swap Swap, bool Changed, IReadOnlyList<SwapCover> Added, (SwapExchange Shift, string With)? Exchange = null, bool TakeBack = false);

/// <summary>Decides every verb in every state. Pure; rights and the schedule itself are looked at by who asks.</summary>
internal static class SwapMachine
{
    public static Result<SwapDecision> Decide(Swap swap, SwapVerb verb, Instant now) => verb switch
    {
        SwapVerb.Accept v => Accept(swap, v, now),
        SwapVerb.Decline v => Decline(swap, v, now),
        SwapVerb.Counter v => Counter(swap, v, now),
        SwapVerb.AcceptCounter v => AcceptCounter(swap, v.Number, now),
        SwapVerb.DeclineCounter v => DeclineCounter(swap, v.Number, now),
        SwapVerb.Withdraw => Withdraw(swap, now),
        SwapVerb.Lapse => Lapse(swap, now),
        _ => throw new InvalidOperationException($"{verb.GetType().Name} is no verb of a swap request."),
    };

    private static Result<SwapDecision> Accept(Swap swap, SwapVerb.Accept verb, Instant now)
    {
        if (swap.State == SwapState.Accepted && swap.Covers.Any(c => c.Person == verb.By && (verb.Part is not { } again || new Stretch(c.From, c.To).Holds(again))))
            return Unchanged(swap);
        if (Closed(swap, now) is { } closed)
            return closed;
        if (MayAnswer(swap, verb.By, verb.Qualified) is { } refused)
            return refused;
        var part = Part(swap, verb.Part, now);
        return part.Error is { } wrong ? wrong : Take(swap, verb.By, part.Value);
    }

    private static Result<SwapDecision> Decline(Swap swap, SwapVerb.Decline verb, Instant now)
    {
        if (swap.Declined.Contains(verb.By, StringComparer.Ordinal))
            return Unchanged(swap);
        if (Closed(swap, now) is { } closed)
            return closed;
        if (MayAnswer(swap, verb.By, verb.Qualified) is { } refused)
            return refused;
        if (swap.Covers.Any(c => c.Person == verb.By))
            return Error.Conflict("swap-taken", "You have taken a part of it already: only the one who asked can take that back.");
        var declined = swap with
        {
            Declined = [.. swap.Declined, verb.By],
            Counters = [.. swap.Counters.Select(c => c.Person == verb.By && c.State == CounterState.Pending ? c with { State = CounterState.Replaced } : c)],
        };
        return Changed(AllDeclined(declined) ? declined with { State = SwapState.Declined } : declined);
    }

    private static Result<SwapDecision> Counter(Swap swap, SwapVerb.Counter verb, Instant now)
    {
        if (Closed(swap, now) is { } closed)
            return closed;
        if (MayAnswer(swap, verb.By, verb.Qualified) is { } refused)
            return refused;
        if (verb.Part is null && verb.Exchange is null)
            return Error.Invalid("from", "A counter-offer takes a part (from and to) or asks for an exchange; to take the whole, accept it.");
        if (verb.Exchange is { } exchange && exchange.From <= now)
            return Error.Invalid("exchange.from", "Choose a shift that has not begun.");
        var part = Part(swap, verb.Part, now);
        if (part.Error is { } wrong)
            return wrong;
        if (part.Value.Count != 1)
            return Error.Invalid("from", "What is left is in several parts: name the one that you would take.");
        var former = swap.Counters.Select(c => c.Person == verb.By && c.State == CounterState.Pending ? c with { State = CounterState.Replaced } : c);
        return Changed(swap with
        {
            Counters = [.. former, new SwapCounter(swap.Counters.Count + 1, verb.By, part.Value[0].From, part.Value[0].To, verb.Exchange, verb.Note, CounterState.Pending, now)],
        });
    }

    private static Result<SwapDecision> AcceptCounter(Swap swap, int number, Instant now)
    {
        if (swap.Counters.FirstOrDefault(c => c.Number == number) is not { } counter)
            return NoCounter(number);
        if (counter.State == CounterState.Accepted)
            return Unchanged(swap);
        if (Closed(swap, now) is { } closed)
            return closed;
        if (counter.State != CounterState.Pending)
            return NotPending(counter);
        if (counter.Exchange is { } exchange && exchange.From <= now)
            return Error.Conflict("exchange-begun", "The shift that was offered in exchange has begun.");
        var part = Part(swap, new Stretch(counter.From, counter.To), now);
        if (part.Error is { } wrong)
            return wrong;
        var agreed = swap with { Counters = [.. swap.Counters.Select(c => c.Number == number ? c with { State = CounterState.Accepted } : c)] };
        var decision = Take(agreed, counter.Person, part.Value);
        return decision.IsOk && counter.Exchange is { } shift ? decision.Value with { Exchange = (shift, counter.Person) } : decision;
    }

    private static Result<SwapDecision> DeclineCounter(Swap swap, int number, Instant now)
    {
        if (swap.Counters.FirstOrDefault(c => c.Number == number) is not { } counter)
            return NoCounter(number);
        if (counter.State == CounterState.Declined)
            return Unchanged(swap);
        if (Closed(swap, now) is { } closed)
            return closed;
        return counter.State == CounterState.Pending
            ? Changed(swap with { Counters = [.. swap.Counters.Select(c => c.Number == number ? c with { State = CounterState.Declined } : c)] })
            : NotPending(counter);
    }

    /// <summary>What was worked stays; an exchange of which a part was worked stands as a whole, or one side would have worked for nothing.</summary>
    private static Result<SwapDecision> Withdraw(Swap swap, Instant now)
    {
        if (swap.State == SwapState.Withdrawn)
            return Unchanged(swap);
        if (swap.State != SwapState.Open && !swap.Covers.Any(c => c.To > now))
            return Error.Conflict("swap-over", swap.Covers.Count > 0 ? "It is over: what was worked stays." : $"The request is {Word(swap.State)} already.");
        if (swap.Exchanges.Any() && (swap.Covers.Any(c => c.From <= now) || swap.Exchanges.Any(e => e.Exchange.From <= now)))
            return Error.Conflict("swap-begun", "An exchange of which one side has begun stands: ask for a new swap of what is left.");
        var left = swap with
        {
            State = SwapState.Withdrawn,
            Covers = [.. swap.Covers.Where(c => c.From < now).Select(c => c with { To = Instant.Min(c.To, now) })],
        };
        return new SwapDecision(left, true, [], TakeBack: swap.Covers.Any(c => c.To > now) || swap.Exchanges.Any());
    }

    private static Result<SwapDecision> Lapse(Swap swap, Instant now)
        => swap.State == SwapState.Open && now >= swap.ExpiresAt ? Changed(swap with { State = SwapState.Expired }) : Unchanged(swap);

    private static Result<SwapDecision> Take(Swap swap, string by, List<Stretch> parts)
    {
        var added = parts.Select(p => new SwapCover(by, p.From, p.To)).ToList();
        var taken = swap with
        {
            Covers = [.. swap.Covers.Concat(added).OrderBy(c => c.From)],
            Declined = [.. swap.Declined.Where(d => d != by)],
        };
        return new SwapDecision(taken.Rest().Count == 0 ? taken with { State = SwapState.Accepted } : taken, true, added);
    }

    /// <summary>What is to be taken: the asked part when all of it is free, else everything that is left.</summary>
    private static Result<List<Stretch>> Part(Swap swap, Stretch? asked, Instant now)
    {
        var rest = swap.Rest();
        if (asked is not { } part)
            return rest;
        if (part.To <= part.From)
            return Error.Invalid("to", "Choose an instant after 'from'.");
        if (!new Stretch(swap.From, swap.To).Holds(part))
            return Error.Invalid("from", $"Choose a part of {swap.From} to {swap.To}.");
        if (part.From < now)
            return Error.Invalid("from", "The past does not change: choose a part that has not begun.");
        if (rest.Exists(r => r.Holds(part)))
            return new List<Stretch> { part };
        return Taken(swap, part);
    }

    private static Error Taken(Swap swap, Stretch part)
    {
        var others = swap.Covers.Where(c => c.From < part.To && part.From < c.To).Select(c => c.Person).Distinct(StringComparer.Ordinal);
        return Error.Conflict("swap-taken", $"{string.Join(" and ", others)} took it, or a part of it, before you.");
    }

    /// <summary>Null: it is open.</summary>
    private static Error? Closed(Swap swap, Instant now) => swap.State switch
    {
        SwapState.Open when now < swap.ExpiresAt => null,
        SwapState.Open or SwapState.Expired => Error.Conflict("swap-expired", $"The request expired at {swap.ExpiresAt}."),
        SwapState.Accepted => Error.Conflict("swap-taken", $"{string.Join(" and ", swap.Covers.Select(c => c.Person).Distinct(StringComparer.Ordinal))} took it before you."),
        _ => Error.Conflict("swap-closed", $"The request is {Word(swap.State)}."),
    };

    private static Error? MayAnswer(Swap swap, string by, bool qualified)
    {
        if (by == swap.Person)
            return Error.Conflict("own-shift", "It is your own shift: withdraw the request to keep it.");
        if (swap.People.Contains(by, StringComparer.Ordinal) || (swap.Anyone && qualified))
            return null;
        return Error.Forbidden(swap.Anyone ? $"'{by}' is not qualified for '{swap.Schedule}'." : $"It was not offered to '{by}'.");
    }

    private static bool AllDeclined(Swap swap)
        => !swap.Anyone && swap.People.All(p => swap.Declined.Contains(p, StringComparer.Ordinal) || swap.Covers.Any(c => c.Person == p));

    private static Error NoCounter(int number) => Error.NotFound($"There is no counter-offer {number} of this request.");

    private static Error NotPending(SwapCounter counter)
        => Error.Conflict("counter-closed", counter.State == CounterState.Declined ? "The counter-offer was declined." : $"{counter.Person} has taken the counter-offer back.");

    private static Result<SwapDecision> Changed(Swap swap) => new SwapDecision(swap, true, []);

    private static Result<SwapDecision> Unchanged(Swap swap) => new SwapDecision(swap, false, []);

    private static string Word(SwapState state) => state.ToString().ToLowerInvariant();
}
