using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit;

[assembly: AssemblyFixture(typeof(Incidents.Browser.Tests.Salon))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Incidents.Browser.Tests;

/// <summary>How a page is looked at.</summary>
public sealed record Screen(string Name, int Width, int Height, float Scale = 1, bool Dark = false, bool JavaScript = true)
{
    public static readonly Screen Desktop = new("desktop", 1280, 800);
    public static readonly Screen Phone = new("phone", 390, 844, Scale: 1.5f);
    public static readonly Screen DarkDesktop = Desktop with { Name = "dark", Dark = true };
    public static readonly Screen DarkPhone = Phone with { Name = "phone-dark", Dark = true };
}

/// <summary>A server with demo data, as <c>./run</c> starts it, and the distribution's Chromium.</summary>
public sealed class Salon : IAsyncLifetime
{
    private IPlaywright? playwright;
    private ServerProcess? server;
    private IBrowser? browser;
    private readonly ConcurrentBag<TestShape> shapes = [];

    /// <summary>A simulator that does not make one wait.</summary>
    public static IReadOnlyDictionary<string, string> Quick { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["Simulator:CarrierLatency"] = "00:00:00", ["Simulator:CharactersPerSecond"] = "0" };

    public ServerProcess Server => server ?? throw new InvalidOperationException("Not started.");

    public HttpClient Api => Server.Client;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS", "1");
        server = await StartServerAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            Timeout = 60_000,
        });
    }

    /// <summary>
    /// A server of the shape that this run is about: SQLite in one process, or with <c>INCIDENTS_BROWSER_SHAPE=postgres</c> PostgreSQL and RabbitMQ
    /// (tests/browser.sh runs both). With demo data unless <c>--empty</c> is given.
    /// </summary>
    public async Task<ServerProcess> StartServerAsync(params string[] arguments)
    {
        if (Environment.GetEnvironmentVariable("INCIDENTS_BROWSER_SHAPE") != "postgres") return await ServerProcess.StartAsync(Quick, arguments);
        var shape = await TestShape.CreateAsync(Database.Postgres, Transport.RabbitMq);
        shapes.Add(shape);
        var settings = new Dictionary<string, string>(shape.Settings, StringComparer.Ordinal) { ["Demo:Enabled"] = arguments.Contains("--empty") ? "false" : "true", ["Simulator:Enabled"] = "true" };
        foreach (var (key, value) in Quick) settings[key] = value;
        return await ServerProcess.StartAsync(settings, arguments);
    }

    /// <summary>A browser window of its own, signed in as <paramref name="login"/> unless null; <paramref name="at"/> another server than the shared one. <paramref name="worker"/>: with the console's service worker.</summary>
    public async Task<Visitor> VisitAsync(Screen screen, string? login = "ana", ServerProcess? at = null, bool worker = false)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (at ?? Server).Url.ToString(),
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            DeviceScaleFactor = screen.Scale,
            ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = screen.JavaScript,
            ServiceWorkers = worker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
            IsMobile = screen.Width < 500,
            HasTouch = screen.Width < 500,
            TimezoneId = "America/Sao_Paulo",
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(30_000);
        if (login is not null)
        {
            var form = context.APIRequest.CreateFormData();
            form.Set("as", login);
            form.Set("return", "/");
            await context.APIRequest.PostAsync("/signin", new APIRequestContextOptions { Form = form });
        }

        return new Visitor(context);
    }

    /// <summary>Nothing is open, nothing rings and the vendors are well, whatever the test before left behind.</summary>
    public async Task QuietAsync()
    {
        using (var mended = await Api.DeleteAsync(new Uri("/simulator/api/faults", UriKind.Relative))) mended.EnsureSuccessStatusCode();
        using var list = JsonDocument.Parse(await Api.GetStringAsync(new Uri("/api/v1/incidents?status=open&limit=1000", UriKind.Relative)));
        foreach (var incident in list.RootElement.GetProperty("items").EnumerateArray()) await ActAsync(incident.GetProperty("number").GetInt64(), "resolve");
        await Eventually.True(async () => !(await Api.GetStringAsync(new Uri("/simulator/api/phones", UriKind.Relative))).Contains("\"state\":\"ringing\"", StringComparison.Ordinal), "no phone rings");
    }

    /// <summary>Sends an alert as a script would and waits for its incident's number.</summary>
    public async Task<long> AlertAsync(string summary, string service, string severity = "critical")
    {
        using (var answer = await Api.PostAsJsonAsync("/integrations/demo-generic-key/generic", new { summary, service, severity, details = new { host = "pay-7.example.com", check = "http" } })) answer.EnsureSuccessStatusCode();
        var number = await Eventually.Get(async () =>
        {
            using var list = JsonDocument.Parse(await Api.GetStringAsync(new Uri("/api/v1/incidents?status=open&service=" + service, UriKind.Relative)));
            return list.RootElement.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("title").GetString() == summary).Select(i => i.GetProperty("number").GetInt64().ToString(CultureInfo.InvariantCulture)).FirstOrDefault();
        }, $"an incident '{summary}'");
        return long.Parse(number, CultureInfo.InvariantCulture);
    }

    /// <summary>Acts on an incident as somebody.</summary>
    public async Task ActAsync(long incident, string verb, object? body = null)
    {
        using var answer = await Api.PostAsJsonAsync($"/api/v1/incidents/{incident}/{verb}", body ?? new { });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The full name of whoever is primary on a schedule now.</summary>
    public async Task<(string Login, string Name)> OnCallAsync(string schedule)
    {
        using var duty = JsonDocument.Parse(await Api.GetStringAsync(new Uri("/api/v1/oncall?schedule=" + schedule, UriKind.Relative)));
        var login = duty.RootElement.GetProperty("items").EnumerateArray().First(i => i.GetProperty("position").GetString() == "primary").GetProperty("people")[0].GetString()!;
        using var people = JsonDocument.Parse(await Api.GetStringAsync(new Uri("/api/v1/people?limit=100", UriKind.Relative)));
        return (login, people.RootElement.GetProperty("items").EnumerateArray().First(p => p.GetProperty("login").GetString() == login).GetProperty("name").GetString()!);
    }

    /// <summary>The link in the text that somebody got about an incident.</summary>
    public Task<string> LinkAsync(string number, long incident) => Eventually.Get(async () =>
    {
        using var texts = JsonDocument.Parse(await Api.GetStringAsync(new Uri("/simulator/api/messages?to=" + Uri.EscapeDataString(number), UriKind.Relative)));
        var body = texts.RootElement.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("body").GetString()!).FirstOrDefault(b => b.Contains($"#{incident} ", StringComparison.Ordinal) && b.Contains("/a/", StringComparison.Ordinal));
        return body?[body.IndexOf("http", StringComparison.Ordinal)..].Trim();
    }, $"the text about #{incident}");

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (server is not null) await server.DisposeAsync();
        foreach (var shape in shapes) await shape.DisposeAsync();
    }
}

/// <summary>One browser window; what its pages report as errors is kept.</summary>
public sealed class Visitor(IBrowserContext context) : IAsyncDisposable
{
    private readonly List<string> errors = [];

    public IReadOnlyList<string> Errors => errors;

    public async Task<IPage> OpenAsync(string path)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            // Before sign-in the console asks who it is and is told 401: that is how it learns to show the sign-in page.
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal)) errors.Add($"{path}: {message.Text}");
        };
        page.PageError += (_, error) => errors.Add($"{path}: {error}");
        await page.GotoAsync(path);
        return page;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
