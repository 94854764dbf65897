using FsCheck;
using FsCheck.Fluent;

namespace Incidents.Scheduling.Tests;

/// <summary>Schedules over zones and dates where offsets change, with everything that a layer can have.</summary>
internal static class RandomSchedules
{
    public static readonly string[] People = ["ana", "bruno", "maarja", "juri", "tiina"];

    /// <summary>Zones, each with a day around which something happens.</summary>
    private static readonly (string Zone, LocalDate Day)[] Places =
    [
        (Given.Chicago, new(2020, 3, 8)), (Given.Chicago, new(2020, 11, 1)),
        ("America/Sao_Paulo", new(2018, 11, 4)), ("America/Sao_Paulo", new(2018, 2, 18)),
        ("Asia/Beirut", new(2024, 3, 31)), ("Asia/Beirut", new(2024, 10, 27)),
        ("Africa/Cairo", new(2024, 4, 26)), ("Africa/Cairo", new(2024, 11, 1)),
        ("Australia/Lord_Howe", new(2024, 10, 6)), ("Australia/Lord_Howe", new(2024, 4, 7)),
        ("Pacific/Apia", new(2011, 12, 30)), ("America/St_Johns", new(2010, 11, 7)),
        ("Asia/Kathmandu", new(2024, 3, 31)), ("Europe/Tallinn", new(2027, 3, 28)),
    ];

    /// <summary>Every change of offset of every zone of the database from 1970 to 2040.</summary>
    private static readonly Lazy<(string Zone, LocalDate Day)[]> AllPlaces = new(() =>
    [
        .. DateTimeZoneProviders.Tzdb.Ids.SelectMany(id => DateTimeZoneProviders.Tzdb[id]
            .GetZoneIntervals(Instant.FromUtc(1970, 6, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0))
            .Where(i => i.HasStart)
            .Select(i => (id, i.IsoLocalStart.Date))),
    ]);

    public sealed record Scene(Schedule Schedule, Instant From, Instant To)
    {
        /// <summary>Instants of the scene, some of them exactly on an hour or a half.</summary>
        public IEnumerable<Instant> Instants(int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < 40; i++)
            {
                var minutes = random.NextInt64((long)(To - From).TotalMinutes);
                yield return From + Duration.FromMinutes(i % 2 == 0 ? minutes : minutes / 30 * 30);
            }
        }
    }

    public static Gen<string[]> Slot => Gen.ArrayOf(Gen.Elements(People), 2).Select(p => p.Distinct().ToArray());

    public static Arbitrary<Scene> Scenes(bool onePersonSlots = false) => SceneOf(onePersonSlots).ToArbitrary();

    public static Arbitrary<(Scene Scene, Override[] Overrides)> ScenesWithOverrides()
        => (from scene in SceneOf(onePersonSlots: false) from overrides in OverridesIn(scene) select (scene, overrides)).ToArbitrary();

    public static Gen<Scene> SceneOf(bool onePersonSlots)
        => from place in Gen.Frequency((1, Gen.Elements(Places)), (1, Gen.Elements(AllPlaces.Value)))
            from layers in Gen.ListOf(LayerFor(place.Day, onePersonSlots)).Resize(3)
            let schedule = Given.Schedule(place.Zone, [.. layers.Select((l, i) => l with { Name = "layer" + i })])
            let noon = place.Day.AtMidnight().InZoneLeniently(DateTimeZoneProviders.Tzdb[place.Zone]).ToInstant()
            select new Scene(schedule, noon - Duration.FromDays(4), noon + Duration.FromDays(4));

    /// <summary>Temporary schedules over a scene, which overlap one another and whose shifts do.</summary>
    public static Gen<TemporarySchedule[]> TemporaryIn(Scene scene)
        => Gen.ArrayOf(
            from start in Gen.Choose(0, 180)
            from hours in Gen.Choose(1, 40)
            from made in Gen.Choose(0, 3)
            let window = (From: scene.From + Duration.FromHours(start), To: scene.From + Duration.FromHours(start + hours))
            from shifts in Gen.ArrayOf(TemporaryShiftIn(window.From, hours), 3)
            select new TemporarySchedule("temporary" + start, "duty", window.From, window.To, shifts, null, null, Instant.FromUnixTimeSeconds(made)),
            2);

    private static Gen<TemporaryShift> TemporaryShiftIn(Instant begin, int hours)
        => from start in Gen.Choose(0, hours - 1)
           from length in Gen.Choose(1, hours)
           from position in Gen.Elements(Position.Primary, Position.Primary, Position.Secondary)
           from people in Slot
           select new TemporaryShift(begin + Duration.FromHours(start), begin + Duration.FromHours(Math.Min(hours, start + length)), position, people);

    public static Gen<Override[]> OverridesIn(Scene scene)
        => Gen.ArrayOf(
            from kind in Gen.Elements(Enum.GetValues<OverrideKind>())
            from person in Gen.Elements(People)
            from with in Gen.Elements(People)
            from start in Gen.Choose(0, 180)
            from hours in Gen.Choose(1, 60)
            from made in Gen.Choose(0, 3)
            let from_ = scene.From + Duration.FromHours(start)
            select new Override(Guid.NewGuid(), "duty", from_, from_ + Duration.FromHours(hours), Position.Primary, kind, person, kind == OverrideKind.Replace ? with : null, null, null, Instant.FromUnixTimeSeconds(made)),
            6);

    private static Gen<Layer> LayerFor(LocalDate day, bool onePersonSlots)
        => from before in Gen.Choose(1, 90)
           from minute in Gen.Elements(0, 15, 30, 60, 90, 120, 150, 600, 1380, 1410)
           from unit in Gen.Elements("h", "d", "w", "mo")
           from count in Gen.Choose(1, 5)
           from slots in Gen.NonEmptyListOf(onePersonSlots
               ? Gen.Elements(People).Select(p => new[] { p })
               : Gen.Frequency((6, Slot), (1, Gen.Constant(Array.Empty<string>())))).Resize(5)
           from level in Gen.Choose(1, 3)
           from windows in Gen.Frequency((2, Gen.Constant(Array.Empty<Window>())), (3, Gen.ArrayOf(AWindow, 2)))
           from ends in Gen.Frequency((4, Gen.Constant((LocalDateTime?)null)), (1, Gen.Choose(-60, 60).Select(h => (LocalDateTime?)day.AtMidnight().PlusHours(h))))
           from advance in Gen.Elements(Advance.Elapsed, Advance.WorkedTurns)
           select new Layer("layer", Position.Primary, level, null, day.PlusDays(-before).AtMidnight().PlusMinutes(minute), ends, Given.Turn(count + unit), [.. slots], windows, advance, null);

    private static Gen<Window> AWindow
        => from days in Gen.SubListOf(Given.Weekdays.Append(IsoDayOfWeek.Saturday).Append(IsoDayOfWeek.Sunday))
           from start in Gen.Elements(0, 30, 60, 90, 120, 150, 540, 1200, 1410)
           from end in Gen.Elements(0, 30, 60, 90, 120, 150, 540, 1200, 1410)
           from filter in Gen.Elements(Enum.GetValues<WindowDays>())
           select new Window([.. days], LocalTime.Midnight.PlusMinutes(start), LocalTime.Midnight.PlusMinutes(end), filter, null);
}
