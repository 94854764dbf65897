using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Kit;

/// <summary>Dialogs. Block ids are the names that faults carry, so that each fault stands at its field.</summary>
internal static class Views
{
    public const string Declare = "declare";
    public const string Override = "override";
    public const string Swap = "swap";
    public const string Responder = "responder";

    /// <summary>The one action of every field.</summary>
    public const string Value = "value";

    public static JsonObject DeclareForm(OrganisationSnapshot organisation, string? title, string channel) => Block.Modal(Declare, "Declare an incident", "Declare", channel,
        Block.Input("title", "What is wrong?", Block.Text(Value, title, longest: 300, placeholder: "Checkout answers with errors")),
        Block.Input("service", "Which service?", Block.Select(Value, [.. organisation.Services.Keys.Order(StringComparer.Ordinal).Select(s => (s, s))], placeholder: "Choose a service")),
        Block.Input("severity", "How bad is it?", Block.Select(Value, [("SEV1: everything is down", "SEV1"), ("SEV2: an important part fails", "SEV2"), ("SEV3: a part is impaired", "SEV3"), ("SEV4: a flaw", "SEV4")], "SEV2")),
        Block.Input("details", "What do you know?", Block.Text(Value, multiline: true, longest: 3000), optional: true));

    public static JsonObject OverrideForm(OrganisationSnapshot organisation, string channel, Instant now, string me)
    {
        var from = Instant.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / 900 * 900) + 900);
        return Block.Modal(Override, "Somebody takes a shift", "Save", channel,
            Block.Input("schedule", "Schedule", Block.Select(Value, [.. organisation.Schedules.Keys.Order(StringComparer.Ordinal).Select(s => (s, s))], First(organisation, me), "Choose a schedule")),
            Block.Input("replace", "Instead of", People(organisation, me)),
            Block.Input("with", "Who takes it", People(organisation, null)),
            Block.Input("from", "From", Block.Moment(Value, from)),
            Block.Input("to", "Until", Block.Moment(Value, from + Duration.FromHours(8))),
            Block.Input("reason", "Why", Block.Text(Value, longest: 200), optional: true));
    }

    /// <summary>Offers one of the person's coming shifts.</summary>
    public static JsonObject SwapForm(OrganisationSnapshot organisation, IReadOnlyList<OnCallShift> shifts, string channel, string? zone, string me) => Block.Modal(Swap, "Offer a shift of mine", "Offer it", channel,
        Block.Input("from", "Which shift?", Block.Select(Value, [.. shifts.Select(s => ($"{s.Schedule}: {Mark.Plain(s.From, zone)} to {Mark.Plain(s.To, zone)}", ShiftKey(s)))])),
        Block.Input("offerTo", "To whom?", Block.Select(Value, [("Everybody who is qualified", "*"), .. PeopleOptions(organisation).Where(p => p.Value != me)], "*")),
        Block.Input("reason", "Why", Block.Text(Value, longest: 200), optional: true));

    public static JsonObject ResponderForm(long number, string channel) => Block.Modal(Responder, "Add a responder", "Ask them", $"{number.ToString(CultureInfo.InvariantCulture)} {channel}",
        Block.Input("person", "Who should join?", Block.Member(Value, "Choose somebody"), hint: "While the incident pages, they are paged by their own rules; once somebody has it, they get a message."));

    public static JsonObject Done(string title, string text) => Block.Modal("done", title, null, "", Block.Section(text));

    /// <summary>Schedule and interval in one value.</summary>
    public static string ShiftKey(OnCallShift s) => string.Create(CultureInfo.InvariantCulture, $"{s.From.ToUnixTimeSeconds()} {s.To.ToUnixTimeSeconds()} {s.Schedule}");

    public static (string Schedule, Instant From, Instant To)? Shift(string? key)
    {
        var parts = key?.Split(' ', 3) ?? [];
        return parts.Length == 3 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var from) && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var to)
            ? (parts[2], Instant.FromUnixTimeSeconds(from), Instant.FromUnixTimeSeconds(to))
            : null;
    }

    private static JsonObject People(OrganisationSnapshot organisation, string? initial) => Block.Select(Value, [.. PeopleOptions(organisation)], initial, "Choose somebody");

    private static IEnumerable<(string Text, string Value)> PeopleOptions(OrganisationSnapshot organisation)
        => organisation.People.Values.Where(p => p.Role >= Role.Responder).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => ($"{p.Name} ({p.Login})", p.Login));

    private static string? First(OrganisationSnapshot organisation, string me)
        => organisation.Schedules.Values.Where(s => s.Layers.Any(l => l.Slots.Any(slot => slot.Contains(me, StringComparer.Ordinal)))).Select(s => s.Name).Order(StringComparer.Ordinal).FirstOrDefault();
}
