using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Incidents.Kernel;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using NodaTime;

namespace Incidents.Access.OpenId;

/// <summary>The provider said no, or said something that does not hold. The message is for people, and holds no secret.</summary>
internal sealed class OpenIdRefusal(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Our half of the protocol: discovery, the exchange of the code, the check of the id_token (signature, issuer, audience, lifetime, nonce, at_hash) and,
/// where it lacks the claim, userinfo. A code works once, so its exchange is never tried again; what only reads is, once.
/// </summary>
internal sealed class OpenIdClient : IDisposable
{
    private const long LargestAnswer = 1 << 20;
    private static readonly Duration Skew = Duration.FromMinutes(2);

    private readonly OpenIdOptions options;
    private readonly AccessMetrics metrics;
    private readonly Clock clock;
    private readonly HttpClient http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? discovery;

    public OpenIdClient(IOptions<OpenIdOptions> options, AccessMetrics metrics, Clock clock)
    {
        this.options = options.Value;
        this.metrics = metrics;
        this.clock = clock;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = this.options.Timeout,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        if (!this.options.IsOn)
            return;
        var loopback = new Uri(this.options.Authority!).IsLoopback;
        discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
            this.options.Authority!.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http) { RequireHttps = !loopback });
    }

    public async Task<Uri> AuthorizeAddress(string redirect, string state, string nonce, string challenge, CancellationToken cancellationToken)
    {
        var provider = await Provider(cancellationToken);
        var message = new OpenIdConnectMessage
        {
            IssuerAddress = provider.AuthorizationEndpoint,
            ClientId = options.ClientId,
            ResponseType = OpenIdConnectResponseType.Code,
            RedirectUri = redirect,
            Scope = options.Scopes,
            State = state,
            Nonce = nonce,
        };
        message.SetParameter("code_challenge", challenge);
        message.SetParameter("code_challenge_method", "S256");
        return new Uri(message.CreateAuthenticationRequestUrl());
    }

    /// <summary>The value of the claim that names the person; throws <see cref="OpenIdRefusal"/>.</summary>
    /// <param name="issuer">What the answer itself said it comes from (RFC 9207); null: it did not say.</param>
    public async Task<string> Redeem(string code, string redirect, string nonce, string verifier, string? issuer, CancellationToken cancellationToken)
    {
        var provider = await Provider(cancellationToken);
        if (issuer is not null && !string.Equals(issuer, provider.Issuer, StringComparison.Ordinal))
            throw new OpenIdRefusal("The answer came from another provider.");
        var answer = await Exchange(provider, code, redirect, verifier, cancellationToken);
        var token = await Validate(provider, answer, nonce, cancellationToken);
        var claims = token.Claims.ToList();
        if (!claims.Exists(c => c.Type == options.Claim) && provider.UserInfoEndpoint is { Length: > 0 } && answer.AccessToken is { Length: > 0 })
            claims.AddRange(await UserInfo(provider, answer.AccessToken, token.Subject, cancellationToken));
        var value = claims.Find(c => c.Type == options.Claim)?.Value;
        if (string.IsNullOrEmpty(value))
            throw new OpenIdRefusal($"The provider did not say your {options.Claim}.");
        if (options.Claim == "email" && claims.Exists(c => c.Type == "email_verified" && string.Equals(c.Value, "false", StringComparison.OrdinalIgnoreCase)))
            throw new OpenIdRefusal("The provider has not verified your e-mail address.");
        return value;
    }

    private async Task<OpenIdConnectConfiguration> Provider(CancellationToken cancellationToken)
    {
        try
        {
            var provider = await Twice("discovery", discovery!.GetConfigurationAsync, cancellationToken);
            if (string.IsNullOrEmpty(provider.AuthorizationEndpoint) || string.IsNullOrEmpty(provider.TokenEndpoint) || string.IsNullOrEmpty(provider.Issuer))
                throw new OpenIdRefusal("The provider's description of itself lacks what is needed.");
            return provider;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new OpenIdRefusal("The provider does not answer.", e);
        }
    }

    private async Task<OpenIdConnectMessage> Exchange(OpenIdConnectConfiguration provider, string code, string redirect, string verifier, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirect,
            ["code_verifier"] = verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint);
        var methods = provider.TokenEndpointAuthMethodsSupported;
        if (string.IsNullOrEmpty(options.ClientSecret))
        {
            form["client_id"] = options.ClientId!;
        }
        else if (methods.Count == 0 || methods.Contains("client_secret_basic"))
        {
            var basic = $"{Uri.EscapeDataString(options.ClientId!)}:{Uri.EscapeDataString(options.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        }
        else
        {
            (form["client_id"], form["client_secret"]) = (options.ClientId!, options.ClientSecret);
        }
        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var body = await Ask("token", request, cancellationToken);
        var answer = new OpenIdConnectMessage(body);
        return string.IsNullOrEmpty(answer.IdToken) ? throw new OpenIdRefusal("The provider sent no id_token.") : answer;
    }

    private async Task<JsonWebToken> Validate(OpenIdConnectConfiguration provider, OpenIdConnectMessage answer, string nonce, CancellationToken cancellationToken)
    {
        var result = await Check(provider, answer.IdToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider may have changed its keys since we looked.
            discovery!.RequestRefresh();
            result = await Check(await Provider(cancellationToken), answer.IdToken);
        }
        if (!result.IsValid)
            throw new OpenIdRefusal("The provider's token does not hold: it is not signed by it, not meant for us, or its time is over.", result.Exception);
        try
        {
            new OpenIdConnectProtocolValidator { RequireStateValidation = false, RequireTimeStampInNonce = false }.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ProtocolMessage = answer,
                ValidatedIdToken = new System.IdentityModel.Tokens.Jwt.JwtSecurityToken(answer.IdToken),
                Nonce = nonce,
                ClientId = options.ClientId,
            });
        }
        catch (OpenIdConnectProtocolException e)
        {
            throw new OpenIdRefusal("The provider's token does not belong to this sign-in.", e);
        }
        return (JsonWebToken)result.SecurityToken;
    }

    private Task<TokenValidationResult> Check(OpenIdConnectConfiguration provider, string token) => new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = options.ClientId,
        IssuerSigningKeys = provider.SigningKeys,
        ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (from, to, _, _) => to is { } end && Utc(end) + Skew > clock.Now && (from is not { } start || Utc(start) - Skew <= clock.Now),
    });

    private async Task<IEnumerable<Claim>> UserInfo(OpenIdConnectConfiguration provider, string accessToken, string subject, CancellationToken cancellationToken)
    {
        var body = await Twice("userinfo", async cancel =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, provider.UserInfoEndpoint);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            return await Ask(call: null, request, cancel);
        }, cancellationToken);
        using var info = JsonDocument.Parse(body);
        if (!info.RootElement.TryGetProperty("sub", out var sub) || !string.Equals(sub.GetString(), subject, StringComparison.Ordinal))
            throw new OpenIdRefusal("The provider answered about somebody else.");
        return [.. info.RootElement.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False).Select(p => new Claim(p.Name, p.Value.ToString()))];
    }

    /// <summary>The body of a success; everything else is a refusal in words.</summary>
    private async Task<string> Ask(string? call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new OpenIdRefusal($"The provider answered {(int)response.StatusCode}{ErrorOf(body)}.");
            if (call is not null)
                metrics.Provider(call, ok: true);
            return body;
        }
        catch (Exception e) when (e is HttpRequestException or OpenIdRefusal or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            if (call is not null)
                metrics.Provider(call, ok: false);
            throw e as OpenIdRefusal ?? new OpenIdRefusal("The provider does not answer.", e);
        }
    }

    private async Task<T> Twice<T>(string call, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var answer = await ask(cancellationToken);
                metrics.Provider(call, ok: true);
                return answer;
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                metrics.Provider(call, ok: false);
                if (tries == 2)
                    throw;
            }
        }
    }

    /// <summary>The error's name, as RFC 6749 has it; what else the provider says may be anything.</summary>
    private static string ErrorOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("error", out var error) && error.GetString() is { Length: > 0 and < 60 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? $" ({name})" : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    private static Instant Utc(DateTime at) => Instant.FromDateTimeUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    public void Dispose() => http.Dispose();
}
