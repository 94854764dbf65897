using System.Net;
using Incidents.Access.Sessions;
using Incidents.TestKit;

namespace Incidents.Access.Tests;

public class Browser_when_it_signs_in
{
    [Theory]
    [EveryDatabase]
    public async Task gets_a_session_for_a_key_and_loses_it_when_it_signs_out(Database database)
    {
        await using var host = await AccessHost.Start(database);

        var entered = await host.SignIn("key", " " + AccessHost.Token + "\n", "/incidents/42?tab=log");
        var me = await host.Get("/api/v1/me", cookie: entered.Cookie);
        var left = await host.Send(HttpMethod.Post, "/signout", cookie: entered.Cookie);

        Assert.Equal((HttpStatusCode.SeeOther, "/incidents/42?tab=log"), (entered.Status, entered.Location));
        Assert.Contains("httponly", entered.SetCookie!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", entered.SetCookie!, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(AccessHost.Token, entered.SetCookie!, StringComparison.Ordinal);
        Assert.Equal("""{"login":"system","name":"System","role":"admin","teams":null,"via":"web","simulator":true}""", me.Body);
        Assert.Equal((HttpStatusCode.SeeOther, "/signin"), (left.Status, left.Location));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: entered.Cookie)).Status);
    }

    [Fact]
    public async Task is_shown_what_is_wrong_with_the_key()
    {
        await using var host = await AccessHost.Start();

        var wrong = await host.SignIn("key", "inc_<b>", "/incidents");
        var empty = await host.SignIn("key", "");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Contains("role=\"alert\">This API key is not valid, or no longer.", wrong.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"/incidents\"", wrong.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", wrong.Body, StringComparison.Ordinal);
        Assert.Null(wrong.SetCookie);
        Assert.Contains("Paste an API key.", empty.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task loses_the_session_when_its_key_is_revoked()
    {
        await using var host = await AccessHost.Start();
        var (id, key) = await host.MakeKey(new { name = "phone", person = "bruno" });
        var session = (await host.SignIn("key", key)).Cookie;
        Assert.Equal("bruno", (await host.Get("/api/v1/me", cookie: session)).Json.GetProperty("login").GetString());

        await host.Send(HttpMethod.Delete, "/api/v1/keys/" + id, AccessHost.Token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: session)).Status);
    }

    [Fact]
    public async Task has_to_sign_in_again_after_thirty_days()
    {
        await using var host = await AccessHost.Start();
        var session = (await host.SignIn("key", AccessHost.Token)).Cookie;

        host.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", cookie: session)).Status);
        host.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: session)).Status);
    }

    [Fact]
    public async Task with_demo_data_needs_no_key()
    {
        await using var host = await AccessHost.Start(demo: true);

        var page = await host.Get("/signin");
        var entered = await host.SignIn("as", "bruno");
        var unknown = await host.SignIn("as", "root");

        Assert.Contains("name=\"as\" value=\"ana\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("Olga &lt;Observer&gt;", page.Body, StringComparison.Ordinal);
        Assert.Equal("bruno", (await host.Get("/api/v1/me", cookie: entered.Cookie)).Json.GetProperty("login").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.Status);
    }

    [Fact]
    public async Task without_demo_data_needs_one()
    {
        await using var host = await AccessHost.Start();

        Assert.DoesNotContain("name=\"as\"", (await host.Get("/signin")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SignIn("as", "ana")).Status);
    }

    [Fact]
    public async Task that_fails_too_often_has_to_wait_a_minute()
    {
        await using var host = await AccessHost.Start();
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.SignIn("key", "guess" + i)).Status);

        var refused = await host.SignIn("key", AccessHost.Token);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var again = await host.SignIn("key", AccessHost.Token);

        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (refused.Status, refused.Headers["Retry-After"]));
        Assert.Contains("Try again in 60 seconds.", refused.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
    }

    [Theory]
    [InlineData("/incidents/42?a=b#c", "/incidents/42?a=b#c")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/signout", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void returns_only_to_pages_of_this_site(string? wanted, string expected) => Assert.Equal(expected, SignIn.ReturnPath(wanted));

    [Fact]
    public async Task is_sent_on_when_it_already_has_a_session()
    {
        await using var host = await AccessHost.Start();
        var session = (await host.SignIn("key", AccessHost.Token)).Cookie;

        var page = await host.Get("/signin?return=/oncall", cookie: session);

        Assert.Equal((HttpStatusCode.Redirect, "/oncall"), (page.Status, page.Location));
    }
}

public class Session_when_another_site_tries_to_use_it
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "self", 200)]
    public async Task changes_nothing(string header, string value, int status)
    {
        await using var host = await AccessHost.Start();
        var session = (await host.SignIn("key", AccessHost.Token)).Cookie;
        value = value == "self" ? host.Address.GetLeftPart(UriPartial.Authority) : value;

        var answer = await host.Send(HttpMethod.Post, "/api/v1/acknowledge", cookie: session, headers: (header, value));
        var read = await host.Send(HttpMethod.Get, "/api/v1/me", cookie: session, headers: (header, value));
        var withKey = await host.Send(HttpMethod.Post, "/api/v1/acknowledge", AccessHost.Token, headers: (header, value));

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal(HttpStatusCode.OK, withKey.Status);
    }

    [Fact]
    public async Task can_neither_sign_the_browser_in_nor_out()
    {
        await using var host = await AccessHost.Start();
        var session = (await host.SignIn("key", AccessHost.Token)).Cookie;

        var forced = await host.SignIn("key", AccessHost.Token, "/", ("Origin", "https://evil.example"));
        var left = await host.Send(HttpMethod.Post, "/signout", cookie: session, headers: ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.Forbidden, forced.Status);
        Assert.Null(forced.SetCookie);
        Assert.Equal(HttpStatusCode.Forbidden, left.Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", cookie: session)).Status);
    }
}

public class Every_answer
{
    [Theory]
    [InlineData("/signin")]
    [InlineData("/signin.css")]
    [InlineData("/api/v1/me")]
    [InlineData("/nowhere")]
    public async Task carries_the_headers_that_protect_a_browser(string path)
    {
        await using var host = await AccessHost.Start();

        var headers = (await host.Get(path)).Headers;

        Assert.StartsWith("default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("same-origin", headers["Referrer-Policy"]);
    }

    [Fact]
    public async Task of_the_sign_in_page_has_no_inline_script_and_is_whole_without_one()
    {
        await using var host = await AccessHost.Start(demo: true);

        var page = (await host.Get("/signin?return=%22%3E%3Cscript%3E")).Body;

        Assert.Equal("src=\"/signin.js", page.Split("<script ").Last()[..15]);
        Assert.Equal(2, page.Split("<script", StringSplitOptions.None).Length);
        Assert.DoesNotContain("onclick", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        var css = page.Split("href=\"").Single(p => p.StartsWith("/signin.css", StringComparison.Ordinal)).Split('"')[0];
        Assert.Equal(HttpStatusCode.OK, (await host.Get(css)).Status);
    }
}
