using System.Text.Json.Nodes;
using Incidents.Slack.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stories;

public sealed class Dialog_when_sent_off(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task shows_faults_at_its_fields_and_declares_once_they_are_mended(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var bruno = await stage.BrunoAsync();
        await bruno.CommandAsync("/incident", "declare");
        await bruno.UntilDialogAsync("declare");
        var title = $"By dialog {shape}";
        JsonObject Values(string? text) => new() { ["title"] = Chat.Text(text), ["service"] = Chat.Choice("checkout"), ["severity"] = Chat.Choice("SEV4"), ["details"] = Chat.Text(null) };

        var faults = await bruno.SubmitAsync(Values(null));
        Assert.Equal(["title"], faults.Keys);
        Assert.Empty(await bruno.SubmitAsync(Values(title)));

        var incident = await Eventually.Get(async () => (await stage.Api.ListIncidents(service: "checkout")).Items.FirstOrDefault(i => i.Title == title), "the incident");
        Assert.Equal("SEV4", incident.Severity);
        Assert.Contains($"#{incident.Number}", (await bruno.UntilDialogAsync("done")).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, BothShapes]
    public async Task adds_a_responder(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var bruno = await stage.BrunoAsync();
        var incident = await stage.OpenAsync($"Join me {shape}");
        var announced = await stage.Mara.UntilAnnouncedAsync(incident.Id, m => m.HasButton("incident.responder"), "the message");

        await stage.Mara.PressAsync(announced, "incidents", "incident.responder", $"{incident.Number}");
        await stage.Mara.UntilDialogAsync("responder");
        var stranger = await stage.StrangerAsync();
        Assert.Equal(["person"], (await stage.Mara.SubmitAsync(new JsonObject { ["person"] = Chat.Field("users_select", stranger.Member) })).Keys);
        Assert.Empty(await stage.Mara.SubmitAsync(new JsonObject { ["person"] = Chat.Field("users_select", bruno.Member) }));

        await stage.UntilTimelineAsync(incident, e => e.Kind == "pageRequested" && e.Person == "bruno" && e.Actor == "mara" && e.Via == "slack", "the timeline tells who asked");
    }

    [Theory, BothShapes]
    public async Task makes_an_override_with_the_rights_of_its_sender(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var from = TimeProvider.System.GetUtcNow().AddDays(400);
        from = new DateTimeOffset(from.Year, from.Month, from.Day, 10, 0, 0, TimeSpan.Zero);
        JsonObject Values(string replace, string with, int hours) => new()
        {
            ["schedule"] = Chat.Choice("payments"), ["replace"] = Chat.Choice(replace), ["with"] = Chat.Choice(with),
            ["from"] = Chat.Field("datetimepicker", from.ToUnixTimeSeconds()), ["to"] = Chat.Field("datetimepicker", from.AddHours(hours).ToUnixTimeSeconds()), ["reason"] = Chat.Text("doctor"),
        };

        await stage.Ana.CommandAsync("/oncall", "override");
        await stage.Ana.UntilDialogAsync("override");
        Assert.Equal(["replace"], (await stage.Ana.SubmitAsync(Values("bruno", "ana", 8))).Keys);
        Assert.Equal(["to"], (await stage.Ana.SubmitAsync(Values("ana", "bruno", -1))).Keys);
        Assert.Equal(["with"], (await stage.Ana.SubmitAsync(Values("ana", "ana", 8))).Keys);
        Assert.Empty(await stage.Ana.SubmitAsync(Values("ana", "bruno", 8)));

        var overrides = await stage.Http.GetStringAsync("/api/v1/schedules/payments/overrides");
        Assert.Contains("doctor", overrides, StringComparison.Ordinal);
        Assert.Contains("\"author\":\"ana\"", overrides, StringComparison.Ordinal);
    }

    [Theory, BothShapes]
    public async Task offers_a_shift(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var bruno = await stage.BrunoAsync();
        await bruno.CommandAsync("/oncall", "swap");
        var dialog = await bruno.UntilDialogAsync("swap");
        var shift = (string)dialog["blocks"]![0]!["element"]!["options"]![0]!["value"]!;

        var faults = await bruno.SubmitAsync(new JsonObject { ["from"] = Chat.Choice(shift), ["offerTo"] = Chat.Choice("ana"), ["reason"] = Chat.Text("wedding") });

        Assert.Empty(faults);
        var swaps = await stage.Http.GetStringAsync("/api/v1/swaps?person=ana");
        Assert.Contains("wedding", swaps, StringComparison.Ordinal);
    }
}
