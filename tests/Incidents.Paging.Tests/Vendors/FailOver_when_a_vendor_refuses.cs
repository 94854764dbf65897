using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Vendors;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests.Vendors;

public sealed class FailOver_when_a_vendor_refuses
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Answer Down = new Answer.Deferred(Reason.VendorError, null);
    private static readonly Answer NotHere = new Answer.Rejected(Reason.NotPermitted, Permanent: true);
    private static readonly Answer WrongNumber = new Answer.Rejected(Reason.InvalidNumber, Permanent: true);

    private static Claimed At(string vendor, int tries = 0, string asked = "", Reason before = Reason.None) => new(
        new Dispatch(Guid.NewGuid(), Guid.NewGuid(), 1, "ana", "+3725000001", "t", "s", "SEV1", Now, null), ContactKind.Sms, AttemptKind.Page, 1, Now, Now, tries, LookFirst: false, Wanted: true)
    {
        Vendor = vendor,
        Asked = asked,
        Reason = before,
    };

    private static List<Route> Routes(params string[] vendors) => [.. vendors.Select(v => new Route(v.TrimStart('-'), !v.StartsWith('-'), Instant.MinValue))];

    private static Onward Decide(Claimed claimed, Answer answer, params string[] vendors) => FailOver.Decide(claimed, answer, Routes(vendors), Now);

    [Fact]
    public void goes_to_the_next_at_once()
        => Assert.Equal(new Onward(false, Reason.VendorError, "b", "a", Duration.Zero), Decide(At("a"), Down, "a", "b", "c"));

    [Fact]
    public void passes_over_one_that_is_left_alone()
        => Assert.Equal("c", Decide(At("a"), Down, "a", "-b", "c").Vendor);

    [Fact]
    public void asks_the_only_one_again_later_and_later()
    {
        Assert.Equal(new Onward(false, Reason.VendorError, "a", "a", Duration.FromSeconds(1)), Decide(At("a"), Down, "a"));
        Assert.Equal(Duration.FromSeconds(10), Decide(At("a", tries: 3), Down, "a").Wait);
        Assert.Equal(Duration.FromSeconds(60), Decide(At("a"), new Answer.Deferred(Reason.RateLimited, Duration.FromMinutes(1)), "a").Wait);
    }

    [Fact]
    public void begins_again_with_the_first_after_the_last_but_not_before_it_wants_to()
    {
        var claimed = At("b", tries: 1, asked: "a", before: Reason.RateLimited);

        var to = FailOver.Decide(claimed, Down, [new Route("a", true, Now + Duration.FromSeconds(40)), new Route("b", true, Instant.MinValue)], Now);

        Assert.Equal(("a", "a,b", Duration.FromSeconds(40)), (to.Vendor, to.Asked, to.Wait));
    }

    [Fact]
    public void fails_for_good_where_the_number_is_wrong_or_everybody_refused()
    {
        Assert.True(Decide(At("a"), WrongNumber, "a", "b").Never);
        Assert.True(Decide(At("a"), NotHere, "a").Never);
        Assert.False(Decide(At("a"), NotHere, "a", "b").Never);
        Assert.True(Decide(At("b", tries: 1, asked: "a", before: Reason.NotPermitted), NotHere, "a", "b").Never);
    }

    [Fact]
    public void does_not_give_up_while_a_vendor_may_come_back()
    {
        var former = Decide(At("b", tries: 1, asked: "a", before: Reason.VendorTimeout), NotHere, "a", "b");
        var later = Decide(At("a"), NotHere, "a", "-b");

        Assert.Equal((false, "a", Reason.VendorTimeout), (former.Never, former.Vendor, former.Reason));
        Assert.Equal((false, "b"), (later.Never, later.Vendor));
        Assert.True(later.Wait > Duration.Zero);
    }

    [Theory]
    [InlineData("a", "", 0, "None", false)]
    [InlineData("a", "", 1, "VendorTimeout", true)]
    [InlineData("a", "", 1, "RateLimited", false)]
    [InlineData("b", "a", 1, "VendorTimeout", false)]
    [InlineData("a", "a,b", 2, "VendorTimeout", true)]
    public void looks_only_at_vendors_that_were_asked(string vendor, string asked, int tries, string reason, bool looks)
        => Assert.Equal(looks, FailOver.MayBeAt(vendor, asked, tries, Enum.Parse<Reason>(reason)));
}
