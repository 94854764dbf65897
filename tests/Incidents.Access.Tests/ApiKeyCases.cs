using System.Net;
using Incidents.Access.Identity;
using Incidents.Access.Keys;
using Incidents.Contracts.Organisation;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Access.Tests;

public class Api_when_called_with_a_key
{
    [Fact]
    public async Task knows_the_bootstrap_token_as_system()
    {
        await using var host = await AccessHost.Start();

        var me = await host.Get("/api/v1/me", AccessHost.Token);

        Assert.Equal("""{"login":"system","name":"System","role":"admin","teams":null,"via":"api","simulator":true}""", me.Body);
    }

    [Theory]
    [InlineData("/api/v1/me", null)]
    [InlineData("/api/v1/me", "test-bootstrap-token-0123456789abcdeg")]
    [InlineData("/api/v1/nothing/here", null)]
    [InlineData("/api/v1/keys", "")]
    public async Task answers_401_without_a_valid_one(string path, string? key)
    {
        await using var host = await AccessHost.Start();

        var answer = await host.Get(path, key);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.Equal("https://incidents.invalid/problems/unauthorized", answer.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task answers_401_before_it_reads_a_body()
    {
        await using var host = await AccessHost.Start();

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Send(HttpMethod.Post, "/api/v1/keys", body: new StringContent("{{{"))).Status);
    }

    [Theory]
    [EveryDatabase]
    public async Task acts_as_the_keys_person_with_their_rights(Database database)
    {
        await using var host = await AccessHost.Start(database);
        var (_, bruno) = await host.MakeKey(new { name = "phone", person = "bruno" });

        Assert.Equal("""{"login":"bruno","name":"Bruno Lima","role":"responder","teams":null,"via":"api","simulator":true}""", (await host.Get("/api/v1/me", bruno)).Body);
        Assert.Equal(HttpStatusCode.OK, (await host.Send(HttpMethod.Post, "/api/v1/acknowledge", bruno)).Status);
        var refused = await host.Get("/api/v1/lead", bruno);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("needs the role manager", refused.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task acts_for_the_teams_that_its_persons_rights_are_for()
    {
        await using var host = await AccessHost.Start();
        var (_, ana) = await host.MakeKey(new { name = "laptop", person = "ana" });
        var (_, lower) = await host.MakeKey(new { name = "phone", person = "ana", role = "responder" });
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/everybodys", ana)).Status);

        host.Organisation.Scope("ana", "payments", "kitchen");

        foreach (var key in new[] { ana, lower })
            Assert.Equal("""["payments","kitchen"]""", (await host.Get("/api/v1/me", key)).Json.GetProperty("teams").GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/lead", ana)).Status);
        var refused = await host.Get("/api/v1/everybodys", ana);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("This needs the right manager for every team: 'ana' is manager for 'payments' and 'kitchen' only.", refused.Json.GetProperty("title").GetString());
    }

    [Fact]
    public async Task gives_a_key_the_lower_of_its_own_role_and_its_persons()
    {
        await using var host = await AccessHost.Start();
        var (_, reader) = await host.MakeKey(new { name = "dashboard", person = "ana", role = "observer" });
        var (_, full) = await host.MakeKey(new { name = "laptop", person = "ana" });

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Get("/api/v1/lead", reader)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/lead", full)).Status);
        host.Organisation.Change("ana", Role.Observer);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Get("/api/v1/lead", full)).Status);
        host.Organisation.Leave("ana");
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", full)).Status);
    }

    [Fact]
    public async Task lets_a_machine_act_under_its_keys_name()
    {
        await using var host = await AccessHost.Start();
        var (_, key) = await host.MakeKey(new { name = "deploy-bot", role = "responder" });

        Assert.Equal("""{"login":"key:deploy-bot","name":"key:deploy-bot","role":"responder","teams":null,"via":"api","simulator":true}""", (await host.Get("/api/v1/me", key)).Body);
    }

    [Fact]
    public async Task leaves_other_paths_anonymous()
    {
        await using var host = await AccessHost.Start();

        Assert.Equal("accepted", (await host.Send(HttpMethod.Post, "/integrations/some-key/generic")).Body);
    }
}

public class Key_when_managed
{
    [Theory]
    [EveryDatabase]
    public async Task is_listed_without_its_secret_and_ends_when_revoked(Database database)
    {
        await using var host = await AccessHost.Start(database);
        var (id, key) = await host.MakeKey(new { name = "phone", person = "bruno" });
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", key)).Status);

        var list = await host.Get("/api/v1/keys", AccessHost.Token);
        var revoked = await host.Send(HttpMethod.Delete, "/api/v1/keys/" + id, AccessHost.Token);

        Assert.Equal(
            $$"""{"items":[{"id":"{{id}}","name":"phone","person":"bruno","role":"responder","scopes":null,"createdAt":"2026-03-02T09:00:00Z","createdBy":"system","lastUsedAt":null,"expiresAt":null,"expiry":"none"}],"nextCursor":null}""",
            list.Body);
        Assert.Equal(HttpStatusCode.NoContent, revoked.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Send(HttpMethod.Delete, "/api/v1/keys/" + id, AccessHost.Token)).Status);
    }

