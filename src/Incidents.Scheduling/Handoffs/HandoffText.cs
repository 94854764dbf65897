using System.Globalization;
using System.Text;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Scheduling.Handoffs;

/// <summary>An incident as a handoff tells it. <paramref name="Who"/> has it; null: nobody yet.</summary>
internal sealed record OpenIncident(long Number, string Title, Severity Severity, string Status, string? Who);

/// <summary>An incident that opened in the duty that ended.</summary>
internal sealed record PastIncident(long Number, string Title, Severity Severity, Instant OpenedAt, Instant? AcknowledgedAt);

/// <summary>What is open, worst first, and what happened. <paramref name="OpenCount"/> and <paramref name="PastCount"/> count also what is not listed.</summary>
internal sealed record HandoffFacts(IReadOnlyList<OpenIncident> Open, int OpenCount, IReadOnlyList<PastIncident> Past, int PastCount);

/// <summary>Puts a handoff into words for one person, in their time. Pure.</summary>
internal static class HandoffText
{
    private const int MostOpen = 6;
    private const int MostNotable = 3;
    private const int LongestTitle = 70;

    public static string ForStart(Handoff handoff, HandoffFacts facts, IReadOnlyList<string> secondary, OrganisationSnapshot organisation, string person)
    {
        var text = new StringBuilder();
        text.Append(handoff.Until is { } until ? $"Until {PersonalTime.At(organisation, person, until)}." : "Without an end in sight.");
        text.Append(handoff.Ends.Count > 0 ? $" Before you: {Names(handoff.Ends)}." : " Nobody was on call before you.");
        var beside = handoff.On.Where(p => p != person).ToList();
        if (beside.Count > 0)
            text.Append($" With you: {Names(beside)}.");
        Secondary(text, handoff, secondary);
        return Facts(text, facts, "Before you").ToString();
    }

    public static string ForEnd(Handoff handoff, HandoffFacts facts, IReadOnlyList<string> secondary, OrganisationSnapshot organisation, string person)
    {
        var text = new StringBuilder();
        if (handoff.On.Count == 0)
            text.Append("Nobody is on call after you.");
        else
            text.Append(handoff.Until is { } until && handoff.Starts.Count > 0 ? $"{Names(handoff.On)} is on until {PersonalTime.At(organisation, person, until)}." : $"{Names(handoff.On)} is on now.");
        Secondary(text, handoff, secondary);
        return Facts(text, facts, "Your duty").ToString();
    }

    private static void Secondary(StringBuilder text, Handoff handoff, IReadOnlyList<string> secondary)
    {
        if (handoff.Position == Position.Primary && secondary.Count > 0)
            text.Append($" Secondary: {Names(secondary)}.");
    }

    private static StringBuilder Facts(StringBuilder text, HandoffFacts facts, string before)
    {
        text.Append(facts.OpenCount == 0 ? "\nNothing is open." : string.Create(CultureInfo.InvariantCulture, $"\nOpen: {facts.OpenCount}"));
        foreach (var i in facts.Open.Take(MostOpen))
            text.Append(string.Create(CultureInfo.InvariantCulture, $"\n#{i.Number} {Word(i.Severity)} {Title(i.Title)} ({i.Status}, {(i.Who is null ? "nobody has it" : i.Who + " has it")})"));
        if (facts.OpenCount > Math.Min(MostOpen, facts.Open.Count))
            text.Append(string.Create(CultureInfo.InvariantCulture, $"\nand {facts.OpenCount - Math.Min(MostOpen, facts.Open.Count)} more"));
        if (facts.PastCount == 0)
            return text.Append($"\n{before}: no incidents.");
        text.Append(string.Create(CultureInfo.InvariantCulture, $"\n{before}: {facts.PastCount} {(facts.PastCount == 1 ? "incident" : "incidents")}"));
        var times = facts.Past.Where(p => p.AcknowledgedAt is not null).Select(p => (p.AcknowledgedAt!.Value - p.OpenedAt).TotalMinutes).ToList();
        text.Append(times.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", acknowledged after {times.Average():0.#} min on average.") : ".");
        foreach (var i in Notable(facts.Past))
        {
            text.Append(string.Create(CultureInfo.InvariantCulture, $"\n#{i.Number} {Word(i.Severity)} {Title(i.Title)}"));
            text.Append(i.AcknowledgedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $" (after {(at - i.OpenedAt).TotalMinutes:0.#} min)") : " (never acknowledged)");
        }
        return text;
    }

    /// <summary>The grave ones, and those that waited longest.</summary>
    private static IEnumerable<PastIncident> Notable(IReadOnlyList<PastIncident> past) => past
        .OrderBy(p => p.Severity)
        .ThenByDescending(p => p.AcknowledgedAt is { } at ? at - p.OpenedAt : Duration.MaxValue)
        .ThenBy(p => p.Number)
        .Take(MostNotable);

    private static string Names(IEnumerable<string> people) => string.Join(" and ", people);

    private static string Word(Severity severity) => severity.ToString().ToUpperInvariant();

    private static string Title(string title) => title.Length <= LongestTitle ? title : title[..(char.IsHighSurrogate(title[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1)] + "…";
}
