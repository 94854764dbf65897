using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.TestKit;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests.Conformance;

/// <summary>
/// What every channel must do, whatever its vendor: docs/add-a-channel.md. Subclassed once a channel, with a fixture that hosts the channel and plays its vendor.
/// </summary>
public abstract class ChannelConformance<TFixture>(TFixture fixture) : IClassFixture<TFixture> where TFixture : ChannelFixture
{
    private static readonly TimeSpan Stop = TimeSpan.FromSeconds(20);
    private static int numbers;

    private readonly int number = Interlocked.Increment(ref numbers);

    private IChannel Channel => fixture.Channel;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void describes_itself()
    {
        var d = Channel.Descriptor;

        Assert.Equal(d.Kind.ToString().ToLowerInvariant(), d.Via);
        Assert.Matches("^[a-z][A-Za-z]{1,39}$", d.Vendor);
        Assert.NotEmpty(d.VendorName);
        Assert.InRange(d.Limits.RatePerSecond, 1, 100_000);
        Assert.InRange(d.Limits.Concurrency, 1, 2000);
        Assert.InRange(d.Limits.Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task answers_accepted_with_the_vendors_id()
    {
        fixture.Does(VendorDoes.Takes);
        var before = fixture.Taken;

        var answer = await Channel.Send(fixture.Page(number), Cancel);

        Assert.InRange(Assert.IsType<Answer.Accepted>(answer).VendorId.Length, 1, 100);
        Assert.Equal(before + 1, fixture.Taken);
    }

    [Fact]
    public async Task answers_rejected_for_good_only_to_what_cannot_be_mended()
    {
        fixture.Does(VendorDoes.RefusesTheAddress);

        var answer = Assert.IsType<Answer.Rejected>(await Channel.Send(fixture.Page(number), Cancel));

        Assert.True(answer.Permanent);
        Assert.False(Reasons.IsForNow(answer.Reason));
        Assert.Contains(answer.Reason, Reasons.Errors);
    }

    [Theory]
    [InlineData(VendorDoes.Fails)]
    [InlineData(VendorDoes.IsGone)]
    [InlineData(VendorDoes.TalksGarbage)]
    [InlineData(VendorDoes.RefusesCredentials)]
    [InlineData(VendorDoes.TakesAndLosesTheAnswer)]
    public async Task answers_deferred_when_the_vendor_cannot_or_its_answer_says_nothing(VendorDoes what)
    {
        fixture.Does(what);

        var answer = Assert.IsType<Answer.Deferred>(await Channel.Send(fixture.Page(number), Cancel));

        Assert.True(Reasons.IsForNow(answer.Reason), answer.Reason.ToString());
        Assert.Equal(what is not VendorDoes.RefusesCredentials, Reasons.MayHaveArrived(answer.Reason));
    }

    [Fact]
    public async Task heeds_how_long_the_vendor_wants_to_be_left_alone()
    {
        fixture.Does(VendorDoes.IsBusy);

        Assert.Equal(new Answer.Deferred(Reason.RateLimited, fixture.CanNameATime ? Duration.FromSeconds(7) : null), await Channel.Send(fixture.Page(number), Cancel));
    }

    [Fact]
    public async Task waits_no_longer_than_its_time()
    {
        fixture.Does(VendorDoes.SaysNothing);
        var before = fixture.Asked;

        var sending = Channel.Send(fixture.Page(number), Cancel);
        await PagingPaths.Soon(() => fixture.Asked > before, "the vendor is asked");
        Assert.False(sending.IsCompleted);
        fixture.App.Time.Advance(Channel.Descriptor.Limits.Timeout + TimeSpan.FromMilliseconds(1));

        Assert.Equal(Reason.VendorTimeout, Assert.IsType<Answer.Deferred>(await sending.WaitAsync(Stop, Cancel)).Reason);
    }

    [Fact]
    public async Task stops_when_it_is_cancelled()
    {
        fixture.Does(VendorDoes.SaysNothing);
        var before = fixture.Asked;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var sending = Channel.Send(fixture.Page(number), cancel.Token);
        await PagingPaths.Soon(() => fixture.Asked > before, "the vendor is asked");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Stop, Cancel));
    }

