using Incidents.Kernel;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Twilio;

/// <summary>The two accounts that there may be.</summary>
internal sealed class TwilioAccounts(IOptions<TwilioOptions> first, IOptions<TwilioBackupOptions> backup, PagingMetrics metrics, Clock clock) : IDisposable
{
    private readonly TwilioAccountOptions second = backup.Value;
    private TwilioClient? client;

    /// <summary>Speaks for the second account, configured or not.</summary>
    public TwilioClient Backup => client ??= new TwilioClient(second, metrics, clock);

    /// <summary>Whose callback is this? A request that names no account, or an unknown one, can only be the first one's. Null: that one is not configured.</summary>
    public TwilioAccountOptions? Of(string accountSid)
    {
        TwilioAccountOptions account = second.IsConfigured && string.Equals(accountSid, second.AccountSid, StringComparison.Ordinal) ? second : first.Value;
        return account.IsConfigured ? account : null;
    }

    public void Dispose() => client?.Dispose();
}
