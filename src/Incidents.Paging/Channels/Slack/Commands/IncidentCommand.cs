using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.People;
using Incidents.Paging.Channels.Slack.Wire;

namespace Incidents.Paging.Channels.Slack.Commands;

/// <summary><c>/incident</c>. Null: a dialog has opened, there is nothing to say.</summary>
internal sealed class IncidentCommand(SlackActions actions, FactsReader facts, SlackPeople people, SlackApi api, IOrganisation organisation)
{
    private const int Listed = 20;

    private const string Help = """
        *What /incident does*
        `/incident declare` opens a dialog; `/incident declare checkout SEV2 Payments fail` opens the incident at once
        `/incident list` what is open · `/incident show 42` one of them
        `/incident ack 42` you take it · `/incident resolve 42` it is over · `/incident escalate 42` pages the next level
        `/incident page bruno 42` asks somebody to join · `/incident note 42 TEXT` writes into the timeline · `/incident severity 42 SEV1`
        """;

    public async Task<Said?> Run(SlashCommand command, Person person, CancellationToken cancellationToken)
    {
        var (verb, rest) = CommandWords.First(command.Text);
        switch (verb.ToLowerInvariant())
        {
            case "" or "help":
                return Help;
            case "declare" or "new" or "open":
                return await Declare(rest, command, person, cancellationToken);
            case "list" or "ls":
                return await List(cancellationToken);
            case "show":
                return await OnNumber(rest, (number, _) => Show(number, cancellationToken));
            case "ack" or "acknowledge":
                return await OnNumber(rest, async (number, _) => await actions.Act(number, IncidentVerb.Acknowledge, person, null, cancellationToken));
            case "resolve" or "res":
                return await OnNumber(rest, async (number, note) => await actions.Act(number, IncidentVerb.Resolve, person, note, cancellationToken));
            case "escalate" or "esc":
                return await OnNumber(rest, async (number, note) => await actions.Act(number, IncidentVerb.Escalate, person, note, cancellationToken));
            case "note":
                return await OnNumber(rest, async (number, note) => note is null ? "Write the note behind the number: `/incident note 42 TEXT`" : await actions.Act(number, IncidentVerb.Note, person, note, cancellationToken));
            case "severity" or "sev":
                return await OnNumber(rest, async (number, word) => word is null ? "Name the severity: `/incident severity 42 SEV1`" : await actions.SetSeverity(number, word, person, cancellationToken));
            case "page":
                return await Page(rest, person, cancellationToken);
            default:
                return $"I don't know `{Mark.Escape(verb)}`.\n{Help}";
        }
    }

    private static async Task<Said?> OnNumber(string rest, Func<long, string?, Task<Said?>> act)
    {
        var (word, more) = CommandWords.First(rest);
        return CommandWords.Number(word) is { } number ? await act(number, more.Length == 0 ? null : more) : "Which incident? Give its number, like 42.";
    }

    /// <summary>Service, perhaps a severity, and a title open it at once; anything else opens the dialog with what was written.</summary>
    private async Task<Said?> Declare(string text, SlashCommand command, Person person, CancellationToken cancellationToken)
    {
        if (SlackActions.Refusal(person) is { } refusal)
            return refusal;
        var known = organisation.Current;
        var (service, rest) = CommandWords.First(text);
        if (known.Services.ContainsKey(service) && rest.Length > 0)
        {
            var (word, title) = CommandWords.First(rest);
            var severity = word.StartsWith("sev", StringComparison.OrdinalIgnoreCase) && Severities.Parse(word) is not null ? word : null;
            if (severity is null || title.Length > 0)
            {
                var made = await actions.Declare(new Declaration(Plain(severity is null ? rest : title), service, severity, null), person, cancellationToken);
                return made.Error is { } error ? SlackActions.Say(error) : $":rotating_light: Incident {Mark.Link(actions.Link(made.Value.Number), $"#{made.Value.Number}")} is open: {Mark.Escape(made.Value.Title)}";
            }
        }
        if (known.Services.Count == 0)
            return "There are no services yet: set them up first.";
        return await Dialog(command, Views.DeclareForm(known, Plain(text), command.Channel), cancellationToken);
    }

    public async Task<Said?> Dialog(SlashCommand command, JsonObject view, CancellationToken cancellationToken)
    {
        var reply = await api.OpenView(command.Trigger, view, cancellationToken);
        return reply.Ok ? null : new Said($"The dialog did not open ({(reply.Code.Length > 0 ? reply.Code : "Slack did not answer")}). Try again.");
    }

    private async Task<Said?> List(CancellationToken cancellationToken)
    {
        var open = await facts.Open(Listed + 1, cancellationToken);
        if (open.Count == 0)
            return ":white_check_mark: Nothing is open.";
        var names = organisation.Current.People;
        var lines = open.Take(Listed).Select(s =>
            $"{Mark.Link(actions.Link(s.Number), $"#{s.Number}")} {s.Severity.Name()} {Mark.Cut(s.Title, 90)} · {Mark.Escape(s.Service)} · {Who(s, names)} · {Mark.When(s.OpenedAt)}");
        var more = open.Count > Listed ? "\nand more: see the console." : "";
        var text = string.Join("\n", lines) + more;
        // A section holds 3,000 characters.
        return text.Length <= 2900 ? new Said($"{Math.Min(open.Count, Listed)} open", [Block.Section(text)]) : text;
    }

    private static string Who(Situation s, IReadOnlyDictionary<string, Person> names)
        => s.Status == Persistence.Incidents.IncidentStatus.Acknowledged && s.AcknowledgedBy is { } by ? $"{Mark.Escape(names.GetValueOrDefault(by)?.Name ?? by)} has it" : s.Status.ToString().ToLowerInvariant();

    private async Task<Said?> Show(long number, CancellationToken cancellationToken)
        => await facts.Of(number, cancellationToken) is { } found ? new Said(IncidentMessage.Summary(found), IncidentMessage.Shown(found, actions.Link(number))) : SlackActions.Missing(number);

    private async Task<Said?> Page(string rest, Person person, CancellationToken cancellationToken)
    {
        var (first, more) = CommandWords.First(rest);
        var (second, _) = CommandWords.First(more);
        var (who, number) = CommandWords.Number(second) is { } n ? (first, n) : (second, CommandWords.Number(first) ?? 0);
        if (number == 0 || who.Length == 0)
            return "Say whom and for what: `/incident page bruno 42`";
        var login = CommandWords.Mentioned(who) is { } user ? (await people.Of(user, cancellationToken))?.Login : who.TrimStart('@');
        if (login is null)
            return $"{who} is nobody whom Incidents knows.";
        var asked = await actions.Ask(number, login, person, cancellationToken);
        return asked.Error is { } error ? SlackActions.Say(error) : asked.Value;
    }

    /// <summary>Slack escapes three characters in what people write.</summary>
    private static string Plain(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}
