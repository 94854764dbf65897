using System.Net;
using Incidents.Access.Accounts;
using Incidents.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.Tests;

public class Secret_of_an_app_when_stored
{
    private const string Password = "four clouds over Lisbon";

    [Theory]
    [EveryDatabase]
    public async Task is_sealed_and_of_no_use_in_another_row(Database database)
    {
        await using var host = await AccessHost.Start(database);
        var secret = await TurnOn(host);

        var stored = (await Stored(host)).TotpSecret!;

        Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(64, stored.Length);
        var box = host.Services.GetRequiredService<SecretBox>();
        Assert.Equal(new Opened(secret, Fresh: true), box.Open((await Stored(host)).Id, stored));
        Assert.Null(box.Open(Guid.NewGuid(), stored));
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(host, secret)).Status);
        Assert.Equal(stored, (await Stored(host)).TotpSecret);
    }

    [Theory]
    [EveryDatabase]
    public async Task of_an_earlier_release_goes_on_working_and_is_sealed_when_used(Database database)
    {
        await using var host = await AccessHost.Start(database);
        var secret = await TurnOn(host);
        await Store(host, secret);

        var wrong = await host.Form("/signin/code", await Begin(host), ("code", "000000"));
        Assert.Equal((HttpStatusCode.Unauthorized, secret), (wrong.Status, (await Stored(host)).TotpSecret));
        var entered = await SignIn(host, secret);

        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
        var account = await Stored(host);
        Assert.Equal(new Opened(secret, Fresh: true), host.Services.GetRequiredService<SecretBox>().Open(account.Id, account.TotpSecret!));
        Assert.NotEqual(secret, account.TotpSecret);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(host, secret)).Status);
    }

    [Fact]
    public async Task whose_key_is_lost_leaves_the_recovery_codes()
    {
        await using var host = await AccessHost.Start();
        var codes = new List<string>();
        var secret = await TurnOn(host, codes);
        await Store(host, Box(new AccessOptions { SecretsKey = "of another installation" }).Seal((await Stored(host)).Id, secret));

        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn(host, secret)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await host.Form("/signin/code", await Begin(host), ("code", codes[0]))).Status);
    }

    [Fact]
    public void is_opened_by_whoever_has_the_key_and_follows_when_it_changes()
    {
        using var folder = new TemporaryFolder();
        var (id, secret) = (Guid.NewGuid(), Totp.NewSecret());
        var generated = Box(new AccessOptions(), folder.Path).Seal(id, secret);
        var first = Box(new AccessOptions { SecretsKey = "the first key of all" }).Seal(id, secret);

        // Another process, the same data directory or setting.
        Assert.Equal(new Opened(secret, Fresh: true), Box(new AccessOptions(), folder.Path).Open(id, generated));
        Assert.Equal(new Opened(secret, Fresh: true), Box(new AccessOptions { SecretsKey = "the first key of all" }).Open(id, first));
        Assert.NotEqual(first, Box(new AccessOptions { SecretsKey = "the first key of all" }).Seal(id, secret));
        // A setting instead of the generated key, and another one instead of that.
        Assert.Equal(new Opened(secret, Fresh: false), Box(new AccessOptions { SecretsKey = "the first key of all" }, folder.Path).Open(id, generated));
        Assert.Equal(new Opened(secret, Fresh: false), Box(new AccessOptions { SecretsKey = "the second key of all", PreviousSecretsKey = "the first key of all" }).Open(id, first));
        Assert.Null(Box(new AccessOptions { SecretsKey = "the second key of all" }).Open(id, first));
        // Where processes share a database server they share its key, and the file is not asked.
        var shared = Box(new AccessOptions(), folder.Path, shared: "kept in the database").Seal(id, secret);
        Assert.Equal(new Opened(secret, Fresh: true), Box(new AccessOptions(), shared: "kept in the database").Open(id, shared));
        Assert.Null(Box(new AccessOptions(), folder.Path).Open(id, shared));
    }

    [Fact]
    public void is_refused_when_a_bit_of_it_is_another()
    {
        var (id, box) = (Guid.NewGuid(), Box(new AccessOptions { SecretsKey = "0123456789abcdef" }));
        var stored = box.Seal(id, Totp.NewSecret()).ToCharArray();

        for (var i = 0; i < stored.Length; i++)
        {
            var forged = (char[])stored.Clone();
            forged[i] = forged[i] == 'A' ? 'B' : 'A';
            Assert.Null(box.Open(id, new string(forged)));
        }
        Assert.Null(box.Open(id, new string('!', 64)));
    }

    private static SecretBox Box(AccessOptions options, string? folder = null, string? shared = null)
        => new(Options.Create(options), new AccessSurroundings(folder ?? Path.Combine(Path.GetTempPath(), "nowhere")) { SharedKey = shared }, NullLogger<SecretBox>.Instance);

    private static async Task<string> TurnOn(AccessHost host, List<string>? codes = null)
    {
        await host.LetIn("ana", Password);
        var session = await host.Session("ana", Password);
        var secret = (await host.Post("/api/v1/account/totp", cookie: session)).Json.GetProperty("secret").GetString()!;
        var on = await host.Send(HttpMethod.Put, "/api/v1/account/totp", cookie: session, body: new { code = Code(host, secret) });
        Assert.Equal(HttpStatusCode.OK, on.Status);
        codes?.AddRange(on.Json.GetProperty("codes").EnumerateArray().Select(c => c.GetString()!));
        return secret;
    }

    private static async Task<Answer> SignIn(AccessHost host, string secret)
    {
        host.Time.Advance(TimeSpan.FromSeconds(30));
        return await host.Form("/signin/code", await Begin(host), ("code", Code(host, secret)));
    }

    private static async Task<string> Begin(AccessHost host) => (await host.Form("/signin", null, ("login", "ana"), ("password", Password))).Cookie;

    private static string Code(AccessHost host, string secret) => Totp.Code(Totp.FromBase32(secret), Totp.StepAt(Instant.FromDateTimeOffset(host.Time.GetUtcNow())));

    private static async Task<Account> Stored(AccessHost host)
    {
        await using var db = host.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext();
        return await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Login == "ana", TestContext.Current.CancellationToken);
    }

    private static async Task Store(AccessHost host, string secret)
    {
        await using var db = host.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext();
        await db.Set<Account>().Where(a => a.Login == "ana").ExecuteUpdateAsync(s => s.SetProperty(a => a.TotpSecret, secret), TestContext.Current.CancellationToken);
    }
}
