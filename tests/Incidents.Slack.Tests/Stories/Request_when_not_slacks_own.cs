using System.Net;
using System.Security.Cryptography;
using System.Text;
using Incidents.Slack.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stories;

public sealed class Request_when_not_slacks_own(Theatre theatre)
{
    private static async Task<HttpStatusCode> Post(Installation stage, string body, string secret, DateTimeOffset at, string? signature = null, string path = "commands")
    {
        var timestamp = $"{at.ToUnixTimeSeconds()}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/callbacks/slack/" + path) { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", signature ?? "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"))));
        using var answer = await stage.Http.SendAsync(request);
        return answer.StatusCode;
    }

    [Theory, BothShapes]
    public async Task is_refused_counted_and_has_no_effect(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        var incident = await stage.OpenAsync($"Not yours {shape}");
        var now = TimeProvider.System.GetUtcNow();
        var body = $"command=%2Fincident&text=ack+{incident.Number}&user_id=U00000ANA&channel_id=C1&response_url=&trigger_id=";
        Task<double> Refused(string why) => stage.MeterAsync("incidents_paging_slack_refused", $"why=\"{why}\"");
        var (forged, stale, replayed, large) = (await Refused("signature"), await Refused("stale"), await Refused("replayed"), await Refused("tooLarge"));

        Assert.Equal(HttpStatusCode.Forbidden, await Post(stage, body, "another secret", now));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(stage, body, Installation.SigningSecret, now, signature: "v0=00"));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(stage, body, Installation.SigningSecret, now, signature: ""));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(stage, body, Installation.SigningSecret, now.AddMinutes(-6)));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(stage, body, Installation.SigningSecret, now.AddMinutes(6)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post(stage, new string('x', 300_000), Installation.SigningSecret, now));
        Assert.Equal("triggered", (await stage.Api.GetIncident(incident.Id.ToString())).Status);
        Assert.True(await Refused("signature") >= forged + 3);
        Assert.True(await Refused("stale") >= stale + 2);
        Assert.True(await Refused("tooLarge") >= large + 1);

        var notes = $"command=%2Fincident&text=note+{incident.Number}+only+once&user_id=U00000ANA&channel_id=C1&response_url=&trigger_id=";
        Assert.Equal(HttpStatusCode.OK, await Post(stage, notes, Installation.SigningSecret, now));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(stage, notes, Installation.SigningSecret, now));
        Assert.True(await Refused("replayed") >= replayed + 1);
        Assert.Single(await stage.TimelineAsync(incident), e => e.Text == "only once");
    }

    [Theory, BothShapes]
    public async Task leaves_no_secret_in_the_log(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        await Post(stage, "command=%2Fincident&token=verification-token", "another secret", TimeProvider.System.GetUtcNow());

        await Eventually.True(() => stage.Server.Log.Any(l => l.Contains("in Slack's name was refused", StringComparison.Ordinal) || l.Contains("Slack\\u0027s name was refused", StringComparison.Ordinal)), "the refusal is logged");

        foreach (var secret in new[] { "xoxb-", Installation.SigningSecret, "verification-token", "another secret", "/slack/actions/" })
            Assert.DoesNotContain(stage.Server.Log, l => l.Contains(secret, StringComparison.Ordinal));
    }

    [Theory, BothShapes]
    public async Task answers_the_url_verification(Shape shape)
    {
        var stage = await theatre.SharedAsync(shape);
        const string Body = """{"token":"t","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}""";

        Assert.Equal(HttpStatusCode.OK, await Post(stage, Body, Installation.SigningSecret, TimeProvider.System.GetUtcNow(), path: "events"));
    }
}
