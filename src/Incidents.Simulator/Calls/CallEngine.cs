using System.Globalization;
using Incidents.Simulator.Callbacks;
using Incidents.Simulator.Faults;
using Incidents.Simulator.Phones;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Calls;

/// <summary>Carries calls from the request to their end.</summary>
internal sealed class CallEngine(
    IOptions<SimulatorOptions> options,
    TimeProvider time,
    CallConversation conversation,
    StatusCallbacks statusCallbacks,
    FaultInjector faults,
    AutomaticPhones automatic,
    Handsets handsets,
    PhoneEvents events,
    PublicAddress address,
    IHostApplicationLifetime lifetime,
    ILogger<CallEngine> log)
{
    public RecordStore<Call> Records { get; } = new(options.Value.Remembered);

    public bool Full => Records.Live >= options.Value.MaxLive;

    /// <summary>Takes a call from the client; the rest happens by itself.</summary>
    public Call Place(CallRequest request, DateTimeOffset receivedAt)
    {
        var call = new Call(Sids.Call(), request, receivedAt);
        Records.Add(call.Sid, call);
        handsets[request.Phone].Begin(call);
        _ = RunAsync(call, lifetime.ApplicationStopping);
        return call;
    }

    /// <summary>A person calls the client's number, which picks up at once with the instructions of <see cref="SimulatorOptions.IncomingCallUrl"/>.</summary>
    public Call Dial(string number)
    {
        var now = time.GetUtcNow();
        var call = new Call(Sids.Call(), new CallRequest { From = number, To = handsets[number].LastFrom ?? options.Value.Number, Url = address.Resolve(options.Value.IncomingCallUrl), Inbound = true }, now);
        Records.Add(call.Sid, call);
        handsets[number].Begin(call);
        Move(call, CallStatus.Ringing);
        Move(call, CallStatus.InProgress);
        _ = TalkAsync(call, lifetime.ApplicationStopping);
        return call;
    }

    /// <summary>The person picks up. False when it does not ring (any more).</summary>
    public bool Answer(Call call, bool machine = false)
    {
        if (call.Request.DetectMachine) call.AnsweredBy = machine ? "machine_start" : "human";
        return Move(call, CallStatus.InProgress, from: CallStatus.Ringing);
    }

    /// <summary>The person calls the ringing off: to the caller the line is busy.</summary>
    public bool Decline(Call call)
    {
        call.Declined = true;
        return Move(call, CallStatus.Busy, from: CallStatus.Ringing);
    }

    /// <summary>Either side hangs up an answered call.</summary>
    public bool HangUp(Call call) => Move(call, CallStatus.Completed, from: CallStatus.InProgress);

    /// <summary>The client takes the call back before anybody answered.</summary>
    public bool Cancel(Call call) => call.Status < CallStatus.InProgress && Move(call, CallStatus.Canceled);

    /// <summary>The person presses a key. False when the phone is not in a call.</summary>
    public bool Press(Call call, char key)
    {
        var pressed = call.Press(key, time.GetUtcNow());
        events.Changed(call.Request.Phone);
        return pressed;
    }

    private async Task RunAsync(Call call, CancellationToken stopping)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.Ended, stopping);
            Move(call, CallStatus.Initiated);
            if (options.Value.CarrierLatency > TimeSpan.Zero) await Task.Delay(options.Value.CarrierLatency, time, ended.Token);
            if (Unreachable(call)) return;
            Move(call, CallStatus.Ringing);
            await RingAsync(call, ended.Token);
            if (call.Status != CallStatus.InProgress) return;
            await conversation.RunAsync(call, ended.Token);
            HangUp(call);
        }
        catch (OperationCanceledException) when (call.Ended.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // Hung up or taken back in the middle of something.
        }
        catch (Exception e)
        {
            Log.BrokeOff(log, call.Sid, e);
            Move(call, CallStatus.Failed);
        }
    }

    private async Task TalkAsync(Call call, CancellationToken stopping)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.Ended, stopping);
            await conversation.RunAsync(call, ended.Token);
            HangUp(call);
        }
        catch (OperationCanceledException) when (call.Ended.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // Hung up in the middle of something.
        }
        catch (Exception e)
        {
            Log.BrokeOff(log, call.Sid, e);
            Move(call, CallStatus.Failed);
        }
    }

    private bool Unreachable(Call call)
    {
        var fault = faults.Current;
        if (fault.BusyNumbers.Contains(call.Request.To, StringComparer.Ordinal)) return Move(call, CallStatus.Busy);
        if (fault.FailNumbers.Contains(call.Request.To, StringComparer.Ordinal)) return Move(call, CallStatus.Failed);
        return false;
    }

    /// <summary>Rings until somebody or something picks up or ends it, at most for the ring time that was asked for.</summary>
    private async Task RingAsync(Call call, CancellationToken ended)
    {
        var deadline = call.Request.RingTime;
        var rule = automatic.For(call.Request.To);
        var machine = faults.Current.Machine || rule is { Machine: true };
        if (machine || rule is { Answer: true } or { Decline: true })
        {
            var reaction = rule?.Wait ?? TimeSpan.Zero;
            if (reaction < deadline)
            {
                if (await RingsForAsync(call, reaction, ended)) return;
                if (rule is { Decline: true } && !machine) Decline(call);
                else
                {
                    if (!machine) call.AutomaticDigits = rule!.Digits;
                    Answer(call, machine);
                }
                return;
            }
        }
        if (!await RingsForAsync(call, deadline, ended)) Move(call, CallStatus.NoAnswer, from: CallStatus.Ringing);
    }

    /// <summary>True when the ringing stopped within the time.</summary>
    private async Task<bool> RingsForAsync(Call call, TimeSpan length, CancellationToken ended)
    {
        if (length <= TimeSpan.Zero) return call.LeftRinging.IsCompleted;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var first = await Task.WhenAny(call.LeftRinging, Task.Delay(length, time, over.Token));
        await over.CancelAsync();
        return first == call.LeftRinging || ended.IsCancellationRequested;
    }

    private bool Move(Call call, CallStatus to, CallStatus? from = null)
    {
        var now = time.GetUtcNow();
        if (!call.TryMove(to, now, () => Announce(call, to, now), from)) return false;
        if (to.IsFinal())
        {
            handsets[call.Request.Phone].End(call);
            Records.Finish(call.Sid);
        }
        events.Changed(call.Request.Phone);
        return true;
    }

    /// <summary>Queues the status callback, if the client asked for this one.</summary>
    private void Announce(Call call, CallStatus status, DateTimeOffset now)
    {
        if (call.Request.StatusCallback is not { } url || !call.Request.Events.HasFlag(status.Event())) return;
        var form = conversation.Form(call, status);
        // While it still listens, the vendor knows no more than that the line is open.
        if (status == CallStatus.InProgress)
        {
            form.Remove("AnsweredBy");
            form.Remove("MachineDetectionDuration");
        }
        form["Timestamp"] = VendorTime.Format(now);
        form["CallbackSource"] = "call-progress-events";
        if (status.IsFinal())
        {
            var seconds = call.DurationSeconds(now);
            form["CallDuration"] = seconds.ToString(CultureInfo.InvariantCulture);
            form["Duration"] = ((seconds + 59) / 60).ToString(CultureInfo.InvariantCulture);
            form["SipResponseCode"] = status.SipCode();
        }
        call.Enqueue(sequence =>
        {
            form["SequenceNumber"] = sequence.ToString(CultureInfo.InvariantCulture);
            return statusCallbacks.SendAsync(url, call.Request.StatusCallbackMethod, form);
        });
    }
}
