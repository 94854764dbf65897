using System.Net;
using Incidents.Paging.Model;
using Incidents.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Phone_when_it_stops_texts
{
    [Theory, EveryDatabase]
    public async Task gets_none_is_shown_and_its_lead_is_told_once_until_it_starts_again(Database database)
    {
        await using var app = await PagingApp.Start(database);
        Assert.DoesNotContain("Message", await Text(app, FakeOrganisation.Ana, "stop", "STOP"), StringComparison.Ordinal);
        await Text(app, FakeOrganisation.Ana, "STOP", "STOP");

        var incident = await app.Open();
        await app.Page(incident, "ana");
        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a is { State: AttemptState.Failed, Reason: Reason.Unsubscribed }), "it fails");

        Assert.DoesNotContain(app.Vendor.Messages, m => m.To == FakeOrganisation.Ana);
        await PagingPaths.Soon(() => app.Vendor.Messages.Any(m => m.To == FakeOrganisation.Bruno && m.Body.StartsWith("ana gets no more texts", StringComparison.Ordinal)), "the lead is told");
        Assert.Single(app.Vendor.Messages, m => m.Body.Contains("gets no more texts", StringComparison.Ordinal));
        var shown = await Get(app, "/api/v1/contacts/unsubscribed");
        Assert.Contains("\"person\":\"ana\",\"contact\":\"text\"", shown, StringComparison.Ordinal);
        Assert.Contains("\"by\":\"reply\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeOrganisation.Ana, shown, StringComparison.Ordinal);

        await Text(app, FakeOrganisation.Ana, "start", "START");
        var next = await app.Open();
        await app.Page(next, "ana");
        await PagingPaths.Soon(() => app.Vendor.Messages.Any(m => m.To == FakeOrganisation.Ana && m.Body.Contains($"#{next.Number}", StringComparison.Ordinal)), "texts come again");
        Assert.DoesNotContain("ana", await Get(app, "/api/v1/contacts/unsubscribed"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task through_the_vendor_alone_is_noticed_by_its_refusal_and_its_taking_again(Database database)
    {
        await using var app = await PagingApp.Start(database);
        app.Vendor.Refuse = (kind, form) => kind == "Messages" && form["To"] == FakeOrganisation.Ana ? Results.Json(new { code = 21610 }, statusCode: 400) : null;
        await app.Page(await app.Open(), "ana");
        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a.Reason == Reason.Unsubscribed), "refused");
        Assert.Contains("\"by\":\"vendor\"", await Get(app, "/api/v1/contacts/unsubscribed"), StringComparison.Ordinal);

        app.Vendor.Refuse = (_, _) => null;
        await app.Page(await app.Open(), "ana");

        await PagingPaths.Soon(() => app.Vendor.Messages.Any(m => m.To == FakeOrganisation.Ana), "offered again");
        await PagingPaths.Soon(async () => !(await Get(app, "/api/v1/contacts/unsubscribed")).Contains("ana", StringComparison.Ordinal), "lifted");
    }

    private static Task<string> Text(PagingApp app, string phone, string body, string choice)
        => Callbacks_when_posted.Text(app.Callback("/callbacks/twilio/sms", Callbacks_when_posted.Form(("From", phone), ("To", PagingApp.From), ("Body", body), ("OptOutType", choice), ("MessageSid", "SM1"))));

    private static async Task<string> Get(PagingApp app, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", "Bearer observer" } } };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
