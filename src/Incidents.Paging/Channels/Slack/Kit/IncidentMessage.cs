using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Persistence.Incidents;

namespace Incidents.Paging.Channels.Slack.Kit;

/// <summary>What buttons are called when they come back.</summary>
internal static class Buttons
{
    public const string Acknowledge = "incident.acknowledge";
    public const string Resolve = "incident.resolve";
    public const string Escalate = "incident.escalate";
    public const string Responder = "incident.responder";
    public const string Open = "incident.open";
}

/// <summary>An incident in words and blocks. Pure: the same facts give the same message, so that what did not change is not sent.</summary>
internal static class IncidentMessage
{
    private const int LongestLine = 220;
    private const int LongestStory = 2900;

    /// <summary>Incidents of one message to a person.</summary>
    public const int MostListed = 20;

    public static SlackMessage Of(IncidentFacts i, string link)
    {
        var blocks = new JsonArray
        {
            Block.Header($"{Sign(i)} #{i.Number} {i.Title}"),
            Block.Fields($"*State*\n{State(i)}", $"*Who has it*\n{Holder(i)}", $"*Severity*\n{i.Severity.Name()}", $"*Service*\n{Mark.Escape(i.Service)} · pool {Mark.Escape(i.Pool)}"),
        };
        if (Story(i) is { Length: > 0 } story)
            blocks.Add(Block.Context(story));
        blocks.Add(Block.Actions($"incident/{i.Number}", Actions(i, link, withResponder: true)));
        return new SlackMessage(Summary(i), blocks);
    }

