using FsCheck;
using FsCheck.Fluent;
using Incidents.Escalation.Policy;
using Incidents.Escalation.Saga;
using Incidents.Persistence.Incidents;
using Incidents.Tests;

namespace Incidents.Escalation.Tests;

/// <summary>Whatever happens in whatever order, these hold after every event.</summary>
public sealed class EscalationMachine_when_events_are_random
{
    private static readonly Config Run = Config.QuickThrowOnFailure.WithMaxTest(500);
    private static readonly string[] People = ["ana", "bruno", "carla", "dora"];

    /// <summary>What to do, and a number that shades it.</summary>
    private static Arbitrary<(int What, int Shade)[]> Happenings { get; } = Gen.ArrayOf(
        from what in Gen.Frequency((4, Gen.Constant(0)), (8, Gen.Choose(1, 12)))
        from shade in Gen.Choose(0, 15)
        select (what, shade)).ToArbitrary();

    [Fact]
    public void an_unacknowledged_incident_is_never_silent_and_a_resolved_one_always()
        => Holds((before, happened, decision, now) =>
        {
            var after = decision.State;
            if (after.Status == IncidentStatus.Triggered)
                Assert.True(after.NextStepAt is { } at && (at > now || after.Step == before.Step), $"no timer after {happened}");
            if (after.Status == IncidentStatus.Resolved)
                Assert.Null(after.NextStepAt);
        });

    [Fact]
    public void nobody_is_paged_while_somebody_has_it()
        => Holds((before, happened, decision, now) =>
        {
            var pages = decision.Effects.OfType<SagaEffect.Page>().ToList();
            if (pages.Count == 0)
                return;
            Assert.Equal(IncidentStatus.Triggered, decision.State.Status);
            Assert.NotEmpty(Assert.Single(pages).People);
            if (before.Status == IncidentStatus.Acknowledged)
                Assert.True(happened is SagaEvent.Escalate || (happened is SagaEvent.StepDue && before.LastActivityAt + Table.Plan.AcknowledgeTtl!.Value <= now), $"paged after {happened}");
        });

    [Fact]
    public void a_moved_timer_has_a_new_step_and_steps_only_grow()
        => Holds((before, happened, decision, now) =>
        {
            Assert.True(decision.State.Step >= before.Step);
            if (decision.State.Step == before.Step)
                Assert.Equal(before.NextStepAt, decision.State.NextStepAt);
        });

    [Fact]
    public void late_steps_and_repeats_change_nothing_at_all()
        => Holds((before, happened, decision, now) =>
        {
            if (happened is SagaEvent.StepDue due && due.Step != before.Step)
                Assert.False(decision.Changed);
            if (!decision.Changed)
            {
                Assert.Same(before, decision.State);
                Assert.Empty(decision.Effects);
            }
        });

    [Fact]
    public void paging_is_stopped_for_its_episode_and_starts_again_only_as_a_new_one()
        => Holds((before, happened, decision, now) =>
        {
            var after = decision.State;
            Assert.True(after.Episode >= before.Episode);
            if (before.Status == IncidentStatus.Triggered && after.Status != IncidentStatus.Triggered)
                Assert.Equal(before.Episode, Assert.Single(decision.Effects.OfType<SagaEffect.StopPaging>()).Episode);
            if (before.Status != IncidentStatus.Triggered && after.Status == IncidentStatus.Triggered)
                Assert.Equal(before.Episode + 1, after.Episode);
        });

    [Fact]
    public void levels_only_go_forward_within_a_pass()
        => Holds((before, happened, decision, now) =>
        {
            var after = decision.State;
            if (after.Episode != before.Episode || before.Status != IncidentStatus.Triggered)
                return;
            Assert.True((after.Pass, after.Level).CompareTo((before.Pass, before.Level)) >= 0, $"{before.Pass}/{before.Level} → {after.Pass}/{after.Level}");
            Assert.InRange(after.Pass, 0, Table.Plan.Repeat);
        });

    [Fact]
    public void the_last_resort_of_the_last_pass_lasts_until_somebody_acts()
        => Holds((before, happened, decision, now) =>
        {
            if (before is { Status: IncidentStatus.Triggered, Level: 2, Pass: 1 } && decision.State.Episode == before.Episode)
                Assert.Equal((2, 1), (decision.State.Level, decision.State.Pass));
        });

    private static void Holds(Action<SagaState, SagaEvent, Decision, Instant> check) => Prop.ForAll(Happenings, happenings =>
    {
        var now = Table.Now;
        var present = People.ToHashSet(StringComparer.Ordinal);
        var state = new SagaState { Status = IncidentStatus.Triggered, LastActivityAt = now, PagingStartsAt = now };
        Apply(new SagaEvent.Opened());
        foreach (var (what, shade) in happenings)
        {
            switch (what)
            {
                case 0 when state.NextStepAt is { } due:
                    now = Instant.Max(now, due);
                    Apply(new SagaEvent.StepDue(state.Step));
                    break;
                case 1:
                    now += Duration.FromSeconds(shade * 40);
                    break;
                case 2:
                    // Somebody's shift ends or begins.
                    if (!present.Remove(People[shade % People.Length]))
                        present.Add(People[shade % People.Length]);
                    break;
                default:
                    Apply(Event(what, shade));
                    break;
            }
        }

        SagaEvent Event(int what, int shade) => what switch
        {
            3 => new SagaEvent.StepDue(state.Step - 1 - shade % 3),
            4 => new SagaEvent.PersonUnreachable(state.Step, state.Reachable.Count > 0 ? state.Reachable[shade % state.Reachable.Count] : "ana", "x"),
            5 => new SagaEvent.Acknowledge("ana", "voice", null),
            6 => new SagaEvent.Resolve("ana", "web", null),
            7 => new SagaEvent.Escalate("ana", "web", null),
            8 => new SagaEvent.Snooze("ana", "web", null, now + Duration.FromMinutes(shade - 2)),
            9 => new SagaEvent.NoteAdded("ana", "web", "x"),
            10 => new SagaEvent.SourceResolved("prometheus"),
            11 => new SagaEvent.SourceStillFires("prometheus"),
            _ => new SagaEvent.Opened(),
        };

        void Apply(SagaEvent happened)
        {
            var before = state;
            var decision = EscalationMachine.Decide(state, happened, new SagaContext
            {
                Now = now,
                Plan = Table.Plan,
                People = targets => [.. targets.Select(t => t.Name!).Where(present.Contains)],
                Everybody = () => [],
                After = timeout => now + timeout,
                NextBusiness = () => now,
            });
            check(before, happened, decision, now);
            state = decision.State;
        }
    }).Check(Run);
}