    [Fact]
    public async Task is_stored_as_a_hash_only()
    {
        await using var host = await AccessHost.Start();
        var (_, key) = await host.MakeKey(new { name = "phone", person = "bruno" });
        await using var db = host.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext();

        var stored = db.Set<ApiKey>().Single();

        Assert.StartsWith("inc_", key, StringComparison.Ordinal);
        Assert.Equal(KeySecret.Hash(key), stored.Hash);
    }

    [Fact]
    public async Task revoked_elsewhere_ends_within_a_second()
    {
        await using var host = await AccessHost.Start();
        var (_, key) = await host.MakeKey(new { name = "phone", person = "bruno" });
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", key)).Status);
        await using (var db = host.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext())
        {
            db.Remove(db.Set<ApiKey>().Single());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        host.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", key)).Status);
    }

    [Theory]
    [InlineData("{}", 422, "name")]
    [InlineData("""{"name":"x","person":"nobody"}""", 422, "person")]
    [InlineData("""{"name":"x","person":"bruno","role":"manager"}""", 422, "role")]
    [InlineData("""{"name":"x","role":"king"}""", 422, "role")]
    [InlineData("""{"name":"x","role":"3"}""", 422, "role")]
    [InlineData("""{"name":""", 400, "")]
    [InlineData("null", 422, "name")]
    public async Task is_refused_with_the_field_that_is_wrong(string body, int status, string field)
    {
        await using var host = await AccessHost.Start();

        var answer = await host.Send(HttpMethod.Post, "/api/v1/keys", AccessHost.Token, new StringContent(body, mediaType: new("application/json")));

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(field, string.Join(' ', answer.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString())));
        Assert.Empty((await host.Get("/api/v1/keys", AccessHost.Token)).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task is_everybodys_own_business_and_the_admins()
    {
        await using var host = await AccessHost.Start();
        var (ofAna, ana) = await host.MakeKey(new { name = "laptop", person = "ana" });
        var (_, bruno) = await host.MakeKey(new { name = "phone", person = "bruno" });

        var own = await host.Send(HttpMethod.Post, "/api/v1/keys", bruno, new { name = "script" });
        var others = await host.Send(HttpMethod.Post, "/api/v1/keys", bruno, new { name = "script", person = "ana" });
        var more = await host.Send(HttpMethod.Post, "/api/v1/keys", bruno, new { name = "script", role = "admin" });

        Assert.Equal("bruno", own.Json.GetProperty("person").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, others.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, more.Status);
        Assert.Equal(2, (await host.Get("/api/v1/keys", bruno)).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await host.Send(HttpMethod.Delete, "/api/v1/keys/" + ofAna, bruno)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", ana)).Status);
    }

    [Fact]
    public async Task says_when_it_was_used_last()
    {
        await using var host = await AccessHost.Start();
        var (_, key) = await host.MakeKey(new { name = "phone", person = "bruno" });
        await host.Get("/api/v1/me", key);

        await host.Services.GetRequiredService<KeyUse>().Write(TestContext.Current.CancellationToken);

        var item = (await host.Get("/api/v1/keys", AccessHost.Token)).Json.GetProperty("items")[0];
        Assert.Equal("2026-03-02T09:00:00Z", item.GetProperty("lastUsedAt").GetString());
    }

    [Fact]
    public async Task is_listed_page_by_page()
    {
        await using var host = await AccessHost.Start();
        for (var i = 0; i < 3; i++)
        {
            await host.MakeKey(new { name = "key" + i });
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = (await host.Get("/api/v1/keys?limit=2", AccessHost.Token)).Json;
        var second = (await host.Get("/api/v1/keys?limit=2&cursor=" + first.GetProperty("nextCursor").GetString(), AccessHost.Token)).Json;

        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        Assert.Equal("key2", second.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Get("/api/v1/keys?limit=0&cursor=x", AccessHost.Token)).Status);
    }
}

public class Bootstrap_token_when_none_is_configured
{
    [Fact]
    public async Task is_generated_once_for_its_owner_only()
    {
        await using var host = await AccessHost.Start(token: null);
        var token = host.Services.GetRequiredService<BootstrapToken>();

        var again = BootstrapToken.Obtain(new AccessOptions(), Path.GetDirectoryName(token.File)!);

        Assert.Equal(token.Value, again.Value);
        Assert.Equal(token.Value, (await File.ReadAllTextAsync(token.File!, TestContext.Current.CancellationToken)).Trim());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(token.File!));
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", token.Value)).Status);
    }

    [Fact]
    public void is_the_same_for_everybody_who_starts_at_once()
    {
        using var folder = new TemporaryFolder();

        var tokens = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16)
            .Select(_ => BootstrapToken.Obtain(new AccessOptions(), folder.PathTo("data")).Value).Distinct().ToArray();

        Assert.Single(tokens);
        Assert.Single(Directory.GetFiles(folder.PathTo("data")));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with a blank in it")]
    public void refuses_settings_that_make_no_sense(string token)
        => Assert.Contains("Access:BootstrapToken", new AccessOptionsValidator().Validate(null, new AccessOptions { BootstrapToken = token }).FailureMessage, StringComparison.Ordinal);
}
