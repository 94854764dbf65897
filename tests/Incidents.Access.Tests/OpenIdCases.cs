using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Incidents.TestKit;

namespace Incidents.Access.Tests;

/// <summary>The npm package oidc-provider, certified for OpenID Connect, as its own process.</summary>
public sealed class RealProvider : IAsyncLifetime
{
    private static readonly string Folder = RepositoryFolder.PathTo("tests", "Incidents.Access.Tests", "provider");
    private Process? process;

    public async ValueTask InitializeAsync() => await NpmScript.InstallAsync(Folder, TestContext.Current.CancellationToken);

    /// <summary>Its address; it serves once <see cref="Serve"/> has told it where to send people back to.</summary>
    internal async Task<string> Start()
    {
        End();
        process = Process.Start(new ProcessStartInfo("node", ["provider.mjs"]) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        return $"http://127.0.0.1:{await process.StandardOutput.ReadLineAsync()}";
    }

    internal async Task Serve(Uri host)
    {
        await process!.StandardInput.WriteLineAsync(host.GetLeftPart(UriPartial.Authority) + "/signin/oidc/callback");
        while (await process.StandardOutput.ReadLineAsync() is { } line && line != "ready")
        {
            // What it says of itself.
        }
    }

    private void End()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }
        process?.Dispose();
        process = null;
    }

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }
}

public class Person_when_they_come_from_an_identity_provider(RealProvider provider) : IClassFixture<RealProvider>
{
    [Fact]
    public async Task is_let_in_when_the_organisation_knows_them()
    {
        var authority = await provider.Start();
        await using var host = await AccessHost.Start(settings: [("Access:Oidc:Authority", authority), ("Access:Oidc:ClientId", "incidents"), ("Access:Oidc:ClientSecret", "provider secret: 7+7"), ("Access:Oidc:Name", "Example ID")]);
        host.Time.Advance(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) - host.Time.GetUtcNow());
        await provider.Serve(host.Address);

        Assert.Contains("Continue with Example ID", (await host.Get("/signin?return=/oncall")).Body, StringComparison.Ordinal);

        using var ana = new Visitor(host.Address);
        var arrived = await ana.SignIn("ana");
        Assert.Equal("/oncall", arrived.Address.PathAndQuery);
        Assert.Contains("\"login\":\"ana\"", (await ana.Get("/api/v1/me")).Body, StringComparison.Ordinal);
        Assert.Contains("\"method\":\"openId\"", (await ana.Get("/api/v1/sessions")).Body, StringComparison.Ordinal);

        using var stranger = new Visitor(host.Address);
        var unknown = await stranger.SignIn("mallory");
        Assert.Equal(HttpStatusCode.Forbidden, unknown.Status);
        Assert.Contains("You signed in as mallory@example.com, but nobody here has that login", unknown.Body, StringComparison.Ordinal);

        using var bruno = new Visitor(host.Address);
        Assert.Contains("has not verified your e-mail address", (await bruno.SignIn("bruno")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bruno.Get("/api/v1/me")).Status);

        // The same answer again, and an answer in a browser that asked nothing.
        using var thief = new Visitor(host.Address);
        Assert.Contains("was not begun in this browser", (await ana.Get(ana.Callback!)).Body, StringComparison.Ordinal);
        Assert.Contains("was not begun in this browser", (await thief.Get(ana.Callback!)).Body, StringComparison.Ordinal);

        using var undecided = new Visitor(host.Address);
        Assert.Contains("did not let you through", (await undecided.TurnBack()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_told_when_the_provider_is_away_or_there_is_none()
    {
        await using var without = await AccessHost.Start();
        await using var away = await AccessHost.Start(settings: [("Access:Oidc:Authority", "http://127.0.0.1:9"), ("Access:Oidc:ClientId", "incidents")]);

        Assert.Equal(HttpStatusCode.NotFound, (await without.Get("/signin/oidc")).Status);
        var answer = await away.Get("/signin/oidc");
        Assert.Equal(HttpStatusCode.BadGateway, answer.Status);
        Assert.Contains("The provider does not answer.", answer.Body, StringComparison.Ordinal);
    }

    /// <summary>A browser as far as it matters here: cookies, redirects, forms.</summary>
    private sealed class Visitor : IDisposable
    {
        private readonly HttpClient client;
        private readonly Uri host;

        public Visitor(Uri host)
        {
            this.host = host;
            client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        }

        /// <summary>Where the provider sent it back to.</summary>
        public string? Callback { get; private set; }

        public async Task<Seen> SignIn(string name)
        {
            var login = await Get("/signin/oidc?return=/oncall");
            var consent = await Fill(login, ("login", name), ("password", "any"));
            return await Fill(consent);
        }

        public async Task<Seen> TurnBack()
        {
            var login = await Get("/signin/oidc");
            return await Go(new HttpRequestMessage(HttpMethod.Get, new Uri(login.Address, Regex.Match(login.Body, "href=\"(?<to>[^\"]*/abort)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["to"].Value)));
        }

        public Task<Seen> Get(string path) => Go(new HttpRequestMessage(HttpMethod.Get, new Uri(host, path)));

        private Task<Seen> Fill(Seen page, params (string Name, string Value)[] fields)
        {
            var action = Regex.Match(page.Body, "action=\"(?<to>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["to"].Value;
            Assert.True(action.Length > 0, page.Address + "\n" + page.Body);
            var hidden = Regex.Matches(page.Body, "type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => (Name: m.Groups["name"].Value, m.Groups["value"].Value));
            var content = new FormUrlEncodedContent(hidden.Concat(fields).Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
            return Go(new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, action)) { Content = content });
        }

        private async Task<Seen> Go(HttpRequestMessage request)
        {
            for (var hops = 0; hops < 12; hops++)
            {
                using var response = await client.SendAsync(request);
                var at = request.RequestUri!;
                if (at.AbsolutePath == "/signin/oidc/callback")
                    Callback = at.PathAndQuery;
                if (response.Headers.Location is not { } next)
                    return new Seen(at, response.StatusCode, await response.Content.ReadAsStringAsync());
                request = new HttpRequestMessage(HttpMethod.Get, new Uri(at, next));
            }
            throw new InvalidOperationException("It goes round and round.");
        }

        public void Dispose() => client.Dispose();
    }

    private sealed record Seen(Uri Address, HttpStatusCode Status, string Body);
}
