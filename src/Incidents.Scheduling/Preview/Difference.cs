using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Compensation;
using Incidents.Scheduling.Fairness;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Preview;

/// <summary>Who was to be on call in <c>[From, To)</c>, and who is with the draft.</summary>
internal sealed record Change(string Schedule, Position Position, Instant From, Instant To, IReadOnlyList<string> Before, IReadOnlyList<string> After);

internal sealed record GapItem(string Schedule, Position Position, Instant From, Instant To);

/// <summary>A total for each currency, never added together; hours as decimals, <paramref name="UnpaidHours"/> those without a price.</summary>
internal sealed record CostView(IReadOnlyList<Money> Totals, string PaidHours, string UnpaidHours, IReadOnlyList<PersonCostView> People)
{
    public static CostView Of(CompiledOrganisation compiled, IEnumerable<string> schedules, Instant from, Instant to)
    {
        var cost = Costs.CostOf(compiled, schedules, from, to);
        return new CostView(cost.Totals, WireTime.Hours(cost.Paid), WireTime.Hours(cost.Unpaid), [.. cost.People.Select(p => new PersonCostView(p.Login, p.Totals))]);
    }
}

internal sealed record PersonCostView(string Person, IReadOnlyList<Money> Totals);

internal sealed record BeforeAfter<T>(T Before, T After);

/// <summary>What a draft would change. <paramref name="Version"/>: of the organisation that it was compared with; send it as the edit's version, and a change in between is a conflict.</summary>
internal sealed record Difference(
    long Version,
    Instant From,
    Instant To,
    IReadOnlyList<string> Schedules,
    IReadOnlyList<Change> Changes,
    BeforeAfter<IReadOnlyList<GapItem>> Gaps,
    IReadOnlyList<Finding> NewFindings,
    IReadOnlyList<Finding> GoneFindings,
    IReadOnlyList<Finding> KeptFindings,
    IReadOnlyList<Finding> Refusing,
    BeforeAfter<FairnessReport> Fairness)
{
    /// <summary>Standby of the touched schedules; only for those who may see pay.</summary>
    public BeforeAfter<CostView>? Cost { get; init; }

    /// <param name="mark">Marks the findings that are waived.</param>
    public static Difference Of(
        CompiledOrganisation before, CompiledOrganisation after, LimitFacts facts, Func<IReadOnlyList<Finding>, IReadOnlyList<Finding>> mark, Instant now, Instant from, Instant to)
    {
        var gone = before.Organisation.Schedules.Keys.Where(s => !after.Organisation.Schedules.ContainsKey(s));
        var touched = ChangedSchedules.Between(before.Organisation, after.Organisation).Concat(gone).ToHashSet(StringComparer.Ordinal);
        string[] schedules = [.. touched.Order(StringComparer.Ordinal)];
        // Absences and people's contacts change no shift, only what is found about it.
        var looked = ChangedPeople(before.Organisation, after.Organisation).SelectMany(after.SchedulesOf).Concat(schedules).ToHashSet(StringComparer.Ordinal);
        var question = new LintQuestion(from, to) { Schedules = looked };
        var found = mark(Linter.Run(before, question, facts));
        var drafted = mark(Linter.Run(after, question, facts));
        var known = found.Select(f => f.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var there = drafted.Select(f => f.Fingerprint).ToHashSet(StringComparer.Ordinal);
        return new Difference(
            before.Organisation.Version, from, to, schedules,
            [.. schedules.SelectMany(s => ChangesOf(before, after, s, from, to))],
            new([.. schedules.SelectMany(s => GapsOf(before, s, from, to))], [.. schedules.SelectMany(s => GapsOf(after, s, from, to))]),
            [.. drafted.Where(f => !known.Contains(f.Fingerprint))],
            [.. found.Where(f => !there.Contains(f.Fingerprint))],
            [.. drafted.Where(f => known.Contains(f.Fingerprint))],
            [.. mark(LimitsGuard.Broken(before.Organisation, after.Organisation, now)).Where(f => f.Waived is null)],
            new(FairnessReport.Of(before, touched, facts.Events, from, to), FairnessReport.Of(after, touched, facts.Events, from, to)));
    }

    private static IEnumerable<string> ChangedPeople(OrganisationSnapshot before, OrganisationSnapshot after) => before.People.Keys
        .Union(after.People.Keys, StringComparer.Ordinal)
        .Where(p => !ReferenceEquals(before.People.GetValueOrDefault(p), after.People.GetValueOrDefault(p)) || !Away(before, p).SequenceEqual(Away(after, p)));

    private static IEnumerable<(Instant, Instant)> Away(OrganisationSnapshot organisation, string person) => Absences.Of(organisation, person).Select(a => (a.From, a.To));

    private static IEnumerable<Change> ChangesOf(CompiledOrganisation before, CompiledOrganisation after, string schedule, Instant from, Instant to)
    {
        var old = before.LineOf(schedule);
        var next = after.LineOf(schedule);
        foreach (var position in new[] { Position.Primary, Position.Secondary })
        {
            Change? open = null;
            for (var at = from; at < to;)
            {
                var was = old?.At(position, at);
                var will = next?.At(position, at);
                var end = Instant.Min(to, Instant.Min(was?.To ?? Instant.MaxValue, will?.To ?? Instant.MaxValue));
                IReadOnlyList<string> a = was?.People ?? [], b = will?.People ?? [];
                var same = a.Count == b.Count && a.All(b.Contains);
                if (open is not null && !same && open.To == at && open.Before.SequenceEqual(a) && open.After.SequenceEqual(b))
                {
                    open = open with { To = end };
                }
                else
                {
                    if (open is not null)
                        yield return open;
                    open = same ? null : new Change(schedule, position, at, end, a, b);
                }

                at = end;
            }

            if (open is not null)
                yield return open;
        }
    }

    private static IEnumerable<GapItem> GapsOf(CompiledOrganisation compiled, string schedule, Instant from, Instant to)
    {
        GapItem? open = null;
        foreach (var gap in (compiled.LineOf(schedule)?.Gaps(from, to) ?? []).Where(g => g.Schedule is not null).OrderBy(g => g.Position).ThenBy(g => g.From))
        {
            if (open is not null && open.Position == gap.Position && open.To == gap.From)
            {
                open = open with { To = gap.To };
                continue;
            }

            if (open is not null)
                yield return open;
            open = new GapItem(schedule, gap.Position, gap.From, gap.To);
        }

        if (open is not null)
            yield return open;
    }
}
