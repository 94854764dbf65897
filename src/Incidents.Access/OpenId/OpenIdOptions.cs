using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Incidents.Access.OpenId;

/// <summary>Sign-in at an identity provider (OpenID Connect, authorization code with PKCE). Section <c>Access:Oidc</c>.</summary>
public sealed class OpenIdOptions
{
    public const string Section = "Access:Oidc";

    /// <summary>The provider's address, below which <c>/.well-known/openid-configuration</c> is found; https, or http on loopback. Empty by default: no such sign-in.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls this installation. Its redirect address there is <c>PublicUrl</c> + <c>/signin/oidc/callback</c>.</summary>
    public string? ClientId { get; set; }

    /// <summary>Empty: a public client, which PKCE alone protects. Secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What is asked for, separated by blanks. Default <c>openid email profile</c>.</summary>
    public string Scopes { get; set; } = "openid email profile";

    /// <summary>The claim that names the person: a login or an e-mail address of somebody in the organisation. Default <c>email</c>, which must not be marked as unverified.</summary>
    public string Claim { get; set; } = "email";

    /// <summary>What the button is called: "Continue with …". Default <c>single sign-on</c>.</summary>
    public string Name { get; set; } = "single sign-on";

    /// <summary>How long the provider may take to answer a request of ours. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    internal bool IsOn => !string.IsNullOrEmpty(Authority);
}

internal sealed class OpenIdOptionsValidator : IValidateOptions<OpenIdOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenIdOptions options)
    {
        var faults = new List<string>();
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(1))
            faults.Add($"Access:Oidc:Timeout is {options.Timeout}; choose 1 second to 1 minute.");
        if (options.IsOn)
        {
            if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
                faults.Add($"Access:Oidc:Authority is '{options.Authority}': use an https address (http only on loopback).");
            if (string.IsNullOrWhiteSpace(options.ClientId))
                faults.Add("Access:Oidc:ClientId is missing: the provider knows this installation by it.");
            if (!options.Scopes.Split(' ').Contains("openid", StringComparer.Ordinal))
                faults.Add("Access:Oidc:Scopes lacks openid, without which it is no OpenID Connect.");
            if (string.IsNullOrWhiteSpace(options.Claim))
                faults.Add("Access:Oidc:Claim is empty: name the claim that says who somebody is, email for example.");
        }
        else if (!string.IsNullOrEmpty(options.ClientId))
        {
            faults.Add("Access:Oidc:Authority is missing, though Access:Oidc:ClientId is given.");
        }
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
