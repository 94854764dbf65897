using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Incidents.Paging;

/// <summary>Webhooks that Incidents posts to others. Section <c>Paging:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Paging:Webhooks";

    /// <summary>How long a receiver may take to answer. Default 5 s; 100 ms to 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often one event is tried before it counts as failed. Default 10; 1 to 30.</summary>
    [Range(1, 30)]
    public int Attempts { get; set; } = 10;

    /// <summary>Pause after the first failure; it doubles with every further one. Default 5 s; 10 ms to 1 h.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two tries. Default 30 min; from the first pause up to 24 h.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>So many events in a row that failed for good disable their webhook, and the managers are told. Default 3; 1 to 1000.</summary>
    [Range(1, 1000)]
    public int DisableAfter { get; set; } = 3;

    /// <summary>Requests under way at once to one webhook, over all processes together; one at a time for one incident. Default 4; 1 to 100.</summary>
    [Range(1, 100)]
    public int Concurrency { get; set; } = 4;

    /// <summary>How many days deliveries are kept, and can be replayed. Default 14; 1 to 365.</summary>
    [Range(1, 365)]
    public int KeepDays { get; set; } = 14;

    /// <summary>How long a replaced secret still signs beside the new one. Default 24 h; 0 to 30 days.</summary>
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Private networks that webhooks may reach, in CIDR form, separated by commas: <c>10.20.0.0/16, 127.0.0.1/32</c>. Empty by default: only public addresses.</summary>
    public string AllowedNetworks { get; set; } = "";

    internal static IReadOnlyList<IPNetwork>? Networks(string text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IPNetwork.TryParse(part, out var network))
                return null;
            networks.Add(network);
        }
        return networks;
    }
}

internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var faults = new List<string>();
        void Fault(string key, string message) => faults.Add($"{WebhookOptions.Section}:{key} {message}");

        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(30))
            Fault("Timeout", $"is {options.Timeout}: use 100 ms to 30 s.");
        if (options.FirstRetry < TimeSpan.FromMilliseconds(10) || options.FirstRetry > TimeSpan.FromHours(1))
            Fault("FirstRetry", $"is {options.FirstRetry}: use 10 ms to 1 h.");
        if (options.LongestRetry < options.FirstRetry || options.LongestRetry > TimeSpan.FromHours(24))
            Fault("LongestRetry", $"is {options.LongestRetry}: use FirstRetry to 24 h.");
        if (options.SecretOverlap < TimeSpan.Zero || options.SecretOverlap > TimeSpan.FromDays(30))
            Fault("SecretOverlap", $"is {options.SecretOverlap}: use 0 to 30 days.");
        if (options.Attempts is < 1 or > 30)
            Fault("Attempts", $"is {options.Attempts}: use 1 to 30.");
        if (options.DisableAfter is < 1 or > 1000)
            Fault("DisableAfter", $"is {options.DisableAfter}: use 1 to 1000.");
        if (options.Concurrency is < 1 or > 100)
            Fault("Concurrency", $"is {options.Concurrency}: use 1 to 100.");
        if (options.KeepDays is < 1 or > 365)
            Fault("KeepDays", $"is {options.KeepDays}: use 1 to 365.");
        if (WebhookOptions.Networks(options.AllowedNetworks) is null)
            Fault("AllowedNetworks", $"is '{options.AllowedNetworks}': use networks such as 10.20.0.0/16, separated by commas.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
