using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Vendors;

/// <summary>How vendors that fail are dealt with. Section <c>Paging:Vendors</c>.</summary>
public sealed class VendorOptions
{
    public const string Section = "Paging:Vendors";

    /// <summary>Which vendor is tried first where a kind of contact has several: their names, separated by commas; those not named follow in the order <c>twilio</c>, <c>twilioBackup</c>, <c>smsGateway</c>. Empty by default.</summary>
    public string Order { get; set; } = "";

    /// <summary>How long a vendor may take to answer before the next one is tried, where there is one. Default 2 s; 100 ms to 4 s, so that a page is at the next vendor within 5 s.</summary>
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many requests in a row must fail, or be too slow, until a vendor is left alone. Default 5; 1 to 1000.</summary>
    public int BreakerFailures { get; set; } = 5;

    /// <summary>How long it is left alone at first, before one request tries it again; twice as long after each that fails. Default 2 s; 100 ms to 1 min.</summary>
    public TimeSpan BreakerOpen { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest that it is left alone. Default 15 s; not shorter than <c>BreakerOpen</c>, at most 10 min.</summary>
    public TimeSpan BreakerOpenLongest { get; set; } = TimeSpan.FromSeconds(15);

    internal FrozenDictionary<string, int> Ordered => Order.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select((name, place) => (name, place)).DistinctBy(o => o.name, StringComparer.Ordinal).ToFrozenDictionary(o => o.name, o => o.place, StringComparer.Ordinal);
}

internal sealed class VendorOptionsValidator : IValidateOptions<VendorOptions>
{
    public ValidateOptionsResult Validate(string? name, VendorOptions options)
    {
        var faults = new List<string>();
        void Fault(string key, string message) => faults.Add($"{VendorOptions.Section}:{key} {message}");

        if (options.HedgeAfter < TimeSpan.FromMilliseconds(100) || options.HedgeAfter > TimeSpan.FromSeconds(4))
            Fault("HedgeAfter", $"is {options.HedgeAfter}: use 100 ms to 4 s.");
        if (options.BreakerFailures is < 1 or > 1000)
            Fault("BreakerFailures", $"is {options.BreakerFailures}: use 1 to 1000 failures in a row.");
        if (options.BreakerOpen < TimeSpan.FromMilliseconds(100) || options.BreakerOpen > TimeSpan.FromMinutes(1))
            Fault("BreakerOpen", $"is {options.BreakerOpen}: use 100 ms to 1 min.");
        if (options.BreakerOpenLongest < options.BreakerOpen || options.BreakerOpenLongest > TimeSpan.FromMinutes(10))
            Fault("BreakerOpenLongest", $"is {options.BreakerOpenLongest}: use BreakerOpen to 10 min.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
