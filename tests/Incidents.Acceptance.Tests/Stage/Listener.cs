using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Acceptance.Tests.Stage;

/// <summary>An event that a webhook was told.</summary>
public sealed record Told(string Type, long Number, string Login, string Via, string Delivery, int Status);

/// <summary>Somebody outside who is told by webhook, and answers what the story says.</summary>
public sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Told> told = new();

    private Listener(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First() + "/hook");

    public int Status { get; set; } = 200;

    /// <summary>In the order of arrival, whatever was answered.</summary>
    public IReadOnlyList<Told> All => [.. told];

    public static async Task<Listener> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, FreePort.Take()));
        var listener = new Listener(builder.Build());
        listener.app.Run(async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            var e = body.RootElement.GetProperty("event");
            var agent = e.GetProperty("agent");
            listener.told.Enqueue(new Told(e.GetProperty("type").GetString()!, e.GetProperty("data").GetProperty("incident").GetProperty("number").GetInt64(), agent.GetProperty("login").GetString()!,
                agent.GetProperty("via").GetString()!, http.Request.Headers["X-Incidents-Delivery"].ToString(), listener.Status));
            http.Response.StatusCode = listener.Status;
        });
        await listener.app.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
