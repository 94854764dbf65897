using System.Collections.Concurrent;
using Incidents.Kernel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary>One per process with the paging role: sends deliveries as they fall due. It shares nothing with pages, and never holds them up.</summary>
internal sealed class WebhookPump(WebhookStore store, WebhookSender sender, Clock clock, ILogger<WebhookPump> logger) : BackgroundService
{
    private const int AtOnce = 32;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    private static readonly Duration ForgetEvery = Duration.FromMinutes(10);

    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private Instant forgetAt = Instant.MinValue;

    public void Wake()
    {
        try
        {
            if (wake.CurrentCount == 0)
                wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two at once: one look is enough.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var fresh = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = LongestSleep;
            try
            {
                if (fresh)
                    await store.TakeBackAlone(clock.Now, stoppingToken);
                fresh = false;
                pause = await Look(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.WebhookLookFailed(logger, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            using var timer = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(pause.TotalMilliseconds))), clock.Provider);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
            await wake.WaitAsync(both.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (!running.IsEmpty)
            await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
    }

    private async Task<TimeSpan> Look(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        if (now >= forgetAt)
        {
            forgetAt = now + ForgetEvery;
            await store.Forget(now, cancellationToken);
        }
        var (due, next) = await store.Look(now, cancellationToken);
        var room = AtOnce - running.Count;
        if (due && room > 0)
        {
            foreach (var claimed in await store.Claim(room, cancellationToken))
                Track(Send(claimed));
        }
        return next is { } at && at - now < Duration.FromTimeSpan(LongestSleep) ? (at - now).ToTimeSpan() : LongestSleep;
    }

    private async Task Send(ClaimedDelivery claimed)
    {
        try
        {
            // Null: it was deleted meanwhile, and its deliveries with it.
            if (await store.Hook(claimed.Webhook, CancellationToken.None) is not { } hook)
                return;
            var tried = await sender.Send(new Parcel(claimed.Id, hook.Url, Secrets(hook, clock.Now), claimed.Type, claimed.Body, claimed.Tries + 1), CancellationToken.None);
            await store.Write(claimed, tried, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Its lease lapses, and it goes out again.
            Log.WebhookLookFailed(logger, e);
        }
    }

    public static IReadOnlyList<string> Secrets(Webhook hook, Instant now) => hook.PreviousSecret is { } former && now < hook.PreviousUntil ? [hook.Secret, former] : [hook.Secret];

    private void Track(Task task)
    {
        running[task] = true;
        _ = task.ContinueWith(t =>
        {
            running.TryRemove(t, out _);
            Wake();
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
