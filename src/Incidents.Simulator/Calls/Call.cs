using System.Threading.Channels;

namespace Incidents.Simulator.Calls;

/// <summary>One call. Its state changes only through <see cref="TryMove"/>; everything mutable is guarded by the gate.</summary>
internal sealed class Call(string sid, CallRequest request, DateTimeOffset receivedAt)
{
    private const int MaxLines = 200;

    private readonly Lock _gate = new();
    private readonly List<Line> _said = [];
    private readonly List<KeyPress> _keys = [];
    private readonly TaskCompletionSource _leftRinging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<char> _line = Channel.CreateBounded<char>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly DateTimeOffset?[] _reached = new DateTimeOffset?[9];
    private Task _callbacks = Task.CompletedTask;
    private int _sequence;
    private int _fetched;

    public string Sid { get; } = sid;
    public CallRequest Request { get; } = request;

    /// <summary>When the vendor API read the request, before any simulated delay.</summary>
    public DateTimeOffset ReceivedAt { get; } = receivedAt;
    public CallStatus Status { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; } = receivedAt;

    /// <summary>The vendor's word for who answered; null unless the client asked for detection.</summary>
    public string? AnsweredBy { get; set; }
    public CallError? Error { get; set; }

    /// <summary>Digits still to be pressed by the automatic mode.</summary>
    public string AutomaticDigits { get; set; } = "";

    /// <summary>Whether a Gather is waiting for keys at this moment.</summary>
    public bool Listening { get; set; }

    /// <summary>Whether a person at this phone has called the ringing off, as opposed to letting it ring out.</summary>
    public bool Declined { get; set; }

    /// <summary>Completes when the phone stops ringing for whatever reason.</summary>
    public Task LeftRinging => _leftRinging.Task;

    /// <summary>Cancelled when the call reaches a final state.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>True once: for the first instructions of the call.</summary>
    public bool FirstFetch() => Interlocked.Exchange(ref _fetched, 1) == 0;

    public ChannelReader<char> Line => _line.Reader;

    /// <summary>
    /// Moves on to a later state. False when the call is not before it (or not in <paramref name="from"/>), so each
    /// state is entered once, by one caller; <paramref name="moved"/> runs before anybody can move further.
    /// </summary>
    public bool TryMove(CallStatus to, DateTimeOffset now, Action moved, CallStatus? from = null)
    {
        lock (_gate)
        {
            if (Status.IsFinal() || Status >= to || (from is { } required && Status != required)) return false;
            Status = to;
            UpdatedAt = now;
            _reached[(int)to] = now;
            moved();
        }
        if (to >= CallStatus.InProgress) _leftRinging.TrySetResult();
        if (to.IsFinal()) _ = _ended.CancelAsync();
        return true;
    }

    public DateTimeOffset? ReachedAt(CallStatus status)
    {
        lock (_gate) return _reached[(int)status];
    }

    public DateTimeOffset? EndedAt => Status.IsFinal() ? ReachedAt(Status) : null;

    /// <summary>Whole seconds from answer to end, rounded up as the vendor bills; 0 for a call nobody answered.</summary>
    public int DurationSeconds(DateTimeOffset now) => ReachedAt(CallStatus.InProgress) is { } answered
        ? (int)Math.Ceiling(((EndedAt ?? now) - answered).TotalSeconds)
        : 0;

    public bool Press(char key, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (Status != CallStatus.InProgress || _keys.Count >= MaxLines) return false;
            _keys.Add(new KeyPress(now, key));
        }
        return _line.Writer.TryWrite(key);
    }

    public void Say(Line line)
    {
        lock (_gate)
        {
            if (_said.Count < MaxLines) _said.Add(line);
        }
    }

    public IReadOnlyList<Line> Said
    {
        get { lock (_gate) return [.. _said]; }
    }

    public IReadOnlyList<KeyPress> Keys
    {
        get { lock (_gate) return [.. _keys]; }
    }

    /// <summary>Queues a callback behind the earlier ones of this call, so that they leave in order without holding up the call.</summary>
    public void Enqueue(Func<int, Task> send)
    {
        lock (_gate) _callbacks = After(_callbacks, send, _sequence++);

        static async Task After(Task earlier, Func<int, Task> send, int sequence)
        {
            await earlier.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await send(sequence);
        }
    }
}

/// <summary>Something heard during a call.</summary>
/// <param name="Kind"><c>say</c>, <c>play</c>, or <c>error</c> for the vendor's own announcement.</param>
internal sealed record Line(DateTimeOffset At, string Kind, string Text, string? Voice = null, string? Language = null);

internal sealed record KeyPress(DateTimeOffset At, char Key);

/// <summary>The vendor's error number, as its debugger would list it.</summary>
internal sealed record CallError(int Code, string Message);
