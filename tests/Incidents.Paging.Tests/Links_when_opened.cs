using System.Net;
using Incidents.Paging.Links;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Links_when_opened
{
    [Theory, EveryDatabase]
    public async Task show_first_and_act_only_when_posted(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open("<b>Disk</b> full");
        var path = "/a/" + Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt);

        using var shown = await app.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var page = await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("&lt;b&gt;Disk&lt;/b&gt; full", page, StringComparison.Ordinal);
        Assert.Contains("Nobody has it yet", page, StringComparison.Ordinal);
        Assert.Contains("no-store", shown.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var acted = await Post(app, path, "acknowledge");
        Assert.Equal(HttpStatusCode.OK, acted.StatusCode);
        var after = await acted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Acknowledged. Incident", after, StringComparison.Ordinal);
        Assert.Contains("You have it", after, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"acknowledge\"", after, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task explain_forged_and_expired_ones_and_change_nothing(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var token = Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt);

        using var forged = await Post(app, "/a/" + token[..^2] + (token[^2] == 'A' ? "BB" : "AA"), "resolve");
        app.Time.Advance(TimeSpan.FromHours(24));
        using var expired = await Post(app, "/a/" + token, "resolve");

        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, expired.StatusCode);
        Assert.Contains("expired", await expired.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task are_the_same_for_one_page_and_read_back()
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var tokens = Tokens(app);
        var from = Instant.FromUtc(2026, 3, 2, 9, 0);

        var token = tokens.Issue(1_234_567, "jüri", from);

        Assert.Equal(token, tokens.Issue(1_234_567, "jüri", from));
        Assert.Equal(new LinkGrant(1_234_567, "jüri", from + LinkTokens.Lifetime), tokens.Read(token));
        Assert.Null(tokens.Read("nonsense"));
        Assert.Null(tokens.Read("!!"));
    }

    private static LinkTokens Tokens(PagingApp app) => app.Services.GetRequiredService<LinkTokens>();

    private static async Task<HttpResponseMessage> Post(PagingApp app, string path, string verb)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["do"] = verb });
        return await app.Http.PostAsync(path, form, TestContext.Current.CancellationToken);
    }
}
