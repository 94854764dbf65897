using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Incidents.Kernel;
using Incidents.Paging.Notices;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Paging.Tests.Webhooks;

public sealed class Webhook_when_things_happen
{
    private const string Secret = "a-secret-of-the-test-0123456789";

    private static Dictionary<string, string?> Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Paging:Webhooks:AllowedNetworks"] = "127.0.0.0/8" };
        foreach (var (key, value) in more)
            settings["Paging:Webhooks:" + key] = value;
        return settings;
    }

    [Theory, EveryDatabase]
    public async Task is_told_what_its_filters_let_through_signed_and_in_order(Database database)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(database, Settings());
        var before = await app.Open("Before the webhook");
        await Happens(app, before, TimelineKinds.Opened);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await Create(app, receiver, events: ["incident.triggered", "incident.acknowledged", "incident.resolved"]);
        var (incident, quiet) = (await app.Open("Õhtune 🔥 tõrge"), await app.Open("Mild"));
        await app.Run(async work =>
        {
            (await work.LockIncident(quiet.Id, CancellationToken.None))!.Severity = Severity.Sev4;
            return true;
        });

        await Happens(app, incident, TimelineKinds.Opened, TimelineKinds.LevelStarted);
        await Happens(app, quiet, TimelineKinds.Opened);
        await HappensBy(app, "ana", incident, TimelineKinds.Acknowledged);
        await HappensBy(app, "ana", incident, TimelineKinds.Resolved);

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(50), () => receiver.All.Count >= 3);
        Assert.Equal(["incident.triggered", "incident.acknowledged", "incident.resolved"], receiver.All.Select(p => p.Type));
        Assert.All(receiver.All, p => Assert.Equal(incident.Number, p.Number));
        Assert.Equal(("ana", "api"), (receiver.All[1].Event.GetProperty("agent").GetProperty("login").GetString(), receiver.All[1].Event.GetProperty("agent").GetProperty("via").GetString()));
        Assert.Equal("Õhtune 🔥 tõrge", receiver.All[0].Event.GetProperty("data").GetProperty("incident").GetProperty("title").GetString());
        Assert.Equal(3, receiver.All.Select(p => p.Id).Distinct().Count());
        Assert.True(await Receiver.IsSigned(receiver.All[0], Secret, app.Time.GetUtcNow()));
        Assert.False(await Receiver.IsSigned(receiver.All[0], Secret + "x", app.Time.GetUtcNow()));
        Assert.False(await Receiver.IsSigned(receiver.All[0] with { Body = receiver.All[0].Body + " " }, Secret, app.Time.GetUtcNow()));
        Assert.False(await Receiver.IsSigned(receiver.All[0], Secret, app.Time.GetUtcNow().AddMinutes(6)));
    }

    [Theory, EveryDatabase]
    public async Task is_tried_again_then_disabled_told_to_managers_and_given_what_it_missed(Database database)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(database, Settings(("Attempts", "3"), ("FirstRetry", "00:00:01"), ("DisableAfter", "2")));
        await Create(app, receiver);
        receiver.Says(503);
        var incident = await app.Open();

        await Happens(app, incident, TimelineKinds.Opened, TimelineKinds.Acknowledged, TimelineKinds.Resolved);
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), async () => !(await Hook(app)).GetProperty("enabled").GetBoolean());

        Assert.Equal(Enumerable.Repeat("incident.triggered", 3).Concat(Enumerable.Repeat("incident.acknowledged", 3)), receiver.All.Select(p => p.Type));
        Assert.Equal(["1", "2", "3"], receiver.All.Take(3).Select(p => p.Headers["X-Incidents-Attempt"]));
        Assert.Single(receiver.All.Take(3).Select(p => p.Delivery).Distinct());
        var hook = await Hook(app);
        Assert.Contains("503", hook.GetProperty("disabledReason").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 3), (hook.GetProperty("waiting").GetInt32(), hook.GetProperty("missed").GetInt32()));
        await PagingPaths.Soon(async () => await Told(app, "webhookDisabled") is ["helmi"], "the manager is told");
        var failed = (await Get(app, "/api/v1/webhooks/ops/deliveries?state=failed")).GetProperty("items")[0];
        Assert.Equal((503, "it is 503", "status"), (failed.GetProperty("status").GetInt32(), failed.GetProperty("answer").GetString(), failed.GetProperty("error").GetString()));

        receiver.Says(200);
        await Happens(app, incident, TimelineKinds.Note);
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), async () => (await Hook(app)).GetProperty("missed").GetInt32() == 4);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(app, HttpMethod.Post, "/api/v1/webhooks/ops/replay")).Status);
        await Send(app, HttpMethod.Put, "/api/v1/webhooks/ops", new { url = receiver.Url, enabled = true });
        var replayed = await Send(app, HttpMethod.Post, "/api/v1/webhooks/ops/replay");

        Assert.Equal((HttpStatusCode.Accepted, 4), (replayed.Status, replayed.Body.GetProperty("deliveries").GetInt32()));
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), () => receiver.All.Count == 10);
        Assert.Equal(["incident.triggered", "incident.acknowledged", "incident.resolved", "incident.annotated"], receiver.All.Skip(6).Select(p => p.Type));
        Assert.Equal(receiver.All[0].Delivery, receiver.All[6].Delivery);
    }

    [Theory, EveryDatabase]
    public async Task lets_one_incident_wait_for_its_own_first_event_and_no_other(Database database)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(database, Settings(("FirstRetry", "00:00:05")));
        await Create(app, receiver);
        var (stuck, free) = (await app.Open("Stuck"), await app.Open("Free"));
        receiver.Answer = (p, response) =>
        {
            response.StatusCode = p.Number == stuck.Number ? 500 : 204;
            return Task.CompletedTask;
        };

        await Happens(app, stuck, TimelineKinds.Opened, TimelineKinds.Acknowledged);
        await Happens(app, free, TimelineKinds.Opened, TimelineKinds.Acknowledged);

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(50), () => receiver.All.Count(p => p.Number == free.Number) == 2);
        Assert.All(receiver.All.Where(p => p.Number == stuck.Number), p => Assert.Equal("incident.triggered", p.Type));
    }

    [Fact]
    public async Task goes_out_once_more_from_another_process_when_the_first_one_hangs()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(Database.Postgres, Settings());
        await using var second = await app.Second(Settings());
        await Create(app, receiver);
        var silent = new TaskCompletionSource();
        var first = 0;
        receiver.Answer = (_, response) => Interlocked.Exchange(ref first, 1) == 0 ? silent.Task : response.WriteAsync("ok");
        var incident = await app.Open();

        await Happens(app, incident, TimelineKinds.Opened, TimelineKinds.Acknowledged);
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), () => receiver.All.Count >= 3);
        silent.SetResult();

        Assert.Equal(["incident.triggered", "incident.triggered", "incident.acknowledged"], receiver.All.Select(p => p.Type));
        Assert.Equal(receiver.All[0].Delivery, receiver.All[1].Delivery);
    }

    [Theory, EveryDatabase]
    public async Task signs_with_the_new_secret_and_with_the_former_one_for_a_while(Database database)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(database, Settings());
        await Create(app, receiver);
        const string New = "another-secret-of-the-test-987";

        var changed = await Send(app, HttpMethod.Put, "/api/v1/webhooks/ops", new { url = receiver.Url, secret = New });
        var both = await Send(app, HttpMethod.Post, "/api/v1/webhooks/ops/test");
        var during = app.Time.GetUtcNow();
        app.Time.Advance(TimeSpan.FromHours(25));
        await Send(app, HttpMethod.Post, "/api/v1/webhooks/ops/test");

        Assert.Equal("***", changed.Body.GetProperty("secret").GetString());
        Assert.True(both.Body.GetProperty("delivered").GetBoolean());
        Assert.Equal("thank you", both.Body.GetProperty("answer").GetString());
        Assert.True(await Receiver.IsSigned(receiver.All[0], New, during));
        Assert.True(await Receiver.IsSigned(receiver.All[0], Secret, during));
        Assert.True(await Receiver.IsSigned(receiver.All[1], New, app.Time.GetUtcNow()));
        Assert.False(await Receiver.IsSigned(receiver.All[1], Secret, app.Time.GetUtcNow()));
        Assert.Equal("ping", receiver.All[0].Type);
    }

    [Theory]
    [InlineData(302, "redirect")]
    [InlineData(404, "status")]
    [InlineData(410, "gone")]
    public async Task tells_what_a_receiver_answered_and_follows_nothing(int status, string error)
    {
        await using var receiver = await Receiver.Start();
        await using var elsewhere = await Receiver.Start();
        await using var app = await PagingApp.Start(Database.Sqlite, Settings());
        await Create(app, receiver);
        receiver.Answer = (_, response) =>
        {
            response.StatusCode = status;
            response.Headers.Location = elsewhere.Url;
            return response.WriteAsync(new string('x', 100_000));
        };

        var test = await Send(app, HttpMethod.Post, "/api/v1/webhooks/ops/test");

        Assert.Equal((false, error, status, 2048), (test.Body.GetProperty("delivered").GetBoolean(), test.Body.GetProperty("error").GetString(), test.Body.GetProperty("status").GetInt32(), test.Body.GetProperty("answer").GetString()!.Length));
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task is_disabled_at_once_by_a_receiver_that_is_gone()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(Database.Sqlite, Settings());
        await Create(app, receiver);
        receiver.Says(410);

        await Happens(app, await app.Open(), TimelineKinds.Opened);

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), async () => !(await Hook(app)).GetProperty("enabled").GetBoolean());
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task never_reaches_into_private_networks_by_name_or_number()
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(Database.Sqlite);
        var byNumber = await Send(app, HttpMethod.Post, "/api/v1/webhooks", new { name = "ops", url = receiver.Url });
        var byName = await Send(app, HttpMethod.Post, "/api/v1/webhooks", new { name = "ops", url = receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) });

        var test = await Send(app, HttpMethod.Post, "/api/v1/webhooks/ops/test");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created), (byNumber.Status, byName.Status));
        Assert.Equal("forbiddenAddress", test.Body.GetProperty("error").GetString());
        Assert.Empty(receiver.All);
    }

    [Theory, EveryDatabase]
    public async Task is_managed_by_managers_who_never_see_a_secret_again(Database database)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(database, Settings());
        var created = await Send(app, HttpMethod.Post, "/api/v1/webhooks", new { name = "made", url = receiver.Url });
        await Create(app, receiver);

        var list = await Get(app, "/api/v1/webhooks");
        var twice = await Send(app, HttpMethod.Post, "/api/v1/webhooks", new { name = "ops", url = receiver.Url });
        var wrong = await Send(app, HttpMethod.Post, "/api/v1/webhooks", new { name = "no name", url = "ftp://x", secret = "short", events = new[] { "nothing" }, teams = new[] { "none" }, severities = new[] { "SEV9" } });
        var stale = await Send(app, HttpMethod.Put, "/api/v1/webhooks/ops", new { url = receiver.Url }, ifMatch: "\"9\"");
        var stranger = await Send(app, HttpMethod.Get, "/api/v1/webhooks", key: "observer");
        var gone = await Send(app, HttpMethod.Delete, "/api/v1/webhooks/made");

        Assert.StartsWith("whs_", created.Body.GetProperty("secret").GetString(), StringComparison.Ordinal);
        Assert.Equal(["made", "ops"], list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()));
        Assert.All(list.GetProperty("items").EnumerateArray(), i => Assert.Equal("***", i.GetProperty("secret").GetString()));
        Assert.DoesNotContain(Secret, list.ToString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.PreconditionFailed, HttpStatusCode.Forbidden, HttpStatusCode.NoContent), (twice.Status, stale.Status, stranger.Status, gone.Status));
        Assert.Equal(["events[0]", "name", "secret", "severities[0]", "teams[0]", "url"], wrong.Body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await Send(app, HttpMethod.Get, "/api/v1/webhooks/made")).Status);
    }

    [Theory, EveryDatabase]
    public async Task shows_its_deliveries_page_by_page_and_sends_one_again(Database database)
    {
        await using var receiver = await Receiver.Start();
        await using var app = await PagingApp.Start(database, Settings());
        await Create(app, receiver);
        for (var i = 0; i < 5; i++)
            await Happens(app, await app.Open(), TimelineKinds.Opened);
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(50), async () => (await Get(app, "/api/v1/webhooks/ops/deliveries?state=delivered")).GetProperty("items").GetArrayLength() == 5);

        var first = await Get(app, "/api/v1/webhooks/ops/deliveries?limit=3");
        var rest = await Get(app, $"/api/v1/webhooks/ops/deliveries?limit=3&cursor={first.GetProperty("nextCursor").GetString()}");
        var ids = first.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("id").GetString()!).ToList();
        var one = await Get(app, $"/api/v1/webhooks/ops/deliveries/{ids[0]}");
        var again = await Send(app, HttpMethod.Post, $"/api/v1/webhooks/ops/deliveries/{ids[0]}/replay");

        Assert.Equal((5, JsonValueKind.Null), (ids.Distinct().Count(), rest.GetProperty("nextCursor").ValueKind));
        Assert.Equal(receiver.All.First(p => p.Delivery == ids[0]).Body, one.GetProperty("body").GetString());
        Assert.Equal(HttpStatusCode.Accepted, again.Status);
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(50), () => receiver.All.Count(p => p.Delivery == ids[0]) == 2);
    }

    private static async Task Create(PagingApp app, Receiver receiver, string[]? events = null)
    {
        var answer = await Send(app, HttpMethod.Post, "/api/v1/webhooks", new { name = "ops", url = receiver.Url, secret = Secret, events, severities = new[] { "SEV1", "SEV2" } });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    /// <summary>As Escalation does it: lines of the timeline and the fact in one transaction.</summary>
    private static Task Happens(PagingApp app, Incident incident, params string[] kinds) => Happens(app, incident, kinds, "system");

    private static Task HappensBy(PagingApp app, string by, Incident incident, string kind) => Happens(app, incident, [kind], by);

    private static Task Happens(PagingApp app, Incident incident, IReadOnlyList<string> kinds, string by) => app.Run(work =>
    {
        foreach (var kind in kinds)
            work.Db.Timeline.Add(new TimelineEntry { Incident = incident.Number, At = work.Now, Kind = kind, Actor = by, Via = by == "system" ? "system" : "api", Text = $"{kind} by {by}" });
        work.Announce("incident", new { id = incident.Id, number = incident.Number });
    });

    private static async Task<List<string>> Told(PagingApp app, string kind)
    {
        await using var db = app.Services.GetRequiredService<Store>().CreateContext();
        return await db.Set<Notice>().AsNoTracking().Where(n => n.Kind == kind).Select(n => n.Person).ToListAsync();
    }

    private static Task<JsonElement> Hook(PagingApp app) => Get(app, "/api/v1/webhooks/ops");

    private static async Task<JsonElement> Get(PagingApp app, string path)
    {
        var (status, body) = await Send(app, HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Send(PagingApp app, HttpMethod method, string path, object? body = null, string? ifMatch = null, string key = "manager")
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "Authorization", "Bearer " + key } }, Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
