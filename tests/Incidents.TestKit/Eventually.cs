using System.Diagnostics;

namespace Incidents.TestKit;

/// <summary>
/// Waits for what another process or thread does. Looks often and returns as soon as it is so; only a failing test
/// waits for the whole deadline.
/// </summary>
public static class Eventually
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    /// <exception cref="TimeoutException">It never became true; the message says what was awaited and the last error.</exception>
    public static Task True(Func<bool> condition, string what, TimeSpan? within = null, CancellationToken cancel = default) =>
        Get(() => Task.FromResult(condition() ? "" : null), what, within, cancel);

    /// <inheritdoc cref="True(Func{bool},string,TimeSpan?,CancellationToken)"/>
    public static Task True(Func<Task<bool>> condition, string what, TimeSpan? within = null, CancellationToken cancel = default) =>
        Get(async () => await condition() ? "" : null, what, within, cancel);

    /// <summary>The first non-null answer of <paramref name="read"/>. What it throws counts as "not yet".</summary>
    /// <exception cref="TimeoutException">Nothing within the deadline.</exception>
    public static async Task<T> Get<T>(Func<Task<T?>> read, string what, TimeSpan? within = null, CancellationToken cancel = default)
        where T : class
    {
        var deadline = within ?? DefaultDeadline;
        var watch = Stopwatch.StartNew();
        Exception? last = null;
        for (var pause = 5; ; pause = Math.Min(pause * 2, 100))
        {
            try
            {
                if (await read() is { } found) return found;
                last = null;
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                last = e;
            }

            if (watch.Elapsed > deadline) throw new TimeoutException($"Not within {deadline.TotalSeconds:0.#} s: {what}.", last);
            await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System, cancel);
        }
    }

    /// <summary>Holds a condition over a span: fails at the first moment it is not so.</summary>
    /// <exception cref="InvalidOperationException">It was broken.</exception>
    public static async Task Stays(Func<bool> condition, string what, TimeSpan during, CancellationToken cancel = default)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            if (!condition()) throw new InvalidOperationException($"Not so after {watch.ElapsedMilliseconds} ms: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
        }
        while (watch.Elapsed < during);
    }
}
