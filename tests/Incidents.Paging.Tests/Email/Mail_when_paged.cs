using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Incidents.Contracts.Messages;
using Incidents.Paging.Links;
using Incidents.Paging.Model;
using Incidents.Paging.Notices;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Paging.Tests.Email;

public sealed partial class Mail_when_paged
{
    private const string Title = "Maksed seisavad: платежи не проходят 🔥 \r\nBcc: thief@example.org\r\n\r\n.\r\nMAIL FROM:<x> — žluťoučký kůň, nothing goes through since nine o'clock in the morning";

    [Theory, EveryDatabase]
    public async Task is_taken_by_a_real_server_over_TLS_and_read_by_another_parser(Database database)
    {
        await using var host = await MailHost.Start();
        await using var app = await PagingApp.Start(database, host.Settings());
        var incident = await app.Open(Title);

        await app.Page(incident, "mari");

        await PagingPaths.Soon(() => host.Mails.Count == 1, "the mail arrives");
        await PagingPaths.Soon(async () => (await app.Attempts())[0].State == AttemptState.Sent, "the attempt is sent");
        var mail = host.Mails[0];
        Assert.True(mail.GetProperty("secure").GetBoolean());
        Assert.Equal((MailHost.User, "[127.0.0.1]"), (mail.GetProperty("user").GetString(), mail.GetProperty("hello").GetString()));
        Assert.Equal(("incidents@ops.example", "mari@example.com"), (mail.GetProperty("envelopeFrom").GetString(), mail.GetProperty("envelopeTo")[0].GetString()));
        Assert.Equal(1, mail.GetProperty("envelopeTo").GetArrayLength());
        Assert.Equal("Дежурный Ops", mail.GetProperty("from")[0].GetProperty("name").GetString());
        Assert.Equal("Mari \"Ü\" Õunapuu, SRE", mail.GetProperty("to")[0].GetProperty("name").GetString());
        Assert.Equal($"[SEV1] #{incident.Number} checkout: Maksed seisavad: платежи не проходят 🔥 Bcc: thief@example.org . MAIL FROM:<x> — žluťoučký kůň, nothing goes through since nine o'clock in the morning", mail.GetProperty("subject").GetString());
        Assert.Empty(Headers(mail, "bcc"));
        Assert.Equal(["auto-generated"], Headers(mail, "auto-submitted"));
        Assert.Equal(["Incidents <incidents.ops.example>"], Headers(mail, "list-id"));
        Assert.Equal(["high"], Headers(mail, "importance"));
        Assert.Equal(0, mail.GetProperty("attachments").GetInt32());
        Assert.Equal("2026-03-02T09:00:00.000Z", mail.GetProperty("date").GetString());
        var raw = Convert.FromBase64String(mail.GetProperty("raw").GetString()!);
        Assert.All(raw, b => Assert.True(b is (byte)'\r' or (byte)'\n' or (>= 32 and < 127)));
        Assert.All(Encoding.ASCII.GetString(raw).Split("\r\n"), line => Assert.True(line.Length <= 76 && !line.Contains('\n', StringComparison.Ordinal), line));

        var text = mail.GetProperty("text").GetString()!;
        var html = mail.GetProperty("html").GetString()!;
        Assert.Contains("платежи не проходят 🔥", text, StringComparison.Ordinal);
        Assert.Contains("платежи не проходят 🔥", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.DoesNotContain("<x>", html, StringComparison.Ordinal);
        Assert.Matches(NothingFetched(), html);
        Assert.DoesNotMatch(Fetched(), html);
        var links = Link().Matches(text).Select(m => m.Groups["token"].Value).ToList();
        Assert.Equal(links, Link().Matches(html).Select(m => m.Groups["token"].Value));
        var tokens = app.Services.GetRequiredService<LinkTokens>();
        Assert.Equal([LinkPurpose.Acknowledge, LinkPurpose.Resolve, LinkPurpose.Escalate], links.Select(l => tokens.Read(l)!.Purpose));
        Assert.All(links, l => Assert.Equal((incident.Number, "mari"), (tokens.Read(l)!.Number, tokens.Read(l)!.Person)));
        var sent = Assert.Single(await app.Timeline(incident.Number), t => t.Kind == TimelineKinds.PageSent);
        Assert.Equal(("mari", "email"), (sent.Person, sent.Channel));
    }

    [Theory]
    [InlineData(EmailSecurity.ImplicitTls, "PLAIN")]
    [InlineData(EmailSecurity.StartTls, "LOGIN")]
    [InlineData(EmailSecurity.None, null)]
    public async Task goes_over_every_kind_of_connection(EmailSecurity security, string? method)
    {
        await using var host = await MailHost.Start(secure: security == EmailSecurity.ImplicitTls, hideStartTls: security == EmailSecurity.None, signIn: method is not null, methods: method is null ? [] : [method]);
        await using var app = await PagingApp.Start(Database.Sqlite, host.Settings(security, method is null ? null : MailHost.User));

        await app.Page(await app.Open(), "mari");

        await PagingPaths.Soon(() => host.Mails.Count == 1, "the mail arrives");
        Assert.Equal(security != EmailSecurity.None, host.Mails[0].GetProperty("secure").GetBoolean());
        Assert.Equal(method is null ? [] : [method], host.Said("auth").Select(a => a.GetString()));
    }

    [Theory]
    [InlineData(true, "true", "wrong password")]
    [InlineData(false, "true", "")]
    [InlineData(true, "false", "")]
    public async Task says_nothing_secret_to_a_server_that_is_not_safe_and_waits_for_people(bool offersTls, string anyCertificate, string wrong)
    {
        await using var host = await MailHost.Start(hideStartTls: !offersTls);
        var settings = host.Settings();
        settings["Paging:Email:AllowInvalidCertificate"] = anyCertificate;
        if (wrong.Length > 0)
            settings["Paging:Email:Password"] = wrong;
        await using var app = await PagingApp.Start(Database.Sqlite, settings);

        await app.Page(await app.Open(), "mari");

        await PagingPaths.Soon(async () => (await app.Attempts()) is [{ Tries: 1 }], "put off");
        Assert.Equal((AttemptState.Waiting, Reason.Unauthorized), ((await app.Attempts())[0].State, (await app.Attempts())[0].Reason));
        Assert.Empty(host.Recipients);
        Assert.Equal(wrong.Length > 0 ? 1 : 0, host.Said("auth").Count);
    }

    [Theory, EveryDatabase]
    public async Task fails_for_good_or_comes_again_as_the_server_says(Database database)
    {
        await using var host = await MailHost.Start();
        await using var app = await PagingApp.Start(database, host.Settings());
        var incident = await app.Open();

        await app.Page(incident, "missing", "full", "blocked", "grey");

        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Failed) == 3 && (await app.Attempts()).Exists(a => a.Tries == 1), "three failed, one put off");
        var attempts = (await app.Attempts()).ToDictionary(a => a.Person);
        Assert.Equal((Reason.InvalidAddress, Reason.Undeliverable, Reason.NotPermitted, Reason.TryLater), (attempts["missing"].Reason, attempts["full"].Reason, attempts["blocked"].Reason, attempts["grey"].Reason));
        Assert.Equal(["blocked", "full", "missing"], (await app.Sent("escalation.person-unreachable")).Select(b => JsonDocument.Parse(b).RootElement.GetProperty("person").GetString()).Order(StringComparer.Ordinal));
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), () => host.Mails.Count == 1);
        Assert.Equal(["grey-box@example.com", "grey-box@example.com"], host.Recipients.Where(r => r.StartsWith("grey", StringComparison.Ordinal)));
    }

    [Theory, EveryDatabase]
    public async Task goes_out_again_under_its_own_id_when_the_answer_was_lost(Database database)
    {
        await using var host = await MailHost.Start();
        await using var app = await PagingApp.Start(database, host.Settings());

        await app.Page(await app.Open(), "lost");

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), async () => (await app.Attempts())[0].State == AttemptState.Sent);
        Assert.Equal(2, host.Mails.Count);
        Assert.Equal(host.Mails[0].GetProperty("messageId").GetString(), host.Mails[1].GetProperty("messageId").GetString());
        Assert.Equal(host.Mails[0].GetProperty("messageId").GetString(), $"<{(await app.Attempts())[0].VendorId}>");
    }

    [Theory, EveryDatabase]
    public async Task waits_for_a_server_that_is_away(Database database)
    {
        await using var host = await MailHost.Start();
        var settings = host.Settings();
        settings["Paging:Email:Port"] = FreePort.Take().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var app = await PagingApp.Start(database, settings);

        await app.Page(await app.Open(), "mari");

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), async () => (await app.Attempts())[0].Tries >= 3);
        Assert.Equal((AttemptState.Waiting, Reason.VendorUnreachable), ((await app.Attempts())[0].State, (await app.Attempts())[0].Reason));
    }

    [Theory, EveryDatabase]
    public async Task stands_in_one_thread_with_all_that_is_said_of_its_incident(Database database)
    {
        await using var host = await MailHost.Start();
        await using var app = await PagingApp.Start(database, host.Settings());
        var (incident, other) = (await app.Open(), await app.Open("Another one"));

        await app.Page(incident, 1, "mari");
        await PagingPaths.Soon(() => host.Mails.Count == 1, "the first");
        await app.Page(incident, 2, "mari");
        await PagingPaths.Soon(() => host.Mails.Count == 2, "paged again");
        await app.Page(other, "mari");
        await PagingPaths.Soon(() => host.Mails.Count == 3, "another incident");

        string Thread(int i) => host.Mails[i].GetProperty("references").GetString()!;
        Assert.Equal(3, host.Mails.Select(m => m.GetProperty("messageId").GetString()).Distinct().Count());
        Assert.Equal(Thread(0), Thread(1));
        Assert.NotEqual(Thread(0), Thread(2));
        Assert.All(host.Mails, m => Assert.Equal(m.GetProperty("references").GetString(), m.GetProperty("inReplyTo").GetString()));
        Assert.DoesNotContain(Thread(0), host.Mails.Select(m => m.GetProperty("messageId").GetString()));
    }

    [Theory, EveryDatabase]
    public async Task also_carries_notices_before_a_text_would(Database database)
    {
        await using var host = await MailHost.Start();
        await using var app = await PagingApp.Start(database, host.Settings());

        await app.Run(work => work.Send(new NoticeRequested("mari", "handoff", "k1", "You are on call for payments", "Nothing is open.\n.\n..two dots\nUntil tomorrow.", "https://incidents.example/schedules/payments")));

        await PagingPaths.Soon(() => host.Mails.Count == 1, "the notice arrives");
        var mail = host.Mails[0];
        Assert.Equal("You are on call for payments", mail.GetProperty("subject").GetString());
        Assert.Empty(Headers(mail, "importance"));
        Assert.StartsWith("You are on call for payments\n\nNothing is open.\n.\n..two dots\nUntil tomorrow.\n", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("href=\"https://incidents.example/schedules/payments\"", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Empty(app.Vendor.Taken);
        await using var db = app.Services.GetRequiredService<Store>().CreateContext();
        await PagingPaths.Soon(async () => await db.Set<Notice>().AsNoTracking().AnyAsync(n => n.State == NoticeState.Sent), "it is sent");
    }

    private static List<string> Headers(JsonElement mail, string key)
        => [.. mail.GetProperty("headers").EnumerateArray().Where(h => h.GetProperty("key").GetString() == key).Select(h => h.GetProperty("line").GetString()!.Split(": ", 2)[1])];

    [GeneratedRegex(@"/a/(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("<meta name=\"color-scheme\" content=\"light dark\">", RegexOptions.None, 1000)]
    private static partial Regex NothingFetched();

    [GeneratedRegex("<(img|script|link|iframe|object|form|input|base)\\b|url\\(|@import|src=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fetched();
}
