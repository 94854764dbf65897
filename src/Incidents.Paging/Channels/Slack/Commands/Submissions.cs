using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.People;
using Incidents.Paging.Channels.Slack.Wire;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Commands;

/// <summary>What came of a dialog: faults at its fields, or words for the one who sent it off.</summary>
internal sealed record Submitted(IReadOnlyDictionary<string, string>? Faults, string Title, string Text)
{
    public static Submitted Done(string title, string text) => new(null, title, text);

    /// <summary>Faults whose path no field has stand at <paramref name="otherwise"/>: Slack refuses names that the dialog does not know.</summary>
    public static Submitted Refused(Error error, IReadOnlyCollection<string> fields, string otherwise)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var fault in error.Faults.DefaultIfEmpty(new Fault("", error.Title)))
        {
            var name = fault.Path[(fault.Path.LastIndexOf('.') + 1)..];
            var field = fields.Contains(name) ? name : otherwise;
            faults[field] = faults.TryGetValue(field, out var before) ? $"{before} {fault.Message}" : fault.Message;
        }
        return new Submitted(faults, "", "");
    }

    public JsonObject Wire() => Faults is null
        ? new JsonObject { ["response_action"] = "update", ["view"] = Views.Done(Title, Text) }
        : new JsonObject { ["response_action"] = "errors", ["errors"] = new JsonObject([.. Faults.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))]) };
}

/// <summary>Dialogs that were sent off.</summary>
internal sealed class Submissions(SlackActions actions, SlackPeople people, IOrganisationEditor editor, ISwapRequests swaps, Clock clock)
{
    /// <summary>A responder's own override may begin this long ago, so that "from now on" survives the way here (as in the API).</summary>
    private static readonly Duration Grace = Duration.FromMinutes(5);

    public Task<Submitted> Run(JsonElement view, Person person, CancellationToken cancellationToken) => view.Text("callback_id") switch
    {
        Views.Declare => Declare(view, person, cancellationToken),
        Views.Override => Override(view, person, cancellationToken),
        Views.Swap => Swap(view, person, cancellationToken),
        Views.Responder => Responder(view, person, cancellationToken),
        _ => Task.FromResult(Submitted.Done("Incidents", "This dialog is no longer known. Nothing was changed.")),
    };

    private async Task<Submitted> Declare(JsonElement view, Person person, CancellationToken cancellationToken)
    {
        var made = await actions.Declare(new Declaration(Text(view, "title"), Chosen(view, "service"), Chosen(view, "severity"), Text(view, "details")), person, cancellationToken);
        return made.Error is { } error
            ? Submitted.Refused(error, ["title", "service", "severity", "details"], "title")
            : Submitted.Done("Incident declared", $":rotating_light: Incident {Mark.Link(actions.Link(made.Value.Number), $"#{made.Value.Number}")} is open, and its people are paged.");
    }

    private async Task<Submitted> Override(JsonElement view, Person person, CancellationToken cancellationToken)
    {
        string[] fields = ["schedule", "replace", "with", "from", "to", "reason"];
        string? replace = Chosen(view, "replace"), with = Chosen(view, "with");
        var from = Moment(view, "from");
        var to = Moment(view, "to");
        if (from is null || to is null)
            return Submitted.Refused(Error.Invalid(from is null ? "from" : "to", "Choose a day and a time."), fields, "from");
        if (to <= from)
            return Submitted.Refused(Error.Invalid("to", "It must end after it begins."), fields, "to");
        var actor = SlackActions.ActorOf(person);
        if (!actor.Can(Role.Responder))
            return Submitted.Refused(Error.Forbidden(SlackActions.Refusal(person)!), fields, "schedule");
        if (!actor.Can(Role.Manager) && replace != person.Login)
            return Submitted.Refused(Error.Invalid("replace", "You may have yourself replaced; a manager does it for others."), fields, "replace");
        if (!actor.Can(Role.Manager) && from < clock.Now - Grace)
            return Submitted.Refused(Error.Invalid("from", "What has been worked is corrected by a manager: begin now or later."), fields, "from");
        var item = new JsonObject { ["schedule"] = Chosen(view, "schedule"), ["from"] = from.ToString(), ["to"] = to.ToString(), ["replace"] = replace, ["with"] = with };
        if (Text(view, "reason") is { Length: > 0 } reason)
            item["reason"] = reason;
        // Oneself replaced from now on is one's own, whatever team the schedule is of.
        var own = replace == person.Login && from >= clock.Now - Grace;
        var made = await editor.Edit(new OrganisationEdit(new JsonObject { ["overrides"] = new JsonArray(item) }, actor, AnyTeam: own), cancellationToken);
        return made.Error is { } error
            ? Submitted.Refused(error, fields, "schedule")
            : Submitted.Done("Saved", $":calendar: {Mark.Escape(with ?? "")} takes *{Mark.Escape(Chosen(view, "schedule") ?? "")}* instead of {Mark.Escape(replace ?? "")}, {Mark.When(from.Value, person.Zone)} to {Mark.When(to.Value, person.Zone)}.");
    }

    private async Task<Submitted> Swap(JsonElement view, Person person, CancellationToken cancellationToken)
    {
        string[] fields = ["from", "offerTo", "reason"];
        if (Views.Shift(Chosen(view, "from")) is not { } shift)
            return Submitted.Refused(Error.Invalid("from", "Choose a shift."), fields, "from");
        var whom = Chosen(view, "offerTo");
        var made = await swaps.Offer(new ShiftOffer(shift.Schedule, shift.From, shift.To, whom is null or "*" ? [] : [whom], Text(view, "reason")), SlackActions.ActorOf(person), cancellationToken);
        return made.Error is { } error
            ? Submitted.Refused(error, fields, error.Faults.Any(f => f.Path.StartsWith("offerTo", StringComparison.Ordinal)) ? "offerTo" : "from")
            : Submitted.Done("Offered", $":calendar: Swap request {made.Value}: *{Mark.Escape(shift.Schedule)}*, {Mark.When(shift.From, person.Zone)} to {Mark.When(shift.To, person.Zone)}. Who may take it is told.");
    }

    private async Task<Submitted> Responder(JsonElement view, Person person, CancellationToken cancellationToken)
    {
        var number = CommandWords.Number(CommandWords.First(view.Text("private_metadata") ?? "").Word) ?? 0;
        var user = Field(view, "person").Text("selected_user");
        if (user is null || await people.Of(user, cancellationToken) is not { } whom)
            return Submitted.Refused(Error.Invalid("person", user is null ? "Choose somebody." : "Incidents does not know this person: they have no contact and no e-mail address in common."), ["person"], "person");
        var asked = await actions.Ask(number, whom.Login, person, cancellationToken);
        return asked.Error is { } error ? Submitted.Refused(error, ["person"], "person") : Submitted.Done("Asked", asked.Value);
    }

    private static JsonElement Field(JsonElement view, string block) => view.At("state", "values", block, Views.Value);

    private static string? Text(JsonElement view, string block) => Field(view, block).Text("value");

    private static string? Chosen(JsonElement view, string block) => Field(view, block).Text("selected_option", "value");

    private static Instant? Moment(JsonElement view, string block)
        => Field(view, block).At("selected_date_time") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt64(out var unix) ? Instant.FromUnixTimeSeconds(unix) : null;
}
