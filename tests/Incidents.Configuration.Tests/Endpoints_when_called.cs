using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Tests;

public sealed class Endpoints_when_called
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    private static async Task<JsonElement> Json(HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);

    [Fact]
    public async Task put_and_get_the_document()
    {
        await using var installation = await Installation.Create();
        using var client = await installation.Client(Role.Manager);

        var dry = await Json(await client.PutAsync("/api/v1/config?dryRun=true", Yaml(Sample.Yaml), Cancel));
        Assert.False(dry.GetProperty("applied").GetBoolean());
        Assert.Equal(36, dry.GetProperty("changes").GetArrayLength());

        var put = await client.PutAsync("/api/v1/config", Yaml(Sample.Yaml), Cancel);
        var answer = await Json(put);
        Assert.True(answer.GetProperty("applied").GetBoolean());
        Assert.Equal("{\"kind\":\"calendar\",\"name\":\"brazil\",\"action\":\"create\",\"paths\":[]}", answer.GetProperty("changes")[0].GetRawText());

        var get = await client.GetAsync("/api/v1/config", Cancel);
        Assert.Equal("application/yaml", get.Content.Headers.ContentType?.MediaType);
        Assert.Equal("\"1\"", get.Headers.ETag?.Tag);
        var again = await Json(await client.PutAsync("/api/v1/config", Yaml(await get.Content.ReadAsStringAsync(Cancel)), Cancel));
        Assert.Equal("[]", again.GetProperty("changes").GetRawText());

        using var stale = new HttpRequestMessage(HttpMethod.Put, "/api/v1/config") { Content = Yaml(Sample.Yaml), Headers = { IfMatch = { new("\"0\"") } } };
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await client.SendAsync(stale, Cancel)).StatusCode);
    }

    [Fact]
    public async Task answer_400_for_what_is_no_yaml_and_422_with_all_faults()
    {
        await using var installation = await Installation.Create();
        using var client = await installation.Client(Role.Admin);

        var malformed = await client.PutAsync("/api/v1/config", Yaml("people: [\n"), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Equal("application/problem+json", malformed.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PutAsync("/api/v1/config", new ByteArrayContent([0x61, 0xff, 0xfe]), Cancel)).StatusCode);

        var invalid = await client.PutAsync("/api/v1/config", Yaml("version: 2\nteams: [{ nam: x }]"), Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, invalid.StatusCode);
        Assert.Equal(["teams[0].nam", "teams[0].name", "version"], (await Json(invalid)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()!).Order(StringComparer.Ordinal));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsync("/api/v1/config?dryRun=maybe", Yaml("version: 1"), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsync("/api/v1/config?effective=2020-01-01T00:00:00Z", Yaml("version: 1"), Cancel)).StatusCode);
        // Asks before it sends: the refusal comes without the body being read.
        using var large = new HttpRequestMessage(HttpMethod.Put, "/api/v1/config") { Content = Yaml(new string('#', 9 * 1024 * 1024)), Headers = { ExpectContinue = true } };
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.SendAsync(large, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("application/yaml")]
    [InlineData("text/yaml; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task take_the_document_under_any_content_type(string? type)
    {
        await using var installation = await Installation.Create();
        using var client = await installation.Client(Role.Manager);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("version: 1"));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("/api/v1/config", content, Cancel)).StatusCode);
    }

    [Fact]
    public async Task show_a_generated_key_once()
    {
        await using var installation = await Installation.Create();
        using var client = await installation.Client(Role.Manager);

        var answer = await Json(await client.PutAsync("/api/v1/config", Yaml(Sample.With("kind: generic, key: demo-generic-key", "kind: generic")), Cancel));
        var generated = answer.GetProperty("generatedKeys")[0];
        var key = generated.GetProperty("key").GetString()!;

        Assert.Matches("^[A-Za-z0-9_-]{32}$", key);
        Assert.Equal($"https://incidents.example.com/integrations/{key}/generic", generated.GetProperty("url").GetString());
        Assert.DoesNotContain(key, await client.GetStringAsync("/api/v1/config", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData(Role.Observer, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(Role.Responder, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(Role.Manager, HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task let_through_by_role(Role? role, HttpStatusCode get, HttpStatusCode put)
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(role);

        Assert.Equal(get, (await client.GetAsync("/api/v1/config", Cancel)).StatusCode);
        Assert.Equal(get, (await client.GetAsync("/api/v1/services", Cancel)).StatusCode);
        Assert.Equal(put, (await client.PutAsync("/api/v1/config", Yaml(Sample.Yaml), Cancel)).StatusCode);
        if (get == HttpStatusCode.OK)
        {
            Assert.Equal(role >= Role.Manager, (await client.GetStringAsync("/api/v1/config", Cancel)).Contains("rate: 80", StringComparison.Ordinal));
            Assert.Equal(role >= Role.Manager, (await client.GetStringAsync("/api/v1/integrations", Cancel)).Contains("/integrations/demo-prometheus-key/alertmanager", StringComparison.Ordinal));
            Assert.Equal(role >= Role.Responder, (await client.GetStringAsync("/api/v1/people/ana", Cancel)).Contains("+5511900000001", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task let_only_admins_make_change_or_remove_admins()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.With("role: manager, contacts", "role: admin, contacts"));
        using var client = await installation.Client(Role.Manager);

        foreach (var yaml in new[]
        {
            Sample.With("role: manager, contacts", "role: admin, contacts").Replace("    role: manager ", "    role: admin ", StringComparison.Ordinal),
            Sample.Yaml,
            Sample.With("login: juri,", "login: jyri, formerly: juri,").Replace("juri]", "jyri]", StringComparison.Ordinal).Replace("[juri,", "[jyri,", StringComparison.Ordinal).Replace("lead: juri", "lead: jyri", StringComparison.Ordinal),
        })
        {
            var refused = await client.PutAsync("/api/v1/config", Yaml(yaml), Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.StartsWith("people[", (await Json(refused)).GetProperty("errors")[0].GetProperty("path").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("/api/v1/config", Yaml(Sample.With("role: manager, contacts", "role: admin, contacts").Replace("mtta: 5m  ", "mtta: 4m  ", StringComparison.Ordinal)), Cancel)).StatusCode);
    }

    [Fact]
    public async Task tell_the_triage_rules_in_their_order()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var observer = await installation.Client(Role.Observer);

        var rules = await Json(await observer.GetAsync("/api/v1/rules", Cancel));

        Assert.Equal("first-line", rules.GetProperty("firstLine").GetString());
        Assert.Equal(
            ["watchdog is a heartbeat", "noise", "flapping disks", "warnings go to a person first", "critical goes straight on"],
            rules.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("name").GetString()!));
        Assert.Equal("{\"name\":\"flapping disks\",\"when\":{\"alertname\":\"DiskAlmostFull\"},\"do\":\"hold\",\"flap\":{\"changes\":4,\"within\":\"10m\"}}", rules.GetProperty("items")[2].GetRawText());
    }

    [Fact]
    public async Task list_by_pages_and_by_name()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(Role.Observer);

        var first = await client.GetFromJsonAsync<JsonElement>("/api/v1/services?limit=3", Cancel);
        var second = await client.GetFromJsonAsync<JsonElement>($"/api/v1/services?limit=3&cursor={first.GetProperty("nextCursor").GetString()}", Cancel);
        Assert.Equal(["canary", "checkout", "ledger", "order-board", "reports"],
            first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("name").GetString()!));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);

        foreach (var path in new[] { "people", "teams", "pools", "schedules", "policies", "integrations" })
            Assert.NotEqual(0, (await client.GetFromJsonAsync<JsonElement>("/api/v1/" + path, Cancel)).GetProperty("items").GetArrayLength());
        Assert.Equal("1w", (await client.GetFromJsonAsync<JsonElement>("/api/v1/schedules/payments", Cancel)).GetProperty("layers")[0].GetProperty("turn").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/teams/none", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync("/api/v1/teams?limit=0", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync("/api/v1/teams?cursor=zz", Cancel)).StatusCode);
    }
}
