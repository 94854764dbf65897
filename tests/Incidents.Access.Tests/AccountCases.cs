using System.Net;
using Incidents.Access.Accounts;
using Incidents.Contracts.Organisation;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Incidents.Access.Tests;

public class Person_when_invited
{
    private const string Password = "four clouds over Lisbon";

    [Theory]
    [EveryDatabase]
    public async Task chooses_a_password_by_a_link_that_works_once(Database database)
    {
        await using var host = await AccessHost.Start(database, settings: ("PublicUrl", "https://incidents.example.com"));
        var invited = await host.Post("/api/v1/people/ana/invitation", key: AccessHost.Token);
        var link = new Uri(invited.Json.GetProperty("link").GetString()!);

        var page = await host.Get(link.AbsolutePath);
        var differ = await host.Form(link.AbsolutePath, null, ("password", Password), ("again", Password + "!"));
        var brief = await host.Form(link.AbsolutePath, null, ("password", "short"), ("again", "short"));
        var telling = await host.Form(link.AbsolutePath, null, ("password", "my name is ana, yes"), ("again", "my name is ana, yes"));
        var chosen = await host.Form(link.AbsolutePath, null, ("password", Password), ("again", Password));
        var again = await host.Form(link.AbsolutePath, null, ("password", Password), ("again", Password));
        var session = await host.Session("ana", Password);

        Assert.Equal(HttpStatusCode.Created, invited.Status);
        Assert.StartsWith("https://incidents.example.com/signin/password/one_", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("Welcome, Ana Souza", page.Body, StringComparison.Ordinal);
        Assert.Contains("The two passwords differ.", differ.Body, StringComparison.Ordinal);
        Assert.Contains("at least 12 characters", brief.Body, StringComparison.Ordinal);
        Assert.Contains("must not hold the login", telling.Body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/signin?said=password"), (chosen.Status, chosen.Location));
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Equal("ana", (await host.Get("/api/v1/me", cookie: session)).Json.GetProperty("login").GetString());
        var mail = Assert.Single(await host.Notices(), n => n.Kind == "invitation");
        Assert.Equal(("ana", "ana@example.com", link.AbsoluteUri), (mail.Person, mail.Email, mail.Link));
        Assert.Equal("accountCreated invited passwordChanged sessionStarted", await host.Audit("ana"));
    }

    [Fact]
    public async Task has_to_hurry_and_uses_the_latest_link()
    {
        await using var host = await AccessHost.Start();
        var first = new Uri((await host.Post("/api/v1/people/ana/invitation", key: AccessHost.Token)).Json.GetProperty("link").GetString()!);
        var second = new Uri((await host.Post("/api/v1/people/ana/invitation", key: AccessHost.Token)).Json.GetProperty("link").GetString()!);

        Assert.Equal(HttpStatusCode.Gone, (await host.Get(first.AbsolutePath)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get(second.AbsolutePath)).Status);
        host.Time.Advance(TimeSpan.FromHours(72));
        Assert.Equal(HttpStatusCode.Gone, (await host.Get(second.AbsolutePath)).Status);
    }

    [Fact]
    public async Task is_invited_by_an_admin_only_and_without_an_address_by_hand()
    {
        await using var host = await AccessHost.Start();
        var (_, ana) = await host.MakeKey(new { name = "laptop", person = "ana" });

        var refused = await host.Post("/api/v1/people/bruno/invitation", key: ana);
        var byHand = await host.Post("/api/v1/people/olga/invitation", key: AccessHost.Token);

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, byHand.Json.GetProperty("email").ValueKind);
        Assert.DoesNotContain(await host.Notices(), n => n.Kind == "invitation");
        Assert.Equal(HttpStatusCode.NotFound, (await host.Post("/api/v1/people/nobody/invitation", key: AccessHost.Token)).Status);
    }

    [Fact]
    public async Task loses_account_and_sessions_when_an_admin_takes_the_account_away()
    {
        await using var host = await AccessHost.Start();
        await host.LetIn("ana", Password);
        var session = await host.Session("ana", Password);

        var removed = await host.Send(HttpMethod.Delete, "/api/v1/people/ana/account", AccessHost.Token);

        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: session)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Form("/signin", null, ("login", "ana"), ("password", Password))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Send(HttpMethod.Delete, "/api/v1/people/ana/account", AccessHost.Token)).Status);
    }
}

