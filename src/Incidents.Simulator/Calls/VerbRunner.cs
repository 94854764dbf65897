using System.Text;
using System.Xml.Linq;
using Incidents.Simulator.Faults;
using Incidents.Simulator.Phones;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Calls;

/// <summary>Carries out the verbs of one document: Say, Play, Pause, Gather, Redirect, Hangup.</summary>
internal sealed class VerbRunner(IOptions<SimulatorOptions> options, TimeProvider time, PhoneEvents events)
{
    public static readonly IReadOnlyDictionary<string, string> NoExtra = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Returns where to go on, or null when the call is to be hung up.</summary>
    public async Task<Fetch?> RunAsync(Call call, Twiml twiml, CancellationToken ended)
    {
        foreach (var verb in twiml.Verbs)
        {
            switch (verb.Name.LocalName)
            {
                case "Gather":
                    if (await GatherAsync(call, twiml, verb, ended) is { } action) return action;
                    break;
                case "Redirect":
                    return Resolve(call, twiml, verb.Words(), verb.Method(), NoExtra);
                case "Hangup" or "Reject":
                    return null;
                default:
                    await HearAsync(call, verb, interruptible: false, ended);
                    break;
            }
        }
        return null;
    }

    /// <summary>Null when nothing was entered, so that the next verb follows.</summary>
    private async Task<Fetch?> GatherAsync(Call call, Twiml twiml, XElement gather, CancellationToken ended)
    {
        var wanted = gather.Number("numDigits", int.MaxValue);
        var finish = gather.Text("finishOnKey") ?? "#";
        var pause = gather.Seconds("timeout", 5);
        if (gather.Text("input") is { } input && !input.Contains("dtmf", StringComparison.Ordinal))
            call.Error = new CallError(13335, $"Gather input '{input}' is not simulated; only dtmf is");

        Listen(call, true);
        PressAutomatically(call, wanted);
        var digits = new StringBuilder();
        string? finishedOn = null;
        try
        {
            var key = await PromptAsync(call, gather, ended) ?? await KeyAsync(call, pause, ended);
            while (key is { } pressed)
            {
                if (finish.Contains(pressed, StringComparison.Ordinal))
                {
                    finishedOn = pressed.ToString();
                    break;
                }
                digits.Append(pressed);
                if (digits.Length >= wanted) break;
                key = await KeyAsync(call, pause, ended);
            }
        }
        finally
        {
            Listen(call, false);
        }

        var anyway = string.Equals(gather.Text("actionOnEmptyResult"), "true", StringComparison.OrdinalIgnoreCase);
        if (digits.Length == 0 && !anyway) return null;
        var extra = new Dictionary<string, string>(StringComparer.Ordinal) { ["Digits"] = digits.ToString(), ["msg"] = "Gather End" };
        if (finishedOn is not null) extra["FinishedOnKey"] = finishedOn;
        return Resolve(call, twiml, gather.Text("action") ?? "", gather.Method(), extra);
    }

    /// <summary>Says what is nested in a Gather; a key cuts it short and is returned.</summary>
    private async Task<char?> PromptAsync(Call call, XElement gather, CancellationToken ended)
    {
        foreach (var verb in gather.Elements())
        {
            if (await HearAsync(call, verb, interruptible: true, ended) is { } key) return key;
        }
        return null;
    }

    /// <summary>Says, plays or pauses. Keys pressed meanwhile cut it short if it is interruptible, else they are lost.</summary>
    private async Task<char?> HearAsync(Call call, XElement verb, bool interruptible, CancellationToken ended)
    {
        var loops = verb.Name.LocalName is "Say" or "Play" ? verb.Loops() : 1;
        for (var loop = 0; loop < loops; loop++)
        {
            TimeSpan length;
            switch (verb.Name.LocalName)
            {
                case "Say":
                    var words = verb.Words();
                    Heard(call, new Line(time.GetUtcNow(), "say", words, verb.Text("voice"), verb.Text("language")));
                    length = options.Value.CharactersPerSecond > 0 ? TimeSpan.FromSeconds(words.Length / options.Value.CharactersPerSecond) : TimeSpan.Zero;
                    break;
                case "Play":
                    Heard(call, new Line(time.GetUtcNow(), "play", verb.Words()));
                    length = options.Value.CharactersPerSecond > 0 ? TimeSpan.FromSeconds(2) : TimeSpan.Zero;
                    break;
                case "Pause":
                    length = verb.Seconds("length", 1);
                    break;
                default:
                    call.Error = new CallError(12200, $"<{verb.Name.LocalName}> is not simulated");
                    length = TimeSpan.Zero;
                    break;
            }
            if (interruptible)
            {
                if (await KeyAsync(call, length, ended) is { } key) return key;
            }
            else if (length > TimeSpan.Zero) await Task.Delay(length, time, ended);
        }
        if (interruptible) return null;
        while (call.Line.TryRead(out _))
        {
            // Nobody was listening.
        }
        return null;
    }

    /// <summary>The next key, or null when none came in time.</summary>
    private async Task<char?> KeyAsync(Call call, TimeSpan wait, CancellationToken ended)
    {
        if (call.Line.TryRead(out var early)) return early;
        if (wait <= TimeSpan.Zero) return null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var pressed = call.Line.WaitToReadAsync(over.Token).AsTask();
        await Task.WhenAny(pressed, Task.Delay(wait, time, over.Token));
        await over.CancelAsync();
        ended.ThrowIfCancellationRequested();
        return call.Line.TryRead(out var key) ? key : null;
    }

    private void PressAutomatically(Call call, int wanted)
    {
        var now = call.AutomaticDigits.Length <= wanted ? call.AutomaticDigits : call.AutomaticDigits[..wanted];
        call.AutomaticDigits = call.AutomaticDigits[now.Length..];
        foreach (var key in now) call.Press(key, time.GetUtcNow());
    }

    private void Heard(Call call, Line line)
    {
        call.Say(line);
        events.Changed(call.Request.Phone);
    }

    private void Listen(Call call, bool listening)
    {
        call.Listening = listening;
        events.Changed(call.Request.Phone);
    }

    /// <summary>An empty address is the document's own.</summary>
    private static Fetch? Resolve(Call call, Twiml twiml, string address, HttpMethod method, IReadOnlyDictionary<string, string> extra)
    {
        if (WebAddress.TryParse(address, out var absolute)) return new Fetch(absolute, method, extra);
        if (twiml.Address is { } here && Uri.TryCreate(here, address, out var resolved)) return new Fetch(resolved, method, extra);
        call.Error = new CallError(11100, $"Invalid URL format: {address}");
        return null;
    }
}
