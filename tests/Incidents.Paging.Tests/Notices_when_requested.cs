using System.Net;
using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Paging.Model;
using Incidents.Paging.Notices;
using Incidents.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Paging.Tests;

public sealed class Notices_when_requested
{
    private static NoticeRequested Request(string person, string key = "k1", string kind = "handoff")
        => new(person, kind, key, "You are on call for payments", "Nothing is open.\nUntil tomorrow.", "https://incidents.example/schedules/payments");

    private static async Task<List<Notice>> Rows(PagingApp app)
    {
        await using var db = app.Services.GetRequiredService<Store>().CreateContext();
        return await db.Set<Notice>().AsNoTracking().OrderBy(n => n.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Get(PagingApp app, string query, string key = "manager")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/notices" + query) { Headers = { { "Authorization", "Bearer " + key } } };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }

    private static Dictionary<string, string> Text(string sid, string status) => new(StringComparer.Ordinal) { ["MessageSid"] = sid, ["MessageStatus"] = status };

    [Theory, EveryDatabase]
    public async Task are_texted_once_for_each_key_however_often_they_are_asked_for(Database database)
    {
        await using var app = await PagingApp.Start(database);
        await app.Run(work =>
        {
            work.Send(Request("ana"));
            work.Send(Request("ana"));
            work.Send(Request("ana", "k2"));
            work.Send(Request("ana", "k1", "swap"));
        });
        await PagingPaths.Soon(async () => (await Rows(app)) is { Count: 3 } rows && rows.TrueForAll(n => n.State == NoticeState.Sent), "three sent");

        await app.Run(work => work.Send(Request("ana")));
        await app.Run(work => work.Send(Request("bruno")));

        await PagingPaths.Soon(async () => (await Rows(app)).Count(n => n.State == NoticeState.Sent) == 4, "bruno's too");
        Assert.Equal(4, app.Vendor.Messages.Count());
        Assert.Empty(app.Vendor.Calls);
        Assert.All(app.Vendor.Messages, m => Assert.Equal("You are on call for payments\nNothing is open.\nUntil tomorrow.\nhttps://incidents.example/schedules/payments", m.Body));
    }

    [Theory, EveryDatabase]
    public async Task go_over_the_next_vendor_where_the_first_cannot_or_will_not(Database database)
    {
        await using var second = await FakeTwilio.Start(new FakeTimeProvider());
        await using var app = await PagingApp.Start(database, new(StringComparer.Ordinal)
        {
            ["Paging:Twilio:Backup:ApiBaseUrl"] = second.Url, ["Paging:Twilio:Backup:AccountSid"] = "AC0002", ["Paging:Twilio:Backup:AuthToken"] = "second-token", ["Paging:Twilio:Backup:From"] = "+15005550007",
            ["Paging:Usage:Prices"] = "twilioBackup sms 1",
        });
        app.Vendor.Refuse = (_, form) => form["To"] == FakeOrganisation.Ana ? Results.StatusCode(503) : Results.Json(new { code = 21408 }, statusCode: 400);

        await app.Run(work => work.Send(Request("ana")));
        await app.Run(work => work.Send(Request("bruno")));

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), async () => (await Rows(app)).Count(n => n is { State: NoticeState.Sent, Vendor: "twilioBackup", Asked: "twilio" }) == 2);
        Assert.Equal(new[] { FakeOrganisation.Ana, FakeOrganisation.Bruno }.Order(), second.Messages.Select(m => m.To).Order());
        Assert.Empty(app.Vendor.Messages);

        // A number that is wrong is wrong everywhere.
        app.Vendor.Refuse = (_, _) => Results.Json(new { code = 21211 }, statusCode: 400);
        await app.Run(work => work.Send(Request("joao")));
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), async () => (await Rows(app)).Exists(n => n is { State: NoticeState.Failed, Reason: Reason.InvalidNumber }));
        Assert.Equal(2, second.Messages.Count());
    }

    [Theory, EveryDatabase]
    public async Task are_kept_as_failed_where_nobody_can_be_told_quietly(Database database)
    {
        await using var app = await PagingApp.Start(database);

        await app.Run(work =>
        {
            work.Send(Request("tiina"));
            work.Send(Request("olga"));
            work.Send(Request("lena"));
            work.Send(Request("nobody"));
        });

        await PagingPaths.Soon(async () => (await Rows(app)).Count == 4, "four rows");
        var (status, body) = await Get(app, "?state=failed");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["lena noChannel", "nobody unknownPerson", "olga noChannel", "tiina noChannel"],
            body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("person").GetString() + " " + i.GetProperty("reason").GetString()).Order(StringComparer.Ordinal));
        Assert.Empty(app.Vendor.Taken);
    }

    [Theory, EveryDatabase]
    public async Task follow_the_vendors_reports_and_ignore_late_ones(Database database)
    {
        await using var app = await PagingApp.Start(database);
        await app.Run(work => work.Send(Request("ana")));
        await app.Run(work => work.Send(Request("bruno")));
        await PagingPaths.Soon(async () => (await Rows(app)).Count(n => n.State == NoticeState.Sent) == 2, "sent");
        var (ana, bruno) = (app.Vendor.Messages.Single(m => m.To == FakeOrganisation.Ana), app.Vendor.Messages.Single(m => m.To == FakeOrganisation.Bruno));

        await app.Callback($"/callbacks/twilio/status?attempt={ana.Attempt}", Text(ana.Sid, "delivered"));
        await app.Callback($"/callbacks/twilio/status?attempt={ana.Attempt}", Text(ana.Sid, "undelivered"));
        await app.Callback($"/callbacks/twilio/status?attempt={bruno.Attempt}", Text(bruno.Sid, "undelivered"));

        var rows = (await Rows(app)).ToDictionary(n => n.Person);
        Assert.Equal((NoticeState.Delivered, Reason.None), (rows["ana"].State, rows["ana"].Reason));
        Assert.Equal((NoticeState.Failed, Reason.Undeliverable), (rows["bruno"].State, rows["bruno"].Reason));
    }

    [Theory, EveryDatabase]
    public async Task are_asked_again_later_and_looked_for_first_when_the_vendor_fails(Database database)
    {
        await using var app = await PagingApp.Start(database);
        app.Vendor.Refuse = (_, _) => Results.StatusCode(503);
        await app.Run(work => work.Send(Request("ana")));
        await PagingPaths.Soon(async () => (await Rows(app)).Exists(n => n.Tries == 1), "deferred");
        Assert.Equal((NoticeState.Queued, Reason.VendorError), ((await Rows(app))[0].State, (await Rows(app))[0].Reason));

        app.Vendor.Refuse = (_, _) => null;
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), async () => (await Rows(app)).Exists(n => n.State == NoticeState.Sent));

        Assert.Single(app.Vendor.Messages);
        Assert.Equal("Messages " + FakeOrganisation.Ana, Assert.Single(app.Vendor.Lists));
    }

    [Theory, EveryDatabase]
    public async Task fail_for_good_where_the_number_has_opted_out(Database database)
    {
        await using var app = await PagingApp.Start(database);
        app.Vendor.Refuse = (_, _) => Results.Json(new { code = 21610 }, statusCode: 400);

        await app.Run(work => work.Send(Request("ana")));

        await PagingPaths.Soon(async () => (await Rows(app)).Exists(n => n is { Person: "ana", State: NoticeState.Failed }), "failed");
        Assert.Equal(Reason.Unsubscribed, (await Rows(app)).Single(n => n.Person == "ana").Reason);
    }

    [Theory, EveryDatabase]
    public async Task go_after_every_page_that_waits(Database database)
    {
        await using var app = await PagingApp.Start(database, new(StringComparer.Ordinal) { ["Paging:Twilio:RatePerSecond"] = "10" });
        var incident = await app.Open();
        await app.Page(incident, [.. Enumerable.Range(0, 12).Select(i => $"crowd-{i:00}")]);
        await PagingPaths.Soon(() => app.Vendor.Calls.Count() == 1, "one a slot");

        await app.Run(work => work.Send(Request("ana")));

        await PagingPaths.Soon(async () => (await Rows(app)).Count == 1, "the notice stands in the table");
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), () => app.Vendor.Messages.Any());
        Assert.Equal("Messages", app.Vendor.Taken.Last().Kind);
        Assert.Equal(13, app.Vendor.Taken.Count);
    }

    [Fact]
    public async Task are_taken_over_from_a_process_that_died_and_not_sent_twice()
    {
        await using var app = await PagingApp.Start(Database.Postgres);
        var silent = new TaskCompletionSource();
        app.Vendor.BeforeAnswer = () => silent.Task;
        await app.Run(work => work.Send(Request("ana")));
        await PagingPaths.Soon(() => app.Vendor.Messages.Count() == 1, "the vendor has it, and says nothing");

        await using var second = await app.Second();
        await PagingPaths.Drive(app, TimeSpan.FromSeconds(1), async () => (await Rows(app))[0].State == NoticeState.Sent);
        silent.SetResult();

        Assert.Single(app.Vendor.Messages);
        Assert.True((await Rows(app))[0].Claims > 1);
    }

    [Theory, EveryDatabase]
    public async Task are_listed_to_their_person_and_to_managers_page_by_page(Database database)
    {
        await using var app = await PagingApp.Start(database);
        await app.Run(work =>
        {
            for (var i = 0; i < 5; i++)
                work.Send(Request(i < 3 ? "olga" : "ana", $"k{i}"));
        });
        await PagingPaths.Soon(async () => (await Rows(app)).Count == 5, "five rows");

        var own = await Get(app, "", "observer");
        var stranger = await Get(app, "?person=ana", "observer");
        var first = await Get(app, "?limit=3");
        var rest = await Get(app, "?limit=3&cursor=" + first.Body.GetProperty("nextCursor").GetString());
        var wrong = await Get(app, "?limit=0&state=2&cursor=x");

        Assert.Equal(3, own.Body.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.Forbidden, stranger.Status);
        Assert.Equal(5, first.Body.GetProperty("items").EnumerateArray().Concat(rest.Body.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(JsonValueKind.Null, rest.Body.GetProperty("nextCursor").ValueKind);
        Assert.DoesNotContain(FakeOrganisation.Ana, first.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(3, wrong.Body.GetProperty("errors").GetArrayLength());
    }
}
