using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Tests;

internal sealed record VendorCall(string Sid, string Kind, string To, IReadOnlyDictionary<string, string> Form, DateTimeOffset At, IReadOnlyList<KeyValuePair<string, string>> Raw)
{
    public string Body => Form.GetValueOrDefault("Body", "");
    public Uri? Url => Form.TryGetValue("Url", out var url) ? new Uri(url) : null;
    public Guid Attempt => Guid.Parse(System.Web.HttpUtility.ParseQueryString(new Uri(Form["StatusCallback"]).Query)["attempt"]!);
}

/// <summary>The vendor over real HTTP: takes, lists, cancels; can hold answers back, fail, or take a request and lose the answer.</summary>
internal sealed class FakeTwilio : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TimeProvider time;
    private int sequence;

    private FakeTwilio(WebApplication app, TimeProvider time)
    {
        this.app = app;
        this.time = time;
    }

    public string Url => app.Urls.First();
    public ConcurrentQueue<VendorCall> Taken { get; } = new();
    public ConcurrentQueue<(string Sid, string Status)> Updates { get; } = new();
    public ConcurrentQueue<string> Lists { get; } = new();
    public IEnumerable<VendorCall> Calls => Taken.Where(t => t.Kind == "Calls");
    public IEnumerable<VendorCall> Messages => Taken.Where(t => t.Kind == "Messages");

    /// <summary>Answers instead of taking, when it gives something.</summary>
    public Func<string, IReadOnlyDictionary<string, string>, IResult?> Refuse { get; set; } = (_, _) => null;

    /// <summary>Awaited after taking and before answering.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    /// <summary>Answers a look at the list instead of the list, when it gives something.</summary>
    public Func<IResult?> ListRefuses { get; set; } = () => null;

    /// <summary>Takes a request, and breaks the connection before the answer.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>What a look at one call says.</summary>
    public string Status { get; set; } = "ringing";
    public string? AnsweredBy { get; set; }

    public static async Task<FakeTwilio> Start(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, FreePort.Take()));
        var built = builder.Build();
        var fake = new FakeTwilio(built, time);
        built.MapPost("/2010-04-01/Accounts/{account}/{kind}.json", fake.Create);
        built.MapGet("/2010-04-01/Accounts/{account}/{kind}.json", fake.List);
        built.MapPost("/2010-04-01/Accounts/{account}/{kind}/{sid}.json", fake.Update);
        built.MapGet("/2010-04-01/Accounts/{account}/{kind}/{sid}.json", (string sid) => Results.Json(new { sid, status = fake.Status, answered_by = fake.AnsweredBy }));
        await built.StartAsync();
        return fake;
    }

    private async Task<IResult> Create(string kind, HttpContext http)
    {
        var read = await http.Request.ReadFormAsync();
        var form = read.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        if (Refuse(kind, form) is { } refused)
            return refused;
        var sid = (kind == "Calls" ? "CA" : "SM") + Interlocked.Increment(ref sequence).ToString("x32", CultureInfo.InvariantCulture);
        Taken.Enqueue(new VendorCall(sid, kind, form["To"], form, time.GetUtcNow(), [.. read.SelectMany(f => f.Value.Select(v => new KeyValuePair<string, string>(f.Key, v ?? "")))]));
        await BeforeAnswer();
        if (LosesAnswers)
            http.Abort();
        return Results.Json(new { sid, status = "queued" }, statusCode: 201);
    }

    private IResult List(string kind, string? To)
    {
        Lists.Enqueue(kind + " " + To);
        if (ListRefuses() is { } refused)
            return refused;
        var found = Taken.Where(t => t.Kind == kind && t.To == To).Reverse()
            .Select(t => new { sid = t.Sid, to = t.To, from = t.Form["From"], body = t.Body, status = "queued", date_created = t.At.ToString("R", CultureInfo.InvariantCulture) });
        return kind == "Calls" ? Results.Json(new { calls = found }) : Results.Json(new { messages = found });
    }

    private async Task<IResult> Update(string sid, HttpContext http)
    {
        Updates.Enqueue((sid, (await http.Request.ReadFormAsync())["Status"].ToString()));
        return Results.Json(new { sid });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
