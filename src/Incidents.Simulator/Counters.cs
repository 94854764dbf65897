namespace Incidents.Simulator;

/// <summary>Totals since the start, for tests and load runs.</summary>
internal sealed class Counters
{
    private long _requests;
    private long _refused;
    private long _callbacks;
    private long _callbacksRetried;
    private long _callbacksFailed;
    private long _callbacksLost;

    public void Request() => Interlocked.Increment(ref _requests);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void CallbackSent() => Interlocked.Increment(ref _callbacks);

    public void CallbackRetried() => Interlocked.Increment(ref _callbacksRetried);

    public void CallbackFailed() => Interlocked.Increment(ref _callbacksFailed);

    public void CallbackLost() => Interlocked.Increment(ref _callbacksLost);

    public object Snapshot(int liveCalls, int liveMessages) => new
    {
        requests = Interlocked.Read(ref _requests),
        refused = Interlocked.Read(ref _refused),
        callbacks = Interlocked.Read(ref _callbacks),
        callbacksRetried = Interlocked.Read(ref _callbacksRetried),
        callbacksFailed = Interlocked.Read(ref _callbacksFailed),
        callbacksLost = Interlocked.Read(ref _callbacksLost),
        liveCalls,
        liveMessages,
    };
}
