using Incidents.Escalation.Saga;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;

namespace Incidents.Escalation.Tests;

public sealed class EscalationMachine_when_enumerated
{
    private const string Expected = """
        triage | opened | triggered, timer +60 s: levelStarted, page 1 ana
        triage | stepDue | nothing
        triage | personUnreachable | nothing
        triage | acknowledge | acknowledged, timer +600 s: acknowledged, stop paging (acknowledged)
        triage | resolve | resolved, no timer: resolved, stop paging (resolved)
        triage | escalate | triggered, timer +60 s: escalated, levelStarted, page 1 ana
        triage | snooze | snoozed, timer +7200 s: snoozed, stop paging (snoozed)
        triage | noteAdded | triage, timer as it was: note
        triage | sourceResolved | resolved, no timer: resolved, stop paging (resolved)
        triage | sourceStillFires | nothing
        triggered | opened | nothing
        triggered | stepDue | triggered, timer +120 s: levelStarted, page 2 bruno
        triggered | personUnreachable | triggered, timer +120 s: pageFailed, levelStarted, page 2 bruno
        triggered | acknowledge | acknowledged, timer +600 s: acknowledged, stop paging (acknowledged)
        triggered | resolve | resolved, no timer: resolved, stop paging (resolved)
        triggered | escalate | triggered, timer +120 s: escalated, levelStarted, page 2 bruno
        triggered | snooze | snoozed, timer +7200 s: snoozed, stop paging (snoozed)
        triggered | noteAdded | triggered, timer as it was: note
        triggered | sourceResolved | resolved, no timer: resolved, stop paging (resolved)
        triggered | sourceStillFires | nothing
        acknowledged | opened | nothing
        acknowledged | stepDue | triggered, timer +60 s: unacknowledged, levelStarted, page 1 ana
        acknowledged | personUnreachable | nothing
        acknowledged | acknowledge | nothing
        acknowledged | resolve | resolved, no timer: resolved, stop paging (resolved)
        acknowledged | escalate | triggered, timer +120 s: escalated, levelStarted, page 2 bruno
        acknowledged | snooze | snoozed, timer +7200 s: snoozed, stop paging (snoozed)
        acknowledged | noteAdded | acknowledged, timer as it was: note
        acknowledged | sourceResolved | resolved, no timer: resolved, stop paging (resolved)
        acknowledged | sourceStillFires | nothing
        snoozed | opened | nothing
        snoozed | stepDue | triggered, timer +60 s: unacknowledged, levelStarted, page 1 ana
        snoozed | personUnreachable | nothing
        snoozed | acknowledge | acknowledged, timer +600 s: acknowledged, stop paging (acknowledged)
        snoozed | resolve | resolved, no timer: resolved, stop paging (resolved)
        snoozed | escalate | triggered, timer +120 s: escalated, levelStarted, page 2 bruno
        snoozed | snooze | snoozed, timer +7200 s: snoozed, stop paging (snoozed)
        snoozed | noteAdded | snoozed, timer as it was: note
        snoozed | sourceResolved | resolved, no timer: resolved, stop paging (resolved)
        snoozed | sourceStillFires | nothing
        resolved | opened | nothing
        resolved | stepDue | nothing
        resolved | personUnreachable | nothing
        resolved | acknowledge | refused: resolved
        resolved | resolve | nothing
        resolved | escalate | refused: resolved
        resolved | snooze | refused: resolved
        resolved | noteAdded | resolved, timer as it was: note
        resolved | sourceResolved | nothing
        resolved | sourceStillFires | triggered, timer +60 s: reopened, levelStarted, page 1 ana
        """;

    [Fact]
    public void decides_every_pair_of_status_and_event_as_listed()
    {
        var actual = Table.Rows().Select(r => $"{Table.Name(r.State.Status)} | {Table.Name(r.Event)} | {Table.Outcome(r.State, r.Decision)}");

        Assert.Equal(Expected.Split('\n'), actual);
    }

    [Fact]
    public void knows_every_status_and_every_kind_of_event()
    {
        var statuses = Table.States.Select(s => s.Status);
        var events = Table.Events(Table.States[0]).Select(e => e.GetType());

        Assert.Equal(Enum.GetValues<IncidentStatus>(), statuses);
        Assert.Equal(typeof(SagaEvent).GetNestedTypes().OrderBy(t => t.Name, StringComparer.Ordinal), events.OrderBy(t => t.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void draws_the_diagram_that_stands_in_the_documentation()
        => Approval.Holds(SagaDocument.Write(), "docs", "escalation-saga.md");
}