    /// <summary>To a person who is paged.</summary>
    public static SlackMessage Page(IncidentFacts i, string link, string person)
    {
        var ask = i.Status == IncidentStatus.Triggered ? "*You are paged.* " : "";
        var mine = i.Status == IncidentStatus.Acknowledged && i.AcknowledgedBy == person ? "*You have it.*" : State(i);
        return new SlackMessage((i.Status == IncidentStatus.Triggered ? "You are paged: " : "") + Summary(i),
        [
            Block.Section($"{ask}{Sign(i)} {Mark.Link(link, $"#{i.Number}")} *{Mark.Cut(i.Title, 600)}*"),
            Block.Context($"{i.Severity.Name()} · {Mark.Escape(i.Service)} · {mine}"),
            Block.Actions($"page/{i.Number}", Actions(i, link, withResponder: false)),
        ]);
    }

    /// <summary>To a person who is paged for several at once: each with its buttons, the rest counted. Two blocks an incident, of the fifty that a message may have.</summary>
    /// <param name="count">How many there are in all.</param>
    /// <param name="link">The console's address of an incident by its number.</param>
    public static SlackMessage Several(IReadOnlyList<IncidentFacts> incidents, int count, Func<long, string> link)
    {
        var blocks = new JsonArray { Block.Section($"*{count} incidents*" + (incidents.Any(i => i.Status == IncidentStatus.Triggered) ? " *You are paged.*" : "")) };
        foreach (var i in incidents)
        {
            blocks.Add(Block.Section($"{Sign(i)} {Mark.Link(link(i.Number), $"#{i.Number}")} *{Mark.Cut(i.Title, 300)}*\n{i.Severity.Name()} · {Mark.Escape(i.Service)} · {(i.IsOver ? Holder(i) : State(i))}"));
            blocks.Add(Block.Actions($"page/{i.Number}", Actions(i, link(i.Number), withResponder: false)));
        }
        if (count > incidents.Count)
            blocks.Add(Block.Context($"and {count - incidents.Count} more: `/incident list` shows them"));
        return new SlackMessage($"{count} incidents: " + Wording.Cut(string.Join(", ", incidents.Select(i => $"#{i.Number} {Wording.Cut(i.Title, 60)}")), 600), blocks);
    }

    /// <summary>One incident, for the person who asked.</summary>
    public static JsonArray Shown(IncidentFacts i, string link) => Of(i, link).Blocks;

    public static string Summary(IncidentFacts i) => $"#{i.Number} {i.Severity.Name()} {Wording.Cut(i.Title, 300)} ({i.Service}): {Words(i)}";

    public static string Sign(IncidentFacts i) => i.Status switch
    {
        IncidentStatus.Triggered => ":rotating_light:",
        IncidentStatus.Acknowledged => ":eyes:",
        IncidentStatus.Snoozed => ":zzz:",
        IncidentStatus.Resolved => ":white_check_mark:",
        _ => ":mag:",
    };

    private static IEnumerable<JsonObject> Actions(IncidentFacts i, string link, bool withResponder)
    {
        var number = i.Number.ToString(CultureInfo.InvariantCulture);
        if (i.Status is IncidentStatus.Triggered or IncidentStatus.Triage or IncidentStatus.Snoozed)
            yield return Block.Button("Acknowledge", Buttons.Acknowledge, number, "primary");
        if (i.Status != IncidentStatus.Resolved)
        {
            yield return Block.Button("Resolve", Buttons.Resolve, number, i.Status == IncidentStatus.Acknowledged ? "primary" : null,
                Block.Confirm("Resolve it?", $"Incident {number} is closed, and nobody is paged for it any more.", "Resolve"));
            yield return Block.Button("Escalate", Buttons.Escalate, number, null, Block.Confirm("Page the next level?", "Those who come next are called now.", "Escalate"));
            if (withResponder)
                yield return Block.Button("Add responder", Buttons.Responder, number);
        }
        yield return Block.LinkButton("Open", Buttons.Open, link);
    }

    /// <summary>In a word or two, with mark-up.</summary>
    private static string State(IncidentFacts i) => i.Status switch
    {
        IncidentStatus.Triggered when i.Level > 0 => $"Paging, level {i.Level}" + (i.Pass > 1 ? $", pass {i.Pass}" : ""),
        IncidentStatus.Triggered => "Waiting to be paged",
        IncidentStatus.Acknowledged => "Acknowledged" + (i.AcknowledgedAt is { } at ? $" {Mark.When(at, timeOnly: true)}" : ""),
        IncidentStatus.Snoozed => "Snoozed" + (i.SnoozedUntil is { } until ? $" until {Mark.When(until)}" : ""),
        IncidentStatus.Resolved when i.MergedInto is { } parent => $"Merged into #{parent}",
        IncidentStatus.Resolved => "Resolved" + (i.ResolvedAt is { } at ? $" {Mark.When(at, timeOnly: true)}" : ""),
        _ => "In triage",
    };

    private static string Words(IncidentFacts i) => i.Status switch
    {
        IncidentStatus.Acknowledged => $"{(i.AcknowledgedBy is { } who ? i.Name(who) : "somebody")} has it",
        IncidentStatus.Resolved => $"resolved{(i.ResolvedBy is { } who ? " by " + i.Name(who) : "")}",
        IncidentStatus.Snoozed => "snoozed",
        IncidentStatus.Triggered => "nobody has it yet",
        _ => "in triage",
    };

    private static string Holder(IncidentFacts i) => i.Status switch
    {
        IncidentStatus.Resolved => i.ResolvedBy is { } by ? $"Resolved by {Mark.Escape(i.Name(by))}" : "Resolved by its source",
        IncidentStatus.Acknowledged => Mark.Escape(i.AcknowledgedBy is { } who ? i.Name(who) : "Somebody"),
        IncidentStatus.Triggered when i.Paged.Count > 0 => $"Nobody yet; paged: {Mark.Escape(Wording.Cut(string.Join(", ", i.Paged.Select(i.Name)), 200))}",
        _ => "Nobody yet",
    };

    /// <summary>The newest lines that fit, oldest first.</summary>
    private static string Story(IncidentFacts i)
    {
        var story = "";
        foreach (var line in i.Story.Reverse().Select(l => $"{Mark.When(l.At, timeOnly: true)}  {Line(i, l)}"))
        {
            if (story.Length + line.Length > LongestStory)
                break;
            story = story.Length == 0 ? line : $"{line}\n{story}";
        }
        return story;
    }

    private static string Line(IncidentFacts i, StoryLine l)
    {
        var who = l.Actor is { } actor && i.Names.ContainsKey(actor) ? Mark.Escape(i.Name(actor)) : null;
        var how = l.Via is "system" or "source" ? "" : $" ({l.Via})";
        var text = l.Kind switch
        {
            TimelineKinds.Acknowledged when who is not null => $"{who} acknowledged{how}",
            TimelineKinds.Resolved when who is not null => $"{who} resolved{how}",
            TimelineKinds.Escalated when who is not null => $"{who} escalated{how}",
            TimelineKinds.Snoozed when who is not null => $"{who} snoozed{how}",
            TimelineKinds.Opened when who is not null => $"{who} opened it{how}",
            TimelineKinds.Note when who is not null => $"{who}: {Mark.Cut(l.Text, LongestLine)}",
            _ => who is null ? Mark.Cut(l.Text, LongestLine) : $"{who}{how}: {Mark.Cut(l.Text, LongestLine)}",
        };
        return text;
    }
}
