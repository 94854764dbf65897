using FsCheck;
using FsCheck.Fluent;
using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Tests;

/// <summary>What holds for every schedule, near every kind of offset change.</summary>
public class Any_schedule
{
    private static readonly Config Run = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void answers_as_the_definitions_say() => Prop.ForAll(RandomSchedules.Scenes(), scene =>
    {
        var line = Given.Line(scene.Schedule);
        var naive = new Naive(scene.Schedule);

        foreach (var at in scene.Instants(1))
            Assert.Equal(string.Join('+', naive.At(at)), string.Join('+', line.At(Position.Primary, at).People));
    }).Check(Run);

    [Fact]
    public void has_shifts_that_agree_with_the_answer_at_any_instant() => Prop.ForAll(RandomSchedules.ScenesWithOverrides(), given =>
    {
        var (scene, overrides) = given;
        var line = Given.Line(scene.Schedule, overrides);
        var shifts = line.Shifts(scene.From, scene.To);

        foreach (var at in scene.Instants(2))
        {
            var there = shifts.Where(s => s.From <= at && at < s.To).ToArray();

            Assert.NotEmpty(there);
            Assert.Equal(
                string.Join('+', Given.Line(scene.Schedule, overrides).At(Position.Primary, at).People.Order()),
                string.Join('+', there.SelectMany(s => s.People).Order()));
            Assert.True(there.Length == 1 || there.All(s => s.People.Count > 0), "A gap stands alone.");
        }
    }).Check(Run);

