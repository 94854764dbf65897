using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Kit;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Commands;

/// <summary><c>/oncall</c>. Instants are shown by Slack in the reader's zone. Null: a dialog has opened.</summary>
internal sealed class OnCallCommand(IShifts shifts, IOrganisation organisation, IncidentCommand dialogs, Clock clock)
{
    private const int Longest = 2900;
    private static readonly Duration Ahead = Duration.FromDays(14);
    private static readonly Duration Mine = Duration.FromDays(60);

    private const string Help = """
        *What /oncall does*
        `/oncall now` who is on call, `/oncall now payments` on one schedule · `/oncall next` who comes next
        `/oncall me` your shifts · `/oncall schedule payments` the coming two weeks
        `/oncall override` somebody takes a shift · `/oncall swap` offers a shift of yours
        """;

    public async Task<Said?> Run(SlashCommand command, Person person, CancellationToken cancellationToken)
    {
        var (verb, rest) = CommandWords.First(command.Text);
        var known = organisation.Current;
        var now = clock.Now;
        switch (verb.ToLowerInvariant())
        {
            case "" or "now":
                return Names(known, rest) is { } names ? Now(known, names, now) : Missing(rest);
            case "next":
                return Names(known, rest) is { } coming ? Next(known, coming, now) : Missing(rest);
            case "me":
                return Me(known, person, now);
            case "schedule":
                return rest.Length == 0 ? $"Which one? There {(known.Schedules.Count == 1 ? "is" : "are")} {Mark.Escape(string.Join(", ", known.Schedules.Keys.Order(StringComparer.Ordinal)))}."
                    : known.Schedules.ContainsKey(rest) ? Schedule(known, rest, person, now) : Missing(rest);
            case "override":
                return SlackActions.Refusal(person) is { } refused ? refused
                    : known.Schedules.Count == 0 ? "There are no schedules yet."
                    : await dialogs.Dialog(command, Views.OverrideForm(known, command.Channel, now, person.Login), cancellationToken);
            case "swap":
                if (SlackActions.Refusal(person) is { } refusal)
                    return refusal;
                var offered = shifts.OfPerson(known, person.Login, now, now + Mine).Where(s => s.From > now).Take(100).ToList();
                return offered.Count == 0 ? "You have no shift in the next 60 days that you could offer."
                    : await dialogs.Dialog(command, Views.SwapForm(known, offered, command.Channel, person.Zone, person.Login), cancellationToken);
            case "help":
                return Help;
            default:
                return $"I don't know `{Mark.Escape(verb)}`.\n{Help}";
        }
    }

    private Said Now(OrganisationSnapshot known, IReadOnlyList<string> names, Instant now)
    {
        var lines = names.SelectMany(name => shifts.Running(known, name, now)).Select(s => $"*{Mark.Escape(s.Schedule)}* {Position(s)}: {People(known, s.People)} until {Mark.When(s.To)}{Why(s)}");
        return Lines("On call now", lines, "Nobody is on call: there are no schedules.");
    }

    private Said Next(OrganisationSnapshot known, IReadOnlyList<string> names, Instant now)
    {
        var lines = names.SelectMany(name => shifts.Between(known, name, now, now + Ahead).Where(s => s.From > now).GroupBy(s => s.Position).Select(g => g.MinBy(s => s.From)!))
            .OrderBy(s => s.From).Select(s => $"{Mark.When(s.From)} *{Mark.Escape(s.Schedule)}* {Position(s)}: {People(known, s.People)}{Why(s)}");
        return Lines("Who comes next", lines, "Nothing changes in the next two weeks.");
    }

    private Said Me(OrganisationSnapshot known, Person person, Instant now)
    {
        var lines = shifts.OfPerson(known, person.Login, now, now + Mine)
            .Select(s => $"{(s.From <= now ? "*now*, until" : $"{Mark.When(s.From, person.Zone)} to")} {Mark.When(s.To, person.Zone)} · {Mark.Escape(s.Schedule)} {Position(s)}{Why(s)}");
        return Lines("Your shifts in the next 60 days", lines, "You have no shift in the next 60 days.");
    }

    private Said Schedule(OrganisationSnapshot known, string name, Person person, Instant now)
    {
        var lines = shifts.Between(known, name, now, now + Ahead).Select(s => $"{Mark.When(s.From, person.Zone)} to {Mark.When(s.To, person.Zone)} · {Position(s)}: {People(known, s.People)}{Why(s)}");
        return Lines($"{name}, the coming two weeks", lines, $"Nobody is planned on {Mark.Escape(name)} in the next two weeks.");
    }

    private static Said Lines(string title, IEnumerable<string> lines, string otherwise)
    {
        var text = $"*{Mark.Escape(title)}*";
        var any = false;
        foreach (var line in lines)
        {
            any = true;
            if (text.Length + line.Length > Longest)
            {
                text += "\nand more: see the console.";
                break;
            }
            text += "\n" + line;
        }
        return any ? new Said(title, [Block.Section(text)]) : otherwise;
    }

    /// <summary>All of them, one that was named, or null: there is no such schedule.</summary>
    private static IReadOnlyList<string>? Names(OrganisationSnapshot known, string name)
        => name.Length == 0 ? [.. known.Schedules.Keys.Order(StringComparer.Ordinal)] : known.Schedules.ContainsKey(name) ? [name] : null;

    private static Said Missing(string name) => $"There is no schedule '{Mark.Escape(name)}'.";

    private static string Position(OnCallShift s) => s.Position == Contracts.Organisation.Position.Primary ? "primary" : "secondary";

    private static string Why(OnCallShift s) => s.Why is "layer" or "gap" ? "" : $" ({s.Why})";

    private static string People(OrganisationSnapshot known, IReadOnlyList<string> logins)
        => logins.Count == 0 ? "*nobody*" : Mark.Escape(string.Join(", ", logins.Select(l => known.People.GetValueOrDefault(l)?.Name ?? l)));
}
