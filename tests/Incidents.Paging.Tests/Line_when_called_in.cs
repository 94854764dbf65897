using System.Net;
using System.Net.Http.Json;
using System.Xml.Linq;
using Incidents.Paging.Channels.Phrases;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Line_when_called_in
{
    [Theory, EveryDatabase]
    public async Task knows_the_caller_asks_for_the_pin_and_goes_through_what_is_open(Database database)
    {
        await using var app = await PagingApp.Start(database);
        Assert.Equal(HttpStatusCode.NoContent, await SetPin(app, "joao", "4711"));
        var own = await app.Open("Mine already");
        await app.Acknowledge(own, "joao");
        var incident = await app.Open("Disk full");
        await Call_when_answered.Ring(app, incident, "joao");

        var heard = await CallIn(app, FakeOrganisation.Joao);
        Assert.StartsWith("Olá, João. Digite sua senha", heard.Element("Gather")!.Value, StringComparison.Ordinal);
        heard = await Call_when_answered.Press(app, heard, "4711", FakeOrganisation.Joao);
        Assert.StartsWith("Em aberto para você: 2. Severidade 1, checkout: Disk full.", heard.Value, StringComparison.Ordinal);
        Assert.Contains("Aberto desde 06:00.", heard.Value, StringComparison.Ordinal);
        heard = await Call_when_answered.Press(app, heard, "4", FakeOrganisation.Joao);
        Assert.Contains("Assumido.", heard.Value, StringComparison.Ordinal);
        Assert.Contains("Mine already. ", heard.Value, StringComparison.Ordinal);
        Assert.Contains("É seu. Tecle 6 para resolver", heard.Value, StringComparison.Ordinal);
        heard = await Call_when_answered.Press(app, heard, "6", FakeOrganisation.Joao);

        Assert.Equal($"Resolvido. O incidente {Spoken.Number(own.Number)} está encerrado. Até logo.", heard.Value);
        Assert.Equal("Nada está em aberto para você. Até logo.", (await Call_when_answered.Press(app, await ResolveAndCall(app, incident), "4711", FakeOrganisation.Joao)).Value);
    }

    [Theory, EveryDatabase]
    public async Task is_closed_to_strangers_and_without_a_pin_and_to_unsigned_requests(Database database)
    {
        await using var app = await PagingApp.Start(database);

        Assert.Equal("This is Incidents. Your number is not known here. Goodbye.", (await CallIn(app, "+19995550000")).Value);
        var without = await CallIn(app, FakeOrganisation.Bruno);
        Assert.StartsWith("You have no PIN yet.", without.Value, StringComparison.Ordinal);
        Assert.Null(without.Element("Gather"));
        await SetPin(app, "bruno", "4711");
        using var unsigned = await app.Callback("/callbacks/twilio/incoming", Callbacks_when_posted.Form(("From", FakeOrganisation.Bruno)), "another-token");
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.StatusCode);
        // The PIN that was asked of one caller is of no use from another's phone.
        var asked = await CallIn(app, FakeOrganisation.Bruno);
        Assert.Contains("not known here", (await Call_when_answered.Press(app, asked, "4711", FakeOrganisation.Ana)).Value, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task is_locked_after_five_wrong_pins_for_a_while_and_the_person_is_told(Database database)
    {
        await using var app = await PagingApp.Start(database);
        await SetPin(app, "ana", "4711");
        var heard = await CallIn(app, FakeOrganisation.Ana);
        for (var i = 0; i < 2; i++)
        {
            heard = await Call_when_answered.Press(app, heard, "0000", FakeOrganisation.Ana);
            Assert.StartsWith("That PIN is wrong. Hello, ana.", heard.Value, StringComparison.Ordinal);
        }
        Assert.Equal("That PIN is wrong. Goodbye.", (await Call_when_answered.Press(app, heard, "0000", FakeOrganisation.Ana)).Value);

        heard = await CallIn(app, FakeOrganisation.Ana);
        heard = await Call_when_answered.Press(app, heard, "0000", FakeOrganisation.Ana);
        heard = await Call_when_answered.Press(app, heard, "0000", FakeOrganisation.Ana);
        Assert.Equal("Too many wrong PINs. Try again in 15 minutes. Goodbye.", heard.Value);
        heard = await Call_when_answered.Press(app, await CallIn(app, FakeOrganisation.Ana), "4711", FakeOrganisation.Ana);
        Assert.StartsWith("Too many wrong PINs.", heard.Value, StringComparison.Ordinal);
        await PagingPaths.Soon(() => app.Vendor.Messages.Any(m => m.To == FakeOrganisation.Ana && m.Body.StartsWith("Wrong PINs", StringComparison.Ordinal)), "ana is told");

        app.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.StartsWith("Nothing is open", (await Call_when_answered.Press(app, await CallIn(app, FakeOrganisation.Ana), "4711", FakeOrganisation.Ana)).Value, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task takes_only_four_to_eight_digits_as_a_pin_and_keeps_no_more_than_a_slow_hash(Database database)
    {
        await using var app = await PagingApp.Start(database);
        foreach (var bad in new[] { "123", "123456789", "12a4", "", "１２３４" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await SetPin(app, "ana", bad));
        Assert.Equal(HttpStatusCode.NotFound, await SetPin(app, "mara", "4711"));
        Assert.Equal((HttpStatusCode.OK, "null"), await Send(app, HttpMethod.Get, "ana", null));
        Assert.Equal(HttpStatusCode.NoContent, await SetPin(app, "ana", "12345678"));

        var (status, body) = await Send(app, HttpMethod.Get, "ana", null);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"setAt\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678", body, StringComparison.Ordinal);
        var pins = (Incidents.Paging.Channels.Voice.Pins)app.Services.GetService(typeof(Incidents.Paging.Channels.Voice.Pins))!;
        Assert.StartsWith("pbkdf2-sha256$600000$", (await pins.Find("ana", TestContext.Current.CancellationToken))!.Hash, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await Send(app, HttpMethod.Delete, "ana", null)).Status);
        Assert.StartsWith("You have no PIN yet.", (await CallIn(app, FakeOrganisation.Ana)).Value, StringComparison.Ordinal);
    }

    private static async Task<XElement> ResolveAndCall(PagingApp app, Incident incident)
    {
        await app.Actions.Change(incident.Id, IncidentStatus.Resolved, "joao");
        return await CallIn(app, FakeOrganisation.Joao);
    }

    private static Task<XElement> CallIn(PagingApp app, string from)
        => Call_when_answered.Hear(app.Callback("/callbacks/twilio/incoming", Callbacks_when_posted.Form(("CallSid", "CA1"), ("CallStatus", "ringing"), ("Direction", "inbound"), ("From", from), ("To", PagingApp.From))));

    private static async Task<HttpStatusCode> SetPin(PagingApp app, string login, string pin) => (await Send(app, HttpMethod.Put, login, new { pin })).Status;

    private static async Task<(HttpStatusCode Status, string Body)> Send(PagingApp app, HttpMethod method, string login, object? body)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/me/pin") { Headers = { { "Authorization", "Bearer as:" + login } }, Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
