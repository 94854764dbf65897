using Microsoft.Extensions.Logging;

namespace Incidents.Access;

internal static partial class Log
{
    [LoggerMessage(700, LogLevel.Information, "{Login} signed in from {Address}")]
    public static partial void SignedIn(ILogger logger, string login, string address);

    [LoggerMessage(701, LogLevel.Warning, "A sign-in from {Address} failed")]
    public static partial void SignInFailed(ILogger logger, string address);

    [LoggerMessage(702, LogLevel.Warning, "Sign-ins from {Address} are refused for a minute: too many failed")]
    public static partial void SignInThrottled(ILogger logger, string address);

    [LoggerMessage(703, LogLevel.Information, "{Actor} created the key {Name} ({Key}) of {Person} with the role {Role}")]
    public static partial void KeyCreated(ILogger logger, string actor, string name, Guid key, string person, string role);

    [LoggerMessage(704, LogLevel.Information, "{Actor} revoked the key {Name} ({Key})")]
    public static partial void KeyRevoked(ILogger logger, string actor, string name, Guid key);

    [LoggerMessage(705, LogLevel.Warning, "When {Count} keys and sessions were used last could not be written; tried again in a minute")]
    public static partial void KeyUseNotWritten(ILogger logger, int count, Exception exception);

    [LoggerMessage(706, LogLevel.Warning, "A {Method} of another site ({Origin}) with a session of this one was refused")]
    public static partial void CrossSiteRefused(ILogger logger, string method, string origin);

    [LoggerMessage(707, LogLevel.Error, "A caller could not be recognised because the database is away")]
    public static partial void DatabaseAway(ILogger logger, Exception exception);

    [LoggerMessage(708, LogLevel.Information, "{Actor} ended the session {Session} of {Person}")]
    public static partial void SessionEnded(ILogger logger, string actor, Guid session, string person);

    [LoggerMessage(709, LogLevel.Information, "{Actor} invited {Person} to choose a password")]
    public static partial void Invited(ILogger logger, string actor, string person);

    [LoggerMessage(710, LogLevel.Warning, "A passkey was refused from {Address}: {Why}")]
    public static partial void PasskeyRefused(ILogger logger, string address, string why);

    [LoggerMessage(711, LogLevel.Warning, "A sign-in at the identity provider was refused: {Why}")]
    public static partial void OpenIdRefused(ILogger logger, string why, Exception? exception);

    [LoggerMessage(712, LogLevel.Warning, "Accounts of those who left could not be cleared; tried again in a minute")]
    public static partial void LeaversNotTidied(ILogger logger, Exception exception);

    [LoggerMessage(713, LogLevel.Error, "The secret of the authenticator app of account {Account} cannot be read with Access:SecretsKey nor any former key; its person has recovery codes")]
    public static partial void SecretNotOpened(ILogger logger, Guid account);
}
