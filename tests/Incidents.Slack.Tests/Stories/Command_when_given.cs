using System.Text.Json.Nodes;
using Incidents.Slack.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stories;

public sealed class Command_when_given(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task runs_an_incident_from_declaration_to_resolution(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var ana = stage.Ana;
        var title = $"Payments fail {shape}";

        Assert.Contains("is open", await ana.CommandAsync("/incident", $"declare checkout SEV2 {title}"), StringComparison.Ordinal);
        var incident = await Eventually.Get(async () => (await stage.Api.ListIncidents(service: "checkout")).Items.FirstOrDefault(i => i.Title == title), "the incident");
        Assert.Equal("SEV2", incident.Severity);
        var n = incident.Number;
        Assert.Contains(title, await ana.CommandAsync("/incident", "list"), StringComparison.Ordinal);
        Assert.Contains("incident.acknowledge", await ana.CommandAsync("/incident", $"show {n}"), StringComparison.Ordinal);
        Assert.Contains("is yours", await ana.CommandAsync("/incident", $"ack #{n}"), StringComparison.Ordinal);
        Assert.Contains("Written", await ana.CommandAsync("/incident", $"note {n} looking at the database"), StringComparison.Ordinal);
        Assert.Contains("is SEV1 now", await ana.CommandAsync("/incident", $"severity {n} sev1"), StringComparison.Ordinal);
        Assert.Contains("bruno is asked to join", await ana.CommandAsync("/incident", $"page bruno {n}"), StringComparison.Ordinal);
        Assert.Contains("is paged", await ana.CommandAsync("/incident", $"escalate {n}"), StringComparison.Ordinal);
        Assert.Contains("is closed", await ana.CommandAsync("/incident", $"resolve {n}"), StringComparison.Ordinal);
        Assert.Contains("resolved already", await ana.CommandAsync("/incident", $"ack {n}"), StringComparison.Ordinal);

        var story = await stage.TimelineAsync(incident);
        foreach (var kind in new[] { "opened", "acknowledged", "escalated", "resolved" })
            Assert.Contains(story, e => e.Kind == kind && e.Actor == "ana" && e.Via == "slack");
        Assert.Contains(story, e => e.Kind == "note" && e.Text == "looking at the database" && e.Via == "slack");
        Assert.Equal("SEV1", (await stage.Api.GetIncident(incident.Id.ToString())).Severity);
    }

    [Theory, BothShapes]
    public async Task pages_one_more_person_while_nobody_has_it(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var incident = await stage.OpenAsync($"All hands {shape}");

        Assert.Contains("bruno is paged", await stage.Ana.CommandAsync("/incident", $"page bruno {incident.Number}"), StringComparison.Ordinal);

        var sent = await stage.UntilTimelineAsync(incident, e => e.Kind == "pageSent" && e.Person == "bruno", "bruno's page");
        Assert.Equal("sms", sent.Channel);
    }

    [Theory, BothShapes]
    public async Task explains_what_it_does_not_understand(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);

        Assert.Contains("/incident declare", await stage.Ana.CommandAsync("/incident", ""), StringComparison.Ordinal);
        Assert.Contains("don't know", await stage.Ana.CommandAsync("/incident", "explode"), StringComparison.Ordinal);
        Assert.Contains("Give its number", await stage.Ana.CommandAsync("/incident", "ack"), StringComparison.Ordinal);
        Assert.Contains("no incident 987654", await stage.Ana.CommandAsync("/incident", "show 987654"), StringComparison.Ordinal);
        Assert.Contains("needs the role responder", await stage.Otto.CommandAsync("/incident", "declare checkout Down"), StringComparison.Ordinal);
        Assert.Contains("does not know who you are", await (await stage.StrangerAsync()).CommandAsync("/oncall", "now"), StringComparison.Ordinal);
        Assert.Contains("no schedule", await stage.Ana.CommandAsync("/oncall", "schedule nowhere"), StringComparison.Ordinal);
    }

    [Theory, BothShapes]
    public async Task tells_who_is_on_call(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var now = (await stage.Api.OnCall(schedule: "payments")).First(s => s.People.Count > 0).People[0];
        var name = now == "ana" ? "Ana Souza" : "Bruno Lima";

        Assert.Contains(name, await stage.Otto.CommandAsync("/oncall", "now payments"), StringComparison.Ordinal);
        Assert.Contains("<!date^", Uri.UnescapeDataString((await stage.Otto.CommandAsync("/oncall", "next")).Replace("\\u003C", "<", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("Your shifts", await stage.Ana.CommandAsync("/oncall", "me"), StringComparison.Ordinal);
        Assert.Contains("primary", await stage.Ana.CommandAsync("/oncall", "schedule payments"), StringComparison.Ordinal);
    }
}
