using System.Net;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Callbacks_when_posted
{
    [Theory, EveryDatabase]
    public async Task need_the_right_signature(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var (incident, call) = await Ring(app);
        var path = $"/callbacks/twilio/digits?attempt={call.Attempt}";

        using var forged = await app.Callback(path, Form(("Digits", "4")), "another-token");
        using var unsigned = await app.Http.PostAsync(path, new FormUrlEncodedContent(Form(("Digits", "4"))), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.StatusCode);
        Assert.DoesNotContain(await app.Timeline(incident.Number), t => t.Kind == "acknowledged");
    }

    [Theory, EveryDatabase]
    public async Task speak_what_is_wrong_and_take_one_key(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var (incident, call) = await Ring(app, "Disk <full> & \"hot\"");

        var spoken = await Text(app.Callback(call.Url!.PathAndQuery, Form(("CallSid", call.Sid), ("CallStatus", "in-progress"))));

        Assert.Contains("<Gather input=\"dtmf\" numDigits=\"1\"", spoken, StringComparison.Ordinal);
        Assert.Contains("Sev 1, checkout: Disk &lt;full&gt; &amp; \"hot\". Incident " + Spoken.Number(incident.Number) + ".", spoken, StringComparison.Ordinal);
        Assert.Contains("round=1</Redirect>", spoken, StringComparison.Ordinal);
        var wrong = await Text(app.Callback($"/callbacks/twilio/digits?attempt={call.Attempt}", Form(("Digits", "7"))));
        Assert.Contains("Key 7 does nothing here.", wrong, StringComparison.Ordinal);
        var last = await Text(app.Callback($"/callbacks/twilio/voice?attempt={call.Attempt}&round=2", Form(("CallSid", call.Sid))));
        Assert.Contains("<Hangup", last, StringComparison.Ordinal);
        Assert.DoesNotContain("Redirect", last, StringComparison.Ordinal);
        var done = await Text(app.Callback($"/callbacks/twilio/digits?attempt={call.Attempt}", Form(("Digits", "4"))));
        Assert.Contains("Acknowledged.", done, StringComparison.Ordinal);
        Assert.Contains(await app.Timeline(incident.Number), t => t.Kind == "answered");
    }

    [Theory, EveryDatabase]
    public async Task say_so_when_it_did_not_work(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var (_, call) = await Ring(app);
        app.Actions.Away = true;

        var spoken = await Text(app.Callback($"/callbacks/twilio/digits?attempt={call.Attempt}", Form(("Digits", "4"))));

        Assert.Contains("That did not work", spoken, StringComparison.Ordinal);
        Assert.DoesNotContain("Acknowledged.", spoken, StringComparison.Ordinal);
        Assert.Contains("<Gather", spoken, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task of_a_stale_call_say_who_has_it_and_the_others_are_told(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        await app.Page(incident, "ana", "tiina", "bruno");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 5, "all sent");
        var tiinas = app.Vendor.Calls.Single(c => c.To == FakeOrganisation.Tiina);
        var anas = app.Vendor.Calls.Single(c => c.To == FakeOrganisation.Ana);
        await app.Callback(tiinas.Url!.PathAndQuery, Form(("CallSid", tiinas.Sid)));

        await app.Acknowledge(incident, "bruno");

        await PagingPaths.Soon(() => app.Vendor.Messages.Any(m => m.Body.StartsWith("bruno has #", StringComparison.Ordinal)), "ana is told");
        await PagingPaths.Soon(() => app.Vendor.Updates.Any(u => u.Sid == anas.Sid), "ana's phone stops");
        Assert.DoesNotContain(app.Vendor.Updates, u => u.Sid == tiinas.Sid);
        Assert.Equal(FakeOrganisation.Ana, Assert.Single(app.Vendor.Messages, m => m.Body.StartsWith("bruno has #", StringComparison.Ordinal)).To);
        var spoken = await Text(app.Callback($"/callbacks/twilio/voice?attempt={anas.Attempt}", Form(("CallSid", anas.Sid))));
        Assert.Contains("bruno has it", spoken, StringComparison.Ordinal);
        Assert.DoesNotContain("Gather", spoken, StringComparison.Ordinal);
        Assert.Contains(await app.Timeline(incident.Number), t => t is { Kind: "pageCanceled", Person: "ana" });
    }

    [Theory, EveryDatabase]
    public async Task of_status_may_come_twice_and_in_any_order(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var (incident, call) = await Ring(app);

        foreach (var status in new[] { "completed", "in-progress", "ringing", "completed", "no-answer", "initiated" })
        {
            using var answer = await app.Status(call.Attempt, status);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var attempt = (await app.Attempts()).Single(a => a.Id == call.Attempt);
        Assert.Equal((AttemptState.Answered, Reason.None), (attempt.State, attempt.Reason));
        Assert.NotNull(attempt.DoneAt);
        Assert.Single(await app.Timeline(incident.Number), t => t.Kind == "answered");
        using var unknown = await app.Status(Guid.NewGuid(), "completed");
        Assert.Equal(HttpStatusCode.OK, unknown.StatusCode);
    }

    internal static async Task<(Incident, VendorCall)> Ring(PagingApp app, string title = "Disk full")
    {
        var incident = await app.Open(title);
        await app.Page(incident, "tiina");
        await PagingPaths.Soon(async () => (await app.Attempts(incident.Id)).Exists(a => a.State == AttemptState.Sent), "it rings");
        return (incident, app.Vendor.Calls.Last());
    }

    internal static Dictionary<string, string> Form(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    internal static async Task<string> Text(Task<HttpResponseMessage> response)
    {
        using var answer = await response;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
