using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Incidents.Paging.Tests.Email;
using Incidents.Paging.Tests.Webhooks;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

/// <summary>Whatever goes well or wrong with mail, links and webhooks: no password, secret or link stands in the log.</summary>
public sealed partial class Secrets_when_logged
{
    private const string Secret = "webhook-secret-that-nobody-logs";

    [Theory, EveryDatabase]
    public async Task are_not_to_be_found(Database database)
    {
        using var kept = new KeptLog();
        await using var host = await MailHost.Start();
        await using var receiver = await Receiver.Start();
        var settings = host.Settings();
        settings["Paging:Webhooks:AllowedNetworks"] = "127.0.0.0/8";
        await using var app = await PagingApp.Start(database, settings, logs: kept);
        receiver.Says(500);
        using (var create = new HttpRequestMessage(HttpMethod.Post, "/api/v1/webhooks") { Headers = { { "Authorization", "Bearer manager" } }, Content = JsonContent.Create(new { name = "ops", url = receiver.Url + "?token=in-the-address", secret = Secret }) })
            (await app.Http.SendAsync(create, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var incident = await app.Open();

        await app.Page(incident, "mari", "missing", "grey", "lost");
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), () => host.Mails.Count >= 4);
        var tokens = host.Mails.SelectMany(m => Link().Matches(m.GetProperty("text").GetString()!)).Select(m => m.Groups["token"].Value).Distinct().ToList();
        var page = await app.Http.GetStringAsync("/a/" + tokens[0], TestContext.Current.CancellationToken);
        var form = Field().Match(page).Groups["form"].Value;
        app.Actions.Away = true;
        await Post(app, tokens[0], form);
        app.Actions.Away = false;
        await Post(app, tokens[0] + "x", form);
        await Post(app, tokens[0], form + "x");
        await Post(app, tokens[0], form);
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), () => receiver.All.Count >= 2);

        var log = string.Join('\n', kept.Lines);
        Assert.Contains("the server refused at Recipient with 550", log, StringComparison.Ordinal);
        Assert.Contains("could not be handed to 127.0.0.1", log, StringComparison.Ordinal);
        Assert.Contains("Webhook ops: delivery", log, StringComparison.Ordinal);
        Assert.Contains("could not acknowledge incident", log, StringComparison.Ordinal);
        Assert.True(tokens.Count >= 9);
        var secrets = tokens.Append(form).Append(MailHost.Password).Append(Secret).Append("in-the-address").Append(PagingApp.Token)
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(MailHost.Password)))
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{MailHost.User}\0{MailHost.Password}")))
            .Concat(receiver.All.Select(p => p.Headers["X-Incidents-Signature"]));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
        Assert.Equal(IncidentStatus.Acknowledged, await app.Run(async work => (await work.LockIncident(incident.Id, CancellationToken.None))!.Status));
    }

    private static async Task Post(PagingApp app, string token, string form)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["form"] = form });
        using var answer = await app.Http.PostAsync("/a/" + token, content, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"/a/(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("name=\"form\" value=\"(?<form>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();
}
