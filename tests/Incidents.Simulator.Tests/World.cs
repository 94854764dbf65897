using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Incidents.Simulator.Tests;

/// <summary>What the vendor posted to the client's server.</summary>
internal sealed record Received(string Path, string Url, string Signature, IReadOnlyDictionary<string, string> Form)
{
    public string this[string name] => Form.GetValueOrDefault(name, "");
}

/// <summary>A real server on a free port with the simulator, and a client application that receives its callbacks.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Account = "AC0123456789abcdef0123456789abcdef";
    public const string Token = "a-secret";
    public const string Ana = "+5511900000001";
    public const string From = "+15550100000";

    private readonly WebApplication _app;

    private World(WebApplication app)
    {
        _app = app;
        Url = app.Urls.First();
        Vendor = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"{Url}{SimulatorEndpoints.VendorPath}/2010-04-01/Accounts/{Account}/") };
        Vendor.DefaultRequestHeaders.Authorization = Basic(Token);
        Api = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"{Url}/simulator/api/") };
    }

    public string Url { get; }
    public HttpClient Vendor { get; }
    public HttpClient Api { get; }
    public ManualTime Time { get; private init; } = new();

    /// <summary>Everything that the client's server was sent, in order.</summary>
    public ConcurrentQueue<Received> Inbox { get; private init; } = [];

    /// <summary>The client's answers by path; a path without one answers 404.</summary>
    public ConcurrentDictionary<string, Func<Received, IResult>> Answers { get; private init; } = [];

    public static AuthenticationHeaderValue Basic(string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{password}")));

    public static async Task<World> StartAsync(Action<SimulatorOptions>? configure = null)
    {
        var time = new ManualTime();
        var inbox = new ConcurrentQueue<Received>();
        var answers = new ConcurrentDictionary<string, Func<Received, IResult>>(StringComparer.Ordinal);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddScoped<IPhoneBook, Book>();
        builder.Services.AddSimulator(o =>
        {
            o.AccountSid = Account;
            o.AuthToken = Token;
            o.CarrierLatency = TimeSpan.Zero;
            configure?.Invoke(o);
        });
        var app = builder.Build();
        app.MapSimulator();
        app.Map("/callbacks/{**rest}", async (HttpContext http) =>
        {
            var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
            var received = new Received(
                http.Request.Path.Value!,
                $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}{http.Request.QueryString}",
                http.Request.Headers["X-Twilio-Signature"].ToString(),
                form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal));
            inbox.Enqueue(received);
            return answers.TryGetValue(received.Path, out var answer) ? answer(received) : Results.NotFound();
        });
        await app.StartAsync();
        return new World(app) { Time = time, Inbox = inbox, Answers = answers };
    }

    public void Twiml(string path, string body) => Answers[path] = _ => Results.Text($"<Response>{body}</Response>", "text/xml");

    /// <summary>Asks the vendor for a call to Ana and returns its sid.</summary>
    public async Task<string> CallAsync(string url = "/callbacks/voice", int timeout = 30, string to = Ana, bool track = true)
    {
        using var response = await PostCallAsync(CallForm(url, timeout, to, track));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sid").GetString()!;
    }

    public List<KeyValuePair<string, string>> CallForm(string url = "/callbacks/voice", int timeout = 30, string to = Ana, bool track = true)
    {
        List<KeyValuePair<string, string>> form = [new("To", to), new("From", From), new("Url", Url + url), new("Timeout", timeout.ToString())];
        if (!track) return form;
        form.Add(new("StatusCallback", Url + "/callbacks/status?attempt=7"));
        foreach (var name in new[] { "initiated", "ringing", "answered", "completed" }) form.Add(new("StatusCallbackEvent", name));
        return form;
    }

    public async Task<HttpResponseMessage> PostCallAsync(IEnumerable<KeyValuePair<string, string>> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await Vendor.PostAsync("Calls.json", content);
    }

    /// <summary>A person does something with Ana's phone.</summary>
    public async Task<HttpResponseMessage> DoAsync(string what, object? body = null, string phone = "ana") =>
        body is null ? await Api.PostAsync($"phones/{phone}/{what}", null) : await Api.PostAsJsonAsync($"phones/{phone}/{what}", body);

    public async Task SetAsync(string what, object settings) => (await Api.PostAsJsonAsync(what, settings)).EnsureSuccessStatusCode();

    /// <summary>The simulator's own record of a call.</summary>
    public Task<JsonElement> RecordAsync(string sid) => Api.GetFromJsonAsync<JsonElement>($"calls/{sid}");

    public async Task<JsonElement> WhenStatusAsync(string sid, string status) =>
        await UntilAsync(() => RecordAsync(sid), r => string.Equals(r.GetProperty("status").GetString(), status, StringComparison.Ordinal), $"{sid} {status}");

    public async Task WhenListeningAsync(string sid) => await UntilAsync(() => RecordAsync(sid), r => r.GetProperty("listening").GetBoolean(), $"{sid} listening");

    /// <summary>Waits until so many callbacks of a kind have come.</summary>
    public async Task<List<Received>> WhenReceivedAsync(string path, int count) =>
        await UntilAsync(() => Task.FromResult(Inbox.Where(r => string.Equals(r.Path, path, StringComparison.Ordinal)).ToList()), r => r.Count >= count, $"{count} x {path}");

    /// <summary>Waits for a condition, in real time, at most ten seconds.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> holds, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            var value = await read();
            if (holds(value)) return value;
            try
            {
                await tick.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Waited in vain for: {what}. Last: {value}", e);
            }
        }
    }

    /// <summary>Waits until so many timers stand, so that moving the clock is seen by those who wait.</summary>
    public Task WhenWaitingAsync(int timers = 1) => UntilAsync(() => Task.FromResult(Time.Waiting), w => w >= timers, $"{timers} timers");

    public async ValueTask DisposeAsync()
    {
        Vendor.Dispose();
        Api.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Book : IPhoneBook
    {
        public Task<IReadOnlyList<SimulatedPhone>> GetPhonesAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<SimulatedPhone>>([new("ana", "Ana Souza", Ana), new("bruno", "Bruno Lima", "+5511900000002")]);
    }
}
