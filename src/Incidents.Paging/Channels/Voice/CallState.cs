using System.Globalization;
using Incidents.Paging.Channels.Twilio;
using Microsoft.AspNetCore.Http;

namespace Incidents.Paging.Channels.Voice;

/// <summary>
/// Where a call stands. It travels in the addresses that we hand to the vendor, whose signature covers them; nothing of a call is kept here.
/// </summary>
/// <param name="Attempt">The attempt that made the call; null: the person has called us.</param>
/// <param name="Caller">Login of a person who has called us and given their PIN; null on a call of ours.</param>
/// <param name="Number">The incident that is being spoken of; null: the attempt's own.</param>
/// <param name="Done">Incidents that were handled or passed over in this call.</param>
/// <param name="Silent">Rounds without a key in a row.</param>
/// <param name="Turn">Keys so far.</param>
/// <param name="Proven">A key was pressed where a machine was suspected.</param>
internal sealed record CallState(Guid? Attempt, string? Caller, long? Number, IReadOnlyList<long> Done, int Silent, int Turn, bool Proven)
{
    /// <summary>Most incidents that one call goes through, and most keys that it takes.</summary>
    public const int MostIncidents = 10, MostTurns = 60;

    public static CallState Of(Guid attempt) => new(attempt, null, null, [], 0, 0, false);

    public static CallState From(string caller) => new(null, caller, null, [], 0, 0, false);

    public static CallState Read(IQueryCollection query) => new(
        Guid.TryParse(query["attempt"], out var attempt) ? attempt : null,
        query["caller"] is [{ Length: > 0 } caller] ? caller : null,
        Whole(query["incident"]) is { } number and > 0 ? number : null,
        [.. query["done"].ToString().Split('.', StringSplitOptions.RemoveEmptyEntries).Select(n => Whole(n) ?? 0).Where(n => n > 0).Take(MostIncidents + 1)],
        (int)Math.Clamp(Whole(query["round"]) ?? 0, 0, 99),
        (int)Math.Clamp(Whole(query["turn"]) ?? 0, 0, 999),
        query["human"] == "1");

    /// <summary>The next incident's turn.</summary>
    public CallState On(long next, long? handled) => this with { Number = next, Done = handled is { } h ? [.. Done, h] : Done, Silent = 0 };

    public string Voice(PagingAddresses addresses) => addresses.PublicUrl + CallbackUrls.VoicePath + Query();

    public string Digits(PagingAddresses addresses) => addresses.PublicUrl + CallbackUrls.DigitsPath + Query();

    private string Query()
    {
        var parts = new List<string>();
        if (Attempt is { } attempt)
            parts.Add($"attempt={attempt}");
        if (Caller is not null)
            parts.Add($"caller={Uri.EscapeDataString(Caller)}");
        if (Number is { } number)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"incident={number}"));
        if (Done.Count > 0)
            parts.Add("done=" + string.Join('.', Done.Select(d => d.ToString(CultureInfo.InvariantCulture))));
        if (Silent > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"round={Silent}"));
        if (Turn > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"turn={Turn}"));
        if (Proven)
            parts.Add("human=1");
        return "?" + string.Join('&', parts);
    }

    private static long? Whole(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
