using Incidents.Access.Accounts;
using Incidents.Access.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Incidents.Access.Passkeys;

/// <summary>
/// How Identity's passkey handler is set up: the authenticator must recognise its owner (so a passkey is two factors in one), keep the passkey so that
/// nobody needs to type a login, and the page must be ours, also behind a proxy that ends TLS.
/// </summary>
internal sealed class PasskeySetup(SameOrigin sameOrigin) : IConfigureOptions<IdentityPasskeyOptions>
{
    public void Configure(IdentityPasskeyOptions options)
    {
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AttestationConveyancePreference = "none";
        options.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
        options.ValidateOrigin = origin => ValueTask.FromResult(!origin.CrossOrigin && sameOrigin.IsOwn(origin.Origin, origin.HttpContext.Request));
    }

    public static PasskeyUserEntity Entity(Account account, string name) => new() { Id = account.Id.ToString(), Name = account.Login, DisplayName = name };
}