public class Person_when_renamed_or_gone
{
    private const string Password = "four clouds over Lisbon";

    [Theory]
    [EveryDatabase]
    public async Task keeps_the_account_or_leaves_nothing_behind(Database database)
    {
        await using var host = await AccessHost.Start(database);
        await host.LetIn("ana", Password);
        await host.LetIn("bruno", Password);
        var (_, brunos) = await host.MakeKey(new { name = "phone", person = "bruno" });
        var ana = await host.Session("ana", Password);
        var leavers = host.Services.GetRequiredService<Leavers>();
        Assert.Equal(0, await leavers.Tidy(TestContext.Current.CancellationToken));

        host.Organisation.Rename("ana", "ana.souza");
        host.Organisation.Leave("bruno");
        Assert.Equal(2, await leavers.Tidy(TestContext.Current.CancellationToken));
        host.Organisation.Join("bruno");

        Assert.Equal("ana.souza", (await host.Get("/api/v1/me", cookie: ana)).Json.GetProperty("login").GetString());
        await host.Session("ana.souza", Password);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", brunos)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Form("/signin", null, ("login", "bruno"), ("password", Password))).Status);
        Assert.EndsWith("accountRemoved keyRevoked", await host.Audit("bruno"), StringComparison.Ordinal);
    }
}

public class Password_when_forgotten
{
    private const string Old = "four clouds over Lisbon", New = "three ships past Porto";

    [Theory]
    [EveryDatabase]
    public async Task is_replaced_by_a_link_and_every_session_ends(Database database)
    {
        await using var host = await AccessHost.Start(database, settings: ("PublicUrl", "https://incidents.example.com"));
        await host.LetIn("ana", Old);
        var session = await host.Session("ana@example.com", Old);

        await host.Form("/signin/forgot", null, ("login", "ana"));
        var mail = Assert.Single(await host.Notices(), n => n.Kind == "reset");
        var path = new Uri(mail.Link!).AbsolutePath;
        var chosen = await host.Form(path, null, ("password", New), ("again", New));

        Assert.Equal("ana@example.com", mail.Email);
        Assert.Equal(HttpStatusCode.SeeOther, chosen.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: session)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Form("/signin", null, ("login", "ana"), ("password", Old))).Status);
        await host.Session("ana", New);
        Assert.Equal(HttpStatusCode.Gone, (await host.Get(path)).Status);
    }

    [Fact]
    public async Task tells_nobody_who_has_an_account()
    {
        await using var host = await AccessHost.Start(settings: ("PublicUrl", "https://incidents.example.com"));
        await host.LetIn("ana", Old);

        var answers = new List<Answer>();
        foreach (var login in new[] { "ana", "bruno", "olga", "nobody", "ana@example.com" })
            answers.Add(await host.Form("/signin/forgot", null, ("login", login)));

        Assert.Equal([(HttpStatusCode.OK, answers[0].Body)], answers.Select(a => (a.Status, a.Body)).Distinct());
        Assert.Equal(["ana", "ana"], (await host.Notices()).Where(n => n.Kind == "reset").Select(n => n.Person));
    }

    [Fact]
    public async Task fills_no_mailbox()
    {
        await using var host = await AccessHost.Start(settings: ("PublicUrl", "https://incidents.example.com"));
        await host.LetIn("ana", Old);

        for (var i = 0; i < 6; i++)
            await host.Form("/signin/forgot", null, ("login", "ana"));

        Assert.Equal(3, (await host.Notices()).Count(n => n.Kind == "reset"));
    }

    [Fact]
    public async Task has_a_link_for_an_hour()
    {
        await using var host = await AccessHost.Start(settings: ("PublicUrl", "https://incidents.example.com"));
        await host.LetIn("ana", Old);
        await host.Form("/signin/forgot", null, ("login", "ana"));
        var path = new Uri((await host.Notices()).Single(n => n.Kind == "reset").Link!).AbsolutePath;

        host.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await host.Get(path)).Status);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Gone, (await host.Get(path)).Status);
    }
}

public class Account_when_passwords_are_guessed
{
    private const string Password = "four clouds over Lisbon";

