using System.Net;
using Incidents.Access.Keys;
using Incidents.Access.Sessions;
using Incidents.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Access.Tests;

public class Session_when_listed
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Theory]
    [EveryDatabase]
    public async Task says_where_and_when_and_ends_when_told(Database database)
    {
        await using var host = await AccessHost.Start(database);
        var (_, bruno) = await host.MakeKey(new { name = "phone", person = "bruno" });
        var (_, ana) = await host.MakeKey(new { name = "laptop", person = "ana" });
        var here = (await host.SignIn("key", bruno, "/", ("User-Agent", Firefox))).Cookie;
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var there = (await host.SignIn("key", bruno)).Cookie;
        host.Time.Advance(TimeSpan.FromMinutes(4));
        await host.Get("/api/v1/me", cookie: here);
        await host.Services.GetRequiredService<KeyUse>().Write(TestContext.Current.CancellationToken);

        var list = (await host.Get("/api/v1/sessions", cookie: here)).Json.GetProperty("items");
        var (other, own) = (list[0], list[1]);
        var foreign = await host.Send(HttpMethod.Delete, "/api/v1/sessions/" + own.GetProperty("id").GetString(), ana);
        var ended = await host.Send(HttpMethod.Delete, "/api/v1/sessions/" + other.GetProperty("id").GetString(), cookie: here);

        Assert.Equal(2, list.GetArrayLength());
        Assert.Equal(("Firefox on Linux", "key", true, "127.0.0.1"), (own.GetProperty("browser").GetString(), own.GetProperty("method").GetString(), own.GetProperty("current").GetBoolean(), own.GetProperty("address").GetString()));
        Assert.Equal("2026-03-02T09:05:00Z", own.GetProperty("lastUsedAt").GetString());
        Assert.Equal(("2026-03-02T09:01:00Z", false), (other.GetProperty("lastUsedAt").GetString(), other.GetProperty("current").GetBoolean()));
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(HttpStatusCode.NoContent, ended.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: there)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", cookie: here)).Status);
    }

    [Fact]
    public async Task is_ended_by_an_admin_for_others()
    {
        await using var host = await AccessHost.Start(demo: true);
        var bruno = (await host.SignIn("as", "bruno")).Cookie;
        var (_, ana) = await host.MakeKey(new { name = "laptop", person = "ana" });

        var refused = await host.Get("/api/v1/sessions?person=bruno", ana);
        var id = (await host.Get("/api/v1/sessions?person=bruno", AccessHost.Token)).Json.GetProperty("items")[0].GetProperty("id").GetString();
        var ended = await host.Send(HttpMethod.Delete, "/api/v1/sessions/" + id, AccessHost.Token);

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(HttpStatusCode.NoContent, ended.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: bruno)).Status);
        Assert.Equal("sessionStarted sessionEnded", await host.Audit("bruno"));
    }

    [Theory]
    [EveryDatabase]
    public async Task pages_and_ends_all_others(Database database)
    {
        await using var host = await AccessHost.Start(database, demo: true);
        var cookies = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            cookies.Add((await host.SignIn("as", "bruno")).Cookie);
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await host.Get("/api/v1/sessions?limit=2", cookie: cookies[0]);
        var rest = await host.Get("/api/v1/sessions?limit=2&cursor=" + first.Json.GetProperty("nextCursor").GetString(), cookie: cookies[0]);
        var ended = await host.Send(HttpMethod.Delete, "/api/v1/sessions", cookie: cookies[0]);

        Assert.Equal((2, 1), (first.Json.GetProperty("items").GetArrayLength(), rest.Json.GetProperty("items").GetArrayLength()));
        Assert.Equal(2, ended.Json.GetProperty("ended").GetInt32());
        var after = await Task.WhenAll(cookies.Select(async c => (int)(await host.Get("/api/v1/me", cookie: c)).Status));
        Assert.Equal(new[] { 200, 401, 401 }, after);
    }

    [Theory]
    [InlineData(null, "Unknown browser")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("robot/1.0 (night)", "robot")]
    public void names_the_browser(string? agent, string name) => Assert.Equal(name, Browsers.Name(agent));
}

