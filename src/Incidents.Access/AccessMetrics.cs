using System.Diagnostics.Metrics;
using Incidents.Kernel;

namespace Incidents.Access;

/// <summary>Requests that were turned away, by a closed set of reasons; every series starts at zero.</summary>
internal sealed class AccessMetrics : IMeters
{
    public const string Meter = "Incidents.Access";

    public const string NoKey = "no_key";
    public const string BadKey = "bad_key";
    public const string OutOfScope = "out_of_scope";
    public const string CrossSite = "cross_site";
    public const string SignInFailed = "sign_in_failed";
    public const string SignInThrottled = "sign_in_throttled";
    public const string DatabaseAway = "database_away";

    private readonly Counter<long> refused;
    private readonly Counter<long> provider;

    public AccessMetrics(IMeterFactory meters)
    {
        refused = meters.Create(Meter).CreateCounter<long>("incidents.access.refused", "{request}", "Requests turned away before they reached their endpoint.");
        foreach (var reason in new[] { NoKey, BadKey, OutOfScope, CrossSite, SignInFailed, SignInThrottled, DatabaseAway })
            refused.Add(0, new KeyValuePair<string, object?>("reason", reason));
        provider = meters.Create(Meter).CreateCounter<long>("incidents.access.provider.requests", "{request}", "Requests to the identity provider, by what was asked and what came of it.");
        foreach (var call in new[] { "discovery", "token", "userinfo" })
        {
            foreach (var outcome in new[] { "ok", "failed" })
                provider.Add(0, new KeyValuePair<string, object?>("call", call), new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    public void Provider(string call, bool ok)
        => provider.Add(1, new KeyValuePair<string, object?>("call", call), new KeyValuePair<string, object?>("outcome", ok ? "ok" : "failed"));

    public void Refused(string reason) => refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
