using System.Text;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Events;

namespace Incidents.Server.Endpoints;

/// <summary>Server-sent events with ids; <c>Last-Event-ID</c> resumes where the reader was.</summary>
internal static class EventEndpoints
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/api/v1/events", Stream).RequireRole(Role.Observer).WithTags("Incidents").WithName("events")
            .WithSummary("Live changes as server-sent events; Last-Event-ID resumes").Produces(StatusCodes.Status200OK, contentType: "text/event-stream");

    private static async Task Stream(HttpContext http, EventTail tail, Clock clock, IHostApplicationLifetime lifetime)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var (live, subscription) = tail.Subscribe();
        using var _ = subscription;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await http.Response.WriteAsync("retry: 1000\n\n", stop.Token);
            await http.Response.Body.FlushAsync(stop.Token);
            var position = EventPosition.Parse(http.Request.Headers["Last-Event-ID"]);
            if (position is { } from)
                position = await CatchUp(http, tail, from, stop.Token);
            while (true)
            {
                using var quiet = new CancellationTokenSource(Quiet, clock.Provider);
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, stop.Token);
                bool more;
                try
                {
                    more = await live.WaitToReadAsync(wait.Token);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    await http.Response.WriteAsync(": still here\n\n", stop.Token);
                    await http.Response.Body.FlushAsync(stop.Token);
                    continue;
                }
                if (!more)
                    return;
                while (live.TryRead(out var fact))
                {
                    if (position is { } seen && (fact.Position.Xid, fact.Position.Seq).CompareTo((seen.Xid, seen.Seq)) <= 0)
                        continue;
                    await Write(http, fact, stop.Token);
                }
                await http.Response.Body.FlushAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader left, or the process stops: it comes back with its Last-Event-ID.
        }
    }

    private static async Task<EventPosition> CatchUp(HttpContext http, EventTail tail, EventPosition from, CancellationToken cancellationToken)
    {
        while (true)
        {
            var missed = await tail.Since(from, 500, cancellationToken);
            foreach (var fact in missed)
            {
                await Write(http, fact, cancellationToken);
                from = fact.Position;
            }
            await http.Response.Body.FlushAsync(cancellationToken);
            if (missed.Count < 500)
                return from;
        }
    }

    private static Task Write(HttpContext http, Announced fact, CancellationToken cancellationToken)
        => http.Response.WriteAsync(new StringBuilder().Append("id: ").Append(fact.Position.ToString()).Append("\nevent: ").Append(fact.Kind).Append("\ndata: ").Append(fact.Data).Append("\n\n").ToString(), cancellationToken);
}
