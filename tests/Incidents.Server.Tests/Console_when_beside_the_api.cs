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
