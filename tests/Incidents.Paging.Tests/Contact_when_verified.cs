using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Incidents.Contracts.Organisation;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

/// <summary>A code goes over the very contact that it proves, and comes back by the API.</summary>
public sealed class Contact_when_verified
{
    private static async Task<(int Status, JsonElement Body)> Call(PagingApp app, string login, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path) { Headers = { { "Authorization", login.Contains(' ') ? login : "Bearer as:" + login } }, Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }

    private static Task<(int Status, JsonElement Body)> Send(PagingApp app, string contact, string login = "bruno") => Call(app, login, HttpMethod.Post, $"me/contacts/{contact}/code");

    private static Task<(int Status, JsonElement Body)> Give(PagingApp app, string contact, string code) => Call(app, "bruno", HttpMethod.Post, $"me/contacts/{contact}/verify", new { code });

    private static async Task<string> Texted(PagingApp app, int place = 0)
    {
        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Messages.Count() > place), "the text with the code");
        return Regex.Match(app.Vendor.Messages.ElementAt(place).Body!, @"\b\d{6}\b").Value;
    }

    private static string Wrong(string code) => code == "000000" ? "000001" : "000000";

    [Theory, EveryDatabase]
    public async Task is_proven_by_the_code_of_its_text_and_of_nobody_elses(Database database)
    {
        await using var app = await PagingApp.Start(database);

        var (asked, view) = await Send(app, "text");
        var code = await Texted(app);
        var (status, proven) = await Give(app, "text", code);

        Assert.Equal((202, JsonValueKind.Null, 5), (asked, view.GetProperty("verifiedAt").ValueKind, view.GetProperty("code").GetProperty("triesLeft").GetInt32()));
        Assert.Equal(FakeOrganisation.Bruno, app.Vendor.Messages.Single().To);
        Assert.Equal((200, "2026-03-02T09:00:00Z"), (status, proven.GetProperty("verifiedAt").GetString()));
        // The code is in no notice that anybody may read, and holds for nothing else.
        var notices = (await Call(app, "Bearer manager", HttpMethod.Get, "notices")).Body.ToString();
        Assert.Contains("\"kind\":\"code\"", notices.Replace(" ", ""), StringComparison.Ordinal);
        Assert.DoesNotContain(code, notices, StringComparison.Ordinal);
        Assert.Equal(409, (await Give(app, "mobile", code)).Status);
        Assert.Equal(409, (await Send(app, "text")).Status);
        Assert.Equal(404, (await Send(app, "fax")).Status);
        Assert.Equal(409, (await Send(app, "chat", "lena")).Status);
    }

    [Fact]
    public async Task hears_it_digit_by_digit_on_a_call()
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        await Send(app, "mobile");
        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Calls.Any()), "the call");
        var call = app.Vendor.Calls.Single();

        var mailbox = await (await app.Callback($"/callbacks/twilio/voice?attempt={call.Attempt}", new() { ["CallSid"] = "CA9", ["AnsweredBy"] = "machine_start" })).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var spoken = await (await app.Callback($"/callbacks/twilio/voice?attempt={call.Attempt}&human=1", new() { ["CallSid"] = call.Sid, ["AnsweredBy"] = "machine_start" })).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotMatch(@"\d, \d", mailbox);
        var code = string.Concat(Regex.Match(spoken, @"(\d, ){5}\d").Value.Where(char.IsAsciiDigit));
        Assert.Equal(200, (await Give(app, "mobile", code)).Status);
        var mine = (await Call(app, "bruno", HttpMethod.Get, "contacts")).Body.GetProperty("items");
        Assert.Equal(["mobile True", "text False"], mine.EnumerateArray().Select(c => $"{c.GetProperty("name").GetString()} {c.GetProperty("verifiedAt").ValueKind == JsonValueKind.String}"));
    }

    [Theory, EveryDatabase]
    public async Task takes_five_tries_for_ten_minutes_and_no_flood_of_codes(Database database)
    {
        await using var app = await PagingApp.Start(database);
        await Send(app, "text");
        var code = await Texted(app);

        Assert.Equal(429, (await Send(app, "text")).Status);
        for (var left = 4; left >= 0; left--)
            Assert.Contains(left == 0 ? "no try is left" : $"{left} tr", (await Give(app, "text", Wrong(code))).Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(409, (await Give(app, "text", code)).Status);

        app.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(202, (await Send(app, "text")).Status);
        var second = await Texted(app, 1);
        app.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(409, (await Give(app, "text", second)).Status);
        for (var i = 2; i < 10; i++)
        {
            app.Time.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(202, (await Send(app, i % 2 == 0 ? "text" : "mobile")).Status);
        }
        app.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(429, (await Send(app, "text")).Status);
    }

    [Fact]
    public async Task belongs_to_its_address_and_is_paged_whether_proven_or_not()
    {
        await using var app = await PagingApp.Start(Database.Sqlite);
        await Send(app, "text");
        await Give(app, "text", await Texted(app));
        Contact Text(string name, string address) => new(name, ContactKind.Sms, address);
        async Task<bool> Proven() => (await Call(app, "bruno", HttpMethod.Get, "contacts?verified=true")).Body.GetProperty("items").GetArrayLength() == 1;

        app.Organisation.Change("bruno", p => p with { Contacts = [Text("renamed", FakeOrganisation.Bruno)], Notify = new NotifyRules([new("renamed", default)], null) });
        Assert.True(await Proven());
        app.Organisation.Change("bruno", p => p with { Contacts = [Text("renamed", "+5511900000042")] });
        Assert.False(await Proven());
        await app.Page(await app.Open(), "bruno");
        await PagingPaths.Soon(() => Task.FromResult(app.Vendor.Messages.Any(m => m.To == "+5511900000042")), "a page to an address that nobody has proven");
        // Managers see everybody's, masked; others only their own.
        var all = (await Call(app, "Bearer manager", HttpMethod.Get, "contacts?verified=false&person=bruno")).Body.GetProperty("items");
        Assert.Equal("+55•••0042", all[0].GetProperty("address").GetString());
        Assert.Equal(403, (await Call(app, "ana", HttpMethod.Get, "contacts?person=bruno")).Status);
    }
}
