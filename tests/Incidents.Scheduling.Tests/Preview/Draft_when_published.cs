using System.Text.Json;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Tests.Limits;
using Incidents.TestKit;

namespace Incidents.Scheduling.Tests.Preview;

/// <summary>Over HTTP. The editor is the test's own: what it is asked for counts here.</summary>
public class Draft_when_published
{
    private const string Publish = "/api/v1/schedules/duty/publish";
    private const string Timeline = "/api/v1/schedules/duty/timeline";

    private static readonly Override Plain = Given.Add("bruno", "2027-01-05T00:00Z", "2027-01-06T00:00Z");
    private static readonly Override Swapped = Given.Add("bruno", "2027-01-07T00:00Z", "2027-01-08T00:00Z") with { Swap = Guid.NewGuid() };

    private static Staff Crew() => new Staff().Pool(PoolLimits.None).People("ana, bruno", "UTC")
        .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno"), Given.NextInOrderOf("weekly"))
        .Schedule("other", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "bruno")).Override(Plain).Override(Swapped);

    [Fact]
    public async Task goes_in_whole_against_what_it_was_made_from_however_often_others_edit_something_else()
    {
        await using var host = await LimitsHost.Start(Database.Sqlite, Crew().Build(), "2027-01-04T08:00Z");
        var basis = (await host.Get(Timeline)).Text("basis");
        var edits = new List<OrganisationEdit>();
        host.Edited = edit =>
        {
            edits.Add(edit);
            if (edits.Count > 1)
                return new EditOutcome(9, [new EditChange("schedule", "duty", "update", Guid.Empty)]);
            host.Current = Crew().Schedule("third", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana")).Build();
            return new Error(ErrorKind.Stale, "stale", "The organisation has changed.", []);
        };

        var done = await host.Send(HttpMethod.Post, Publish, new
        {
            schedules = new[] { new { name = "duty", pool = "A" } }, overrides = new[] { new { schedule = "duty", add = "ana" } }, delete = new { overrides = new[] { Plain.Id } },
            basis, waiver = "agreed", effective = "2027-01-05T00:00:00Z",
        }, 200);

        Assert.Equal((9, basis), (done.GetProperty("version").GetInt32(), done.Text("basis")));
        Assert.Equal("duty", done.GetProperty("changes")[0].Text("name"));
        Assert.Equal(2, edits.Count);
        Assert.Equal(["schedules", "overrides", "delete"], edits[1].Body.Select(p => p.Key));
        Assert.Equal(("lead", "agreed", Given.At("2027-01-05T00:00Z"), host.Current.Version), (edits[1].Actor.Login, edits[1].Waiver, edits[1].Effective, edits[1].IfVersion));
    }

    [Fact]
    public async Task is_refused_whole_once_the_schedule_or_its_overrides_are_others()
    {
        await using var host = await LimitsHost.Start(Database.Sqlite, Crew().Build(), "2027-01-04T08:00Z");
        var basis = (await host.Get(Timeline)).Text("basis");

        host.Current = Crew().Override(Given.Remove("ana", "2027-01-09T00:00Z", "2027-01-10T00:00Z")).Build();
        await host.Send(HttpMethod.Post, Publish, new { basis }, 412);
        host.Current = Crew().Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "bruno, ana")).Build();
        await host.Send(HttpMethod.Post, Publish, new { basis }, 412);
        await host.Send(HttpMethod.Post, Publish, new { }, 412);
        host.Edited = _ => Error.Invalid("schedules[0].zone", "is required.");
        host.Current = Crew().Build();
        Assert.Equal("schedules[0].zone", (await host.Send(HttpMethod.Post, Publish, new { basis }, 422)).GetProperty("errors")[0].Text("path"));
        host.Edited = _ => new Error(ErrorKind.Stale, "stale", "Never at rest.", []);
        await host.Send(HttpMethod.Post, Publish, new { basis }, 412);
    }

    [Fact]
    public async Task takes_nothing_of_another_schedule_nor_of_a_swap_and_only_from_managers()
    {
        await using var host = await LimitsHost.Start(Database.Sqlite, Crew().Build(), "2027-01-04T08:00Z");
        var basis = (await host.Get(Timeline)).Text("basis");
        object[] wrong =
        [
            new { basis, people = Array.Empty<object>() },
            new { basis, schedules = new[] { new { name = "other" } } },
            new { basis, schedules = new[] { new { name = "duty", formerly = "other" } } },
            new { basis, overrides = new[] { new { schedule = "other" } } },
            new { basis, overrides = 1 },
            new { basis, delete = new { schedules = new[] { "duty" } } },
            new { basis, delete = new { overrides = new[] { Swapped.Id } } },
            new { basis, delete = new { overrides = new[] { Guid.NewGuid() } } },
            new { basis = 7 },
            new { basis, effective = "tomorrow" },
        ];

        foreach (var body in wrong)
            await host.Send(HttpMethod.Post, Publish, body, 422);
        await host.Send(HttpMethod.Post, Publish, new { basis }, 403, "Responder");
    }

    [Fact]
    public async Task is_drawn_beforehand_with_its_layers_and_changes_nothing()
    {
        await using var host = await LimitsHost.Start(Database.Sqlite, Crew().Build(), "2027-01-04T08:00Z");
        var present = await host.Get(Timeline + "?from=2027-01-04T00:00:00Z&to=2027-01-11T00:00:00Z");
        host.Drafted = Crew().Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "bruno, ana")).Build();

        var draft = await host.Send(HttpMethod.Post, Timeline, new { schedules = new[] { new { name = "duty" } }, from = "2027-01-04T00:00:00Z", to = "2027-01-11T00:00:00Z" }, 200, "Responder");

        Assert.Equal(["weekly", "shadow"], present.GetProperty("layers").EnumerateArray().Select(l => l.Text("name")));
        Assert.Equal("ana", Person(present));
        Assert.Equal("bruno", Person(draft));
        Assert.Equal(["schedules"], host.Draft!.Select(p => p.Key));
        Assert.Equal(present.Text("basis"), draft.Text("basis"));
        await host.Get("/api/v1/schedules/nowhere/timeline", 404);
        await host.Get(Timeline + "?from=2027-01-04T00:00:00Z&to=2029-01-11T00:00:00Z", 422);
        await host.Send(HttpMethod.Post, Timeline, new { from = "tomorrow" }, 422);
        await host.Send(HttpMethod.Post, Timeline, new { }, 403, "Observer");

        static string? Person(JsonElement timeline) => timeline.GetProperty("layers")[0].GetProperty("items")[0].GetProperty("people")[0].GetString();
    }
}
