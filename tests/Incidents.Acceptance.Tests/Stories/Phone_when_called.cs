using System.Net.Http.Json;
using Incidents.Acceptance.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>Telephones over real HTTP, from the alert to the timeline, against the simulated carrier.</summary>
public class Phone_when_called(PhoneStage stage)
{
    [Theory, BothShapes]
    public async Task speaks_and_writes_the_language_of_whoever_answers(Shape shape)
    {
        var it = await stage.OpenAsync(shape);
        foreach (var (login, wrong, keys, done) in new[]
        {
            ("enid", "Sev 1, service of enid: Disk full on enid.", "Press 4 to acknowledge", "Acknowledged. Incident {0} is yours. Goodbye."),
            ("joao", "Severidade 1, service of joao: Disk full on joao.", "Tecle 4 para assumir", "Assumido. O incidente {0} é seu. Até logo."),
            ("olja", "Серьёзность 1, service of olja: Disk full on olja.", "Нажмите 4, чтобы принять", "Принято. Инцидент {0} у вас. До свидания."),
            ("kadri", "Raskusaste 1, service of kadri: Disk full on kadri.", "Vajuta 4, et endale võtta", "Võetud. Intsident {0} on sinu käes. Head aega."),
        })
        {
            var who = PhoneStage.People[login].Member;
            await it.AlertAsync(PhoneStage.Service(login), $"Disk full on {login}");
            var call = await it.Phones.AnswerAsync(who);
            Assert.StartsWith(wrong, call.Words, StringComparison.Ordinal);
            Assert.Contains(keys, call.Words, StringComparison.Ordinal);
            await it.Phones.PressAsync(who, "4");
            call = await it.Phones.HeardAsync(call, c => c.EndedAt is not null, "the end");

            var incident = await it.IncidentAsync(PhoneStage.Service(login), $"Disk full on {login}");
            Assert.EndsWith(done.Replace("{0}", Said(incident.Number), StringComparison.Ordinal), call.Words, StringComparison.Ordinal);
            Assert.Equal(("acknowledged", login), (incident.Status, incident.AcknowledgedBy));
        }
    }

    [Theory, BothShapes]
    public async Task by_a_machines_owner_is_texted_at_once(Shape shape)
    {
        var it = await stage.OpenAsync(shape);
        var mel = PhoneStage.People["mel"].Member;
        await it.Phones.MachineAsync(mel);

        await it.AlertAsync(PhoneStage.Service("mel"), "Nobody is home");
        var incident = await it.IncidentAsync(PhoneStage.Service("mel"), "Nobody is home");
        await it.Phones.TextAsync(mel, t => t.Body.Contains($"#{incident.Number}", StringComparison.Ordinal), "what was to come ten minutes later");

        var call = Assert.Single(await it.Phones.CallsAsync(mel));
        Assert.DoesNotContain("Nobody is home", call.Words, StringComparison.Ordinal);
        var pages = await it.PagesAsync(incident);
        Assert.Equal(("failed", "machine"), pages.Where(p => p.Channel == "voice").Select(p => (p.State, p.Reason!)).Single());
        await it.Phones.ReplyAsync(mel, "akc");
        await it.Phones.TextAsync(mel, t => t.Body.StartsWith($"Not understood. Open: #{incident.Number} Nobody is home.", StringComparison.Ordinal), "help");
        await it.Phones.ReplyAsync(mel, "ACK");
        incident = await it.UntilAsync(incident, i => i.Status == "acknowledged", "acknowledged");
        Assert.Contains(await it.TimelineAsync(incident), e => e.Kind == "pageFailed" && e.Text.EndsWith("answered by a machine", StringComparison.Ordinal));
        Assert.Contains(await it.TimelineAsync(incident), e => e is { Kind: "acknowledged", Via: "sms" });
    }

    [Theory, BothShapes]
    public async Task and_busy_is_called_once_more(Shape shape)
    {
        var it = await stage.OpenAsync(shape);
        var bea = PhoneStage.People["bea"].Member;

        await it.AlertAsync(PhoneStage.Service("bea"), "Line is busy");
        await it.Phones.RingAsync(bea);
        await it.Phones.DeclineAsync(bea);
        var call = await it.Phones.AnswerAsync(bea, nth: 2);
        await it.Phones.PressAsync(bea, "4");

        var incident = await it.UntilAsync(await it.IncidentAsync(PhoneStage.Service("bea"), "Line is busy"), i => i.Status == "acknowledged", "acknowledged");
        var calls = await it.Phones.CallsAsync(bea);
        Assert.Equal(2, calls.Count);
        Assert.True(call.ReceivedAt - calls[0].EndedAt >= TimeSpan.FromSeconds(4.9), "after the delay, not at once");
        Assert.Equal(["busy", null], (await it.PagesAsync(incident)).Where(p => p.Channel == "voice").Select(p => p.Reason));
    }

