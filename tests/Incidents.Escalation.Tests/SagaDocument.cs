using System.Text;

namespace Incidents.Escalation.Tests;

/// <summary>The page about the saga, drawn from the machine by asking it about every pair.</summary>
internal static class SagaDocument
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("""
            # The escalation saga

            Generated from `EscalationMachine` by its tests; do not edit (`INCIDENTS_APPROVE=1` writes it anew).
            One saga per incident. A timer is a message row that carries the saga's step number; a timer with another number is late and does nothing.

            ```mermaid
            stateDiagram-v2
                [*] --> triage

            """);
        foreach (var arrow in Table.Rows().Where(r => r.Decision.Changed).GroupBy(r => (From: r.State.Status, To: r.Decision.State.Status)))
            text.Append("    ").Append(Table.Name(arrow.Key.From)).Append(" --> ").Append(Table.Name(arrow.Key.To)).Append(" : ").AppendJoin(", ", arrow.Select(r => Table.Name(r.Event))).Append('\n');
        text.Append("""
            ```

            An incident is `triage` only until its first level starts, in the transaction that opens it. In a business-hours pool it is `triggered`
            with a timer for the next business hours.

            ## Every event in every status

            The table's policy: level 1 pages ana for 60 s, level 2 bruno for 120 s, one more pass, acknowledge time to live 600 s (which is over here).
            ana is the only person whom the present level paged.

            | status | event | becomes, timer: timeline and pages |
            |---|---|---|

            """);
        foreach (var (state, happened, decision) in Table.Rows())
            text.Append("| ").Append(Table.Name(state.Status)).Append(" | ").Append(Table.Name(happened)).Append(" | ").Append(Table.Outcome(state, decision)).Append(" |\n");
        return text.ToString();
    }
}
