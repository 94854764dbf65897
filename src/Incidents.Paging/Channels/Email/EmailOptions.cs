using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Incidents.Paging;

/// <summary>How the connection to the mail server is protected.</summary>
public enum EmailSecurity
{
    /// <summary>Plain text; only to a server on this machine.</summary>
    None,

    /// <summary>Begins plain and must change over to TLS before anything is said (port 587). A server that does not offer it gets no mail.</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    ImplicitTls,
}

/// <summary>E-mail through an SMTP server. Section <c>Paging:Email</c>. Left out altogether: no e-mail.</summary>
public sealed class EmailOptions
{
    public const string Section = "Paging:Email";

    /// <summary>Name or address of the mail server. Empty by default: not configured.</summary>
    public string Host { get; set; } = "";

    /// <summary>Default 587.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>None, StartTls or ImplicitTls. Default StartTls; None only to a server on this machine.</summary>
    public EmailSecurity Security { get; set; } = EmailSecurity.StartTls;

    /// <summary>Who signs in at the mail server. Empty by default: nobody does.</summary>
    public string User { get; set; } = "";

    /// <summary>The user's password. Secret.</summary>
    public string Password { get; set; } = "";

    /// <summary>The sender, as an address or as a name with an address: <c>Incidents &lt;incidents@example.com&gt;</c>. Its domain names the messages.</summary>
    public string From { get; set; } = "";

    /// <summary>Where answers go. Empty by default: to the sender.</summary>
    public string ReplyTo { get; set; } = "";

    /// <summary>How long handing over one message may take, from the connection to the server's last answer. Default 5 s; 100 ms to 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Messages a second, over all processes together. Default 50.</summary>
    [Range(1, 100_000)]
    public int RatePerSecond { get; set; } = 50;

    /// <summary>Messages at once in one process. Default 8.</summary>
    [Range(1, 500)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Takes any certificate; only of a server on this machine, for trying things out. Default false.</summary>
    public bool AllowInvalidCertificate { get; set; }

    public bool IsConfigured => Host.Length > 0;

    internal bool IsLoopback => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));
}

internal sealed class EmailOptionsValidator : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var faults = new List<string>();
        void Fault(string key, string message) => faults.Add($"{EmailOptions.Section}:{key} {message}");

        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(60))
            Fault("Timeout", $"is {options.Timeout}: use 100 ms to 60 s.");
        if (options.Port is < 1 or > 65_535)
            Fault("Port", $"is {options.Port}: use 1 to 65535.");
        if (options.RatePerSecond is < 1 or > 100_000)
            Fault("RatePerSecond", $"is {options.RatePerSecond}: use 1 to 100000 messages a second.");
        if (options.Concurrency is < 1 or > 500)
            Fault("Concurrency", $"is {options.Concurrency}: use 1 to 500 messages at once.");
        if (options.ReplyTo.Length > 0 && !IsAddress(options.ReplyTo))
            Fault("ReplyTo", $"is '{options.ReplyTo}': use an e-mail address.");
        if (options.Host.Length > 0)
            Configured(options, Fault);
        else if (options.User.Length > 0 || options.Password.Length > 0 || options.From.Length > 0)
            Fault("Host", "is missing.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Configured(EmailOptions options, Action<string, string> fault)
    {
        if (!IsAddress(options.From))
            fault("From", $"is '{options.From}': use an e-mail address, or a name with one: Incidents <incidents@example.com>.");
        if (options.Security == EmailSecurity.None && !options.IsLoopback)
            fault("Security", "is None: only a server on this machine gets mail in plain text; use StartTls or ImplicitTls.");
        if (options.AllowInvalidCertificate && !options.IsLoopback)
            fault("AllowInvalidCertificate", "is true: certificates are checked, except of a server on this machine.");
        if (options.Password.Length > 0 && options.User.Length == 0)
            fault("User", "is missing.");
        if (options.User.Length > 0 && options.Password.Length == 0)
            fault("Password", "is missing.");
        if ((options.User + options.Password).Any(char.IsControl))
            fault("Password", "or User holds a control character.");
    }

    private static bool IsAddress(string text) => MailAddress.TryCreate(text, out var address) && !text.Any(char.IsControl) && address.Address.All(char.IsAscii);
}
