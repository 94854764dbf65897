using Incidents.Acceptance.Tests.Stage;
using Incidents.Client;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>What an Alertmanager sends, in good order and in bad.</summary>
public class Source_when_it_reports(Theatre theatre)
{
    private static readonly DateTimeOffset Started = TimeProvider.System.GetUtcNow().AddMinutes(-2);

    [Theory, BothShapes]
    public async Task resolves_what_it_opened_and_the_ringing_stops(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var alert = new SourceAlert("DiskFull" + crew.Calm, crew.Calm, Started);

        await it.AlertmanagerAsync(alert);
        var incident = await it.IncidentAsync(crew.Calm, alert.Name);
        var call = await it.Phones.RingAsync(crew.Ana);
        await it.AlertmanagerAsync(alert with { Firing = false });

        incident = await it.UntilAsync(incident, i => i.Status == "resolved", "resolved");
        Assert.Equal("SEV1", incident.Severity);
        Assert.Contains(await it.TimelineAsync(incident), e => e is { Kind: "resolved", Via: "source" });
        await it.Phones.HeardAsync(call, c => c.Status == "canceled", "the ringing stops");
    }

    [Theory, BothShapes]
    public async Task opens_one_incident_however_many_copies_come(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var alert = new SourceAlert("Copies" + crew.Calm, crew.Calm, Started);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => it.AlertmanagerAsync(alert)));
        var incidents = await UntilMarkerAsync(it, crew);

        Assert.Equal([alert.Name], incidents.Select(i => i.Title));
        Assert.Equal(1, incidents[0].AlertCount);
        var call = await it.Phones.RingAsync(crew.Ana);
        Assert.Equal([call.Sid], (await it.Phones.CallsAsync(crew.Ana)).Select(c => c.Sid));
    }

    [Theory, BothShapes]
    public async Task opens_nothing_when_the_end_overtakes_the_start(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var alert = new SourceAlert("Overtaken" + crew.Calm, crew.Calm, Started);

        await it.AlertmanagerAsync(alert with { Firing = false });
        await it.AlertmanagerAsync(alert);
        await it.AlertmanagerAsync(alert);

        Assert.DoesNotContain(await UntilMarkerAsync(it, crew), i => i.Status != "resolved");
        Assert.Empty(await it.Phones.CallsAsync(crew.Ana));
    }

    [Theory, BothShapes]
    public async Task opens_nothing_for_what_a_rule_drops(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        await it.AlertmanagerAsync(new SourceAlert("Noise" + crew.Calm, crew.Calm, Started, Severity: "none"));

        Assert.Empty(await UntilMarkerAsync(it, crew));
    }

    [Theory, BothShapes]
    public async Task texts_and_does_not_ring_when_the_urgency_is_low(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();
        var alert = new SourceAlert("Mild" + crew.Calm, crew.Calm, Started, Severity: "info");

        await it.AlertmanagerAsync(alert);
        var incident = await it.IncidentAsync(crew.Calm, alert.Name);
        await it.Phones.TextAsync(crew.Ana, t => t.Body.Contains($"#{incident.Number} ", StringComparison.Ordinal), "the page");

        Assert.Equal("low", incident.Urgency);
        Assert.All(await it.PagesAsync(incident), p => Assert.Equal("sms", p.Channel));
        Assert.Empty(await it.Phones.CallsAsync(crew.Ana));
    }

    [Theory, BothShapes]
    public async Task waits_for_business_hours_in_pool_C(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        await it.AlertAsync(crew.Office, "Can wait");
        var incident = await it.IncidentAsync(crew.Office, "Can wait");

        Assert.Equal(("triggered", "C"), (incident.Status, incident.Pool));
        Assert.Equal(new TimeSpan(9, 0, 0), incident.PagingStartsAt!.Value.TimeOfDay);
        Assert.True(incident.PagingStartsAt - incident.OpenedAt > TimeSpan.FromDays(1), $"{incident.PagingStartsAt:O}");
        Assert.Equal(incident.PagingStartsAt, incident.NextStepAt);
        Assert.Empty(await it.PagesAsync(incident));
    }

    /// <summary>The incidents of this crew's calm service once an alert sent after all others has opened its own.</summary>
    private static async Task<IReadOnlyList<Incident>> UntilMarkerAsync(Installation it, Crew crew)
    {
        var marker = new SourceAlert("Marker" + crew.Office, crew.Office, Started);
        await it.AlertmanagerAsync(marker);
        await it.IncidentAsync(crew.Office, marker.Name);
        return (await it.Api.ListIncidents(service: crew.Calm)).Items;
    }
}