    [Fact]
    public void answers_the_same_however_often_and_in_whatever_order_it_is_asked() => Prop.ForAll(RandomSchedules.ScenesWithOverrides(), given =>
    {
        var (scene, overrides) = given;
        var line = Given.Line(scene.Schedule, overrides);
        var instants = scene.Instants(5).ToArray();

        // Kept answers stand in places of eight hours that come around every six weeks: the same instants, and ones that share their places.
        foreach (var at in instants.Concat(instants.Select(i => i + Duration.FromDays(128 / 3.0))).Concat(instants.Reverse()))
            Assert.Equal(string.Join('+', Given.Line(scene.Schedule, overrides).At(Position.Primary, at).People), string.Join('+', line.At(Position.Primary, at).People));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void is_what_the_highest_of_its_layers_say() => Prop.ForAll(RandomSchedules.Scenes(onePersonSlots: true), scene =>
    {
        var layers = scene.Schedule.Layers.Select((l, i) => l with { Level = i }).ToArray();
        var line = Given.Line(scene.Schedule with { Layers = layers });
        var lines = LayerLines.Of(line, scene.From, scene.To);

        foreach (var at in scene.Instants(4))
        {
            var said = lines.Where(l => l.Layer.Position == Position.Primary).OrderByDescending(l => l.Layer.Level)
                .Select(l => l.Shifts.SingleOrDefault(s => s.From <= at && at < s.To)).FirstOrDefault(s => s is not null);
            Assert.Equal(string.Join('+', line.At(Position.Primary, at).People), string.Join('+', said?.People ?? []));
        }
    }).Check(Run);

    [Fact]
    public void of_one_person_slots_in_distinct_levels_has_no_hole_and_no_overlap() => Prop.ForAll(RandomSchedules.Scenes(onePersonSlots: true), scene =>
    {
        var layers = scene.Schedule.Layers.Select((l, i) => l with { Level = i }).ToArray();
        var shifts = Given.Line(scene.Schedule with { Layers = layers }).Shifts(scene.From, scene.To);

        Assert.Equal(scene.From, shifts[0].From);
        Assert.Equal(scene.To, shifts[^1].To);
        Assert.All(shifts.Zip(shifts.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(shifts, s => Assert.True(s.From < s.To && s.People.Count <= 1));
    }).Check(Run);

    [Fact]
    public void shows_each_answer_with_its_whole_extent() => Prop.ForAll(RandomSchedules.Scenes(), scene =>
    {
        var line = Given.Line(scene.Schedule);
        var year = line.Shifts(scene.From - Duration.FromDays(200), scene.To + Duration.FromDays(200));

        foreach (var at in scene.Instants(3).Take(5))
        {
            var expected = year.Where(s => s.From <= at && at < s.To).OrderBy(s => s.Why.Name).ToArray();
            var actual = line.ShiftsAt(Position.Primary, at, Duration.FromDays(100)).OrderBy(s => s.Why.Name).ToArray();

            Assert.Equal(expected.Select(s => s.Why), actual.Select(s => s.Why));
            foreach (var (want, got) in expected.Zip(actual))
            {
                Assert.True(got.From == want.From || (got.From == Instant.MinValue && at - want.From >= Duration.FromDays(90)));
                Assert.True(got.To == want.To || (got.To == Instant.MaxValue && want.To - at >= Duration.FromDays(90)));
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void is_the_same_in_whatever_order_separate_overrides_arrived() => Prop.ForAll(RandomSchedules.ScenesWithOverrides(), given =>
    {
        var (scene, made) = given;
        var separate = made.Where((o, i) => !made.Take(i).Any(earlier => earlier.From < o.To && o.From < earlier.To)).ToArray();
        var turned = separate.Reverse().Select((o, i) => o with { CreatedAt = Instant.FromUnixTimeSeconds(i) }).ToArray();

        Assert.Equal(Tell(Given.Line(scene.Schedule, separate), scene), Tell(Given.Line(scene.Schedule, turned), scene));
    }).Check(Run);

    [Fact]
    public void gets_back_what_was_under_an_override_when_that_is_deleted() => Prop.ForAll(RandomSchedules.ScenesWithOverrides(), given =>
    {
        var (scene, made) = given;
        var extra = Given.Replace("ana", "bruno", "2020-01-01T00:00Z", "2020-01-02T00:00Z", made: 1_000_000) with { From = scene.From, To = scene.From + Duration.FromDays(3) };
        var with = Given.Line(scene.Schedule, [.. made, extra]);
        var without = Given.Line(scene.Schedule, made);

        foreach (var at in scene.Instants(4))
        {
            var before = without.At(Position.Primary, at).People;
            var after = with.At(Position.Primary, at).People;

            if (at >= extra.To)
                Assert.Equal(before, after);
            else if (before.Contains("ana"))
                Assert.True(!after.Contains("ana") && after.Contains("bruno"));
        }
    }).Check(Run);

    [Fact]
    public void has_a_secondary_who_is_never_primary() => Prop.ForAll(RandomSchedules.ScenesWithOverrides(), given =>
    {
        var (scene, overrides) = given;
        if (scene.Schedule.Layers.Count == 0)
            return;
        var schedule = scene.Schedule with { Layers = [.. scene.Schedule.Layers, Given.NextInOrderOf("layer0")] };
        var line = Given.Line(schedule, overrides);
        var shifts = line.Shifts(scene.From, scene.To);

        foreach (var at in scene.Instants(5))
        {
            var secondary = line.At(Position.Secondary, at).People;

            Assert.Empty(secondary.Intersect(line.At(Position.Primary, at).People));
            Assert.Equal(secondary.Order(), shifts.Where(s => s.Position == Position.Secondary && s.From <= at && at < s.To).SelectMany(s => s.People).Order());
        }
    }).Check(Run);

    [Fact]
    public void is_unchanged_before_an_edit() => Prop.ForAll(RandomSchedules.Scenes(), RandomSchedules.Scenes(), (scene, other) =>
    {
        var change = scene.From + Duration.FromHours(90);
        var edited = new Line(
            [new(scene.Schedule, Instant.MinValue, change), new(other.Schedule, change, To: null)], [], Given.Organisation(other.Schedule));

        Assert.Equal(
            Tell(Given.Line(scene.Schedule).Shifts(scene.From, change)),
            Tell(edited.Shifts(scene.From, change)));
        Assert.Equal(
            Tell(Given.Line(other.Schedule).Shifts(change, scene.To)),
            Tell(edited.Shifts(change, scene.To)));
    }).Check(Run);

    [Fact]
    public void lists_its_gaps_exactly() => Prop.ForAll(RandomSchedules.ScenesWithOverrides(), given =>
    {
        var (scene, overrides) = given;
        var line = Given.Line(scene.Schedule, overrides);
        var gaps = line.Gaps(scene.From, scene.To);
        var naive = new Naive(scene.Schedule);

        Assert.All(gaps, gap => Assert.True(gap.From < gap.To && gap.Why.Kind == CauseKind.Gap));
        foreach (var at in scene.Instants(6))
        {
            Assert.Equal(line.At(Position.Primary, at).People.Count == 0, gaps.Any(g => g.Position == Position.Primary && g.From <= at && at < g.To));
            if (overrides.Length == 0)
                Assert.Equal(naive.At(at).Count == 0, gaps.Any(g => g.From <= at && at < g.To));
        }
    }).Check(Run);

    [Fact]
    public void explains_every_instant() => Prop.ForAll(EditedScenes.ToArbitrary(), given =>
    {
        foreach (var shift in given.Line(given.Edits.Length).Shifts(given.Scene.From, given.Scene.To))
        {
            Assert.Equal(shift.IsGap, shift.Why.Kind == CauseKind.Gap);
            Assert.True(shift.IsGap || !string.IsNullOrEmpty(shift.Why.Name));
            Assert.Equal(shift.People.Distinct(), shift.People);
        }
    }).Check(Run);

    [Fact]
    public void never_changes_before_the_instant_of_an_edit_however_many_came_before() => Prop.ForAll(EditedScenes.ToArbitrary(), given =>
    {
        for (var edits = 1; edits <= given.Edits.Length; edits++)
        {
            var change = given.At(edits - 1);

            Assert.Equal(
                Tell(given.Line(edits - 1).Shifts(given.Scene.From, change)),
                Tell(given.Line(edits).Shifts(given.Scene.From, change)));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void keeps_on_who_is_on_when_others_leave() => Prop.ForAll(
        Gen.Choose(2, 7).ToArbitrary(), Gen.Choose(0, 400).ToArbitrary(), Gen.Choose(1, 126).ToArbitrary(), (count, hours, leaving) =>
    {
        var people = Enumerable.Range(0, count).Select(i => "p" + i).ToArray();
        var before = Given.Schedule("Europe/Tallinn", Given.Layer("daily", "2027-03-20T09:00", "1d", string.Join(", ", people)));
        var change = Given.At("2027-03-20T09:00+02") + Duration.FromHours(hours);
        var on = Given.Line(before).At(Position.Primary, change).People.Single();
        string[] remaining = [.. people.Where((p, i) => p == on || (leaving >> i & 1) == 0)];
        var after = Given.Schedule("Europe/Tallinn", Given.Layer("daily", "2027-03-20T09:00", "1d", string.Join(", ", remaining)));
        var line = new Line([new(before, Instant.MinValue, change), new(after, change, To: null)], [], Given.Organisation(after));

        var order = line.Shifts(change, change + Duration.FromDays(remaining.Length - 1)).Select(s => s.People.Single()).Distinct().ToArray();

        var start = Array.IndexOf(remaining, on);
        Assert.Equal(Enumerable.Range(0, order.Length).Select(i => remaining[(start + i) % remaining.Length]), order);
    }).Check(Run);

    [Fact]
    public void gives_everybody_as_many_turns_as_the_others_or_one_more() => Prop.ForAll(RandomSchedules.SceneOf(onePersonSlots: true).ToArbitrary(), scene =>
    {
        foreach (var layer in scene.Schedule.Layers)
        {
            var fair = layer with { Slots = [.. RandomSchedules.People.Select(p => (IReadOnlyList<string>)[p])], Until = null, Windows = [], Level = 1 };
            var rotation = new Rotations.Rotation(Rotations.WallClock.Of(scene.Schedule.Zone), layer.Start!.Value, layer.Turn!.Value);
            var from = rotation.Boundary(0);
            var turns = Given.Line(scene.Schedule with { Layers = [fair] }).Shifts(from, scene.To)
                .GroupBy(s => s.People[0]).ToDictionary(g => g.Key, g => g.Count());
            // A turn that a gap of the zone squeezed to nothing was somebody's all the same.
            for (var turn = 0L; rotation.Boundary(turn + 1) < scene.To; turn++)
            {
                if (rotation.Boundary(turn) == rotation.Boundary(turn + 1))
                    turns[RandomSchedules.People[turn % RandomSchedules.People.Length]] = turns.GetValueOrDefault(RandomSchedules.People[turn % RandomSchedules.People.Length]) + 1;
            }

            var counts = RandomSchedules.People.Select(p => turns.GetValueOrDefault(p)).ToArray();
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }
    }).Check(Run);

    [Fact]
    public void is_what_its_temporary_schedules_say_in_their_windows_and_as_before_outside() => Prop.ForAll(
        (from scene in RandomSchedules.SceneOf(onePersonSlots: false)
         from overrides in RandomSchedules.OverridesIn(scene)
         from temporary in RandomSchedules.TemporaryIn(scene)
         select (scene, overrides, temporary)).ToArbitrary(), given =>
    {
        var (scene, overrides, temporary) = given;
        var without = Given.Line(scene.Schedule, overrides);
        var line = new Line([new ScheduleVersion(scene.Schedule, Instant.MinValue, To: null)], overrides, Given.Organisation(scene.Schedule), preview: false, temporary);
        var shifts = line.Shifts(scene.From, scene.To);

        foreach (var at in scene.Instants(7))
        {
            foreach (var position in Enum.GetValues<Position>())
            {
                var inForce = temporary.OrderBy(t => t.CreatedAt).LastOrDefault(t => t.From <= at && at < t.To);
                var expected = inForce is null
                    ? without.At(position, at).People
                    : [.. inForce.Shifts.Where(s => s.Position == position && s.From <= at && at < s.To).SelectMany(s => s.People).Distinct()];

                Assert.Equal(expected, line.At(position, at).People);
                Assert.Equal(expected.Order(), shifts.Where(s => s.Position == position && s.From <= at && at < s.To).SelectMany(s => s.People).Order());
            }
        }
    }).Check(Run);

    /// <summary>A schedule that was edited again and again, with overrides.</summary>
    private static Gen<Edited> EditedScenes =>
        from scene in RandomSchedules.SceneOf(onePersonSlots: false)
        from overrides in RandomSchedules.OverridesIn(scene)
        from edits in Gen.ArrayOf(
            from hour in Gen.Choose(1, 190)
            from kind in Gen.Choose(0, 3)
            from pick in Gen.Choose(0, 1000)
            from other in RandomSchedules.SceneOf(onePersonSlots: true)
            select (hour, kind, pick, other), 4)
        select new Edited(scene, overrides, [.. edits.OrderBy(e => e.hour).DistinctBy(e => e.hour).Select(e => (e.hour, e.kind, e.pick, e.other.Schedule))]);

    private sealed record Edited(RandomSchedules.Scene Scene, Override[] Overrides, (int Hour, int Kind, int Pick, Schedule Other)[] Edits)
    {
        public Instant At(int edit) => Scene.From + Duration.FromHours(Edits[edit].Hour);

        /// <summary>The line as it was after the first <paramref name="edits"/> of them.</summary>
        public Line Line(int edits)
        {
            var current = Scene.Schedule;
            var history = new List<ScheduleVersion>();
            for (var i = 0; i < edits; i++)
            {
                history.Add(new ScheduleVersion(current, i == 0 ? Instant.MinValue : At(i - 1), At(i)));
                current = Change(current, Edits[i].Kind, Edits[i].Pick, Edits[i].Other);
            }

            history.Add(new ScheduleVersion(current, edits == 0 ? Instant.MinValue : At(edits - 1), To: null));
            return new Line(history, Overrides, Given.Organisation(current));
        }

        /// <summary>Somebody leaves everywhere; the zone changes; an order is turned; the whole is replaced.</summary>
        private static Schedule Change(Schedule schedule, int kind, int pick, Schedule other) => kind switch
        {
            0 => schedule with { Layers = [.. schedule.Layers.Select(l => l with { Slots = [.. l.Slots.Select(s => (IReadOnlyList<string>)[.. s.Where(p => p != RandomSchedules.People[pick % 5])])] })] },
            1 => schedule with { Zone = other.Zone },
            2 => schedule with { Layers = [.. schedule.Layers.Select(l => l with { Slots = [.. l.Slots.Skip(pick % l.Slots.Count), .. l.Slots.Take(pick % l.Slots.Count)] })] },
            _ => other,
        };
    }

    private static string Tell(Line line, RandomSchedules.Scene scene) => Tell(line.Shifts(scene.From, scene.To));

    private static string Tell(IReadOnlyList<Shift> shifts)
        => string.Join('\n', shifts.Select(s => $"{s.From} {s.To} {string.Join('+', s.People)} {s.Why.Kind} {s.Why.Name}"));
}