    [Fact]
    public async Task finds_what_the_vendor_took_though_its_answer_was_lost()
    {
        var page = fixture.Page(number);
        fixture.Does(VendorDoes.TakesAndLosesTheAnswer);
        await Channel.Send(page, Cancel);
        fixture.Does(VendorDoes.Takes);

        var found = await Channel.Find(page, page.PageCreatedAt, Cancel);

        Assert.NotNull(found);
        Assert.Equal(fixture.CanBeLookedUp ? 1 : 0, found.Count);
        Assert.Empty((await Channel.Find(page with { Address = fixture.Address(number + 50_000) }, page.PageCreatedAt, Cancel))!);
    }

    [Fact]
    public async Task tells_of_several_pages_in_one_message_where_it_can_and_finds_it_when_one_has_dropped_out()
    {
        fixture.Does(VendorDoes.Takes);
        var (first, second, third) = (fixture.Page(number), fixture.Page(number), fixture.Page(number));
        Assert.Equal(Channel.Descriptor.Kind != Incidents.Contracts.Organisation.ContactKind.Voice, Channel.Descriptor.Bundles);
        if (!Channel.Descriptor.Bundles)
            return;
        Dispatch Of(params Dispatch[] pages) => pages[0] with { Attempt = first.Attempt, Bundle = new Bundle(first.Attempt, first.Number, first.PageCreatedAt, pages) };
        var before = fixture.Taken;

        var id = Assert.IsType<Answer.Accepted>(await Channel.Send(Of(first, second, third), Cancel)).VendorId;
        var found = await Channel.Find(Of(second, third), first.PageCreatedAt, Cancel);

        Assert.Equal(before + 1, fixture.Taken);
        Assert.Equal(fixture.CanBeLookedUp ? [id] : [], found!);
    }

    [Fact]
    public async Task does_not_take_silence_for_nothing_there()
    {
        fixture.Does(VendorDoes.Fails);

        var found = await Channel.Find(fixture.Page(number), NodaTime.Instant.FromDateTimeOffset(fixture.App.Time.GetUtcNow()), Cancel);

        if (fixture.CanBeLookedUp)
            Assert.Null(found);
        else
            Assert.Empty(found!);
    }

    [Fact]
    public async Task cancels_and_asks_as_often_as_one_likes()
    {
        fixture.Does(VendorDoes.Takes);
        var id = Assert.IsType<Answer.Accepted>(await Channel.Send(fixture.Page(number), Cancel)).VendorId;
        var taken = fixture.Taken;

        var asked = (await Channel.Ask(id, Cancel), await Channel.Ask(id, Cancel));
        var cancelled = (await Channel.Cancel(id, Cancel), await Channel.Cancel(id, Cancel));
        var stranger = (await Channel.Cancel("nothing0000000000000000000000000000", Cancel), await Channel.Ask("nothing0000000000000000000000000000", Cancel));

        Assert.Equal(asked.Item1, asked.Item2);
        Assert.Equal((true, true), cancelled);
        Assert.True(stranger.Item1);
        Assert.False(stranger.Item2?.Known ?? false);
        Assert.Equal(taken, fixture.Taken);
    }

    [Fact]
    public async Task tells_its_secrets_to_nobody()
    {
        var told = new List<string>();
        foreach (var what in Enum.GetValues<VendorDoes>().Where(w => w != VendorDoes.SaysNothing))
        {
            fixture.Does(what);
            told.Add((await Channel.Send(fixture.Page(number), Cancel)).ToString());
            told.Add((await Channel.Ask("x", Cancel))?.ToString() ?? "");
        }

        var all = string.Join('\n', told) + fixture.Logged;
        Assert.All(fixture.Secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }
}
