using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Incidents.Configuration.Tests;

/// <summary>Bruno has a mobile and texts, both at once for every page; the roster of payments (pool A) has him.</summary>
public sealed class Own_contacts_when_changed
{
    private const string Both = """{"name": "mobile", "kind": "voice", "address": "+5511900000002"}, {"name": "text", "kind": "sms", "address": "+5511900000002"}""";

    private static string Contacts(string contacts) => $$"""{"contacts": [{{contacts}}]}""";

    private static string Steps(Person person) => string.Join(", ", person.Notify.High.Select(s => $"{s.Contact}+{s.After.TotalSeconds}")) + (person.Notify.Low is { } low ? " | " + string.Join(", ", low.Select(s => $"{s.Contact}+{s.After.TotalSeconds}")) : "");

    [Theory]
    [EveryDatabase]
    public async Task are_put_by_an_observer_and_nobody_else_can_be_reached_through_them(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(Sample.Yaml);
        using var bruno = await installation.Client(Role.Observer, "bruno");
        using var stranger = await installation.Client(Role.Responder, "nobody");
        var (_, tag) = await bruno.Get("me/contacts");

        var (response, put) = await bruno.Call(HttpMethod.Put, "me/contacts", Contacts(Both + """, {"name": "mail", "kind": "email", "address": "bruno@example.com"}"""), ifMatch: tag);

        Assert.Equal((200, "update person bruno (contacts[mail], notify.high)"), ((int)response.StatusCode, put.Changes()));
        Assert.Equal(["mobile", "text", "mail"], (await bruno.Read("me/contacts")).GetProperty("contacts").EnumerateArray().Select(c => c.Text("name")));
        Assert.Equal(response.Headers.ETag!.Tag, (await bruno.Get("me/rules")).Tag);
        Assert.Equal(412, (await bruno.Put("me/contacts", Contacts(Both), ifMatch: tag)).Status);
        Assert.Equal(404, (await stranger.Put("me/contacts", Contacts(Both))).Status);
        using var manager = await installation.Client(Role.Manager, "juri");
        var audit = (await manager.Read("audit?limit=1")).GetProperty("items")[0];
        Assert.Equal(("bruno", "person", "bruno"), (audit.Text("actor"), audit.Text("kind"), audit.Text("name")));
        // What is not theirs to change stays as it was.
        await installation.Cache.Fresh(TestContext.Current.CancellationToken);
        Assert.Equal((Role.Responder, "70"), (installation.Now.People["bruno"].Role, installation.Now.People["bruno"].Pay[0].Rate.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task take_their_rules_along()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var bruno = await installation.Client(Role.Responder, "bruno");
        async Task<string> Now()
        {
            await installation.Cache.Fresh(TestContext.Current.CancellationToken);
            return Steps(installation.Now.People["bruno"]);
        }

        Assert.Equal(200, (await bruno.Put("me/rules", """{"high": [{"contact": "mobile"}, {"contact": "text", "after": "2m"}, {"contact": "mobile", "after": "5m"}], "low": [{"contact": "text"}]}""")).Status);
        Assert.Equal("mobile+0, text+120, mobile+300 | text+0", await Now());

        await bruno.Put("me/contacts", Contacts("""{"name": "cell", "formerly": "mobile", "kind": "voice", "address": "+5511900000002"}, {"name": "text", "kind": "sms", "address": "+5511900000002"}"""));
        Assert.Equal("cell+0, text+120, cell+300 | text+0", await Now());

        await bruno.Put("me/contacts", Contacts("""{"name": "cell", "kind": "voice", "address": "+5511900000002"}"""));
        Assert.Equal("cell+0, cell+300", await Now());

        // No step is left: as if nobody had ever written rules.
        await bruno.Put("me/contacts", Contacts("""{"name": "text", "kind": "sms", "address": "+5511900000002"}"""));
        Assert.Equal("text+0", await Now());
    }

    [Theory]
    [InlineData("me/contacts", """{"contacts": [{"name": "mobile", "kind": "voice", "address": "4711"}]}""", "people[bruno].contacts[mobile].address", "must be a phone number")]
    [InlineData("me/contacts", """{"contacts": [{"name": "mobile", "kind": "voice", "address": "+5511900000001"}]}""", "people[bruno].contacts[mobile].address", "already belongs to 'ana'")]
    [InlineData("me/contacts", """{"contacts": [], "role": "admin"}""", "role", "is not known here")]
    [InlineData("me/contacts", """{}""", "contacts", "must be a list")]
    [InlineData("me/rules", """{"high": [{"contact": "fax"}]}""", "people[bruno].notify.high[0].contact", "'fax' is not a contact")]
    [InlineData("me/rules", """{"high": [{"contact": "text", "after": "soon"}]}""", "people[bruno].notify.high[0].after", "must be a duration")]
    [InlineData("me/rules", """{"low": [{"contact": "text"}]}""", "people[bruno].notify.high", "is required")]
    [InlineData("me/rules", """{"high": [{"contact": "text"}], "quietHours": {"from": "22:00"}}""", "people[bruno].quietHours.to", "is required")]
    [InlineData("me/rules", """{"high": [{"contact": "text"}], "pay": []}""", "pay", "is not known here")]
    public async Task are_refused_with_the_path_of_each_fault(string address, string body, string path, string message)
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var bruno = await installation.Client(Role.Responder, "bruno");

        var (status, problem) = await bruno.Put(address, body);

        Assert.Equal(422, status);
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), e => e.Text("path") == path && e.Text("message").Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task keep_quiet_hours_as_they_were_put_and_export_them()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var bruno = await installation.Client(Role.Responder, "bruno");

        var (status, _) = await bruno.Put("me/rules", """{"high": [{"contact": "mobile"}], "quietHours": {"from": "22:00", "to": "07:00", "days": ["mon", "fri"], "zone": "Europe/Tallinn"}}""");

        Assert.Equal(200, status);
        var rules = await bruno.Read("me/rules");
        Assert.Equal("""{"from":"22:00","to":"07:00","days":["mon","fri"],"zone":"Europe/Tallinn"}""", JsonSerializer.Serialize(rules.GetProperty("quietHours")));
        Assert.Equal("America/Sao_Paulo", rules.Text("zone"));
        await installation.Cache.Fresh(TestContext.Current.CancellationToken);
        Assert.Equal(new QuietHours(new LocalTime(22, 0), new LocalTime(7, 0), [IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], "Europe/Tallinn") with { Days = [] }, installation.Now.People["bruno"].QuietHours! with { Days = [] });
        // The exported document plans nothing.
        var (yaml, _) = await installation.Services.GetRequiredService<Exporting>().Export(withPay: true, TestContext.Current.CancellationToken);
        Assert.Contains("quietHours: { from: \"22:00\", to: \"07:00\", days: [mon, fri], zone: Europe/Tallinn }", yaml, StringComparison.Ordinal);
        Assert.Empty((await installation.Apply(yaml)).Changes);
    }

