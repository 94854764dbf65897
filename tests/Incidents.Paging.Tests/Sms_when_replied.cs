using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Sms;
using Incidents.Paging.Model;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Sms_when_replied
{
    [Theory]
    [InlineData("ack 42", IncidentVerb.Acknowledge, 42L)]
    [InlineData(" ACK #42 ", IncidentVerb.Acknowledge, 42L)]
    [InlineData("res 7", IncidentVerb.Resolve, 7L)]
    [InlineData("esc 7", IncidentVerb.Escalate, 7L)]
    [InlineData("Resolve 7.", IncidentVerb.Resolve, 7L)]
    [InlineData("4", IncidentVerb.Acknowledge, null)]
    [InlineData("6", IncidentVerb.Resolve, null)]
    [InlineData("8", IncidentVerb.Escalate, null)]
    [InlineData("4 42", IncidentVerb.Acknowledge, 42L)]
    [InlineData("Assumir 42", IncidentVerb.Acknowledge, 42L)]
    [InlineData("ПРИНЯТЬ 42", IncidentVerb.Acknowledge, 42L)]
    [InlineData("endale #42", IncidentVerb.Acknowledge, 42L)]
    [InlineData("resolvido", IncidentVerb.Resolve, null)]
    [InlineData("закрыть 7", IncidentVerb.Resolve, 7L)]
    [InlineData("lahendatud 7", IncidentVerb.Resolve, 7L)]
    [InlineData("дальше", IncidentVerb.Escalate, null)]
    [InlineData("Edasi!", IncidentVerb.Escalate, null)]
    public void reads(string body, IncidentVerb verb, long? number) => Assert.Equal(new SmsCommand(verb, number), SmsReply.Read(body));

    [Theory]
    [InlineData("HELP")]
    [InlineData("ajuda")]
    [InlineData("помощь")]
    [InlineData("abi")]
    [InlineData("?")]
    public void knows_who_asks_for_help(string body) => Assert.Equal(new SmsCommand(null, null), SmsReply.Read(body));

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("akc 42")]
    [InlineData("acknowlege 42")]
    [InlineData("442")]
    [InlineData("ack42x")]
    [InlineData("acknowledged by the boss")]
    [InlineData("ack 9999999999999999999999")]
    public void does_not_guess(string body) => Assert.Null(SmsReply.Read(body));

    [Theory, EveryDatabase]
    public async Task acts_on_the_only_page_asks_when_there_are_two_and_ignores_strangers(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var one = await app.Open("Disk full");
        await app.Page(one, "bruno");
        await PagingPaths.Soon(async () => (await app.Attempts(one.Id)).Count(a => a.State == AttemptState.Sent) == 2, "sent");
        Assert.Contains($"Acknowledged. Incident {one.Number} is yours.", await Reply(app, FakeOrganisation.Bruno, "4"), StringComparison.Ordinal);

        foreach (var call in app.Vendor.Calls)
            await app.Status(call.Attempt, "completed");
        var two = await app.Open("Memory full");
        var three = await app.Open("Network slow");
        await app.Page(two, "bruno");
        await app.Page(three, "bruno");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a is { Channel: Incidents.Contracts.Organisation.ContactKind.Sms, State: AttemptState.Sent }) == 3, "texted");

        var asked = await Reply(app, FakeOrganisation.Bruno, "4");
        Assert.Contains($"#{two.Number} Memory full", asked, StringComparison.Ordinal);
        Assert.Contains($"#{three.Number} Network slow", asked, StringComparison.Ordinal);
        Assert.Contains("Resolved.", await Reply(app, FakeOrganisation.Bruno, $"res {two.Number}"), StringComparison.Ordinal);
        Assert.Contains("There is no incident 9", await Reply(app, FakeOrganisation.Bruno, "ack 9"), StringComparison.Ordinal);
        Assert.Contains($"Open: #{three.Number}", await Reply(app, FakeOrganisation.Bruno, "what?"), StringComparison.Ordinal);
        var typo = await Reply(app, FakeOrganisation.Bruno, $"akc {three.Number}");
        Assert.Contains($"Not understood. Open: #{three.Number} Network slow", typo, StringComparison.Ordinal);
        Assert.Contains($"like: ack {three.Number}", typo, StringComparison.Ordinal);
        Assert.DoesNotContain("Not understood", await Reply(app, FakeOrganisation.Bruno, "Help"), StringComparison.Ordinal);
        Assert.DoesNotContain("Message", await Reply(app, "+19995550000", "4"), StringComparison.Ordinal);
    }

    private static Task<string> Reply(PagingApp app, string phone, string body)
        => Callbacks_when_posted.Text(app.Callback("/callbacks/twilio/sms", Callbacks_when_posted.Form(("From", phone), ("To", PagingApp.From), ("Body", body), ("MessageSid", "SM1"))));
}
