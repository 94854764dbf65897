using System.Net;
using Incidents.Kernel;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.Sessions;

/// <summary>Counts failed sign-ins by address. After too many within a minute, further ones are refused until the minute is over.</summary>
internal sealed class SignInThrottle(IOptions<AccessOptions> options, Clock clock)
{
    private static readonly Duration Window = Duration.FromMinutes(1);
    private const int MostAddresses = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (Instant Since, int Failures)> failures = new(StringComparer.Ordinal);

    /// <summary>How long to wait; null: come in.</summary>
    public Duration? Wait(IPAddress? address)
    {
        var now = clock.Now;
        lock (gate)
        {
            return failures.TryGetValue(Key(address), out var seen) && seen.Since + Window > now && seen.Failures >= options.Value.SignInFailuresPerMinute
                ? seen.Since + Window - now
                : null;
        }
    }

    public void Failed(IPAddress? address)
    {
        var now = clock.Now;
        lock (gate)
        {
            if (failures.Count >= MostAddresses)
                Forget(now);
            var seen = failures.GetValueOrDefault(Key(address));
            failures[Key(address)] = seen.Failures > 0 && seen.Since + Window > now ? (seen.Since, seen.Failures + 1) : (now, 1);
        }
    }

    private void Forget(Instant now)
    {
        foreach (var old in failures.Where(f => f.Value.Since + Window <= now).Select(f => f.Key).ToList())
            failures.Remove(old);
        if (failures.Count >= MostAddresses)
            failures.Clear();
    }

    /// <summary>An IPv6 customer has a /64 at least, so that is what counts as one address.</summary>
    private static string Key(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.Length == 16 ? bytes.AsSpan(0, 8) : bytes);
    }
}
