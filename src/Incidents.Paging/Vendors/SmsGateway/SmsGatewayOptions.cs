using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Vendors.SmsGateway;

/// <summary>
/// A gateway for text messages that takes one HTTP request a message. It stands in when the accounts before it fail, or sends everything where there is no other.
/// Section <c>Paging:SmsGateway</c>. Left out altogether: there is none.
/// </summary>
public sealed class SmsGatewayOptions
{
    public const string Section = "Paging:SmsGateway";

    /// <summary>Where a message is sent to; <c>{to}</c>, <c>{text}</c> and <c>{id}</c> in it are replaced, encoded for an address. Empty by default: there is no gateway.</summary>
    public string Url { get; set; } = "";

    /// <summary>Default <c>POST</c>; <c>PUT</c> and <c>GET</c> (without a body) are the others.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>Headers of each request, <c>Name: value</c>, separated by line breaks: the gateway's credentials as a rule. Empty by default. Secret.</summary>
    public string Headers { get; set; } = "";

    /// <summary>What the body is: <c>application/json</c> (default), <c>application/x-www-form-urlencoded</c> or another text. What is put into it is encoded accordingly.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>The body; <c>{to}</c> is the number in E.164, <c>{text}</c> the message, <c>{id}</c> an id of ours, the same for every try of one message. Default <c>{"to":"{to}","text":"{text}","id":"{id}"}</c>.</summary>
    public string Body { get; set; } = """{"to":"{to}","text":"{text}","id":"{id}"}""";

    /// <summary>Status codes that say the message was taken, and ranges of them, separated by commas. Default <c>200-299</c>.</summary>
    public string SuccessCodes { get; set; } = "200-299";

    /// <summary>Where in a JSON answer the gateway's own id stands, names and places separated by dots: <c>messages.0.id</c>. Empty by default: our id is used. If it is given, an answer without it counts as not taken.</summary>
    public string IdPath { get; set; } = "";

    /// <summary>How long one request may take. Default 5 s; 100 ms to 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests a second, over all processes together. Default 20.</summary>
    [Range(1, 100_000)]
    public int RatePerSecond { get; set; } = 20;

    /// <summary>Requests at once in one process. Default 16.</summary>
    [Range(1, 2000)]
    public int Concurrency { get; set; } = 16;

    internal bool IsConfigured => Url.Length > 0;

    internal IEnumerable<(string Name, string Value)> HeaderLines => Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':', 2)).Select(parts => (parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : ""));

    /// <summary>Null: cannot be read.</summary>
    internal static IReadOnlyList<(int From, int To)>? Codes(string text)
    {
        var codes = new List<(int, int)>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to)
                || from < 100 || to > 599 || to < from)
                return null;
            codes.Add((from, to));
        }
        return codes.Count == 0 ? null : codes;
    }
}

internal sealed class SmsGatewayOptionsValidator : IValidateOptions<SmsGatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, SmsGatewayOptions options)
    {
        if (!options.IsConfigured)
            return ValidateOptionsResult.Success;
        var faults = new List<string>();
        void Fault(string key, string message) => faults.Add($"{SmsGatewayOptions.Section}:{key} {message}");

        if (!Uri.TryCreate(SmsGatewayTemplate.Fill(options.Url, "+1", "x", "x", SmsGatewayTemplate.Encoding.Url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            Fault("Url", $"is '{options.Url}': use an absolute http or https address.");
        if (options.Method is not ("POST" or "PUT" or "GET"))
            Fault("Method", $"is '{options.Method}': use POST, PUT or GET.");
        if (options.Method == "GET" ? !Whole(options.Url) : !Whole(options.Url + options.Body))
            Fault("Body", "(or Url) must have {to} and {text} in it.");
        if (options.HeaderLines.Any(h => h.Name.Length == 0 || h.Value.Length == 0 || h.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) || h.Value.Any(char.IsControl)))
            Fault("Headers", "has a line that is not 'Name: value'.");
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(options.ContentType, out _))
            Fault("ContentType", $"is '{options.ContentType}': use a media type, application/json.");
        if (SmsGatewayOptions.Codes(options.SuccessCodes) is null)
            Fault("SuccessCodes", $"is '{options.SuccessCodes}': use codes and ranges, 200-299,409.");
        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(60))
            Fault("Timeout", $"is {options.Timeout}: use 100 ms to 60 s.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool Whole(string template) => template.Contains("{to}", StringComparison.Ordinal) && template.Contains("{text}", StringComparison.Ordinal);
}
