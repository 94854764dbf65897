using System.Globalization;
using System.Xml;
using Incidents.Simulator.Callbacks;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Calls;

/// <summary>Where the next instructions come from.</summary>
internal sealed record Fetch(Uri Address, HttpMethod Method, IReadOnlyDictionary<string, string> Extra);

/// <summary>Fetches instructions for an answered call and has them carried out until they end.</summary>
internal sealed class CallConversation(IOptions<SimulatorOptions> options, TimeProvider time, CallbackClient callbacks, VerbRunner verbs)
{
    /// <summary>A client that redirects in a circle is cut off here.</summary>
    private const int MaxDocuments = 500;

    /// <summary>Returns when the instructions are at an end. Throws when the call ends first.</summary>
    public async Task RunAsync(Call call, CancellationToken ended)
    {
        var fetch = call.Request.Url is { } url ? new Fetch(url, call.Request.Method, VerbRunner.NoExtra) : null;
        for (var documents = 0; documents < MaxDocuments; documents++)
        {
            var twiml = fetch is null ? Read(call, call.Request.Twiml!, "text/xml", null) : await FetchAsync(call, fetch, ended);
            if (twiml is null) return;
            fetch = await verbs.RunAsync(call, twiml, ended);
            if (fetch is null) return;
        }
        call.Error = new CallError(12100, $"More than {MaxDocuments} documents in one call");
    }

    /// <summary>The parameters of every request about a call.</summary>
    public Dictionary<string, string> Form(Call call, CallStatus status)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CallSid"] = call.Sid,
            ["AccountSid"] = options.Value.AccountSid,
            ["From"] = call.Request.From,
            ["To"] = call.Request.To,
            ["Caller"] = call.Request.From,
            ["Called"] = call.Request.To,
            ["CallStatus"] = status.Wire(),
            ["Direction"] = call.Request.Inbound ? "inbound" : "outbound-api",
            ["ApiVersion"] = "2010-04-01",
        };
        if (call.AnsweredBy is { } who && status >= CallStatus.InProgress)
        {
            form["AnsweredBy"] = who;
            form["MachineDetectionDuration"] = "0";
        }
        return form;
    }

    private async Task<Twiml?> FetchAsync(Call call, Fetch fetch, CancellationToken ended)
    {
        // An incoming call rings until the first instructions are there.
        var form = Form(call, call.Request.Inbound && call.FirstFetch() ? CallStatus.Ringing : CallStatus.InProgress);
        foreach (var (name, value) in fetch.Extra) form[name] = value;
        var answer = await callbacks.SendAsync(fetch.Address, fetch.Method, form, ended);
        if (answer.Ok && Read(call, answer.Body, answer.MediaType, fetch.Address) is { } twiml) return twiml;
        if (!answer.Ok) call.Error = new CallError(answer.ErrorCode, answer.Error);

        if (call.Request.FallbackUrl is { } fallback && fallback != fetch.Address)
        {
            form["ErrorCode"] = call.Error!.Code.ToString(CultureInfo.InvariantCulture);
            form["ErrorUrl"] = fetch.Address.AbsoluteUri;
            var second = await callbacks.SendAsync(fallback, HttpMethod.Post, form, ended);
            if (second.Ok && Read(call, second.Body, second.MediaType, fallback) is { } rescue) return rescue;
        }
        call.Say(new Line(time.GetUtcNow(), "error", "We are sorry, an application error has occurred. Goodbye."));
        return null;
    }

    /// <summary>Null, with the error noted on the call, when the answer is no document.</summary>
    private static Twiml? Read(Call call, string body, string mediaType, Uri? address)
    {
        if (mediaType is "text/plain") return Twiml.Spoken(body, address);
        if (mediaType is not ("text/xml" or "application/xml" or "text/html"))
        {
            call.Error = new CallError(12300, $"Invalid Content-Type: {mediaType}");
            return null;
        }
        if (string.IsNullOrWhiteSpace(body)) return new Twiml([], address);
        try
        {
            return Twiml.Parse(body, address);
        }
        catch (XmlException e)
        {
            call.Error = new CallError(12100, $"Document parse failure: {e.Message}");
            return null;
        }
    }
}
