using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Incidents.Paging;

/// <summary>One account of Twilio, or of a vendor that speaks the same API.</summary>
public abstract class TwilioAccountOptions
{
    /// <summary>Where the API is. Default <c>https://api.twilio.com</c>.</summary>
    public string ApiBaseUrl { get; set; } = "https://api.twilio.com";

    /// <summary>The account's id (AC…). Empty by default: not configured.</summary>
    public string AccountSid { get; set; } = "";

    /// <summary>Signs requests both ways. Secret.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>A second token whose signatures are accepted too, while the first is being replaced. Empty by default. Secret.</summary>
    public string PreviousAuthToken { get; set; } = "";

    /// <summary>The number that calls and texts, E.164.</summary>
    public string From { get; set; } = "";

    /// <summary>How long one request may take; a page claimed by a process that dies is taken over 3 s later. Default 5 s; 100 ms to 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests a second, over all processes together. Default 200.</summary>
    [Range(1, 100_000)]
    public int RatePerSecond { get; set; } = 200;

    /// <summary>Requests at once in one process. Default 64.</summary>
    [Range(1, 2000)]
    public int Concurrency { get; set; } = 64;

    public bool IsConfigured => AccountSid.Length > 0;

    /// <summary>The account's name as a vendor.</summary>
    internal abstract string Vendor { get; }

    /// <summary>As it is said in a sentence.</summary>
    internal abstract string VendorName { get; }

    /// <summary>The section that it is configured in.</summary>
    internal abstract string At { get; }

    internal Vendors.VendorLimits Limits => new(RatePerSecond, Concurrency, Timeout);
}

/// <summary>Telephone and SMS through Twilio's HTTP API. Section <c>Paging:Twilio</c>. Left out altogether: no calls and no messages.</summary>
public sealed class TwilioOptions : TwilioAccountOptions
{
    public const string Section = "Paging:Twilio";

    internal override string Vendor => "twilio";
    internal override string VendorName => "Twilio";
    internal override string At => Section;
}

/// <summary>
/// A second account, of Twilio or of a vendor that speaks the same API: takes over calls and messages when the first rejects them for reasons of its own,
/// is slow or fails. Section <c>Paging:Twilio:Backup</c>. Left out altogether: there is none.
/// </summary>
public sealed class TwilioBackupOptions : TwilioAccountOptions
{
    public const string Section = "Paging:Twilio:Backup";

    internal override string Vendor => "twilioBackup";
    internal override string VendorName => "the second Twilio account";
    internal override string At => Section;
}

/// <summary>Where callbacks and links lead, and what signs links.</summary>
public sealed class PagingAddresses
{
    /// <summary>The address by which vendors and phones reach this installation, without a slash at the end. Default: the first of <c>Urls</c>.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary><c>Links:SigningKey</c>: signs links in messages; at least 16 characters, the same in every process. Default: generated once and kept in the data directory. Secret.</summary>
    public string? SigningKey { get; set; }

    /// <summary><c>Links:Lifetime</c>: how long a link in a message holds. Default 24 h; 5 min to 30 days.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    public string DataDirectory { get; set; } = "./data";
}

internal sealed class TwilioOptionsValidator : IValidateOptions<TwilioOptions>
{
    public ValidateOptionsResult Validate(string? name, TwilioOptions options) => Of(options);

    public static ValidateOptionsResult Of(TwilioAccountOptions options)
    {
        var faults = new List<string>();
        void Fault(string key, string message) => faults.Add($"{options.At}:{key} {message}");

        if (!Uri.TryCreate(options.ApiBaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            Fault("ApiBaseUrl", $"is '{options.ApiBaseUrl}': use an absolute http or https address.");
        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(60))
            Fault("Timeout", $"is {options.Timeout}: use 100 ms to 60 s.");
        if (options.RatePerSecond is < 1 or > 100_000)
            Fault("RatePerSecond", $"is {options.RatePerSecond}: use 1 to 100000 requests a second.");
        if (options.Concurrency is < 1 or > 2000)
            Fault("Concurrency", $"is {options.Concurrency}: use 1 to 2000 requests at once.");
        if (options.AccountSid.Length > 0 || options.AuthToken.Length > 0 || options.From.Length > 0)
        {
            if (options.AccountSid.Length == 0)
                Fault("AccountSid", "is missing.");
            if (options.AuthToken.Length == 0)
                Fault("AuthToken", "is missing.");
            if (!options.From.StartsWith('+') || options.From.Length is < 8 or > 16 || !options.From.AsSpan(1).ContainsOnlyDigits())
                Fault("From", $"is '{options.From}': use an E.164 number, +15005550006.");
        }
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

internal sealed class TwilioBackupOptionsValidator(IOptions<TwilioOptions> first) : IValidateOptions<TwilioBackupOptions>
{
    public ValidateOptionsResult Validate(string? name, TwilioBackupOptions options)
    {
        var found = TwilioOptionsValidator.Of(options);
        // Callbacks are told apart by the account that they name.
        return options.AccountSid.Length > 0 && string.Equals(options.AccountSid, first.Value.AccountSid, StringComparison.Ordinal)
            ? ValidateOptionsResult.Fail([.. found.Failures ?? [], $"{TwilioBackupOptions.Section}:AccountSid is that of the first account: use another account's."])
            : found;
    }
}

internal sealed class PagingAddressesValidator : IValidateOptions<PagingAddresses>
{
    public ValidateOptionsResult Validate(string? name, PagingAddresses options)
    {
        var faults = new List<string>();
        if (!Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            faults.Add($"PublicUrl is '{options.PublicUrl}': use an absolute http or https address.");
        if (options.SigningKey is { Length: < 16 })
            faults.Add("Links:SigningKey is shorter than 16 characters.");
        if (options.Lifetime < TimeSpan.FromMinutes(5) || options.Lifetime > TimeSpan.FromDays(30))
            faults.Add("Links:Lifetime is no duration of 5 minutes to 30 days, such as 1.00:00:00.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
