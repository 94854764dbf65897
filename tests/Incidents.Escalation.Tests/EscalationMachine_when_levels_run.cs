using Incidents.Escalation.Policy;
using Incidents.Escalation.Saga;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Tests;

namespace Incidents.Escalation.Tests;

public sealed class EscalationMachine_when_levels_run
{
    private static readonly SagaState New = new() { Status = IncidentStatus.Triggered, LastActivityAt = Table.Now };

    [Fact]
    public void goes_through_levels_in_order_counts_passes_and_ends_in_the_last_resort()
    {
        var state = New;
        var seen = new List<string>();

        Decision decision = Table.Decide(state, new SagaEvent.Opened());
        for (var i = 0; i < 8; i++)
        {
            seen.Add($"{decision.State.Level}/{decision.State.Pass} {string.Join(',', decision.Effects.OfType<SagaEffect.Page>().Single().People)}");
            decision = Table.Decide(decision.State, new SagaEvent.StepDue(decision.State.Step));
        }

        Assert.Equal(["0/0 ana", "1/0 bruno", "0/1 ana", "1/1 bruno", "2/1 carla", "2/1 carla", "2/1 carla", "2/1 carla"], seen);
    }

    [Fact]
    public void passes_over_a_level_that_means_nobody_at_once()
    {
        var decision = Table.Decide(New, new SagaEvent.Opened(), t => t[0].Name == "ana" ? [] : [t[0].Name!]);

        Assert.Equal("triggered, timer +120 s: levelSkipped, levelStarted, page 2 bruno", Table.Outcome(New, decision));
        Assert.Equal(1, decision.State.Level);
    }

    [Fact]
    public void goes_to_the_last_resort_after_a_pass_without_anybody()
    {
        var decision = Table.Decide(New, new SagaEvent.Opened(), t => t[0].Name == "carla" ? ["carla"] : []);

        Assert.Equal("triggered, timer +300 s: levelSkipped, levelSkipped, levelStarted, page 3 carla", Table.Outcome(New, decision));
    }

    [Fact]
    public void pages_those_who_run_the_place_when_the_last_resort_means_nobody()
    {
        var decision = Table.Decide(New, new SagaEvent.Opened(), _ => []);

        Assert.Equal("triggered, timer +300 s: levelSkipped, levelSkipped, levelStarted, page 3 everybody", Table.Outcome(New, decision));
    }

    [Fact]
    public void has_a_last_resort_without_any_level()
    {
        var decision = Table.Decide(New, new SagaEvent.Opened(), plan: Table.Plan with { Levels = [] });

        Assert.Equal("triggered, timer +300 s: levelStarted, page 1 carla", Table.Outcome(New, decision));
    }

    [Fact]
    public void stays_at_its_level_while_somebody_there_can_be_reached()
    {
        var paged = Paged(["ana", "dora"]);

        var first = Table.Decide(paged, new SagaEvent.PersonUnreachable(paged.Step, "ana", "every attempt failed"));
        var second = Table.Decide(first.State, new SagaEvent.PersonUnreachable(paged.Step, "dora", "no contact"));

        Assert.Equal("triggered, timer as it was: pageFailed", Table.Outcome(paged, first));
        Assert.Equal("triggered, timer +120 s: pageFailed, levelStarted, page 2 bruno", Table.Outcome(first.State, second));
    }

    [Fact]
    public void counts_an_unreachable_person_once_and_only_for_the_step_that_paged_them()
    {
        var paged = Paged(["ana", "dora"]);
        var without = Table.Decide(paged, new SagaEvent.PersonUnreachable(paged.Step, "ana", "x")).State;

        Assert.False(Table.Decide(without, new SagaEvent.PersonUnreachable(paged.Step, "ana", "x")).Changed);
        Assert.False(Table.Decide(paged, new SagaEvent.PersonUnreachable(paged.Step - 1, "ana", "x")).Changed);
        Assert.False(Table.Decide(paged, new SagaEvent.PersonUnreachable(paged.Step, "bruno", "x")).Changed);
    }

