using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Swaps;

/// <summary>A swap's parts as overrides of the organisation, in the shape of an edit. Pure.</summary>
internal static class SwapOverrides
{
    public static JsonObject Write(Swap swap, SwapDecision decision)
    {
        var overrides = new JsonArray();
        foreach (var cover in decision.Added)
            overrides.Add(Replace(swap.Schedule, swap.Position, swap.Person, cover.Person, cover.From, cover.To, swap.Reason, swap.Id));
        if (decision.Exchange is var (shift, with))
            overrides.Add(Replace(shift.Schedule, shift.Position, with, swap.Person, shift.From, shift.To, swap.Reason, swap.Id));
        return new JsonObject { ["overrides"] = overrides };
    }

    /// <summary>Deletes what the swap wrote; of what has begun, all from <paramref name="now"/> on. Null: nothing of it is left.</summary>
    public static JsonObject? TakeBack(OrganisationSnapshot organisation, Guid swap, Instant now)
    {
        var mine = organisation.Overrides.Values.SelectMany(o => o).Where(o => o.Swap == swap && o.To > now).ToList();
        if (mine.Count == 0)
            return null;
        var kept = new JsonArray();
        foreach (var begun in mine.Where(o => o.From < now))
            kept.Add(Replace(begun.Schedule, begun.Position, begun.Person, begun.With!, begun.From, now, begun.Reason, swap));
        var body = new JsonObject { ["delete"] = new JsonObject { ["overrides"] = new JsonArray([.. mine.Select(o => (JsonNode)o.Id.ToString())]) } };
        if (kept.Count > 0)
            body["overrides"] = kept;
        return body;
    }

    private static JsonObject Replace(string schedule, Position position, string person, string with, Instant from, Instant to, string? reason, Guid swap)
    {
        var made = new JsonObject
        {
            ["schedule"] = schedule,
            ["from"] = InstantPattern.ExtendedIso.Format(from),
            ["to"] = InstantPattern.ExtendedIso.Format(to),
            ["position"] = position.ToString().ToLowerInvariant(),
            ["replace"] = person,
            ["with"] = with,
            ["swap"] = swap.ToString(),
        };
        if (!string.IsNullOrEmpty(reason))
            made["reason"] = reason;
        return made;
    }
}
