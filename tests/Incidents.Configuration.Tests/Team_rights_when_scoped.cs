using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.TestKit;
using NodaTime;

namespace Incidents.Configuration.Tests;

/// <summary>juri is a manager for the kitchen only; what is of payments, or of nobody, is not his to change.</summary>
public sealed class Team_rights_when_scoped
{
    private static readonly string Document = Sample.Yaml
        .Replace("- { name: quick, levels", "- { name: quick, team: payments, levels", StringComparison.Ordinal)
        .Replace("- { name: business, levels", "- { name: business, team: kitchen, levels", StringComparison.Ordinal)
        .Replace("- { name: scripts, kind", "- { name: scripts, team: kitchen, kind", StringComparison.Ordinal)
        .Replace("site: tallinn, role: manager,", "site: tallinn, role: manager, scope: [kitchen],", StringComparison.Ordinal)
        .Replace("- name: prometheus\n", "- name: prometheus\n    team: payments\n", StringComparison.Ordinal);

    private const string Layers = """
        "layers": [{"name": "daily", "start": "2026-01-05T09:00", "turn": "2d", "slots": [["juri"], ["tiina"]]}]
        """;
    private const string Levels = """
        "levels": [{"page": [{"person": "tiina"}]}], "repeat": 0
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task keeps_the_document_a_document_that_plans_nothing_twice()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Document);

        Assert.Empty((await installation.Apply(Document)).Changes);
        Assert.Equal(["kitchen"], installation.Now.People["juri"].Scope!);
        Assert.Null(installation.Now.People["ana"].Scope);
        Assert.Equal(("payments", "kitchen"), (installation.Now.Policies["quick"].Team, installation.Now.Integrations["scripts"].Team));

        using var admin = await installation.Client(Role.Admin, "olga");
        var (exported, _) = await admin.Get("config");
        Assert.Empty((await installation.Apply(exported)).Changes);
        var juri = (await admin.Read("people/juri")).GetProperty("scope");
        Assert.Equal("kitchen", Assert.Single(juri.EnumerateArray()).GetString());
    }

    /// <summary>What is his, and of the same kind what is not: method, address, body, and who would have to be asked.</summary>
    private static readonly (string Method, string Path, string Json, string Whose, string Refusal)[] Things =
    [
        ("PUT", "schedules/kitchen", $$"""{"team": "kitchen", "pool": "B", "zone": "Europe/Tallinn", {{Layers}}}""", "kitchen", ""),
        ("PUT", "schedules/night", $$"""{"team": "kitchen", "pool": "B", "zone": "Europe/Tallinn", {{Layers}}}""", "kitchen", ""),
        ("PUT", "schedules/first-line", $$"""{"team": "support", "pool": "B", "zone": "Europe/Tallinn", {{Layers}}}""", "support", "the team 'support' and needs the right manager"),
        ("PUT", "schedules/night", $$"""{"team": "payments", "pool": "B", "zone": "Europe/Tallinn", {{Layers}}}""", "payments", "the team 'payments' and needs the right manager"),
        ("PUT", "schedules/night", $$"""{"pool": "B", "zone": "Europe/Tallinn", {{Layers}}}""", "nobody", "belongs to no team"),
        ("DELETE", "schedules/payments", "", "payments", "422"),
        ("PUT", "services/reports", """{"team": "kitchen", "pool": "C", "schedule": "kitchen", "dependsOn": ["checkout"]}""", "kitchen", ""),
        ("DELETE", "services/reports", "", "kitchen", ""),
        ("PUT", "services/ledger", """{"team": "payments", "pool": "A", "schedule": "kitchen"}""", "payments", "The service 'ledger' is of the team 'payments'"),
        ("DELETE", "services/ledger", "", "payments", "The service 'ledger' is of the team 'payments'"),
        ("PUT", "services/ledger", """{"team": "kitchen", "pool": "A", "schedule": "kitchen"}""", "taken", "The service 'ledger' is of the team 'payments'"),
        ("PUT", "services/reports", """{"team": "payments", "pool": "C", "schedule": "kitchen"}""", "given away", "The service 'reports' is of the team 'payments'"),
        ("PUT", "policies/business", $$"""{"team": "kitchen", {{Levels}}}""", "kitchen", ""),
        ("PUT", "policies/quick", $$"""{"team": "payments", {{Levels}}}""", "payments", "The policy 'quick' is of the team 'payments'"),
        ("PUT", "policies/default", $$"""{ {{Levels}} }""", "nobody", "The policy 'default' belongs to no team"),
        ("PUT", "integrations/scripts", """{"team": "kitchen", "kind": "generic", "key": "***", "service": {"default": "reports"}}""", "kitchen", ""),
        ("DELETE", "integrations/scripts", "", "kitchen", ""),
        ("PUT", "integrations/prometheus", """{"team": "payments", "kind": "generic", "key": "***", "service": {"default": "reports"}}""", "payments", "The integration 'prometheus' is of the team 'payments'"),
        ("DELETE", "integrations/prometheus", "", "payments", "The integration 'prometheus' is of the team 'payments'"),
        ("POST", "schedules/kitchen/overrides", """{"from": "2026-11-22T12:00:00Z", "to": "2026-11-23T12:00:00Z", "add": "tiina"}""", "kitchen", ""),
        ("POST", "schedules/payments/overrides", """{"from": "2026-11-22T12:00:00Z", "to": "2026-11-23T12:00:00Z", "add": "tiina"}""", "payments", "The schedule 'payments' is of the team 'payments'"),
        ("POST", "schedules/payments/overrides", """{"from": "2026-11-22T12:00:00Z", "to": "2026-11-23T12:00:00Z", "replace": "juri", "with": "ana"}""", "his own shift, wherever it is", ""),
        ("PUT", "schedules/kitchen/temporary/party", """{"from": "2026-12-01T12:00:00Z", "to": "2026-12-02T12:00:00Z", "shifts": []}""", "kitchen", ""),
        ("PUT", "schedules/payments/temporary/party", """{"from": "2026-12-01T12:00:00Z", "to": "2026-12-02T12:00:00Z", "shifts": []}""", "payments", "The schedule 'payments' is of the team 'payments'"),
        ("DELETE", "schedules/kitchen/temporary/year-end%20stocktaking", "", "kitchen", ""),
        ("POST", "people/tiina/absences", """{"from": "2026-12-01", "to": "2026-12-02"}""", "kitchen", ""),
        ("POST", "people/juri/absences", """{"from": "2026-12-01", "to": "2026-12-02"}""", "himself", ""),
        ("POST", "people/bruno/absences", """{"from": "2026-12-01", "to": "2026-12-02"}""", "payments", "What is said of 'bruno' is of the team 'payments'"),
        ("PUT", "me/rules", """{"high": [{"contact": "mobile", "after": "1m"}]}""", "his own", ""),
        ("PUT", "people/tiina", """{"role": "admin"}""", "everybody", "the right manager for every team"),
        ("PUT", "people/juri", """{"role": "manager"}""", "everybody", "the right manager for every team"),
        ("DELETE", "people/tiina", "", "everybody", "the right manager for every team"),
        ("PUT", "teams/kitchen", """{"lead": "juri", "members": ["juri", "tiina", "ana"]}""", "everybody", "the right manager for every team"),
        ("PUT", "pools/B", """{"rank": 9, "mtta": "1m"}""", "everybody", "the right manager for every team"),
        ("PUT", "calendars/estonia", """{"zone": "Europe/Tallinn"}""", "everybody", "the right manager for every team"),
        ("DELETE", "calendars/brazil", "", "everybody", "the right manager for every team"),
    ];

    [Fact]
    public async Task change_what_is_of_these_teams_and_nothing_else()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Document);
        using var juri = await installation.Client(Role.Manager, "juri", "kitchen");
        var version = (await installation.Cache.Fresh(Cancel)).Version;

        // What he may, only planned, so that every row finds the same organisation.
        foreach (var (method, path, json, whose, refusal) in Things)
        {
            var (response, body) = await juri.Call(new HttpMethod(method), path + (refusal.Length == 0 ? "?dryRun=true" : ""), json.Length == 0 ? null : json);

            var status = (int)response.StatusCode;
            Assert.True(status == (refusal == "422" ? 422 : refusal.Length == 0 ? 200 : 403), $"{method} {path} ({whose}): {status} {body}");
            if (refusal.Length == 0)
                Assert.True(body.GetProperty("changes").GetArrayLength() > 0, $"{method} {path} ({whose}): {body}");
            if (status != 403)
                continue;
            Assert.Contains(refusal, body.Text("title"), StringComparison.Ordinal);
            Assert.Contains("'juri' is manager for 'kitchen' only", body.Text("title"), StringComparison.Ordinal);
            Assert.Equal(403, (int)(await juri.Call(new HttpMethod(method), path + "?dryRun=true", json.Length == 0 ? null : json)).Response.StatusCode);
        }
        Assert.Equal(version, (await installation.Cache.Fresh(Cancel)).Version);
    }

    [Fact]
    public async Task do_not_reach_the_whole_document()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Document);
        using var juri = await installation.Client(Role.Manager, "juri", "kitchen");
        using var ana = await installation.Client(Role.Manager);

        Assert.Equal(403, await Put(juri));
        Assert.Equal(200, await Put(ana));

        static async Task<int> Put(HttpClient client)
        {
            using var yaml = new StringContent(Document, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml"));
            return (int)(await client.PutAsync("/api/v1/config", yaml, Cancel)).StatusCode;
        }
    }

    [Fact]
    public async Task let_a_rename_and_a_deletion_carry_through_what_only_follows()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Document);
        using var juri = await installation.Client(Role.Manager, "juri", "kitchen");

        var renamed = await juri.Put("schedules/galley", $$"""{"formerly": "kitchen", "team": "kitchen", "pool": "B", "zone": "Europe/Tallinn", {{Layers}}}""");

        Assert.True(renamed.Status == 200, renamed.Body.ToString());
        Assert.Equal(["galley"], installation.Services.GetService(typeof(Contracts.Seams.IOrganisation)) is Contracts.Seams.IOrganisation o ? (await o.Fresh(Cancel)).People["tiina"].QualifiedFor : []);
        foreach (var service in new[] { "order-board", "reports" })
            Assert.Equal(200, (await juri.Put("services/" + service, """{"team": "kitchen", "pool": "B"}""")).Status);
        var gone = await juri.Delete("schedules/galley");
        Assert.True(gone.Status == 200, gone.Body.ToString());
        Assert.Empty((await installation.Cache.Fresh(Cancel)).People["tiina"].QualifiedFor);
    }

    [Fact]
    public async Task follow_a_team_that_gets_another_name()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Document);
        using var ana = await installation.Client(Role.Manager);

        Assert.Equal(200, (await ana.Put("teams/galley", """{"formerly": "kitchen", "lead": "juri", "members": ["juri", "tiina"]}""")).Status);

        var now = await installation.Cache.Fresh(Cancel);
        Assert.Equal(["galley"], now.People["juri"].Scope!);
        Assert.Equal(("galley", "galley"), (now.Policies["business"].Team, now.Integrations["scripts"].Team));
    }

    [Fact]
    public async Task hide_what_belongs_to_other_teams_managers()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Document);
        using var juri = await installation.Client(Role.Manager, "juri", "kitchen");
        using var ana = await installation.Client(Role.Manager);

        Assert.EndsWith("/demo-generic-key/generic", (await juri.Read("integrations/scripts")).Text("url"), StringComparison.Ordinal);
        Assert.Contains("***", (await juri.Read("integrations/prometheus")).Text("url"), StringComparison.Ordinal);
        Assert.False((await juri.Read("people/ana?form=document")).TryGetProperty("pay", out _));
        Assert.True((await ana.Read("people/ana?form=document")).TryGetProperty("pay", out _));
        Assert.DoesNotContain("rate:", (await juri.Get("config")).Json, StringComparison.Ordinal);
    }
}
