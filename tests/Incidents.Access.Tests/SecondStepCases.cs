using System.Net;
using Incidents.Access.Accounts;
using Incidents.Contracts.Organisation;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Incidents.Access.Tests;

public class Second_step_when_turned_on
{
    private const string Password = "four clouds over Lisbon";

    [Theory]
    [EveryDatabase]
    public async Task asks_for_a_code_and_takes_none_twice(Database database)
    {
        await using var host = await AccessHost.Start(database);
        await host.LetIn("ana", Password);
        var session = await host.Session("ana", Password);
        var setup = await host.Post("/api/v1/account/totp", cookie: session);
        var secret = setup.Json.GetProperty("secret").GetString()!;

        var wrong = await host.Send(HttpMethod.Put, "/api/v1/account/totp", cookie: session, body: new { code = "000000" });
        var on = await host.Send(HttpMethod.Put, "/api/v1/account/totp", cookie: session, body: new { code = Code(host, secret) });
        host.Time.Advance(TimeSpan.FromSeconds(30));
        var first = await host.Form("/signin", null, ("login", "ana"), ("password", Password), ("return", "/oncall"));
        var code = Code(host, secret);
        var miss = await host.Form("/signin/code", first.Cookie, ("code", "123456"));
        var entered = await host.Form("/signin/code", first.Cookie, ("code", $"{code[..3]} {code[3..]}"));
        var second = await host.Form("/signin", null, ("login", "ana"), ("password", Password));
        var replayed = await host.Form("/signin/code", second.Cookie, ("code", code));

        Assert.Equal($"otpauth://totp/Incidents:ana?secret={secret}&issuer=Incidents&digits=6&period=30", setup.Json.GetProperty("address").GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(10, on.Json.GetProperty("codes").GetArrayLength());
        Assert.Equal("/signin/code", first.Location);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Get("/api/v1/me", cookie: first.Cookie)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, miss.Status);
        Assert.Equal((HttpStatusCode.SeeOther, "/oncall"), (entered.Status, entered.Location));
        Assert.Equal("ana", (await host.Get("/api/v1/me", cookie: entered.Cookie)).Json.GetProperty("login").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, replayed.Status);
        Assert.Contains("totpOn", await host.Audit("ana"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task takes_a_recovery_code_once_and_none_after_it_is_off()
    {
        await using var host = await AccessHost.Start();
        await host.LetIn("ana", Password);
        var session = await host.Session("ana", Password);
        var secret = (await host.Post("/api/v1/account/totp", cookie: session)).Json.GetProperty("secret").GetString()!;
        var codes = (await host.Send(HttpMethod.Put, "/api/v1/account/totp", cookie: session, body: new { code = Code(host, secret) })).Json.GetProperty("codes");

        var entered = await host.Form("/signin/code", await Begin(host), ("code", codes[3].GetString()!.ToUpperInvariant()));
        var again = await host.Form("/signin/code", await Begin(host), ("code", codes[3].GetString()!));
        var account = await host.Get("/api/v1/account", cookie: session);
        var off = await host.Send(HttpMethod.Delete, "/api/v1/account/totp", cookie: session);

        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
        Assert.Equal((true, 9), (account.Json.GetProperty("totp").GetBoolean(), account.Json.GetProperty("recoveryCodesLeft").GetInt32()));
        Assert.Equal(HttpStatusCode.NoContent, off.Status);
        await host.Session("ana", Password);
        Assert.EndsWith("totpOff sessionStarted", await host.Audit("ana"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task asks_for_the_password_when_the_session_is_no_longer_fresh()
    {
        await using var host = await AccessHost.Start();
        await host.LetIn("ana", Password);
        var session = await host.Session("ana", Password);
        host.Time.Advance(TimeSpan.FromMinutes(15));

        var stale = await host.Post("/api/v1/account/totp", cookie: session);
        var wrong = await host.Post("/api/v1/account/confirm", new { password = "guess" }, cookie: session);
        var confirmed = await host.Post("/api/v1/account/confirm", new { password = Password }, cookie: session);
        var fresh = await host.Post("/api/v1/account/totp", cookie: session);

        Assert.EndsWith("/confirm", stale.Json.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(HttpStatusCode.NoContent, confirmed.Status);
        Assert.Equal(HttpStatusCode.OK, fresh.Status);
    }

    private static async Task<string> Begin(AccessHost host) => (await host.Form("/signin", null, ("login", "ana"), ("password", Password))).Cookie;

    private static string Code(AccessHost host, string secret)
        => Totp.Code(Totp.FromBase32(secret), Totp.StepAt(Instant.FromDateTimeOffset(host.Time.GetUtcNow())));
}

public class Code_when_computed
{
    /// <summary>RFC 6238, appendix B, SHA-1; six digits are the last six of its eight.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void is_the_one_of_the_standard(long seconds, string code)
    {
        var key = "12345678901234567890"u8.ToArray();

        Assert.Equal(code, Totp.Code(key, seconds / 30));
        Assert.Equal(seconds / 30, Totp.Step(Totp.Base32(key), code, Instant.FromUnixTimeSeconds(seconds), after: 0));
    }

    [Theory]
    [InlineData(-31, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    [InlineData(-61, false)]
    public void is_taken_one_step_early_or_late(int offBy, bool taken)
    {
        var key = "12345678901234567890"u8.ToArray();
        var code = Totp.Code(key, 1_000);

        Assert.Equal(taken, Totp.Step(Totp.Base32(key), code, Instant.FromUnixTimeSeconds(30_000 + (offBy < 0 ? offBy + 1 : offBy)), after: 0) is not null);
        Assert.Null(Totp.Step(Totp.Base32(key), code, Instant.FromUnixTimeSeconds(30_000), after: 1_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("f")]
    [InlineData("foobar")]
    public void survives_base32(string text)
        => Assert.Equal(System.Text.Encoding.ASCII.GetBytes(text), Totp.FromBase32(Totp.Base32(System.Text.Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void recovers_with_ten_different_ones()
    {
        var (codes, stored) = RecoveryCodes.New();

        Assert.Equal(10, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(codes[0].Replace("-", "", StringComparison.Ordinal), stored, StringComparison.OrdinalIgnoreCase);
        var left = RecoveryCodes.Without(stored, codes[0].Replace("-", " ", StringComparison.Ordinal));
        Assert.NotNull(left);
        Assert.Null(RecoveryCodes.Without(left, codes[0]));
        Assert.Null(RecoveryCodes.Without("", ""));
    }
}
