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

    private static string Tell(Line line, RandomSchedules.Scene scene) => Tell(line.Shifts(scene.From, scene.To));

    private static string Tell(IReadOnlyList<Shift> shifts)
        => string.Join('\n', shifts.Select(s => $"{s.From} {s.To} {string.Join('+', s.People)} {s.Why.Kind} {s.Why.Name}"));
}
