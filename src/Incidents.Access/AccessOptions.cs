using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Incidents.Access;

/// <summary>Who may come in. Section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>An admin API key that exists from the first start. Empty by default: one is generated into the file <c>token</c> of the data directory. Secret.</summary>
    public string? BootstrapToken { get; set; }

    /// <summary>
    /// Encrypts the secrets of authenticator apps in the database; at least 16 characters, the same in every process. Without it one is generated once: kept in
    /// the database on PostgreSQL, in the file <c>secrets.key</c> of the data directory on SQLite. Empty by default. Secret.
    /// </summary>
    public string? SecretsKey { get; set; }

    /// <summary>What <c>Access:SecretsKey</c> was before: secrets are read with it too, and written anew when they are next used. Empty by default. Secret.</summary>
    public string? PreviousSecretsKey { get; set; }

    /// <summary>Days after which a browser has to sign in again. Default 30.</summary>
    [Range(1, 365)]
    public int SessionDays { get; set; } = 30;

    /// <summary>Failed sign-ins from one address within a minute before further ones are refused. Default 10.</summary>
    [Range(1, 1000)]
    public int SignInFailuresPerMinute { get; set; } = 10;

    /// <summary>Whether people may sign in with a password of this installation. Default true; false leaves passkeys, keys and <c>Access:Oidc</c>.</summary>
    public bool Passwords { get; set; } = true;

    /// <summary>Characters that a new password has at least. Default 12.</summary>
    [Range(8, 64)]
    public int PasswordLength { get; set; } = 12;

    /// <summary>Passwords and codes tried in a row before the account takes none for a while. Default 10.</summary>
    [Range(3, 100)]
    public int LockoutTries { get; set; } = 10;

    /// <summary>Minutes for which it takes none. Default 15.</summary>
    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 15;

    /// <summary>Hours for which the link of an invitation holds. Default 72.</summary>
    [Range(1, 720)]
    public int InvitationHours { get; set; } = 72;

    /// <summary>Minutes for which the link to a new password holds. Default 60.</summary>
    [Range(5, 1440)]
    public int ResetMinutes { get; set; } = 60;
}

/// <summary>What Access is told about the process around it by the composition root.</summary>
/// <param name="DataDirectory">Where a generated bootstrap token is kept.</param>
/// <param name="PublicUrl">The address that browsers use; null: whatever they send as host.</param>
/// <param name="DemoSignIn">Offer "sign in as …" without a key. Only with demo data on a loopback bind.</param>
/// <param name="Simulator">Whether the built-in phones are served.</param>
public sealed record AccessSurroundings(string DataDirectory, Uri? PublicUrl = null, bool DemoSignIn = false, bool Simulator = false)
{
    /// <summary>A secret that all processes of a database share, for what is to be encrypted without <c>Access:SecretsKey</c>; null: the data directory keeps one. Set before requests come.</summary>
    public string? SharedKey { get; set; }
}

internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    private const int ShortestToken = 8;
    private const int LongestToken = 200;
    private const int ShortestKey = 16;

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var faults = new List<string>();
        if (!string.IsNullOrEmpty(options.BootstrapToken))
        {
            if (options.BootstrapToken.Length is < ShortestToken or > LongestToken)
                faults.Add($"Access:BootstrapToken has {options.BootstrapToken.Length} characters; choose {ShortestToken} to {LongestToken}, best 32 random ones.");
            if (options.BootstrapToken.Any(c => c is <= ' ' or > '~'))
                faults.Add("Access:BootstrapToken may hold printable ASCII without blanks only.");
        }

        if (options.SecretsKey is { Length: > 0 and < ShortestKey })
            faults.Add($"Access:SecretsKey is shorter than {ShortestKey} characters.");
        if (options.PreviousSecretsKey is { Length: > 0 and < ShortestKey })
            faults.Add($"Access:PreviousSecretsKey is shorter than {ShortestKey} characters.");
        if (!string.IsNullOrEmpty(options.PreviousSecretsKey) && string.IsNullOrEmpty(options.SecretsKey))
            faults.Add("Access:PreviousSecretsKey is what Access:SecretsKey was before: set both, or neither.");
        if (options.SessionDays is < 1 or > 365)
            faults.Add($"Access:SessionDays is {options.SessionDays}; choose 1 to 365 days.");
        if (options.SignInFailuresPerMinute is < 1 or > 1000)
            faults.Add($"Access:SignInFailuresPerMinute is {options.SignInFailuresPerMinute}; choose 1 to 1000.");
        Within(options.PasswordLength, 8, 64, nameof(options.PasswordLength), "characters");
        Within(options.LockoutTries, 3, 100, nameof(options.LockoutTries), "tries");
        Within(options.LockoutMinutes, 1, 1440, nameof(options.LockoutMinutes), "minutes");
        Within(options.InvitationHours, 1, 720, nameof(options.InvitationHours), "hours");
        Within(options.ResetMinutes, 5, 1440, nameof(options.ResetMinutes), "minutes");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Within(int value, int least, int most, string setting, string unit)
        {
            if (value < least || value > most)
                faults.Add($"Access:{setting} is {value}; choose {least} to {most} {unit}.");
        }
    }
}
