using System.Globalization;
using Incidents.Simulator.Calls;

namespace Incidents.Simulator.Vendor;

/// <summary>Reads the form that places a call, with the vendor's refusals.</summary>
internal static class CallForm
{
    private const int DefaultRingSeconds = 60;
    private const int MaxRingSeconds = 600;

    public static (CallRequest? Request, VendorError? Error) Read(IFormCollection form, IReadOnlyList<string> refusedNumbers)
    {
        string to = form["To"].ToString(), from = form["From"].ToString(), url = form["Url"].ToString(), twiml = form["Twiml"].ToString();
        if (to.Length == 0) return (null, VendorError.Invalid(21201, "No 'To' number is specified"));
        if (!E164.IsValid(to) || refusedNumbers.Contains(to, StringComparer.Ordinal))
            return (null, VendorError.Invalid(21211, $"The phone number you are attempting to call, {to}, is not valid."));
        if (from.Length == 0) return (null, VendorError.Invalid(21213, "No 'From' number is specified"));
        if (!E164.IsValid(from)) return (null, VendorError.Invalid(21212, $"The source phone number provided, {from}, is not valid."));
        if (url.Length == 0 && twiml.Length == 0) return (null, VendorError.Invalid(21205, "Url parameter is required."));
        if (!TryAddress(url, out var instructions)) return (null, VendorError.Invalid(21205, $"Url is not a valid URL: {url}"));
        if (!TryAddress(form["FallbackUrl"], out var fallback)) return (null, VendorError.Invalid(21205, $"FallbackUrl is not a valid URL: {form["FallbackUrl"]}"));
        if (!TryAddress(form["StatusCallback"], out var callback)) return (null, VendorError.Invalid(21609, $"StatusCallback is not a valid URL: {form["StatusCallback"]}"));
        if (!TryMethod(form["Method"], out var method) || !TryMethod(form["StatusCallbackMethod"], out var callbackMethod))
            return (null, VendorError.Invalid(21206, "Method must be GET or POST"));
        if (!TryEvents(form["StatusCallbackEvent"], out var events)) return (null, VendorError.Invalid(21626, "Invalid StatusCallbackEvent"));
        if (!TryRingTime(form["Timeout"], out var ring)) return (null, VendorError.Invalid(20001, $"Timeout must be 1 to {MaxRingSeconds} seconds"));

        return (new CallRequest
        {
            To = to,
            From = from,
            Url = instructions,
            Twiml = instructions is null ? twiml : null,
            Method = method,
            FallbackUrl = fallback,
            StatusCallback = callback,
            StatusCallbackMethod = callbackMethod,
            Events = events,
            RingTime = ring,
            DetectMachine = form["MachineDetection"].ToString() is "Enable" or "DetectMessageEnd",
        }, null);
    }

    public static bool TryAddress(string? text, out Uri? address)
    {
        address = null;
        return string.IsNullOrEmpty(text) || WebAddress.TryParse(text, out address);
    }

    private static bool TryMethod(string? text, out HttpMethod method)
    {
        method = text is "GET" ? HttpMethod.Get : HttpMethod.Post;
        return text is null or "" or "GET" or "POST";
    }

    private static bool TryRingTime(string? text, out TimeSpan ring)
    {
        var seconds = DefaultRingSeconds;
        var ok = string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
        ring = TimeSpan.FromSeconds(seconds);
        return ok && seconds is >= 1 and <= MaxRingSeconds;
    }

    /// <summary>Repeated parameters, or one with spaces; none means completed alone.</summary>
    private static bool TryEvents(IEnumerable<string?> values, out CallEvents events)
    {
        events = CallEvents.None;
        foreach (var name in values.SelectMany(v => (v ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            var one = name switch
            {
                "initiated" => CallEvents.Initiated,
                "ringing" => CallEvents.Ringing,
                "answered" => CallEvents.Answered,
                "completed" => CallEvents.Completed,
                _ => CallEvents.None,
            };
            if (one == CallEvents.None) return false;
            events |= one;
        }
        if (events == CallEvents.None) events = CallEvents.Completed;
        return true;
    }
}
