using System.Net;
using System.Text.RegularExpressions;
using Incidents.Acceptance.Tests.Stage;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>The link in a text, as a phone without JavaScript and without a session uses it.</summary>
public partial class Link_when_opened(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task shows_on_GET_and_acknowledges_on_POST(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        using var phone = new HttpClient();

        await it.AlertAsync(crew.Calm, "Behind a <link>");
        var incident = await it.IncidentAsync(crew.Calm, "Behind a <link>");
        var text = await it.Phones.TextAsync(crew.Ana, t => t.Body.Contains($"#{incident.Number} ", StringComparison.Ordinal), "the page");
        var link = new Uri(Address().Match(text.Body).Value);
        var shown = await phone.GetStringAsync(link);

        Assert.Contains("Behind a &lt;link&gt;", shown, StringComparison.Ordinal);
        Assert.Contains("value=\"acknowledge\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", shown, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("triggered", (await it.Api.GetIncident(incident.Id.ToString())).Status);

        using (var blind = await phone.PostAsync(link, Do("acknowledge", ""))) Assert.Equal(HttpStatusCode.Forbidden, blind.StatusCode);
        Assert.Equal("triggered", (await it.Api.GetIncident(incident.Id.ToString())).Status);
        using (var acted = await phone.PostAsync(link, Do("acknowledge", Form(shown))))
        {
            Assert.Equal(HttpStatusCode.OK, acted.StatusCode);
            var page = await acted.Content.ReadAsStringAsync();
            Assert.Contains($"Acknowledged. Incident {incident.Number} is yours.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("value=\"acknowledge\"", page, StringComparison.Ordinal);
        }

        incident = await it.Api.GetIncident(incident.Id.ToString());
        Assert.Equal(("acknowledged", crew.Ana.Login), (incident.Status, incident.AcknowledgedBy));
        Assert.Contains(await it.TimelineAsync(incident), e => e is { Kind: "acknowledged", Via: "link" });
        await it.Phones.HeardAsync(await it.Phones.RingAsync(crew.Ana), c => c.Status == "canceled", "the ringing stops");
    }

    [Theory, BothShapes]
    public async Task refuses_a_token_that_was_changed(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        using var phone = new HttpClient();

        await it.AlertAsync(crew.Calm, "Forged");
        var incident = await it.IncidentAsync(crew.Calm, "Forged");
        var text = await it.Phones.TextAsync(crew.Ana, t => t.Body.Contains($"#{incident.Number} ", StringComparison.Ordinal), "the page");
        var good = Address().Match(text.Body).Value;
        var forged = new Uri(good[..^6] + (good[^6] == 'A' ? 'B' : 'A') + good[^5..]);
        using var answer = await phone.PostAsync(forged, Do("acknowledge", Form(await phone.GetStringAsync(new Uri(good)))));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("triggered", (await it.Api.GetIncident(incident.Id.ToString())).Status);
    }

    private static FormUrlEncodedContent Do(string what, string form) => new([new("do", what), new("form", form)]);

    private static string Form(string page) => Field().Match(page).Groups["form"].Value;

    [GeneratedRegex("name=\"form\" value=\"(?<form>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();

    [GeneratedRegex(@"http\S+/a/\S+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
