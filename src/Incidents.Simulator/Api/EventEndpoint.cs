using System.Text.Json;
using Incidents.Simulator.Phones;
using Microsoft.Extensions.Hosting;

namespace Incidents.Simulator.Api;

/// <summary>Server-sent events for the page: <c>phones</c> once with everything, then <c>phone</c> for each that changed.</summary>
internal static class EventEndpoint
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Pause after each phone that was sent, so that a load run costs a page a bounded share of the processor.</summary>
    private static readonly TimeSpan PausePerPhone = TimeSpan.FromMilliseconds(20);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/events", StreamAsync);

    private static async Task StreamAsync(HttpContext http, PhoneEvents events, PhoneView view, IHostApplicationLifetime lifetime)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var subscription = events.Subscribe();
        try
        {
            var (all, shown) = await view.AllAsync(ends.Token);
            await WriteAsync(http, "phones", all, ends.Token);
            while (true)
            {
                await http.Response.Body.FlushAsync(ends.Token);
                var changed = await subscription.NextAsync(Heartbeat, ends.Token);
                if (changed.Count == 0) await http.Response.WriteAsync(": still here\n\n", ends.Token);
                var sent = 0;
                foreach (var number in changed)
                {
                    if (!await view.ShowsAsync(number, shown, ends.Token)) continue;
                    await WriteAsync(http, "phone", await view.OneAsync(number, ends.Token), ends.Token);
                    sent++;
                }
                await http.Response.Body.FlushAsync(ends.Token);
                await Task.Delay(PausePerPhone * sent, TimeProvider.System, ends.Token); // the pace of a screen, not of the simulated world
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page was closed, or the process stops.
        }
    }

    private static Task WriteAsync(HttpContext http, string name, object value, CancellationToken cancellationToken) =>
        http.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(value, Json.Options)}\n\n", cancellationToken);
}