public class Key_when_narrowed
{
    [Theory]
    [EveryDatabase]
    public async Task may_what_its_scopes_say(Database database)
    {
        await using var host = await AccessHost.Start(database);
        var (_, reader) = await host.MakeKey(new { name = "wall", role = "admin", scopes = new[] { "read" } });
        var session = (await host.SignIn("key", reader)).Cookie;

        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/lead", reader)).Status);
        var refused = await host.Post("/api/v1/incidents/1/acknowledge", key: reader);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("This key is for read only: that needs the scope incidents.", refused.Json.GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Post("/api/v1/incidents/1/acknowledge", cookie: session)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Post("/api/v1/keys", new { name = "more" }, reader)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Get("/api/v1/keys", reader)).Status);
        var item = (await host.Get("/api/v1/keys", AccessHost.Token)).Json.GetProperty("items")[0];
        Assert.Equal("read", item.GetProperty("scopes")[0].GetString());
    }

    [Theory]
    [InlineData("GET", "/api/v1/me", "read incidents schedules config pay")]
    [InlineData("GET", "/api/v1/incidents", "read")]
    [InlineData("GET", "/api/v1/audit", "read")]
    [InlineData("GET", "/api/v1/audit/access", "")]
    [InlineData("POST", "/api/v1/incidents", "incidents")]
    [InlineData("POST", "/api/v1/schedules/a/swaps", "schedules")]
    [InlineData("POST", "/api/v1/people/ana/absences", "schedules")]
    [InlineData("PUT", "/api/v1/people/ana", "config")]
    [InlineData("POST", "/api/v1/people/ana/invitation", "")]
    [InlineData("GET", "/api/v1/people/ana/account", "")]
    [InlineData("PUT", "/api/v1/config", "config")]
    [InlineData("GET", "/api/v1/pay/me", "pay")]
    [InlineData("GET", "/api/v1/sessions", "")]
    [InlineData("PUT", "/api/v1/me/pin", "")]
    [InlineData("POST", "/api/v1/something/new", "")]
    public void needs_the_scope_of_what_it_asks(string method, string path, string scopes)
        => Assert.Equal(scopes, string.Join(' ', Scopes.List(Scopes.Needed(method, new PathString(path)) ?? Scope.None)));

    [Theory]
    [EveryDatabase]
    public async Task ends_by_itself_and_is_warned_of(Database database)
    {
        await using var host = await AccessHost.Start(database);
        var (_, key) = await host.MakeKey(new { name = "fortnight", person = "ana", expiresAt = "2026-03-20T09:00:00Z" });
        var session = (await host.SignIn("key", key)).Cookie;

        Assert.Equal("later", await Expiry(host));
        host.Time.Advance(TimeSpan.FromDays(4));
        Assert.Equal("soon", await Expiry(host));
        host.Time.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMilliseconds(500));
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", key)).Status);
        host.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", key)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: session)).Status);
        Assert.Equal("expired", await Expiry(host));
    }

    [Theory]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["read","everything"]}""", "scopes[1]")]
    [InlineData("""{"name":"x","expiresAt":"2026-03-02T09:00:00Z"}""", "expiresAt")]
    public async Task is_refused_with_the_field_that_is_wrong(string body, string field)
    {
        await using var host = await AccessHost.Start();

        var answer = await host.Send(HttpMethod.Post, "/api/v1/keys", AccessHost.Token, new StringContent(body, mediaType: new("application/json")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(field, answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    private static async Task<string?> Expiry(AccessHost host)
        => (await host.Get("/api/v1/keys", AccessHost.Token)).Json.GetProperty("items")[0].GetProperty("expiry").GetString();
}
