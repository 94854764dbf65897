using System.Net;

namespace Incidents.Server.Tests;

/// <summary>The console answers what nothing else does, and only that.</summary>
public sealed class Console_when_beside_the_api(SharedServer server)
{
    /// <summary><c>curl -X POST …/acknowledge</c>: neither a body nor a Content-Type.</summary>
    [Theory]
    [InlineData("/api/v1/incidents/999999999/acknowledge")]
    [InlineData("/api/v1/incidents/999999999/resolve")]
    [InlineData("/api/v1/incidents/999999999/escalate")]
    [InlineData("/api/v1/webhooks/nosuch/replay")]
    public async Task leaves_an_action_without_a_body_to_the_api(string path)
    {
        using var answer = await server.Client.PostAsync(new Uri(path, UriKind.Relative), null, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("There is nothing at", text, StringComparison.Ordinal);
    }

    /// <summary>A page that is only there to be refused everything is not sent at all; what is no page, and who has a session, gets it.</summary>
    [Theory]
    [InlineData("/", "text/html,application/xhtml+xml", false, "/signin?return=%2F")]
    [InlineData("/incidents/42?tab=a%20b", "text/html", false, "/signin?return=%2Fincidents%2F42%3Ftab%3Da%2520b")]
    [InlineData("/incidents/42", "text/html", true, null)]
    [InlineData("/", "*/*", false, null)]
    [InlineData("/", null, false, null)]
    public async Task sends_a_browser_without_a_session_to_sign_in_first(string path, string? accept, bool signedIn, string? location)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = server.Client.BaseAddress };
        if (signedIn)
        {
            using var form = new FormUrlEncodedContent([new("key", server.Client.DefaultRequestHeaders.Authorization!.Parameter)]);
            using var entered = await browser.PostAsync(new Uri("/signin", UriKind.Relative), form, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((location is null ? HttpStatusCode.OK : HttpStatusCode.Redirect, location), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("/incidents/42", HttpStatusCode.OK, "text/html")]
    [InlineData("/integrations", HttpStatusCode.OK, "text/html")]
    [InlineData("/api/v1/nosuch", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("/assets/nosuch.js", HttpStatusCode.NotFound, "application/problem+json")]
    public async Task answers_deep_links_with_its_shell_and_the_rest_with_a_problem(string path, HttpStatusCode status, string media)
    {
        using var answer = await server.Client.Ask(path);

        Assert.Equal((status, media), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
