using System.Security.Cryptography;
using Incidents.Access.OpenId;
using Incidents.Kernel;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Incidents.Access.Tests;

/// <summary>A provider that says what a test wants, also what no honest one does.</summary>
public sealed class LyingProvider : IAsyncLifetime
{
    private readonly RSA rsa = RSA.Create(2048), foreign = RSA.Create(2048);
    private WebApplication? app;

    internal string Address => app!.Urls.Single();

    /// <summary>Changes what the token says before it is signed; returns what is sent.</summary>
    internal Func<SecurityTokenDescriptor, string>? Token { get; set; }

    internal string UserInfo { get; set; } = "{}";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address,
            authorization_endpoint = Address + "/authorize",
            token_endpoint = Address + "/token",
            userinfo_endpoint = Address + "/userinfo",
            jwks_uri = Address + "/keys",
        }));
        app.MapGet("/keys", () => Results.Content($$"""{"keys":[{{System.Text.Json.JsonSerializer.Serialize(PublicKey())}}]}""", "application/json"));
        app.MapPost("/token", () => Results.Json(new { access_token = "at", token_type = "Bearer", id_token = Token!(Honest()) }));
        app.MapGet("/userinfo", () => Results.Content(UserInfo, "application/json"));
        await app.StartAsync();
    }

    internal SigningCredentials Own => new(new RsaSecurityKey(rsa) { KeyId = "one" }, SecurityAlgorithms.RsaSha256);

    internal SigningCredentials Foreign => new(new RsaSecurityKey(foreign) { KeyId = "one" }, SecurityAlgorithms.RsaSha256);

    internal static string Sign(SecurityTokenDescriptor token) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);

    private SecurityTokenDescriptor Honest() => new()
    {
        Issuer = Address,
        Audience = "incidents",
        IssuedAt = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc),
        Expires = new DateTime(2026, 3, 2, 9, 5, 0, DateTimeKind.Utc),
        SigningCredentials = Own,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "7", ["nonce"] = "the nonce", ["email"] = "ana@example.com" },
    };

    private Dictionary<string, string> PublicKey()
    {
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return new(StringComparer.Ordinal) { ["kty"] = "RSA", ["kid"] = "one", ["use"] = "sig", ["n"] = Base64UrlEncoder.Encode(key.Modulus), ["e"] = Base64UrlEncoder.Encode(key.Exponent) };
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        rsa.Dispose();
        foreign.Dispose();
    }
}

public class Token_when_checked(LyingProvider provider) : IClassFixture<LyingProvider>
{
    [Fact]
    public async Task names_the_person()
    {
        Assert.Equal("ana@example.com", await Redeem(LyingProvider.Sign));
        Assert.Equal("ana@example.com", await Redeem(LyingProvider.Sign, issuer: provider.Address));
    }

    public static TheoryData<string> Lies => ["issuer", "audience", "nonce", "no nonce", "expired", "other key", "unsigned", "answered by another", "no claim", "unverified", "somebody else's userinfo"];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task is_refused_when_it_lies(string lie)
    {
        provider.UserInfo = lie == "somebody else's userinfo" ? """{"sub":"8","email":"ana@example.com"}""" : """{"sub":"7"}""";

        await Assert.ThrowsAsync<OpenIdRefusal>(() => Redeem(token =>
        {
            switch (lie)
            {
                case "issuer": token.Issuer = "https://evil.example"; break;
                case "audience": token.Audience = "another"; break;
                case "nonce": token.Claims["nonce"] = "another"; break;
                case "no nonce": token.Claims.Remove("nonce"); break;
                case "expired": token.Expires = new DateTime(2026, 3, 2, 8, 57, 0, DateTimeKind.Utc); break;
                case "other key": token.SigningCredentials = provider.Foreign; break;
                case "unsigned": token.SigningCredentials = null; break;
                case "unverified": token.Claims["email_verified"] = false; break;
                case "no claim" or "somebody else's userinfo": token.Claims.Remove("email"); break;
            }
            return LyingProvider.Sign(token);
        }, issuer: lie == "answered by another" ? "https://evil.example" : null));
    }

    [Fact]
    public async Task leaves_the_claim_to_userinfo()
    {
        provider.UserInfo = """{"sub":"7","email":"ana@example.com","email_verified":true}""";

        Assert.Equal("ana@example.com", await Redeem(token =>
        {
            token.Claims.Remove("email");
            return LyingProvider.Sign(token);
        }));
    }

    private async Task<string> Redeem(Func<SecurityTokenDescriptor, string> token, string? issuer = null)
    {
        provider.Token = token;
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new AccessMetrics(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        using var client = new OpenIdClient(Options.Create(new OpenIdOptions { Authority = provider.Address, ClientId = "incidents", ClientSecret = "s" }), metrics, new Clock(new FakeTimeProvider()));
        return await client.Redeem("code", "http://127.0.0.1/signin/oidc/callback", "the nonce", "verifier", issuer, TestContext.Current.CancellationToken);
    }
}

public class Provider_settings_when_wrong
{
    [Theory]
    [InlineData("http://id.example.com", "incidents", "openid", "Authority")]
    [InlineData("https://id.example.com", "", "openid", "ClientId")]
    [InlineData("https://id.example.com", "incidents", "email", "Scopes")]
    [InlineData("", "incidents", "openid", "Authority")]
    [InlineData("http://127.0.0.1:3000", "incidents", "openid", null)]
    [InlineData("", "", "openid", null)]
    public void say_which(string authority, string client, string scopes, string? fault)
    {
        var result = new OpenIdOptionsValidator().Validate(null, new OpenIdOptions { Authority = authority, ClientId = client, Scopes = scopes });

        Assert.Equal(fault is null, result.Succeeded);
        if (fault is not null)
            Assert.Contains("Access:Oidc:" + fault, result.FailureMessage, StringComparison.Ordinal);
    }
}
