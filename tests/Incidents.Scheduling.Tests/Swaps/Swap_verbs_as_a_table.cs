using Incidents.Scheduling.Swaps;

namespace Incidents.Scheduling.Tests.Swaps;

/// <summary>Every verb in every state, and what a lead would expect of it.</summary>
public class Swap_verbs_as_a_table
{
    private static readonly Instant Now = Given.At("2026-03-02T09:00Z");
    private static readonly Instant From = Given.At("2026-03-10T09:00Z");
    private static readonly Instant To = Given.At("2026-03-11T09:00Z");
    private static readonly Instant Noon = Given.At("2026-03-10T21:00Z");

    private static Swap Request => new(Guid.Empty, "payments", Position.Primary, "ana", From, To, null, Anyone: false, ["bruno", "carla"], From);

    private static Swap In(SwapState state) => state switch
    {
        SwapState.Accepted => Request with { State = state, Covers = [new("bruno", From, To)], Counters = [Offer(CounterState.Replaced)] },
        SwapState.Declined => Request with { State = state, Declined = ["bruno", "carla"], Counters = [Offer(CounterState.Replaced)] },
        _ => Request with { State = state, Counters = [Offer(CounterState.Pending)] },
    };

    private static SwapCounter Offer(CounterState state) => new(1, "carla", From, Noon, null, null, state, Now);

    private static SwapVerb Verb(string name) => name switch
    {
        "accept" => new SwapVerb.Accept("carla", false),
        "accept part" => new SwapVerb.Accept("carla", false, new(From, Noon)),
        "accept again" => new SwapVerb.Accept("bruno", false),
        "accept by stranger" => new SwapVerb.Accept("dora", true),
        "accept own" => new SwapVerb.Accept("ana", true),
        "decline" => new SwapVerb.Decline("carla", false),
        "counter" => new SwapVerb.Counter("bruno", false, new(From, Noon), null, null),
        "accept counter" => new SwapVerb.AcceptCounter(1),
        "decline counter" => new SwapVerb.DeclineCounter(1),
        "withdraw" => new SwapVerb.Withdraw(),
        _ => new SwapVerb.Lapse(),
    };

    public static TheoryData<string, string> Table { get; } = new()
    {
        //                     open         accepted          declined     expired       withdrawn
        { "accept",            "accepted    swap-taken        swap-closed  swap-expired  swap-closed" },
        { "accept part",       "open        swap-taken        swap-closed  swap-expired  swap-closed" },
        { "accept again",      "accepted    =                 swap-closed  swap-expired  swap-closed" },
        { "accept by stranger", "forbidden  swap-taken        swap-closed  swap-expired  swap-closed" },
        { "accept own",        "own-shift   swap-taken        swap-closed  swap-expired  swap-closed" },
        { "decline",           "open        swap-taken        =            swap-expired  swap-closed" },
        { "counter",           "open        swap-taken        swap-closed  swap-expired  swap-closed" },
        { "accept counter",    "open        swap-taken        swap-closed  swap-expired  swap-closed" },
        { "decline counter",   "open        swap-taken        swap-closed  swap-expired  swap-closed" },
        { "withdraw",          "withdrawn   withdrawn         swap-over    swap-over     =" },
        { "lapse",             "=           =                 =            =             =" },
    };

    [Theory, MemberData(nameof(Table))]
    public void decides(string verb, string outcomes)
    {
        var told = Enum.GetValues<SwapState>().Select(state =>
        {
            var result = SwapMachine.Decide(In(state), Verb(verb), Now);
            return result.Error?.Code ?? (result.Value.Changed ? result.Value.Swap.State.ToString().ToLowerInvariant() : "=");
        });

        Assert.Equal(outcomes.Split(' ', StringSplitOptions.RemoveEmptyEntries), told);
    }

    [Fact]
    public void lapses_at_its_time_and_not_before()
    {
        Assert.False(SwapMachine.Decide(Request, new SwapVerb.Lapse(), From - Duration.Epsilon).Value.Changed);
        Assert.Equal(SwapState.Expired, SwapMachine.Decide(Request, new SwapVerb.Lapse(), From).Value.Swap.State);
        Assert.Equal("swap-expired", SwapMachine.Decide(Request, new SwapVerb.Accept("bruno", false), From).Error?.Code);
    }