    [Fact]
    public async Task may_not_go_below_what_a_pool_needs_but_need_not_reach_it()
    {
        await using var installation = await Installation.Create();
        var plan = await installation.Try(Sample.With("rank: 1 ", "needs: [voice, sms]\n    rank: 1 "), dryRun: true);
        Assert.Equal(["people[maarja].notify.high pool 'A' needs a contact of kind sms that the rules for high urgency use."], Reach.Reachability.Warnings(plan.Value.After).Select(w => $"{w.Path} {w.Message}"));
        await installation.Apply(Sample.With("rank: 1 ", "needs: [voice, sms]\n    rank: 1 "));
        using var bruno = await installation.Client(Role.Responder, "bruno");
        using var maarja = await installation.Client(Role.Responder, "maarja");
        Assert.All((await bruno.Read("me/contacts")).GetProperty("needs").EnumerateArray(), n => Assert.True(n.GetProperty("met").GetBoolean()));

        var (removed, problem) = await bruno.Put("me/contacts", Contacts("""{"name": "text", "kind": "sms", "address": "+5511900000002"}"""));
        var (unused, _) = await bruno.Put("me/rules", """{"high": [{"contact": "text"}]}""");

        Assert.Equal((422, 422), (removed, unused));
        Assert.Equal("people[bruno].contacts pool 'A' needs a contact of kind voice that the rules for high urgency use.", problem.Faults());
        Assert.EndsWith("/minimum", problem.Text("type"), StringComparison.Ordinal);
        // Who never had one may go on without; the warning stays.
        Assert.Equal(200, (await maarja.Put("me/contacts", Contacts("""{"name": "phone", "kind": "voice", "address": "+3725000003"}"""))).Status);
        Assert.Equal(["people[maarja].notify.high"], (await maarja.Read("config/warnings")).GetProperty("items").EnumerateArray().Select(w => w.Text("path")));
    }

    [Fact]
    public async Task do_not_get_lost_when_a_manager_changes_the_person_meanwhile()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var bruno = await installation.Client(Role.Responder, "bruno");
        using var manager = await installation.Client(Role.Manager, "juri");
        var document = (await manager.Read("people/bruno?form=document")).ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i => i % 2 == 0
            ? (await bruno.Put("me/contacts", Contacts(Both + $$""", {"name": "mail{{i}}", "kind": "email", "address": "b{{i}}@example.com"}"""))).Status
            : (await manager.Put("people/bruno", document.Replace("sao-paulo", $"site-{i}", StringComparison.Ordinal))).Status));

        Assert.All(answers, status => Assert.Contains(status, new[] { 200, 412 }));
        Assert.Contains(200, answers);
    }

    [Fact]
    public async Task are_warned_about_where_somebody_with_a_duty_has_none()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var tiina = await installation.Client(Role.Responder, "tiina");

        Assert.Equal(200, (await tiina.Put("me/contacts", """{"contacts": []}""")).Status);

        var warning = Assert.Single((await tiina.Read("config/warnings")).GetProperty("items").EnumerateArray());
        Assert.Equal("nobody can page tiina, who is on the roster of kitchen: there is no contact that takes pages.", warning.Text("message"));
    }
}