    [Theory]
    [EveryDatabase]
    public async Task takes_none_for_a_quarter_of_an_hour_after_ten(Database database)
    {
        await using var host = await AccessHost.Start(database, settings: ("Access:SignInFailuresPerMinute", "1000"));
        await host.LetIn("ana", Password);

        var wrong = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => host.Form("/signin", null, ("login", "ana"), ("password", "guess " + i))));
        var locked = await host.Form("/signin", null, ("login", "ana"), ("password", Password));
        var unknown = await host.Form("/signin", null, ("login", "ghost"), ("password", Password));
        host.Time.Advance(TimeSpan.FromMinutes(15));
        await host.Session("ana", Password);

        Assert.All(wrong, w => Assert.Equal(HttpStatusCode.Unauthorized, w.Status));
        Assert.Equal(HttpStatusCode.Unauthorized, locked.Status);
        Assert.Equal(unknown.Body.Replace("ghost", "ana", StringComparison.Ordinal), locked.Body);
        Assert.Single(await host.Notices(), n => n.Kind == "account" && n.Text.Contains("Too many wrong", StringComparison.Ordinal));
        Assert.Contains("accountLocked", await host.Audit("ana"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task forgets_them_when_the_right_one_comes()
    {
        await using var host = await AccessHost.Start(settings: ("Access:SignInFailuresPerMinute", "1000"));
        await host.LetIn("ana", Password);

        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 8; i++)
                await host.Form("/signin", null, ("login", "ana"), ("password", "guess"));
            await host.Session("ana", Password);
        }
    }

    [Fact]
    public async Task is_closed_to_passwords_where_they_are_turned_off()
    {
        await using var host = await AccessHost.Start(settings: ("Access:Passwords", "false"));

        Assert.DoesNotContain("name=\"password\"", (await host.Get("/signin")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Form("/signin", null, ("login", "ana"), ("password", Password))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.Post("/api/v1/people/ana/invitation", key: AccessHost.Token)).Status);
    }
}

public class Password_when_changed
{
    private const string Old = "four clouds over Lisbon", New = "three ships past Porto";

    [Theory]
    [EveryDatabase]
    public async Task ends_every_other_session_at_once(Database database)
    {
        await using var host = await AccessHost.Start(database);
        await host.LetIn("ana", Old);
        var (here, there) = (await host.Session("ana", Old), await host.Session("ana", Old));
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", cookie: there)).Status);

        var wrong = await host.Send(HttpMethod.Put, "/api/v1/account/password", cookie: here, body: new { currentPassword = "no idea at all", newPassword = New });
        var brief = await host.Send(HttpMethod.Put, "/api/v1/account/password", cookie: here, body: new { currentPassword = Old, newPassword = "abc" });
        var set = await host.Send(HttpMethod.Put, "/api/v1/account/password", cookie: here, body: new { currentPassword = Old, newPassword = New });

        Assert.Equal("currentPassword", wrong.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Equal("newPassword", brief.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Equal(HttpStatusCode.NoContent, set.Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/me", cookie: here)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: there)).Status);
        Assert.Contains(await host.Notices(), n => n.Person == "ana" && n.Text.StartsWith("Your password was changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_not_by_a_key_nor_by_a_session_of_a_lesser_one()
    {
        await using var host = await AccessHost.Start();
        var (_, full) = await host.MakeKey(new { name = "laptop", person = "ana" });
        var (_, reader) = await host.MakeKey(new { name = "wall", person = "ana", role = "observer" });
        var lesser = (await host.SignIn("key", reader)).Cookie;
        var own = (await host.SignIn("key", full)).Cookie;
        var system = (await host.SignIn("key", AccessHost.Token)).Cookie;

        Assert.Equal("no-session", await Fault(host.Send(HttpMethod.Put, "/api/v1/account/password", full, new { newPassword = New })));
        Assert.Equal("lesser-key", await Fault(host.Send(HttpMethod.Put, "/api/v1/account/password", cookie: lesser, body: new { newPassword = New })));
        Assert.Equal("no-person", await Fault(host.Send(HttpMethod.Put, "/api/v1/account/password", cookie: system, body: new { newPassword = New })));
        Assert.Equal(HttpStatusCode.NoContent, (await host.Send(HttpMethod.Put, "/api/v1/account/password", cookie: own, body: new { newPassword = New })).Status);
        await host.Session("ana", New);
    }

    private static async Task<string> Fault(Task<Answer> answer) => (await answer).Json.GetProperty("type").GetString()!.Split('/')[^1];
}
