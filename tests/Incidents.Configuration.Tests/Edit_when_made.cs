using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Database = Incidents.TestKit.Database;

namespace Incidents.Configuration.Tests;

public sealed class Edit_when_made
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Actor Lead = new("juri", Role.Manager, "web");

    private static OrganisationEdit Edit(string json, Instant? effective = null, string? waiver = null)
        => new((JsonObject)JsonNode.Parse(json)!, Lead, effective, Waiver: waiver);

    private static IOrganisationEditor Editor(Installation installation) => installation.Services.GetRequiredService<IOrganisationEditor>();

    private static string Describe(Result<EditOutcome> outcome) => outcome.Error is { } error
        ? error.Code + ": " + string.Join("; ", error.Faults.Select(f => f.Path + " " + f.Message))
        : string.Join("; ", outcome.Value.Changes.Select(c => $"{c.Action} {c.Kind} {c.Name}"));

    [Theory]
    [EveryDatabase]
    public async Task changes_what_it_lists_and_nothing_else(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(Sample.Yaml);

        var outcome = await Editor(installation).Edit(Edit("""
            {"schedules": [{"name": "kitchen", "team": "kitchen", "pool": "B", "zone": "Europe/Tallinn", "layers": [{"name": "daily", "start": "2026-01-05T09:00", "turn": "1d", "slots": [["tiina"], ["juri"]]}]}],
             "overrides": [{"schedule": "kitchen", "from": "2026-11-22T00:00:00Z", "to": "2026-11-23T00:00:00Z", "replace": "juri", "with": "tiina", "swap": "0198c0de-0000-7000-8000-000000000001"}],
             "absences": [{"person": "juri", "from": "2026-12-24", "to": "2026-12-27", "reason": "Christmas"}],
             "temporarySchedules": [{"name": "inventory", "schedule": "first-line", "from": "2026-12-01T00:00:00Z", "to": "2026-12-03T00:00:00Z", "shifts": [{"from": "2026-12-01T06:00:00Z", "to": "2026-12-01T18:00:00Z", "people": ["juri", "tiina"]}]}]}
            """), Cancel);

        Assert.Equal("update schedule kitchen; create override kitchen/2026-11-22T00:00:00Z/2026-11-23T00:00:00Z/replace/juri/tiina; create temporary inventory; create absence juri/2026-12-23T22:00:00Z/2026-12-26T22:00:00Z", Describe(outcome));
        var now = installation.Now;
        Assert.Equal(2, now.Version);
        Assert.Equal(["tiina", "juri"], now.Schedules["kitchen"].Layers[0].Slots.SelectMany(s => s));
        Assert.Equal(3, now.Schedules.Count);
        var exception = now.Overrides["kitchen"].Single();
        Assert.Equal((Guid.Parse("0198c0de-0000-7000-8000-000000000001"), "juri", outcome.Value.Changes[1].Id), (exception.Swap, exception.Author, exception.Id));
        Assert.Equal(["juri", "tiina"], now.TemporarySchedules["first-line"].Single().Shifts.Single().People);
        Assert.Equal((Instant.FromUtc(2026, 12, 23, 22, 0), "Christmas"), (now.Absences["juri"].Single().From, now.Absences["juri"].Single().Reason));

        var gone = await Editor(installation).Edit(Edit($$"""{"delete": {"overrides": ["{{exception.Id}}"], "absences": ["juri/2026-12-23T22:00:00Z/2026-12-26T22:00:00Z"], "temporarySchedules": ["inventory"]} }"""), Cancel);
        Assert.Equal(["delete override", "delete temporary", "delete absence"], Describe(gone).Split("; ").Select(c => string.Join(' ', c.Split(' ').Take(2))));
        Assert.False(installation.Now.Overrides.ContainsKey("kitchen") || installation.Now.Absences.ContainsKey("juri") || installation.Now.TemporarySchedules.ContainsKey("first-line"));
        Assert.Equal("", Describe(await Editor(installation).Edit(Edit("{}"), Cancel)));
        Assert.Equal(3, (await installation.Cache.Fresh(Cancel)).Version);
    }

    [Theory]
    [InlineData("""{"schedules": [{"name": "kitchen", "pool": "B", "zone": "Europe/Talin", "layers": []}]}""", "schedules[kitchen].zone must be an IANA zone")]
    [InlineData("""{"schedules": [{"name": "kitchen", "pool": "B", "pool": "A", "zone": "UTC", "layers": []}]}""", "schedules[kitchen].pool is given twice.")]
    [InlineData("""{"schedule": []}""", "schedule is not known here. Did you mean 'schedules'?")]
    [InlineData("""{"delete": {"schedules": ["kitchn"]}}""", "delete.schedules[0] there is no schedule 'kitchn'.")]
    [InlineData("""{"schedules": [{"name": "kitchen", "pool": "B", "zone": "UTC", "layers": []}], "delete": {"schedules": ["kitchen"]}}""", "delete.schedules[0] 'kitchen' is also put by this edit.")]
    [InlineData("""{"delete": {"schedules": ["kitchen"]}}""", "services[order-board].schedule schedule 'kitchen' would be removed, but is still named here.; services[reports].schedule schedule 'kitchen' would be removed")]
    [InlineData("""{"delete": {"people": ["tiina"]}}""", "teams[kitchen].members[1] person 'tiina' would be removed, but is still named here.; schedules[kitchen].layers[daily].slots[1][0] person 'tiina'")]
    [InlineData("""{"people": [{"login": "jyri", "formerly": "juri"}], "teams": [{"name": "kitchen", "lead": "juri"}]}""", "teams[kitchen].lead person 'juri' is called 'jyri' now; use that name.")]
    [InlineData("""{"absences": [{"person": "juri", "from": "2026-12-24", "to": "2026-12-24"}]}""", "absences[0].to must be after from")]
    [InlineData("""{"absences": [{"person": "juri", "from": "2026-12-24", "to": "2026-12-25"}, {"person": "juri", "from": "2026-12-24T00:00:00+02:00", "to": "2026-12-25"}]}""", "absences[1] is the same absence as absences[0].")]
    [InlineData("""{"absences": [{"person": "nobody", "from": "Monday", "to": "2026-12-25"}]}""", "absences[0].from must be an instant such as 2026-12-24T15:00:00Z or a date")]
    [InlineData("""{"temporarySchedules": [{"name": "t", "schedule": "kitchen", "from": "2026-12-02T00:00:00Z", "to": "2026-12-03T00:00:00Z", "shifts": [{"from": "2026-12-01T06:00:00Z", "to": "2026-12-02T18:00:00Z", "people": ["juri"]}]}]}""", "temporarySchedules[t].shifts[0] must lie inside")]
    [InlineData("""{"temporarySchedules": [{"name": "t", "schedule": "kitchen", "from": "2026-12-02T00:00:00Z", "to": "2026-12-02T00:00:00Z", "shifts": [{"from": "2026-12-02T06:00:00Z", "to": "2026-12-02T18:00:00Z"}]}]}""", "temporarySchedules[t].to must be after from.; temporarySchedules[t].shifts[0].people must name at least one person")]
    [InlineData("""{"temporarySchedules": [{"name": "t", "schedule": "kitchen", "from": "2026-12-02T00:00:00Z", "to": "2026-12-03T00:00:00Z", "shifts": [{"from": "2026-12-02T06:00:00Z", "to": "2026-12-02T18:00:00Z", "people": ["jury"]}]}]}""", "temporarySchedules[t].shifts[0].people[0] there is no person 'jury'. Did you mean 'juri'?")]
    [InlineData("""{"overrides": [{"schedule": "kitchen", "from": "2026-11-22T00:00:00Z", "to": "2026-11-23T00:00:00Z", "add": "juri", "swap": "yes"}]}""", "overrides[0].swap must be a UUID")]
    public async Task is_refused_with_the_path_of_every_fault(string json, string faults)
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);

        var outcome = await Editor(installation).Edit(Edit(json), Cancel);

        Assert.Contains("invalid: " + faults, Describe(outcome), StringComparison.Ordinal);
        Assert.Equal(1, (await installation.Cache.Fresh(Cancel)).Version);
    }

    [Fact]
    public async Task takes_along_what_belongs_to_a_schedule_or_a_person()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        await Editor(installation).Edit(Edit("""
            {"schedules": [{"name": "spare", "pool": "B", "zone": "UTC", "layers": [{"name": "l", "start": "2026-01-05T09:00", "turn": "1d", "slots": [["juri"]]}]}],
             "people": [{"login": "temp", "qualifiedFor": ["spare", "kitchen"]}],
             "overrides": [{"schedule": "spare", "from": "2026-11-21T00:00:00Z", "to": "2026-11-23T00:00:00Z", "add": "tiina"},
                           {"schedule": "kitchen", "from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z", "add": "temp"}],
             "absences": [{"person": "temp", "from": "2026-11-22", "to": "2026-11-23"}],
             "temporarySchedules": [{"name": "fair", "schedule": "spare", "from": "2026-12-01T00:00:00Z", "to": "2026-12-03T00:00:00Z"}]}
            """), Cancel);

        var schedule = await Editor(installation).Edit(Edit("""{"delete": {"schedules": ["spare"]}}"""), Cancel);
        Assert.Equal("update person temp; delete schedule spare; delete override spare/2026-11-21T00:00:00Z/2026-11-23T00:00:00Z/add/tiina; delete temporary fair", Describe(schedule));
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 12, 0), installation.Now.ScheduleHistory["spare"].Single().To);
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 12, 0), installation.Now.Overrides["spare"].Single().To);
        Assert.Equal(["kitchen"], installation.Now.People["temp"].QualifiedFor);

        var person = await Editor(installation).Edit(Edit("""{"delete": {"people": ["temp"]}}"""), Cancel);
        Assert.Equal("delete person temp; delete override kitchen/2026-11-20T00:00:00Z/2026-11-21T00:00:00Z/add/temp; delete absence temp/2026-11-22T00:00:00Z/2026-11-23T00:00:00Z", Describe(person));
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 0, 0), installation.Now.Overrides["kitchen"].Single().To);
    }

    [Fact]
    public async Task carries_a_rename_through_to_whatever_names_the_thing()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);

        var person = await Editor(installation).Edit(Edit("""{"people": [{"login": "mari", "formerly": "maarja"}]}"""), Cancel);
        Assert.Equal("update person mari; update team payments; update schedule payments; update override payments/2026-12-24T15:00:00Z/2026-12-25T12:00:00Z/replace/mari/ana", Describe(person));
        var schedule = await Editor(installation).Edit(Edit("""{"schedules": [{"name": "cooks", "formerly": "kitchen", "team": "kitchen", "pool": "B", "zone": "Europe/Tallinn", "layers": [{"name": "daily", "start": "2026-01-05T09:00", "turn": "1d", "slots": [["juri"], ["tiina"]]}]}]}"""), Cancel);
        Assert.Equal("update person juri; update person tiina; update schedule cooks; update temporary year-end stocktaking; update service order-board; update service reports", Describe(schedule));
        Assert.Equal(["year-end stocktaking"], installation.Now.TemporarySchedules["cooks"].Select(t => t.Name));
        Assert.Equal(["cooks"], installation.Now.People["tiina"].QualifiedFor);
    }

    [Fact]
    public async Task ends_a_schedule_with_its_exceptions_at_a_later_instant()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        await Editor(installation).Edit(Edit("""
            {"schedules": [{"name": "spare", "pool": "B", "zone": "UTC", "layers": [{"name": "l", "start": "2026-01-05T09:00", "turn": "1d", "slots": [["juri"]]}]}],
             "overrides": [{"schedule": "spare", "from": "2026-11-21T00:00:00Z", "to": "2026-12-23T00:00:00Z", "add": "tiina"}]}
            """), Cancel);

        await Editor(installation).Edit(Edit("""{"delete": {"schedules": ["spare"]}}""", effective: Instant.FromUtc(2026, 12, 1, 0, 0)), Cancel);

        Assert.Equal(Instant.FromUtc(2026, 12, 1, 0, 0), installation.Now.ScheduleHistory["spare"].Single().To);
        Assert.Equal(Instant.FromUtc(2026, 12, 1, 0, 0), installation.Now.Overrides["spare"].Single().To);
    }

    [Fact]
    public async Task is_only_shown_by_a_draft()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        const string Delete = """{"delete": {"overrides": ["payments/2026-12-24T15:00:00Z/2026-12-25T12:00:00Z/replace/maarja/ana"]}}""";

        var draft = await Editor(installation).Draft(Edit(Delete), Cancel);

        Assert.False(draft.Value.Overrides.ContainsKey("payments"));
        Assert.Equal(2, draft.Value.Version);
        Assert.Single((await installation.Cache.Fresh(Cancel)).Overrides["payments"]);
        Assert.Empty((await Editor(installation).Draft(Edit("""{"delete": {"absences": ["bruno/2026-12-28T03:00:00Z/2027-01-04T03:00:00Z"]}}"""), Cancel)).Value.Absences);
        Assert.Single(installation.Now.Absences);
        Assert.Equal(1, (await Editor(installation).Draft(Edit("{}"), Cancel)).Value.Version);
        Assert.Equal("schedules", (await Editor(installation).Draft(Edit("""{"schedules": 1}"""), Cancel)).Error!.Faults[0].Path);
    }

    [Theory]
    [EveryDatabase]
    public async Task belongs_to_the_transaction_of_its_caller(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(Sample.Yaml);
        var runner = installation.Services.GetRequiredService<WorkRunner>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.Run(async work =>
        {
            Assert.True((await Editor(installation).EditWithin(work, Edit("""{"absences": [{"person": "juri", "from": "2026-12-24", "to": "2026-12-25"}]}"""), Cancel)).IsOk);
            throw new InvalidOperationException("changed my mind");
        }, Cancel));
        Assert.Equal(1, (await installation.Cache.Fresh(Cancel)).Version);

        var version = await runner.Run(async work =>
        {
            await Editor(installation).EditWithin(work, Edit("""{"absences": [{"person": "juri", "from": "2026-12-24", "to": "2026-12-25"}]}"""), Cancel);
            return (await Editor(installation).EditWithin(work, Edit("""{"absences": [{"person": "tiina", "from": "2026-12-24", "to": "2026-12-25"}], "delete": {"absences": ["juri/2026-12-23T22:00:00Z/2026-12-24T22:00:00Z"]}}"""), Cancel)).Value.Version;
        }, Cancel);
        Assert.Equal(3, version);
        Assert.Equal(["bruno", "tiina"], (await installation.Cache.AtLeast(version, Cancel)).Absences.Keys.Order(StringComparer.Ordinal));
    }
}