    [Fact]
    public void leaves_open_what_nobody_took_and_takes_the_rest_at_once()
    {
        var part = SwapMachine.Decide(Request, new SwapVerb.Accept("bruno", false, new(From + Duration.FromHours(6), Noon)), Now).Value.Swap;
        var rest = SwapMachine.Decide(part, new SwapVerb.Accept("carla", false), Now).Value;

        Assert.Equal([new Stretch(From, From + Duration.FromHours(6)), new Stretch(Noon, To)], part.Rest());
        Assert.Equal(SwapState.Accepted, rest.Swap.State);
        Assert.Equal(2, rest.Added.Count);
        Assert.Equal("swap-taken", SwapMachine.Decide(part, new SwapVerb.Accept("carla", false, new(From, Noon)), Now).Error?.Code);
    }

    [Theory]
    [InlineData("2026-03-10T08:59Z", "2026-03-10T21:00Z")]
    [InlineData("2026-03-10T21:00Z", "2026-03-11T09:01Z")]
    [InlineData("2026-03-10T21:00Z", "2026-03-10T21:00Z")]
    public void refuses_a_part_that_is_none(string from, string to)
        => Assert.Equal("invalid", SwapMachine.Decide(Request, new SwapVerb.Accept("bruno", false, new(Given.At(from), Given.At(to))), Now).Error?.Code);

    [Fact]
    public void is_over_when_everybody_declined_but_not_when_one_took_a_part()
    {
        var one = SwapMachine.Decide(Request, new SwapVerb.Decline("bruno", false), Now).Value.Swap;
        var both = SwapMachine.Decide(one, new SwapVerb.Decline("carla", false), Now).Value.Swap;
        var anyone = SwapMachine.Decide(Request with { Anyone = true, People = [] }, new SwapVerb.Decline("bruno", true), Now).Value.Swap;

        Assert.Equal((SwapState.Open, SwapState.Declined, SwapState.Open), (one.State, both.State, anyone.State));
    }

    [Fact]
    public void takes_back_only_what_has_not_begun()
    {
        var taken = In(SwapState.Accepted);

        var before = SwapMachine.Decide(taken, new SwapVerb.Withdraw(), Now).Value;
        var during = SwapMachine.Decide(taken, new SwapVerb.Withdraw(), Noon).Value;
        var after = SwapMachine.Decide(taken, new SwapVerb.Withdraw(), To);

        Assert.True(before.TakeBack);
        Assert.Empty(before.Swap.Covers);
        Assert.Equal(new SwapCover("bruno", From, Noon), Assert.Single(during.Swap.Covers));
        Assert.Equal("swap-over", after.Error?.Code);
    }

    [Fact]
    public void lets_an_exchange_stand_once_one_side_has_begun()
    {
        var exchange = new SwapExchange("payments", Position.Primary, To, To + Duration.FromDays(1));
        var offered = SwapMachine.Decide(Request, new SwapVerb.Counter("bruno", false, null, exchange, "deal"), Now).Value.Swap;
        var agreed = SwapMachine.Decide(offered, new SwapVerb.AcceptCounter(1), Now).Value;

        Assert.Equal((exchange, "bruno"), agreed.Exchange);
        Assert.Equal(SwapState.Accepted, agreed.Swap.State);
        Assert.True(SwapMachine.Decide(agreed.Swap, new SwapVerb.Withdraw(), From - Duration.FromHours(1)).Value.TakeBack);
        Assert.Equal("swap-begun", SwapMachine.Decide(agreed.Swap, new SwapVerb.Withdraw(), Noon).Error?.Code);
        Assert.Equal("exchange-begun", SwapMachine.Decide(offered with { Covers = [], Counters = [offered.Counters[0] with { Exchange = exchange with { From = Now } }] }, new SwapVerb.AcceptCounter(1), Now).Error?.Code);
    }

    [Fact]
    public void keeps_one_pending_offer_of_each()
    {
        var first = SwapMachine.Decide(Request, new SwapVerb.Counter("bruno", false, new(From, Noon), null, null), Now).Value.Swap;
        var second = SwapMachine.Decide(first, new SwapVerb.Counter("bruno", false, new(Noon, To), null, null), Now).Value.Swap;

        Assert.Equal([CounterState.Replaced, CounterState.Pending], second.Counters.Select(c => c.State));
        Assert.Equal("counter-closed", SwapMachine.Decide(second, new SwapVerb.AcceptCounter(1), Now).Error?.Code);
        Assert.Equal("not-found", SwapMachine.Decide(second, new SwapVerb.AcceptCounter(9), Now).Error?.Code);
        Assert.Equal("invalid", SwapMachine.Decide(Request, new SwapVerb.Counter("bruno", false, null, null, null), Now).Error?.Code);
    }
}
