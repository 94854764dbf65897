using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>All that a draft follows from.</summary>
internal sealed record PayInputs(OrganisationSnapshot Organisation, PayPeriod Period, PeriodRow? Row, string Ledger, IReadOnlyList<ApprovedPeriod> Mended, WorkDone Work);

/// <summary>
/// Drafts are computed when they are read: the statements of the period, and the corrections of the approved periods that come right before it.
/// What a snapshot says of an approved period is kept as long as the snapshot and the work stay the same.
/// </summary>
internal sealed class PayDrafts(OnCall onCall)
{
    private readonly ConditionalWeakTable<OrganisationSnapshot, ConcurrentDictionary<string, Known>> known = [];

    public PaySheet Of(PayInputs inputs)
    {
        var statements = PayCalculation.Of(onCall.Of(inputs.Organisation), inputs.Period, HeldIn(inputs, inputs.Period));
        var adjustments = Adjustments.Of(inputs.Organisation, inputs.Mended, period => Now(inputs, period), inputs.Work.Incidents.Contains);
        var all = statements.Select(s => s with { Lines = [.. s.Lines, .. adjustments[s.Login]] })
            .Concat(adjustments.Select(a => a.Key).Except(statements.Select(s => s.Login), StringComparer.Ordinal)
                .Select(login => Nothing(inputs.Organisation, login) with { Lines = [.. adjustments[login]] }))
            .OrderBy(s => s.Login, StringComparer.Ordinal);
        return new PaySheet(inputs.Period, [.. all.Select(StatementView.Of)], inputs.Row);
    }

    /// <summary>The statement of somebody who did nothing.</summary>
    public static Statement Nothing(OrganisationSnapshot organisation, string login)
    {
        var person = People.Of(organisation, login);
        return new Statement(
            person.Login, person.Name, Classes.ShiftClasses.ZoneOf(person, organisation).Id, Classes.ShiftClasses.CalendarOf(person, organisation),
            People.IsRemoved(organisation, person), [], [], []);
    }

    /// <summary>How long after an incident's end its work may still count.</summary>
    public static Duration LongestRounding(OrganisationSnapshot organisation)
        => organisation.Pools.Values.Concat(organisation.FormerPools.Values).SelectMany(p => p.Pay)
            .Aggregate(Duration.Zero, (longest, pay) => Duration.Max(longest, pay.Increment + pay.Minimum));

    private IReadOnlyList<Statement> Now(PayInputs inputs, ApprovedPeriod period)
    {
        var held = HeldIn(inputs, period.Period);
        var ofSnapshot = known.GetOrCreateValue(inputs.Organisation);
        if (ofSnapshot.TryGetValue(period.Hash, out var before) && before.Held.SequenceEqual(held))
            return before.Statements;
        var statements = PayCalculation.Of(onCall.Of(inputs.Organisation), period.Period, held, Adjustments.AsPaid(inputs.Organisation, period));
        ofSnapshot[period.Hash] = new Known(held, statements);
        return statements;
    }

    private static Held[] HeldIn(PayInputs inputs, PayPeriod period)
    {
        var longest = LongestRounding(inputs.Organisation);
        return [.. inputs.Work.Held.Where(h => h.From < period.Widest.End && (h.To is null || h.To + longest > period.Widest.Start))];
    }

    private sealed record Known(IReadOnlyList<Held> Held, IReadOnlyList<Statement> Statements);
}
