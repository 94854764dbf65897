using System.Net;
using Incidents.TestKit;

namespace Incidents.Access.Tests;

public class Passkey_when_added
{
    private const string Password = "four clouds over Lisbon";

    [Theory]
    [EveryDatabase]
    public async Task signs_its_person_in_without_login_or_password(Database database)
    {
        await using var host = await AccessHost.Start(database);
        using var phone = new Authenticator();
        await host.LetIn("ana", Password);
        var session = await host.Session("ana", Password);

        var made = await Add(host, phone, session);
        var again = await Add(host, phone, session);
        var entered = await Enter(host, phone, Origin(host));
        var second = await Enter(host, phone, Origin(host));
        var account = await host.Get("/api/v1/account", cookie: session);
        var list = await host.Get("/api/v1/sessions", cookie: entered.Cookie);
        var passkey = account.Json.GetProperty("passkeys")[0];

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.NotEqual(HttpStatusCode.Created, again.Status);
        Assert.Equal("""{"location":"/oncall"}""", entered.Body);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal("ana", (await host.Get("/api/v1/me", cookie: entered.Cookie)).Json.GetProperty("login").GetString());
        Assert.Contains(list.Json.GetProperty("items").EnumerateArray(), s => s.GetProperty("method").GetString() == "passkey");
        Assert.Equal(("phone", "2026-03-02T09:00:00Z"), (passkey.GetProperty("name").GetString(), passkey.GetProperty("lastUsedAt").GetString()));
        Assert.Contains(await host.Notices(), n => n.Text.StartsWith("A passkey was added", StringComparison.Ordinal));

        var removed = await host.Send(HttpMethod.Delete, "/api/v1/account/passkeys/" + passkey.GetProperty("id").GetString(), cookie: session);
        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Enter(host, phone, Origin(host))).Status);
        Assert.Contains("passkeyAdded", await host.Audit("ana"), StringComparison.Ordinal);
        Assert.EndsWith("passkeyRemoved", await host.Audit("ana"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task opens_nothing_from_another_site_without_its_owner_or_twice()
    {
        await using var host = await AccessHost.Start();
        using var phone = new Authenticator();
        await host.LetIn("ana", Password);
        await Add(host, phone, await host.Session("ana", Password));

        var foreign = await Enter(host, phone, "https://evil.example");
        var (step, answer) = await Ask(host, phone, Origin(host));
        var first = await host.Post("/signin/passkey", answer, cookie: step);
        var replayed = await host.Post("/signin/passkey", answer, cookie: step);
        var (_, elsewhere) = await Ask(host, phone, Origin(host));
        var otherBrowser = await host.Post("/signin/passkey", elsewhere);
        phone.Verifies = false;
        var anybody = await Enter(host, phone, Origin(host));
        using var stranger = new Authenticator();
        var unknown = await Enter(host, stranger, Origin(host));

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.All([foreign, replayed, otherBrowser, anybody, unknown], refused => Assert.Equal(HttpStatusCode.Unauthorized, refused.Status));
        Assert.All([foreign, replayed, otherBrowser, anybody, unknown], refused => Assert.DoesNotContain("incidents_session", refused.SetCookie ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_asked_for_in_time_and_only_from_a_fresh_session()
    {
        await using var host = await AccessHost.Start();
        using var phone = new Authenticator();
        await host.LetIn("ana", Password);
        var session = await host.Session("ana", Password);
        var asked = await host.Post("/api/v1/account/passkeys/options", cookie: session);
        var credential = phone.Make(asked.Json.GetProperty("options"), Origin(host));
        host.Time.Advance(TimeSpan.FromMinutes(5));

        var late = await host.Post("/api/v1/account/passkeys", new { token = asked.Json.GetProperty("token").GetString(), name = "phone", credential }, cookie: session);
        host.Time.Advance(TimeSpan.FromMinutes(10));
        var stale = await host.Post("/api/v1/account/passkeys/options", cookie: session);

        Assert.Equal("token", late.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.EndsWith("/confirm", stale.Json.GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    private static string Origin(AccessHost host) => host.Address.GetLeftPart(UriPartial.Authority);

    private static async Task<Answer> Add(AccessHost host, Authenticator phone, string session)
    {
        var asked = await host.Post("/api/v1/account/passkeys/options", cookie: session);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        var credential = phone.Make(asked.Json.GetProperty("options"), Origin(host));
        return await host.Post("/api/v1/account/passkeys", new { token = asked.Json.GetProperty("token").GetString(), name = "phone", credential }, cookie: session);
    }

    private static async Task<(string Step, object Answer)> Ask(AccessHost host, Authenticator phone, string origin)
    {
        var asked = await host.Post("/signin/passkey/options", new { });
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        return (asked.Cookie, new { @return = "/oncall", credential = phone.Answer(asked.Json, origin) });
    }

    private static async Task<Answer> Enter(AccessHost host, Authenticator phone, string origin)
    {
        var (step, answer) = await Ask(host, phone, origin);
        return await host.Post("/signin/passkey", answer, cookie: step);
    }
}
