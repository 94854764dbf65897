using System.Globalization;
using System.Text;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests.Slack;

public sealed class Command_when_it_takes_long
{
    [Fact]
    public async Task is_answered_before_slack_gives_up_and_followed_up_through_the_response_url()
    {
        var release = new TaskCompletionSource();
        await using var slack = await FakeSlack.Start();
        await using var app = await PagingApp.Start(Database.Sqlite, slack.Settings(("Paging:Slack:Timeout", "00:00:30")));
        app.Organisation.Change("mari", p => p with { Email = "nobody@example.com" });
        await app.Open("Still open");
        // Who asks has to be looked up, and that hangs.
        slack.Before = method => method == "users.info" ? release.Task : Task.CompletedTask;
        var body = Encoding.UTF8.GetBytes($"command=%2Fincident&text=list&user_id=U0000SLOW&channel_id=C1&response_url={Uri.EscapeDataString(slack.ResponseUrl)}");
        var at = app.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/callbacks/slack/commands") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.Add(SlackSignature.TimestampHeader, at);
        request.Headers.Add(SlackSignature.Header, SlackSignature.Of(FakeSlack.Secret, at, body));

        try
        {
            var answering = app.Http.SendAsync(request, TestContext.Current.CancellationToken);
            await PagingPaths.Soon(() => slack.Asked.Contains("users.info"), "it looks up who asks");
            await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), () => answering.IsCompleted);
            using var answer = await answering;
            Assert.Contains("Working on it", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Empty(slack.Told);
        }
        finally
        {
            release.TrySetResult();
        }

        await PagingPaths.Soon(() => slack.Told.Count == 1, "the rest follows");
        Assert.Contains("Still open", slack.Told[0], StringComparison.Ordinal);
    }
}
