using Incidents.Kernel;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Twilio;

/// <summary>The two accounts that there may be.</summary>
internal sealed class TwilioAccounts(IOptions<TwilioOptions> first, IOptions<TwilioBackupOptions> backup, PagingMetrics metrics, Clock clock) : IDisposable
{
    private readonly TwilioOptions second = backup.Value.Account();
    private TwilioClient? client;

    /// <summary>Speaks for the second account, configured or not.</summary>
    public TwilioClient Backup => client ??= new TwilioClient(Options.Create(second), metrics, clock);

    /// <summary>Whose callback is this? A request that names no account, or an unknown one, can only be the first one's. Null: that one is not configured.</summary>
    public TwilioOptions? Of(string accountSid)
    {
        var account = second.IsConfigured && string.Equals(accountSid, second.AccountSid, StringComparison.Ordinal) ? second : first.Value;
        return account.IsConfigured ? account : null;
    }

    public void Dispose() => client?.Dispose();
}