    [Fact]
    public void keeps_the_pace_of_the_last_resort_when_nobody_there_can_be_reached()
    {
        var last = Paged(["carla"]) with { Level = 2, Pass = 1 };

        var decision = Table.Decide(last, new SagaEvent.PersonUnreachable(last.Step, "carla", "x"));

        Assert.Equal("triggered, timer as it was: pageFailed", Table.Outcome(last, decision));
        Assert.NotNull(decision.State.NextStepAt);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void does_nothing_for_a_timer_of_another_step(int difference)
    {
        foreach (var state in Table.States)
            Assert.Equal("nothing", Table.Outcome(state, Table.Decide(state, new SagaEvent.StepDue(state.Step + difference))));
    }

    [Fact]
    public void moves_the_timer_of_an_acknowledged_incident_with_its_activity()
    {
        var active = Table.States[2] with { LastActivityAt = Table.Now - Duration.FromSeconds(100) };

        var decision = Table.Decide(active, new SagaEvent.StepDue(active.Step));

        Assert.Equal("acknowledged, timer +500 s: ", Table.Outcome(active, decision));
    }

    [Fact]
    public void needs_no_timer_when_acknowledgements_do_not_expire()
    {
        var decision = Table.Decide(Paged(["ana"]), new SagaEvent.Acknowledge("ana", "sms", null), plan: Table.Plan with { AcknowledgeTtl = null });

        Assert.Null(decision.State.NextStepAt);
    }

    [Fact]
    public void refuses_a_snooze_that_ends_in_the_past_and_names_the_field()
    {
        var decision = Table.Decide(Paged(["ana"]), new SagaEvent.Snooze("ana", "web", null, Table.Now));

        Assert.Equal(ErrorKind.Invalid, decision.Refused!.Kind);
        Assert.Equal("until", Assert.Single(decision.Refused.Faults).Path);
    }

    [Fact]
    public void knows_a_repeated_snooze_whose_end_is_finer_than_the_database_keeps()
    {
        var until = Table.Now + Duration.FromHours(1) + Duration.FromNanoseconds(1234567);
        var snoozed = Table.Decide(Paged(["ana"]), new SagaEvent.Snooze("ana", "web", null, until));

        Assert.Equal(Instants.Truncate(until), snoozed.State.SnoozedUntil);
        Assert.False(Table.Decide(snoozed.State, new SagaEvent.Snooze("ana", "web", null, until)).Changed);
    }

    [Fact]
    public void snoozes_for_an_hour_unless_told_otherwise()
    {
        var decision = Table.Decide(Paged(["ana"]), new SagaEvent.Snooze("ana", "web", null, null));

        Assert.Equal(Table.Now + Duration.FromHours(1), decision.State.NextStepAt);
    }

    [Fact]
    public void keeps_the_note_of_an_action_in_the_timeline()
    {
        var decision = Table.Decide(Paged(["ana"]), new SagaEvent.Acknowledge("ana", "web", "On it."));

        var entry = Assert.Single(decision.Effects.OfType<SagaEffect.Entry>());
        Assert.Equal(("acknowledged", "ana", "web", "ana acknowledged. On it."), (entry.Kind, entry.Actor, entry.Via, entry.Text));
    }

    private static SagaState Paged(IReadOnlyList<string> people) => Table.States[1] with { NextStepAt = Table.Now + Duration.FromSeconds(30), Reachable = people };
}

public sealed class EscalationPlan_when_made
{
    [Fact]
    public void survives_its_own_serialization()
    {
        var plan = EscalationPlan.For(Sample.Organisation, Sample.Organisation.Services["checkout"], Sample.Organisation.Pools["A"]);

        Assert.Equal(plan.Serialize(), EscalationPlan.Parse(plan.Serialize()).Serialize());
        Assert.Equal(Duration.FromMinutes(2), plan.Levels[0].Timeout);
        Assert.Equal(Duration.FromMinutes(30), plan.AcknowledgeTtl);
    }

    [Fact]
    public void takes_the_service_policy_before_the_pool_policy()
    {
        var plan = EscalationPlan.For(Sample.Organisation, Sample.Organisation.Services["canary"], Sample.Organisation.Pools["A"]);

        Assert.Equal([Duration.FromSeconds(2), Duration.FromSeconds(2)], plan.Levels.Select(l => l.Timeout));
    }

    [Fact]
    public void has_levels_and_a_last_resort_without_any_policy()
    {
        var plan = EscalationPlan.For(Sample.Organisation, null, null);

        Assert.Equal(3, plan.Levels.Count);
        Assert.Equal([TargetKind.Roster, TargetKind.Lead], plan.LastResort.Page.Select(t => t.Kind));
        Assert.Null(plan.Calendar);
    }

    [Fact]
    public void is_never_faster_than_a_second()
    {
        var pool = Sample.Organisation.Pools["A"] with { Mtta = Duration.Zero, LevelTimeout = null };

        var plan = EscalationPlan.For(Sample.Organisation, Sample.Organisation.Services["checkout"], pool);

        Assert.All(plan.Levels.Append(plan.LastResort), l => Assert.Equal(Duration.FromSeconds(1), l.Timeout));
    }

    [Fact]
    public void keeps_the_calendar_of_the_team_only_in_a_business_hours_pool()
    {
        var organisation = Sample.Organisation;

        Assert.Equal("estonia", EscalationPlan.For(organisation, organisation.Services["reports"], organisation.Pools["C"]).Calendar);
        Assert.Null(EscalationPlan.For(organisation, organisation.Services["order-board"], organisation.Pools["B"]).Calendar);
    }
}
