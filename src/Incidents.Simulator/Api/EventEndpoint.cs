using System.Text.Json;
using Incidents.Simulator.Phones;
using Microsoft.Extensions.Hosting;

namespace Incidents.Simulator.Api;

/// <summary>Server-sent events for the page: <c>phones</c> once with everything, then <c>phone</c> for each that changed.</summary>
internal static class EventEndpoint
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>A page gets at most one batch in this time however many calls are under way.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(40);

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
            await WriteAsync(http, "phones", await view.AllAsync(ends.Token), ends.Token);
            while (true)
            {
                await http.Response.Body.FlushAsync(ends.Token);
                var changed = await subscription.NextAsync(Heartbeat, ends.Token);
                if (changed.Count == 0) await http.Response.WriteAsync(": still here\n\n", ends.Token);
                foreach (var number in changed) await WriteAsync(http, "phone", await view.OneAsync(number, ends.Token), ends.Token);
                await http.Response.Body.FlushAsync(ends.Token);
                await Task.Delay(Gather, TimeProvider.System, ends.Token); // the pace of a screen, not of the simulated world
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
