using System.Net;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Rules;
using Incidents.Paging.Vendors.Usage;
using Incidents.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Incidents.Paging.Tests.Vendors;

public sealed class Usage_when_counted
{
    private static readonly Dictionary<string, string?> Priced = new(StringComparer.Ordinal)
    {
        ["Paging:Usage:Prices"] = "twilio voice 0.10; twilio voice +55 0.25; twilio sms 0.05",
        ["Paging:Usage:Currency"] = "EUR",
        ["Paging:Usage:MonthlyCap"] = "1",
    };

    [Fact]
    public void reads_prices_and_takes_the_longest_prefix()
    {
        var (prices, faults) = Prices.Read("twilio voice 0.10; twilio voice +55 0.25;twilio voice +5511 0.2 ; sms; twilio pigeon 1; twilio sms +x 1; twilio sms 1e9");

        Assert.Equal(3, prices.Count);
        Assert.Equal(4, faults.Count);
        Assert.Equal([0.2m, 0.25m, 0.10m], new[] { "+5511900", "+5521", "+372" }.Select(a => Prices.Of(prices, "twilio", ContactKind.Voice, a)!.Amount));
        Assert.Null(Prices.Of(prices, "smsGateway", ContactKind.Voice, "+372"));
    }

    [Fact]
    public void leaves_nobody_out_beyond_the_cap()
    {
        var ana = new FakeOrganisation().Current.People["ana"];
        var plan = PersonalRules.Plan(ana, high: true);
        CostClass? Chat(ContactKind kind) => kind switch { ContactKind.Voice => CostClass.Call, ContactKind.Sms => CostClass.Message, ContactKind.Slack => CostClass.Free, _ => null };
        CostClass? PhonesOnly(ContactKind kind) => kind == ContactKind.Slack ? null : Chat(kind);

        // Two rules at once over what costs money become one over the chat; the one of two minutes later stays one of its own.
        Assert.Equal([("chat", 0L), ("chat", 120L)], UsageWatch.Cheaper(plan, ana, Chat).Select(p => (p.Contact, (long)p.After.TotalSeconds)));
        Assert.Equal(plan, UsageWatch.Cheaper(plan, ana, PhonesOnly));
    }

    [Theory, EveryDatabase]
    public async Task is_what_vendors_took_at_its_price(Database database)
    {
        await using var app = await PagingApp.Start(database, Priced);
        await app.Page(await app.Open(), "ana", "bruno", "tiina");

        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 5, "two texts, three calls");

        var (status, month) = await Get(app, "?month=2026-03");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("EUR", 0.70m, 1m), (month.GetProperty("currency").GetString(), month.GetProperty("spent").GetDecimal(), month.GetProperty("cap").GetDecimal()));
        Assert.Equal(["sms  2 0.1", "voice  1 0.1", "voice +55 2 0.5"], month.GetProperty("items").EnumerateArray().Select(i =>
            $"{i.GetProperty("channel").GetString()} {i.GetProperty("prefix").GetString()} {i.GetProperty("taken")} {i.GetProperty("cost").GetDecimal().ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)}").Order(StringComparer.Ordinal));
        Assert.Equal(0, (await Get(app, "?month=2026-02")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Get(app, "?month=march")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get(app, "", "observer")).Status);
    }

    [Theory, EveryDatabase]
    public async Task counts_once_what_two_claims_of_one_attempt_hear_of(Database database)
    {
        await using var app = await PagingApp.Start(database, Priced);
        app.Vendor.BeforeAnswer = async () =>
        {
            // The lease lapses before the vendor's answer is back: the next claim looks first, and finds the message.
            await app.Run(work => work.Db.Database.ExecuteSqlRawAsync(app.Shape.Database == Database.Postgres
                ? "update paging.attempts set next_at = first_claim_at where state = 'Sending'"
                : "update paging_attempts set next_at = first_claim_at where state = 'Sending'"));
            app.Services.GetRequiredService<Pump>().Wake();
            await PagingPaths.Soon(() => !app.Vendor.Lists.IsEmpty, "a look at the vendor's list");
        };
        app.Organisation.Add("tere", Role.Responder, ContactKind.Sms, "+3725000077");

        await app.Page(await app.Open(), "tere");
        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a is { State: AttemptState.Sent, Claims: 2 }), "sent under its second claim");
        app.Vendor.BeforeAnswer = () => Task.CompletedTask;
        await app.Page(await app.Open(), "tere");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 2, "another one");

        Assert.Equal(2, app.Vendor.Messages.Count());
        Assert.Equal(0.10m, (await Get(app, "")).Body.GetProperty("spent").GetDecimal());
    }

    [Theory, EveryDatabase]
    public async Task warns_the_managers_once_at_each_mark_and_never_holds_a_page(Database database)
    {
        await using var app = await PagingApp.Start(database, Priced);
        var manager = app.Organisation.Add("mara", Role.Manager, ContactKind.Sms, "+3725000099");
        await app.Page(await app.Open(), "ana", "bruno", "tiina");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent) == 5, "0.70 of 1");
        foreach (var call in app.Vendor.Calls)
            await app.Status(call.Attempt, "completed");

        await app.Page(await app.Open(), "ana", "bruno");
        await PagingPaths.Soon(async () => (await app.Attempts()).Count(a => a.State == AttemptState.Sent && a.Channel == ContactKind.Voice || a.State == AttemptState.Answered) == 5, "beyond it");
        await PagingPaths.Drive(app, TimeSpan.FromSeconds(20), () => app.Vendor.Messages.Count(m => m.To == manager) == 2);

        Assert.Equal(["80 %", "100 %"], app.Vendor.Messages.Where(m => m.To == manager).Select(m => m.Body.Contains("80 %", StringComparison.Ordinal) ? "80 %" : "100 %").OrderDescending(StringComparer.Ordinal));
        var low = await app.Open();
        await app.Run(work => work.Send(PagingApp.Request(low, 1, high: false, "tiina")));
        await PagingPaths.Drive(app, TimeSpan.FromSeconds(1), () => app.Vendor.Calls.Count(c => c.To == FakeOrganisation.Tiina) == 2);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Get(PagingApp app, string query, string key = "manager")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/usage" + query) { Headers = { { "Authorization", "Bearer " + key } } };
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }
}
