using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Incidents.Acceptance.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>Somebody without a phone: the mail arrives in the simulator's mailbox over SMTP, and its links act.</summary>
public partial class Mail_when_paged(Theatre theatre)
{
    private sealed record Mails(IReadOnlyList<Mail> Items);

    private sealed record Mail(string Id, string To, string Subject, string MessageId, string References, bool Important, string Text);

    [Theory, BothShapes]
    public async Task is_opened_and_its_link_acknowledges(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        using var browser = new HttpClient();

        await it.AlertAsync(crew.Post, "Kirjad ei lähe: <öö> 🔥");
        var incident = await it.IncidentAsync(crew.Post, "Kirjad ei lähe: <öö> 🔥");
        var mail = await Eventually.Get(async () => (await MailsAsync(it, crew)).FirstOrDefault(), "the mail arrives");
        var links = Address().Matches(mail.Text).Select(m => new Uri(m.Value)).ToList();
        var html = await it.Http.GetStringAsync(new Uri($"/simulator/api/mail/{mail.Id}/html", UriKind.Relative));
        var shown = await browser.GetStringAsync(links[0]);

        Assert.Equal($"[SEV1] #{incident.Number} {crew.Post}: Kirjad ei lähe: <öö> 🔥", mail.Subject);
        Assert.True(mail.Important);
        Assert.All(links, link => Assert.Contains(link.AbsolutePath, html, StringComparison.Ordinal));
        Assert.Equal("triggered", (await it.Api.GetIncident(incident.Id.ToString())).Status);
        using (var acted = await browser.PostAsync(links[0], new FormUrlEncodedContent([new("form", Field().Match(shown).Groups["form"].Value)]))) Assert.Equal(HttpStatusCode.OK, acted.StatusCode);

        incident = await it.Api.GetIncident(incident.Id.ToString());
        Assert.Equal(("acknowledged", crew.Mai), (incident.Status, incident.AcknowledgedBy));
        // Whoever is quick acknowledges before the mail server's answer is written down.
        await Eventually.True(async () => (await it.TimelineAsync(incident)).Any(e => e.Kind == "pageSent" && e.Channel == "email" && e.Person == crew.Mai), "the timeline tells of the mail");
        Assert.Contains(await it.TimelineAsync(incident), e => e.Kind == "acknowledged" && e.Via == "link" && e.Actor == crew.Mai);

        var resolving = await browser.GetStringAsync(links[1]);
        using (var acted = await browser.PostAsync(links[1], new FormUrlEncodedContent([new("form", Field().Match(resolving).Groups["form"].Value)]))) Assert.Equal(HttpStatusCode.OK, acted.StatusCode);
        Assert.Equal("resolved", (await it.Api.GetIncident(incident.Id.ToString())).Status);
        Assert.All(links, link => Assert.DoesNotContain(it.Server.Log, line => line.Contains(link.Segments[^1], StringComparison.Ordinal)));
    }

    [Theory, BothShapes]
    public async Task to_a_mailbox_that_is_not_there_fails_and_the_next_level_starts(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        using (var fault = await it.Http.PostAsJsonAsync("/simulator/api/mail/faults", new { reject = new[] { crew.MaisAddress } })) fault.EnsureSuccessStatusCode();

        await it.AlertAsync(crew.Post, "Nobody reads this");
        var incident = await it.IncidentAsync(crew.Post, "Nobody reads this");

        await it.Phones.RingAsync(crew.Ana);
        Assert.Equal("invalidAddress", (await it.PagesAsync(incident)).Single(p => p.Person == crew.Mai).Reason);
        Assert.Contains(await it.FailedAsync(incident), f => f.Person == crew.Mai && f.Reason == "invalidAddress");
        Assert.Empty(await MailsAsync(it, crew));
    }

    private static async Task<IReadOnlyList<Mail>> MailsAsync(Installation it, Crew crew) => (await it.GetAsync<Mails>($"/simulator/api/mail?to={crew.MaisAddress}")).Items;

    [GeneratedRegex(@"http\S+/a/\S+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("name=\"form\" value=\"(?<form>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();
}
