using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stage;

public sealed record Spoken(string Kind, string Text);

/// <summary>A call as the carrier saw it.</summary>
public sealed record Call(string Sid, string To, string Status, DateTimeOffset ReceivedAt, DateTimeOffset? RingingAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, bool Listening, string Digits, IReadOnlyList<Spoken> Said)
{
    public string Words => string.Join(' ', Said.Select(s => s.Text));
}

/// <summary>A text as the carrier saw it, in either direction.</summary>
public sealed record Text(string Direction, string From, string To, string Body, DateTimeOffset ReceivedAt);

/// <summary>The carrier's side: what it was asked to do, and what people do with their phones.</summary>
public sealed class Phones(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record Items<T>(IReadOnlyList<T> List)
    {
        [System.Text.Json.Serialization.JsonPropertyName("items")]
        public IReadOnlyList<T> List { get; init; } = List;
    }

    /// <summary>All that are remembered, in no order.</summary>
    public async Task<IReadOnlyList<Call>> AllCallsAsync() => (await http.GetFromJsonAsync<Items<Call>>("/simulator/api/calls?limit=10000", Json))!.List;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Call>> CallsAsync(Member to) =>
        [.. (await http.GetFromJsonAsync<Items<Call>>($"/simulator/api/calls?to={Uri.EscapeDataString(to.Number)}", Json))!.List.OrderBy(c => c.ReceivedAt)];

    /// <summary>Texts sent to this phone, oldest first.</summary>
    public async Task<IReadOnlyList<Text>> TextsAsync(Member to) =>
        [.. (await http.GetFromJsonAsync<Items<Text>>($"/simulator/api/messages?to={Uri.EscapeDataString(to.Number)}", Json))!.List.OrderBy(m => m.ReceivedAt)];

    /// <summary>Waits until this phone rings for the <paramref name="nth"/> time, counted from 1.</summary>
    public Task<Call> RingAsync(Member to, int nth = 1, TimeSpan? within = null) =>
        Eventually.Get(async () => (await CallsAsync(to)).ElementAtOrDefault(nth - 1) is { RingingAt: not null } call ? call : null, $"{to.Login}'s phone rings ({nth})", within);

    public Task<Text> TextAsync(Member to, Func<Text, bool> which, string what) =>
        Eventually.Get(async () => (await TextsAsync(to)).FirstOrDefault(which), $"{to.Login} is texted {what}");

    /// <summary>Picks up once it rings and listens until the call asks for a key.</summary>
    public async Task<Call> AnswerAsync(Member who, int nth = 1)
    {
        var call = await RingAsync(who, nth);
        await DoAsync(who, "answer", null);
        return await HeardAsync(call, c => c is { Listening: true, Said.Count: > 0 }, "it asks for a key");
    }

    public Task PressAsync(Member who, string key) => DoAsync(who, "press", new { digits = key });

    /// <summary>Sends a text to the number that called.</summary>
    public Task ReplyAsync(Member who, string body) => DoAsync(who, "sms", new { body });

    public Task<Call> HeardAsync(Call call, Func<Call, bool> so, string what) =>
        Eventually.Get(async () => await http.GetFromJsonAsync<Call>($"/simulator/api/calls/{call.Sid}", Json) is { } now && so(now) ? now : null, $"in the call to {call.To}: {what}");

    /// <summary>From now on this phone calls every ring off at once.</summary>
    public Task DeclinesAsync(Member who) => PostAsync("auto", new { number = who.Number, decline = true });

    public Task FaultsAsync(object faults) => PostAsync("faults", faults);

    /// <summary>From now on a mailbox answers this phone at once.</summary>
    public Task MachineAsync(Member who) => PostAsync("auto", new { number = who.Number, machine = true });

    /// <summary>Calls the ringing off, once.</summary>
    public Task DeclineAsync(Member who) => DoAsync(who, "decline", null);

    /// <summary>The person calls the organisation's number.</summary>
    public async Task<Call> DialAsync(Member who)
    {
        await DoAsync(who, "call", null);
        return await Eventually.Get(async () => (await http.GetFromJsonAsync<Items<Call>>($"/simulator/api/calls?from={Uri.EscapeDataString(who.Number)}", Json))!.List.FirstOrDefault(), $"{who.Login} calls in");
    }

    public async Task NoFaultsAsync()
    {
        using var answer = await http.DeleteAsync(new Uri("/simulator/api/faults", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    private Task DoAsync(Member who, string verb, object? body) => PostAsync($"phones/{who.Login}/{verb}", body);

    private async Task PostAsync(string path, object? body)
    {
        using var answer = await http.PostAsync(new Uri("/simulator/api/" + path, UriKind.Relative), body is null ? null : JsonContent.Create(body));
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
