using Incidents.Access.Texts;
using Incidents.Contracts.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Incidents.Access.Accounts;

/// <summary>
/// Identity's manager of users: its password rules, its hashes, and what its passkey handler asks for. Lockout and codes of apps are ours
/// (<see cref="AccountBook"/>): Identity counts tries after checking them, and takes the code of an app twice.
/// </summary>
internal sealed class AccountManager(AccountStore store, IOptions<IdentityOptions> options, IOptions<PasswordHasherOptions> hashing, IServiceProvider services) : UserManager<Account>(
    store, options, new PasswordHasher<Account>(hashing), [], [new PasswordValidator<Account>(), new NotTheLogin()], new UpperInvariantLookupNormalizer(),
    new IdentityErrorDescriber(), services, NullLogger<UserManager<Account>>.Instance)
{
    public const int LongestPassword = 200;
    private const string HoldsLogin = "PasswordHoldsLogin";

    /// <summary>Somebody's hash, so that an unknown login takes as long as a known one.</summary>
    private readonly Lazy<string> stranger = new(() => new PasswordHasher<Account>(hashing).HashPassword(new Account(), Guid.NewGuid().ToString()));

    /// <summary>What is wrong with a new password; empty: nothing.</summary>
    public async Task<IReadOnlyList<string>> Faults(Person person, string password, SignInTexts texts)
    {
        if (password.Length > LongestPassword)
            return [texts.PasswordTooLong(LongestPassword)];
        var account = new Account { Login = person.Login };
        var faults = new List<string>();
        foreach (var validator in PasswordValidators)
            faults.AddRange((await validator.ValidateAsync(this, account, password)).Errors.Select(e => Say(e, texts)));
        return faults;
    }

    /// <summary>Identity knows its rules in English only.</summary>
    private string Say(IdentityError error, SignInTexts texts) => error.Code switch
    {
        nameof(IdentityErrorDescriber.PasswordTooShort) => texts.PasswordTooShort(Options.Password.RequiredLength),
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => texts.PasswordRequiresUniqueChars(Options.Password.RequiredUniqueChars),
        HoldsLogin => texts.PasswordHoldsLogin,
        _ => error.Description,
    };

    public string Hash(Account account, string password) => PasswordHasher.HashPassword(account, password);

    /// <summary>Takes as long whether there is a password or not. Never true for what is too long to have been set.</summary>
    public bool Matches(Account? account, string password)
    {
        var given = password.Length <= LongestPassword ? password : "";
        var verified = PasswordHasher.VerifyHashedPassword(account ?? new Account(), account?.PasswordHash ?? stranger.Value, given);
        return account?.PasswordHash is not null && given.Length > 0 && verified != PasswordVerificationResult.Failed;
    }

    private sealed class NotTheLogin : IPasswordValidator<Account>
    {
        public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
            => Task.FromResult(password is not null && user.Login.Length > 2 && password.Contains(user.Login, StringComparison.OrdinalIgnoreCase)
                ? IdentityResult.Failed(new IdentityError { Code = HoldsLogin })
                : IdentityResult.Success);
    }
}