    [Theory, BothShapes]
    public async Task about_one_incident_hears_of_the_others_too(Shape shape)
    {
        var it = await stage.OpenAsync(shape);
        var sven = PhoneStage.People["sven"].Member;
        var service = PhoneStage.Service("sven");
        await it.AlertAsync(service, "First of three");
        await it.Phones.RingAsync(sven);
        foreach (var title in new[] { "Second of three", "Third of three" })
        {
            await it.AlertAsync(service, title);
            var waiting = await it.IncidentAsync(service, title);
            await Eventually.True(async () => (await it.PagesAsync(waiting)).Any(), "its page waits for the line");
        }

        var call = await it.Phones.AnswerAsync(sven);
        await it.Phones.PressAsync(sven, "4");
        await it.Phones.HeardAsync(call, c => c.Listening && c.Words.Contains("Still open for you: 2. Sev 1, service of sven: Second of three.", StringComparison.Ordinal), "how many more there are");
        await it.Phones.PressAsync(sven, "9");
        call = await it.Phones.HeardAsync(call, c => c.EndedAt is not null, "the end");

        Assert.Contains("Acknowledged, all yours:", call.Words, StringComparison.Ordinal);
        foreach (var title in new[] { "First of three", "Second of three", "Third of three" })
            await it.UntilAsync(await it.IncidentAsync(service, title), i => i.AcknowledgedBy == "sven", "acknowledged");
        Assert.Single(await it.Phones.CallsAsync(sven));
    }

    [Theory, BothShapes]
    public async Task after_stop_gets_no_texts_and_the_lead_knows(Shape shape)
    {
        var it = await stage.OpenAsync(shape);
        var olaf = PhoneStage.People["olaf"].Member;
        await it.Phones.MachineAsync(olaf);
        await it.Phones.ReplyAsync(olaf, "STOP");
        await it.Phones.TextAsync(PhoneStage.Stan, t => t.Body.StartsWith("Olaf gets no more texts", StringComparison.Ordinal), "that Olaf cannot be texted");

        await it.AlertAsync(PhoneStage.Service("olaf"), "No way to Olaf");
        var incident = await it.IncidentAsync(PhoneStage.Service("olaf"), "No way to Olaf");
        await it.Phones.RingAsync(PhoneStage.Stan);

        Assert.Equal(["machine", "unsubscribed"], (await it.PagesAsync(incident)).Where(p => p.Person == "olaf").Select(p => p.Reason));
        Assert.DoesNotContain(await it.Phones.TextsAsync(olaf), t => t.Body.Contains("No way to Olaf", StringComparison.Ordinal));
        await it.Phones.ReplyAsync(olaf, "START");
        using var shown = await it.Http.GetAsync(new Uri("/api/v1/contacts/unsubscribed", UriKind.Relative));
        Assert.DoesNotContain("olaf", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, BothShapes]
    public async Task in_person_asks_for_the_pin_and_goes_through_what_is_open(Shape shape)
    {
        var it = await stage.OpenAsync(shape);
        var cal = PhoneStage.People["cal"].Member;
        await it.Phones.DeclinesAsync(cal);
        await it.AlertAsync(PhoneStage.Service("cal"), "Call me back");
        var incident = await it.IncidentAsync(PhoneStage.Service("cal"), "Call me back");
        await it.Phones.RingAsync(cal);
        using (var own = await it.PersonAsync("cal"))
        using (var set = await own.PutAsJsonAsync("/api/v1/me/pin", new { pin = "4711" })) set.EnsureSuccessStatusCode();

        var call = await it.Phones.DialAsync(cal);
        await it.Phones.HeardAsync(call, c => c.Listening && c.Words.StartsWith("Olá, Cal. Digite sua senha", StringComparison.Ordinal), "who it is");
        await it.Phones.PressAsync(cal, "0000#");
        await it.Phones.HeardAsync(call, c => c.Listening && c.Words.Contains("Senha incorreta.", StringComparison.Ordinal), "that the PIN is wrong");
        await it.Phones.PressAsync(cal, "4711#");
        await it.Phones.HeardAsync(call, c => c.Listening && c.Words.Contains("Em aberto para você: 1. Severidade 1, service of cal: Call me back.", StringComparison.Ordinal), "what is open");
        await it.Phones.PressAsync(cal, "4");
        call = await it.Phones.HeardAsync(call, c => c.EndedAt is not null, "the end");

        Assert.EndsWith($"Assumido. O incidente {Said(incident.Number)} é seu. Até logo.", call.Words, StringComparison.Ordinal);
        incident = await it.UntilAsync(incident, i => i.Status == "acknowledged", "acknowledged");
        Assert.Equal("cal", incident.AcknowledgedBy);
        Assert.Contains(await it.TimelineAsync(incident), e => e is { Kind: "acknowledged", Via: "voice" });
    }

    /// <summary>As a call says a number: to 99 whole, then digit by digit.</summary>
    internal static string Said(long number) => number < 100 ? $"{number}" : string.Join(' ', $"{number}".ToCharArray());
}
