using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using Incidents.Paging.Links;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed partial class Links_when_opened
{
    [Theory, EveryDatabase]
    public async Task show_first_and_act_only_when_the_form_is_posted(Database database)
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
        Assert.Equal(["no-referrer"], shown.Headers.GetValues("Referrer-Policy"));
        Assert.Contains("frame-ancestors 'none'", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(IncidentStatus.Triggered, await Status(app, incident));

        using var acted = await Post(app, path, Form(page));
        Assert.Equal(HttpStatusCode.OK, acted.StatusCode);
        var after = await acted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Acknowledged. Incident", after, StringComparison.Ordinal);
        Assert.Contains("You have it", after, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LinkPurpose.Acknowledge, IncidentStatus.Acknowledged)]
    [InlineData(LinkPurpose.Resolve, IncidentStatus.Resolved)]
    [InlineData(LinkPurpose.Escalate, IncidentStatus.Triggered)]
    public async Task do_the_one_thing_they_are_for_whatever_is_asked_of_them(object purpose, IncidentStatus expected)
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var incident = await app.Open();
        var path = "/a/" + Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt, (LinkPurpose)purpose);
        var page = await app.Http.GetStringAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal([purpose.ToString()!.ToLowerInvariant()], Buttons().Matches(page).Select(m => m.Groups["verb"].Value));
        using var answer = await Post(app, path, Form(page), asks: "resolve");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, await Status(app, incident));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task stay_as_they_are_for_scanners_that_open_them(string method)
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var incident = await app.Open();
        var path = "/a/" + Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt);

        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(method switch { "GET" or "HEAD" => HttpStatusCode.OK, "POST" => HttpStatusCode.Forbidden, _ => HttpStatusCode.MethodNotAllowed }, answer.StatusCode);
        }

        Assert.Equal(IncidentStatus.Triggered, await Status(app, incident));
    }

    [Theory, EveryDatabase]
    public async Task refuse_forms_of_others_old_ones_and_those_from_another_site(Database database)
    {
        await using var app = await PagingApp.Start(database);
        using var counted = new Counts(app);
        var incident = await app.Open();
        var mine = "/a/" + Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt);
        var other = "/a/" + Tokens(app).Issue(incident.Number, "bruno", incident.OpenedAt);
        var form = Form(await app.Http.GetStringAsync(mine, TestContext.Current.CancellationToken));

        foreach (var (path, field, site) in new[] { (other, form, ""), (mine, "", ""), (mine, "AAAA", ""), (mine, new string('A', 500), ""), (mine, form, "cross-site"), (mine, form, "same-site") })
        {
            using var answer = await Post(app, path, field, site: site);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        app.Time.Advance(TimeSpan.FromMinutes(61));
        using var old = await Post(app, mine, form);

        Assert.Equal(HttpStatusCode.Forbidden, old.StatusCode);
        Assert.Equal(IncidentStatus.Triggered, await Status(app, incident));
        Assert.Equal(7, counted["refused"]);
    }

    [Theory, EveryDatabase]
    public async Task do_nothing_a_second_time_when_their_form_is_posted_again(Database database)
    {
        await using var app = await PagingApp.Start(database);
        using var counted = new Counts(app);
        var incident = await app.Open();
        var path = "/a/" + Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt);
        var form = Form(await app.Http.GetStringAsync(path, TestContext.Current.CancellationToken));
        using var first = await Post(app, path, form);
        await app.Actions.Change(incident.Id, IncidentStatus.Acknowledged, "bruno");

        using var again = await Post(app, path, form);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, again.StatusCode));
        Assert.Equal((1, 1), (counted["acted"], counted["replayed"]));
        Assert.Contains("Nothing was done", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task do_not_escalate_again_once_the_next_level_has_started()
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var incident = await app.Open();
        var path = "/a/" + Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt, LinkPurpose.Escalate);
        var form = Form(await app.Http.GetStringAsync(path, TestContext.Current.CancellationToken));
        await app.Run(async work =>
        {
            (await work.LockIncident(incident.Id, CancellationToken.None))!.Step++;
            return true;
        });

        using var answer = await Post(app, path, form);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task explain_forged_and_expired_ones_and_change_nothing(Database database)
    {
        await using var app = await PagingApp.Start(database);
        using var counted = new Counts(app);
        var incident = await app.Open();
        var token = Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt, LinkPurpose.Resolve);
        var form = Form(await app.Http.GetStringAsync("/a/" + token, TestContext.Current.CancellationToken));

        using var forged = await Post(app, "/a/" + token[..^2] + (token[^2] == 'A' ? "BB" : "AA"), form);
        app.Time.Advance(TimeSpan.FromHours(24));
        using var expired = await Post(app, "/a/" + token, form);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Gone), (forged.StatusCode, expired.StatusCode));
        Assert.Contains("expired", await expired.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(IncidentStatus.Triggered, await Status(app, incident));
        Assert.Equal((1, 1), (counted["forged"], counted["expired"]));
    }

    [Fact]
    public async Task hold_as_long_as_the_settings_say()
    {
        await using var app = await PagingApp.Start(Database.Sqlite, new(StringComparer.Ordinal) { ["Links:Lifetime"] = "00:30:00" });
        var incident = await app.Open();
        var path = "/a/" + Tokens(app).Issue(incident.Number, "ana", incident.OpenedAt);

        Assert.Contains("it holds for 30 minutes", await app.Http.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromMinutes(30));
        using var late = await app.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
    }

    [Fact]
    public async Task are_the_same_for_one_page_and_read_back_and_no_changed_bit_passes()
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        var tokens = Tokens(app);
        var from = Instant.FromUtc(2026, 3, 2, 9, 0);

        var token = tokens.Issue(1_234_567, "jüri", from, LinkPurpose.Resolve);

        Assert.Equal(token, tokens.Issue(1_234_567, "jüri", from, LinkPurpose.Resolve));
        Assert.Equal(new LinkGrant(1_234_567, "jüri", LinkPurpose.Resolve, from + tokens.Lifetime), tokens.Read(token));
        Assert.Null(tokens.Read("nonsense"));
        Assert.Null(tokens.Read("!!"));
        Assert.Null(tokens.Read(""));
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(tokens.Read(System.Buffers.Text.Base64Url.EncodeToString(changed)));
        }
    }

    private static LinkTokens Tokens(PagingApp app) => app.Services.GetRequiredService<LinkTokens>();

    private static string Form(string page) => Field().Match(page).Groups["form"].Value;

    private static async Task<IncidentStatus> Status(PagingApp app, Incident incident)
        => await app.Run(async work => (await work.LockIncident(incident.Id, CancellationToken.None))!.Status);

    private static async Task<HttpResponseMessage> Post(PagingApp app, string path, string form, string asks = "", string site = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["form"] = form, ["do"] = asks }),
        };
        if (site.Length > 0)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>What the app's meter of links counted since this was made, by outcome.</summary>
    private sealed class Counts : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

        public Counts(PagingApp app)
        {
            var factory = app.Services.GetRequiredService<IMeterFactory>();
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "incidents.paging.links" && ReferenceEquals(instrument.Meter.Scope, factory))
                    l.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                lock (counts)
                    counts[(string)tags[0].Value!] = counts.GetValueOrDefault((string)tags[0].Value!) + (int)value;
            });
            listener.Start();
        }

        public int this[string outcome]
        {
            get
            {
                lock (counts)
                    return counts.GetValueOrDefault(outcome);
            }
        }

        public void Dispose() => listener.Dispose();
    }

    [GeneratedRegex("name=\"form\" value=\"(?<form>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();

    [GeneratedRegex("<button [^>]*value=\"(?<verb>[a-z]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Buttons();
}
