using System.Text.Json;
using System.Text.RegularExpressions;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Incident = Incidents.Persistence.Incidents.Incident;

namespace Incidents.Paging.Tests.Bundles;

/// <summary>One person with one number for texts; it is 9:00:00 UTC.</summary>
public sealed partial class Low_urgency_when_it_comes_in_bursts
{
    private const string Phone = "+3725000077";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string?> Priced = new(StringComparer.Ordinal) { ["Paging:Usage:Prices"] = "twilio sms 1" };

    private static async Task<PagingApp> Start(Database database, Dictionary<string, string?>? settings = null)
    {
        var app = await PagingApp.Start(database, settings);
        app.Organisation.Add("tere", Role.Responder, ContactKind.Sms, Phone);
        return app;
    }

    private static Task Page(PagingApp app, Incident i, bool high = false, string person = "tere") => app.Run(work => work.Send(PagingApp.Request(i, 1, high, person)));

    /// <summary>The first is out, and those that came after it wait.</summary>
    private static async Task<List<Incident>> Burst(PagingApp app, int more)
    {
        var incidents = new List<Incident> { await app.Open("The first") };
        await Page(app, incidents[0]);
        await PagingPaths.Soon(async () => (await app.Attempts()) is [{ State: AttemptState.Sent }], "the first leaves at once");
        for (var i = 0; i < more; i++)
        {
            incidents.Add(await app.Open($"Number {i}"));
            await Page(app, incidents[^1]);
        }
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a is { State: AttemptState.Waiting, Reason: Reason.Bundled }) == more, "the others wait");
        return incidents;
    }

    private static async Task<JsonElement> Get(PagingApp app, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", "Bearer manager" } } };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    private static Task<string> Reply(PagingApp app, string body)
        => Callbacks_when_posted.Text(app.Callback("/callbacks/twilio/sms", Callbacks_when_posted.Form(("From", Phone), ("To", PagingApp.From), ("Body", body), ("MessageSid", "SM1"))));

    [Theory, EveryDatabase]
    public async Task the_rest_leaves_as_one_message_from_which_what_somebody_has_drops_out(Database database)
    {
        await using var app = await Start(database, Priced);
        var incidents = await Burst(app, 4);
        var waiting = (await Get(app, $"/api/v1/incidents/{incidents[1].Number}/pages")).GetProperty("items")[0];
        Assert.Equal(("waiting", "bundled", "goes with the next message at 09:00:30"), (waiting.GetProperty("state").GetString(), waiting.GetProperty("reason").GetString(), waiting.GetProperty("waits").GetString()));
        var line = Assert.Single(await app.Timeline(incidents[1].Number));
        Assert.Equal((TimelineKinds.PageDelayed, "The message to tere goes with the next one at 09:00:30"), (line.Kind, line.Text));

        await app.Acknowledge(incidents[2], "bruno");
        app.Time.Advance(Window);

        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 4, "all but one are sent");
        var texts = app.Vendor.Messages.Where(m => m.To == Phone).ToList();
        Assert.Equal(2, texts.Count);
        Assert.StartsWith("3 incidents:", texts[1].Body, StringComparison.Ordinal);
        Assert.Contains($"#{incidents[1].Number}", texts[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain($"#{incidents[2].Number}", texts[1].Body, StringComparison.Ordinal);
        var together = (await app.Attempts()).Where(a => a.Bundle is not null).ToList();
        Assert.Equal((3, 1), (together.Count, together.Select(a => (a.Bundle, a.VendorId)).Distinct().Count()));
        Assert.Equal(texts[1].Attempt, together[0].Bundle);
        Assert.Contains(await app.Timeline(incidents[4].Number), t => t.Kind == "pageSent" && t.Text == "Message sent to tere, one for 3 incidents");
        // Two messages, at one each.
        await PagingPaths.Soon(async () => (await Get(app, "/api/v1/usage")).GetProperty("spent").GetDecimal() >= 2, "counted");
        Assert.Equal(2, (await Get(app, "/api/v1/usage")).GetProperty("spent").GetDecimal());

        // What the vendor tells of the one message is told of each.
        using var delivered = await app.Status(texts[1].Attempt, "delivered");
        Assert.Equal(3, (await app.Attempts()).Count(a => a.State == AttemptState.Delivered));
        Assert.Contains(await app.Timeline(incidents[4].Number), t => t.Kind == "delivered");
        Assert.Equal(2, (await Get(app, "/api/v1/usage")).GetProperty("spent").GetDecimal());
        Assert.Equal(AttemptState.Canceled, (await app.Attempts(incidents[2].Id)).Single().State);
    }

    [Fact]
    public async Task high_urgency_neither_waits_nor_holds()
    {
        await using var app = await Start(Database.Sqlite);
        await Burst(app, 1);
        var urgent = await app.Open("On fire");

        await Page(app, urgent, high: true);
        await PagingPaths.Soon(async () => (await app.Attempts(urgent.Id)) is [{ State: AttemptState.Sent, Bundle: null }], "at once, alone");
        var low = await app.Open("Later");
        app.Time.Advance(Window + Window);
        await PagingPaths.Soon(async () => (await app.Attempts()).TrueForAll(a => a.State == AttemptState.Sent), "all are out");
        app.Time.Advance(Window + Window);
        await Page(app, urgent = await app.Open("On fire again"), high: true);
        await PagingPaths.Soon(async () => (await app.Attempts(urgent.Id)) is [{ State: AttemptState.Sent }], "at once");
        await Page(app, low);
        await PagingPaths.Soon(async () => (await app.Attempts(low.Id)) is [{ State: AttemptState.Sent }], "nothing was sent of low urgency: at once too");
    }

    [Fact]
    public async Task nothing_waits_when_it_is_turned_off()
    {
        await using var app = await Start(Database.Sqlite, new(StringComparer.Ordinal) { ["Paging:BundleSeconds"] = "0" });

        for (var i = 0; i < 3; i++)
            await Page(app, await app.Open());

        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a is { State: AttemptState.Sent, Bundle: null }) == 3, "each by itself");
        Assert.Equal(3, app.Vendor.Messages.Count());
    }

    [Theory, EveryDatabase]
    public async Task a_vendor_that_fails_gets_the_same_bundle_again_after_a_look(Database database)
    {
        await using var app = await Start(database);
        var incidents = await Burst(app, 3);
        app.Vendor.Refuse = (_, _) => Results.StatusCode(503);
        app.Time.Advance(Window);
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.Tries == 1) == 3, "put off together");

        await app.Acknowledge(incidents[1], "bruno");
        app.Vendor.Refuse = (_, _) => null;
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(500), () => app.Vendor.Messages.Count() == 2);

        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 3, "two in one, and the first");
        Assert.StartsWith("2 incidents:", app.Vendor.Messages.Last().Body, StringComparison.Ordinal);
        Assert.NotEmpty(app.Vendor.Lists);
        // It is still named after the one that is acknowledged by now.
        Assert.Equal((await app.Attempts()).Where(a => a.State == AttemptState.Sent && a.Bundle is not null).Select(a => a.Bundle!.Value).Distinct(), [app.Vendor.Messages.Last().Attempt]);
    }

    [Theory, EveryDatabase]
    public async Task a_lease_that_lapses_sends_nothing_twice(Database database)
    {
        await using var app = await Start(database, Priced);
        await Burst(app, 3);
        app.Vendor.BeforeAnswer = async () =>
        {
            await Lapse(app);
            app.Services.GetRequiredService<Pump>().Wake();
            await PagingPaths.Soon(() => !app.Vendor.Lists.IsEmpty, "a look at the vendor's list");
        };

        app.Time.Advance(Window);

        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a is { State: AttemptState.Sent, Claims: 2 }) == 3, "found under the second claim");
        Assert.Equal(2, app.Vendor.Messages.Count());
        Assert.Single((await app.Attempts()).Where(a => a.Bundle is not null).Select(a => a.VendorId).Distinct());
        Assert.Equal(2, (await Get(app, "/api/v1/usage")).GetProperty("spent").GetDecimal());
    }

    [Theory, EveryDatabase]
    public async Task a_process_that_dies_before_it_asked_the_vendor_loses_none(Database database)
    {
        await using var app = await Start(database);
        var incidents = await Burst(app, 3);
        var bundle = (await app.Attempts(incidents[1].Id)).Single().Id;
        // As a process leaves it that is killed right after its claim: the lease runs, nobody sends.
        await app.Run(work => work.Db.Database.ExecuteSqlRawAsync(database == Database.Postgres
            ? "update paging.attempts set state = 'Sending', reason = 'None', claims = 1, first_claim_at = created_at, next_at = now() + interval '1000 years', bundle = {0} where state = 'Waiting'"
            : "update paging_attempts set state = 'Sending', reason = 'None', claims = 1, first_claim_at = created_at, next_at = 99999999999999999, bundle = {0} where state = 'Waiting'", bundle));
        await app.Acknowledge(incidents[2], "bruno");
        await PagingPaths.Soon(async () => (await app.Attempts(incidents[2].Id)).Single().Stop, "it is marked");

        await Lapse(app);
        app.Services.GetRequiredService<Pump>().Wake();

        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 3, "the two that are wanted are sent");
        await PagingPaths.Soon(async () => (await app.Attempts(incidents[2].Id)).Single().State == AttemptState.Canceled, "the other is not");
        Assert.StartsWith("2 incidents:", app.Vendor.Messages.Last().Body, StringComparison.Ordinal);
        Assert.Equal(2, app.Vendor.Messages.Count());
    }

    [Fact]
    public async Task another_vendor_takes_it_whole()
    {
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await Start(Database.Postgres, new(StringComparer.Ordinal)
        {
            ["Paging:Twilio:Backup:ApiBaseUrl"] = second.Url, ["Paging:Twilio:Backup:AccountSid"] = "AC0002", ["Paging:Twilio:Backup:AuthToken"] = "second-token", ["Paging:Twilio:Backup:From"] = "+15005550007",
        });
        await Burst(app, 3);
        app.Vendor.Refuse = (_, _) => Results.StatusCode(503);

        app.Time.Advance(Window);

        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a is { State: AttemptState.Sent, Vendor: "twilioBackup" }) == 3, "all three over the second");
        Assert.StartsWith("3 incidents:", Assert.Single(second.Messages).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task two_processes_send_each_page_once_and_few_messages()
    {
        await using var one = await Start(Database.Postgres);
        await using var two = await one.Second();
        string[] people = ["tere", "helmi", "mara"];
        one.Organisation.Add("mara", Role.Responder, ContactKind.Sms, "+3725000055");
        var incidents = new List<Incident>();
        for (var i = 0; i < 30; i++)
            incidents.Add(await one.Open($"Number {i}"));

        await Task.WhenAll(incidents.Select(i => one.Run(work => work.Send(PagingApp.Request(i, 1, high: false, people)))));
        await PagingPaths.Soon(async () => (await one.Attempts()) is { Count: 90 } all && all.TrueForAll(a => a.State == AttemptState.Sent || a.Reason == Reason.Bundled), "one for each is out, the rest waits");
        Assert.Equal(3, one.Vendor.Messages.Count());
        await PagingPaths.Drive(one, TimeSpan.FromSeconds(5), async () => (await one.Attempts()).TrueForAll(a => a.State == AttemptState.Sent));

        // Each page is in exactly one message, and no number got two of them within the window.
        var sent = await one.Attempts();
        Assert.Equal(one.Vendor.Messages.Count(), sent.Select(a => a.VendorId).Distinct().Count());
        Assert.All(sent.GroupBy(a => a.VendorId), g => Assert.Single(g.Select(a => a.Address).Distinct()));
        foreach (var times in one.Vendor.Messages.GroupBy(m => m.To).Select(g => g.Select(m => m.At).Order().ToList()))
            Assert.All(times.Zip(times.Skip(1)), p => Assert.True(p.Second - p.First >= Window, $"{p.Second - p.First}"));
        Assert.True(one.Vendor.Messages.Count() < 30, $"{one.Vendor.Messages.Count()} messages");
    }

    [Theory, EveryDatabase]
    public async Task its_message_is_answered_for_all_or_one_by_reply_and_by_link(Database database)
    {
        await using var app = await Start(database);
        var incidents = await Burst(app, 4);
        app.Time.Advance(Window);
        await PagingPaths.Soon(async () => (await app.Attempts()).TrueForAll(a => a.State == AttemptState.Sent), "out");
        var text = app.Vendor.Messages.Last().Body;
        Assert.Contains($"Reply ack all or ack {incidents[1].Number}", text, StringComparison.Ordinal);

        Assert.Contains("is yours", await Reply(app, $"ack {incidents[1].Number}"), StringComparison.Ordinal);
        Assert.Contains("All at once: ack all.", await Reply(app, "help"), StringComparison.Ordinal);
        Assert.Contains("All at once: ack all.", await Reply(app, "4"), StringComparison.Ordinal);

        // The link shows what this message listed, and acknowledges what is left of it; the first one came in a message of its own.
        var path = new Uri(text[text.LastIndexOf("http", StringComparison.Ordinal)..]).AbsolutePath;
        var page = await app.Http.GetStringAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("4 incidents", page, StringComparison.Ordinal);
        Assert.Contains("Acknowledge all 3", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"#{incidents[0].Number}<", page, StringComparison.Ordinal);
        async Task<HttpResponseMessage> Post(string form) => await app.Http.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["form"] = form }), TestContext.Current.CancellationToken);
        using var blind = await Post("");
        Assert.Equal(403, (int)blind.StatusCode);
        using var acted = await Post(Field().Match(page).Groups["form"].Value);
        Assert.Equal(200, (int)acted.StatusCode);
        using var again = await Post(Field().Match(page).Groups["form"].Value);
        Assert.Equal(409, (int)again.StatusCode);
        Assert.Equal([incidents[0].Number], await Triggered(app));

        Assert.Contains("is yours", await Reply(app, "ack all"), StringComparison.Ordinal);
        Assert.Contains($"Resolved: #{incidents[0].Number}, #{incidents[1].Number}", await Reply(app, "res all"), StringComparison.Ordinal);
    }

    private static async Task<List<long>> Triggered(PagingApp app)
    {
        await using var db = app.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext();
        return await db.Incidents.Where(i => i.Status == IncidentStatus.Triggered).Select(i => i.Number).ToListAsync();
    }

    /// <summary>Every lease is over.</summary>
    private static Task Lapse(PagingApp app) => app.Run(work => work.Db.Database.ExecuteSqlRawAsync(app.Shape.Database == Database.Postgres
        ? "update paging.attempts set next_at = first_claim_at where state = 'Sending'"
        : "update paging_attempts set next_at = first_claim_at where state = 'Sending'"));

    [GeneratedRegex("name=\"form\" value=\"(?<form>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();
}
