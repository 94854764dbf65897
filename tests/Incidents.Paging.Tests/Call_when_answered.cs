using System.Xml.Linq;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Call_when_answered
{
    [Theory, EveryDatabase]
    public async Task speaks_the_persons_language_with_a_voice_for_it(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open("Disk full");
        foreach (var (login, language, voice, words) in new[]
        {
            ("tiina", "en-US", "Polly.Joanna-Neural", $"Sev 1, checkout: Disk full. Incident {Spoken.Number(incident.Number)}."),
            ("joao", "pt-BR", "Polly.Camila-Neural", $"Severidade 1, checkout: Disk full. Incidente {Spoken.Number(incident.Number)}. Tecle 4 para assumir"),
            ("olja", "ru-RU", "Google.ru-RU-Wavenet-A", $"Серьёзность 1, checkout: Disk full. Инцидент {Spoken.Number(incident.Number)}. Нажмите 4"),
            ("kadri", "fi-FI", "Polly.Suvi-Neural", $"Raskusaste 1, checkout: Disk full. Intsident {Spoken.Number(incident.Number)}. Vajuta 4"),
        })
        {
            var call = await Ring(app, incident, login);

            var heard = await Answer(app, call);

            var say = Assert.Single(heard.Descendants("Say"), s => s.Parent!.Name == "Gather");
            Assert.Equal((language, voice), ((string)say.Attribute("language")!, (string)say.Attribute("voice")!));
            Assert.StartsWith(words, say.Value, StringComparison.Ordinal);
        }
        var done = await Press(app, await Answer(app, await Called(app, FakeOrganisation.Joao)), "4");
        Assert.Equal($"Assumido. O incidente {Spoken.Number(incident.Number)} é seu. Até logo.", done.Value);
    }

    [Theory, EveryDatabase]
    public async Task tells_who_else_is_paged_and_how_they_stand(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var call = await Ring(app, incident, "tiina");
        Assert.StartsWith("Nobody else is paged. Sev 1", (await Press(app, await Answer(app, call), "5")).Value, StringComparison.Ordinal);

        await app.Page(incident, "joao", "kadri", "lena", "crowd-01");
        await PagingPaths.Soon(async () => (await app.Attempts(incident.Id)).Count(a => a.State == AttemptState.Sent) == 3, "the others ring");
        await app.Status((await Called(app, FakeOrganisation.Kadri)).Attempt, "busy");
        await Answer(app, await Called(app, FakeOrganisation.Joao));

        var said = (await Press(app, await Answer(app, call), "5")).Value;

        Assert.StartsWith("Also paged: João, on the phone now; crowd-01, the phone rings; Kadri, busy; lena, could not be reached. Sev 1", said, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task explains_a_wrong_key_repeats_on_star_and_does_not_last_for_ever(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var heard = await Answer(app, await Ring(app, await app.Open(), "tiina"));

        heard = await Press(app, heard, "#");
        Assert.StartsWith("Key hash does nothing here. Sev 1", heard.Value, StringComparison.Ordinal);
        heard = await Press(app, heard, "9");
        Assert.StartsWith("Key 9 does nothing here.", heard.Value, StringComparison.Ordinal);
        heard = await Press(app, heard, "*");
        Assert.StartsWith("Sev 1", heard.Value, StringComparison.Ordinal);

        var keys = 3;
        for (; heard.Element("Gather") is not null && keys < 100; keys++)
            heard = await Press(app, heard, "*");
        Assert.InRange(keys, 30, 70);
        Assert.Equal("This call has lasted long enough. Goodbye.", heard.Value);
    }

    [Theory, EveryDatabase]
    public async Task goes_through_what_else_is_open_the_most_urgent_first(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var first = await app.Open("First");
        var call = await Ring(app, first, "tiina");
        var old = await Later(app, "Old and mild", Incidents.Kernel.Severity.Sev3);
        var worst = await Later(app, "Young and bad", Incidents.Kernel.Severity.Sev1);
        var taken = await Later(app, "Somebody else's", Incidents.Kernel.Severity.Sev1);
        await app.Acknowledge(taken, "bruno");

        var heard = await Press(app, await Answer(app, call), "4");
        Assert.StartsWith($"Acknowledged. Incident {Spoken.Number(first.Number)} is yours. Still open for you: 2. Sev 1, checkout: Young and bad. Incident {Spoken.Number(worst.Number)}. Open since 09:00. Press 4", heard.Value, StringComparison.Ordinal);
        Assert.Contains("Press 1 for the next one. Press 9 to acknowledge all 2.", heard.Value, StringComparison.Ordinal);

        heard = await Press(app, heard, "1");
        Assert.StartsWith($"Still open for you: 1. Sev 3, checkout: Old and mild. Incident {Spoken.Number(old.Number)}.", heard.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Press 9", heard.Value, StringComparison.Ordinal);

        heard = await Press(app, heard, "6");
        Assert.Equal($"Resolved. Incident {Spoken.Number(old.Number)} is closed. Goodbye.", heard.Value);
        Assert.Equal([IncidentStatus.Acknowledged, IncidentStatus.Resolved, IncidentStatus.Triggered], (await Statuses(app, first, old, worst)));
    }

    [Theory, EveryDatabase]
    public async Task acknowledges_all_by_one_key_and_says_which(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var first = await app.Open("First");
        var call = await Ring(app, first, "tiina");
        var second = await Later(app, "Second", Incidents.Kernel.Severity.Sev1);
        var third = await Later(app, "Third", Incidents.Kernel.Severity.Sev2);

        var heard = await Press(app, await Answer(app, call), "9");

        Assert.Equal($"Acknowledged, all yours: {Spoken.Number(first.Number)}; {Spoken.Number(second.Number)} and {Spoken.Number(third.Number)}. Goodbye.", heard.Value);
        Assert.All(await Statuses(app, first, second, third), s => Assert.Equal(IncidentStatus.Acknowledged, s));
    }

    [Theory, EveryDatabase]
    public async Task leaves_the_rest_after_ten(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var call = await Ring(app, await app.Open("First"), "tiina");
        for (var i = 0; i < 11; i++)
            await Later(app, $"More {i}", Incidents.Kernel.Severity.Sev2);

        var heard = await Answer(app, call);
        var handled = 0;
        for (; heard.Element("Gather") is not null; handled++)
            heard = await Press(app, heard, "4");

        Assert.Equal(10, handled);
        Assert.EndsWith("That is enough for one call. Still open for you: 2. Goodbye.", heard.Value, StringComparison.Ordinal);
    }

    /// <summary>Opens an incident and pages tiina for it; her line is engaged, so it waits.</summary>
    private static async Task<Incident> Later(PagingApp app, string title, Incidents.Kernel.Severity severity)
    {
        var incident = await app.Open(title);
        await app.Run(async work =>
        {
            var row = (await work.LockIncident(incident.Id, CancellationToken.None))!;
            row.Severity = severity;
            return true;
        });
        await app.Page(incident, "tiina");
        await PagingPaths.Soon(async () => (await app.Attempts(incident.Id)).Count == 1, "it waits");
        return incident;
    }

    private static async Task<List<IncidentStatus>> Statuses(PagingApp app, params Incident[] incidents)
    {
        var reader = (Incidents.Paging.Channels.PageReader)app.Services.GetService(typeof(Incidents.Paging.Channels.PageReader))!;
        var found = new List<IncidentStatus>();
        foreach (var i in incidents)
            found.Add((await reader.ByNumber(i.Number, TestContext.Current.CancellationToken))!.Status);
        return found;
    }

    internal static async Task<VendorCall> Ring(PagingApp app, Incident incident, string login)
    {
        var number = app.Organisation.Current.People[login].Contacts[0].Address;
        await app.Page(incident, login);
        await PagingPaths.Soon(async () => (await app.Attempts(incident.Id)).Exists(a => a.Person == login && a.State == AttemptState.Sent), $"{login}'s phone rings");
        return await Called(app, number);
    }

    internal static async Task<VendorCall> Called(PagingApp app, string number)
    {
        await PagingPaths.Soon(() => app.Vendor.Calls.Any(c => c.To == number), $"{number} is called");
        return app.Vendor.Calls.Last(c => c.To == number);
    }

    /// <summary>What the person hears who picks up.</summary>
    internal static async Task<XElement> Answer(PagingApp app, VendorCall call, string answeredBy = "human")
        => await Hear(app.Callback(call.Url!.PathAndQuery, Callbacks_when_posted.Form(("CallSid", call.Sid), ("CallStatus", "in-progress"), ("AnsweredBy", answeredBy), ("From", PagingApp.From), ("To", call.To))));

    /// <summary>Presses a key where the call asks for one.</summary>
    internal static async Task<XElement> Press(PagingApp app, XElement heard, string key, string from = PagingApp.From)
        => await Hear(app.Callback(new Uri((string)heard.Element("Gather")!.Attribute("action")!).PathAndQuery, Callbacks_when_posted.Form(("CallSid", "CA1"), ("Digits", key), ("From", from))));

    internal static async Task<XElement> Hear(Task<HttpResponseMessage> answer) => XDocument.Parse(await Callbacks_when_posted.Text(answer)).Root!;
}
