using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Incidents.Paging;

/// <summary>Slack through its Web API. Section <c>Paging:Slack</c>. Left out altogether: not configured.</summary>
public sealed class SlackOptions
{
    public const string Section = "Paging:Slack";

    /// <summary>Where the Web API is. Default <c>https://slack.com/api</c>.</summary>
    public string ApiBaseUrl { get; set; } = "https://slack.com/api";

    /// <summary>The app's bot token (xoxb-…). Empty by default: not configured. Secret.</summary>
    public string BotToken { get; set; } = "";

    /// <summary>With which Slack signs its requests to us. Secret.</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>A second secret whose signatures are accepted too, while the first is being replaced. Empty by default. Secret.</summary>
    public string PreviousSigningSecret { get; set; } = "";

    /// <summary>The channel in which every incident has its message: an id (C…) or a name. Empty by default: no such messages.</summary>
    public string IncidentChannel { get; set; } = "";

    /// <summary>A channel of its own for every incident, archived when it is resolved. Default false.</summary>
    public bool ChannelPerIncident { get; set; }

    /// <summary>The emoji (a name without colons) that puts a message onto the incident's timeline. Default <c>pushpin</c>.</summary>
    public string PinEmoji { get; set; } = "pushpin";

    /// <summary>How long one request may take. Default 5 s; 100 ms to 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Least time between two messages or updates in one channel, over all processes; Slack allows about one a second. Default 1.2 s; 0 to 60 s.</summary>
    public TimeSpan MessageInterval { get; set; } = TimeSpan.FromMilliseconds(1200);

    public bool IsConfigured => BotToken.Length > 0;
}

internal sealed partial class SlackOptionsValidator : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        var faults = new List<string>();
        void Fault(string key, string message) => faults.Add($"{SlackOptions.Section}:{key} {message}");

        if (!Uri.TryCreate(options.ApiBaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            Fault("ApiBaseUrl", $"is '{options.ApiBaseUrl}': use an absolute http or https address.");
        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(60))
            Fault("Timeout", $"is {options.Timeout}: use 100 ms to 60 s.");
        if (options.MessageInterval < TimeSpan.Zero || options.MessageInterval > TimeSpan.FromSeconds(60))
            Fault("MessageInterval", $"is {options.MessageInterval}: use 0 to 60 s.");
        if (!Emoji().IsMatch(options.PinEmoji))
            Fault("PinEmoji", $"is '{options.PinEmoji}': use the emoji's name without colons, such as pushpin.");
        if (options.BotToken.Length == 0 && options.SigningSecret.Length > 0)
            Fault("BotToken", "is missing.");
        if (options.BotToken.Length > 0 && options.SigningSecret.Length == 0)
            Fault("SigningSecret", "is missing.");
        if (options.BotToken.Length > 0 && !options.BotToken.StartsWith("xoxb-", StringComparison.Ordinal))
            Fault("BotToken", "is no bot token: those begin with xoxb-.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    [GeneratedRegex("^[a-z0-9_+'-]{1,100}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Emoji();
}
