using System.Collections.Frozen;
using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Tests;

public class Shifts_of_a_person
{
    private static readonly CompiledOrganisation Example = new(ExampleOrganisation.Snapshot);

    [Fact]
    public void are_those_of_every_schedule_and_position_by_start()
    {
        var shifts = Example.ShiftsOfPerson("ana", Given.At("2026-12-22T00:00Z"), Given.At("2026-12-30T00:00Z"));

        // Next in order in maarja's week, her stand-in over Christmas, and primary from the 28th.
        Assert.All(shifts, s => Assert.Contains("ana", s.People));
        Assert.Contains(shifts, s => s.Why is { Kind: CauseKind.Override, Name: "family" } && s.Position == Position.Primary);
        Assert.Contains(shifts, s => s.Position == Position.Secondary);
        Assert.Equal(shifts.OrderBy(s => s.From), shifts);
    }

    [Fact]
    public void agree_with_the_answers_of_the_lines()
    {
        var (from, to) = (Given.At("2026-12-01T00:00Z"), Given.At("2027-01-15T00:00Z"));
        foreach (var person in new[] { "ana", "bruno", "maarja", "juri" })
        {
            var shifts = Example.ShiftsOfPerson(person, from, to);

            for (var at = from; at < to; at += Duration.FromMinutes(90))
            {
                foreach (var schedule in new[] { "payments", "kitchen" })
                {
                    var on = Enum.GetValues<Position>().Count(p => Example.LineOf(schedule)!.At(p, at).People.Contains(person));
                    Assert.Equal(on, shifts.Count(s => s.Schedule!.Name == schedule && s.From <= at && at < s.To));
                }
            }
        }
    }

    [Fact]
    public void know_who_is_on_a_schedule_only_by_an_override_or_a_temporary_schedule()
    {
        var schedule = Given.Schedule("Etc/UTC", Given.Layer("daily", "2026-01-01T00:00", "1d", "ana"));
        var plain = Given.Organisation(schedule, [Given.Add("juri", "2026-01-05T00:00Z", "2026-01-06T00:00Z")]);
        var organisation = new CompiledOrganisation(With(plain, Given.Temporary(
            "move", "2026-01-07T00:00Z", "2026-01-08T00:00Z", Given.Shift("2026-01-07T00:00Z", "2026-01-08T00:00Z", "tiina"))));
        var (from, to) = (Given.At("2026-01-01T00:00Z"), Given.At("2026-02-01T00:00Z"));

        Assert.Equal("Override", Assert.Single(organisation.ShiftsOfPerson("juri", from, to)).Why.Kind.ToString());
        Assert.Equal("Temporary", Assert.Single(organisation.ShiftsOfPerson("tiina", from, to)).Why.Kind.ToString());
        Assert.Empty(organisation.ShiftsOfPerson("nobody", from, to));
        Assert.False(organisation.Knows("nobody"));
    }

    private static OrganisationSnapshot With(OrganisationSnapshot o, TemporarySchedule temporary) => new()
    {
        Version = o.Version,
        Calendars = o.Calendars,
        People = o.People,
        Teams = o.Teams,
        Pools = o.Pools,
        Schedules = o.Schedules,
        ScheduleHistory = o.ScheduleHistory,
        Overrides = o.Overrides,
        TemporarySchedules = new Dictionary<string, IReadOnlyList<TemporarySchedule>> { [temporary.Schedule] = [temporary] }.ToFrozenDictionary(),
        Policies = o.Policies,
        Services = o.Services,
        FirstLineSchedule = null,
        TriageRules = [],
        Integrations = o.Integrations,
        IntegrationsByKey = o.IntegrationsByKey,
        PeopleByPhone = o.PeopleByPhone,
    };
}

public class Next_shift_of_a_person
{
    private static readonly Line Line = Given.Line(
        Given.Schedule("Etc/UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana, bruno, maarja"), Given.NextInOrderOf("weekly")));

    private static string? Next(string person, string after)
        => Line.Next(person, Given.At(after), Given.At(after) + Duration.FromDays(60)) is { } s
            ? $"{s.Position} {Given.Show(s.From, "Etc/UTC")} {Given.Show(s.To, "Etc/UTC")}" : null;

    [Theory]
    [InlineData("ana", "2026-01-07T00:00Z", "Secondary 2026-01-19T00:00Z 2026-01-26T00:00Z")]   // the running one is not the next
    [InlineData("bruno", "2026-01-07T00:00Z", "Primary 2026-01-12T00:00Z 2026-01-19T00:00Z")]
    [InlineData("bruno", "2026-01-12T00:00Z", "Primary 2026-01-12T00:00Z 2026-01-19T00:00Z")]   // one that begins now is
    [InlineData("ana", "2025-06-01T00:00Z", null)]                                              // beyond the limit
    [InlineData("ana", "2025-12-01T00:00Z", "Primary 2026-01-05T00:00Z 2026-01-12T00:00Z")]
    [InlineData("juri", "2026-01-07T00:00Z", null)]
    public void is_the_first_that_begins_from_then_on(string person, string after, string? expected) => Assert.Equal(expected, Next(person, after));
}

public class Levels_and_slots_with_holes
{
    [Fact]
    public void in_their_numbers_work_all_the_same()
    {
        var line = Given.Line(Given.Schedule(
            "Etc/UTC",
            Given.Layer("low", "2020-01-01T00:00", "1d", "ana", level: 3),
            Given.Layer("high", "2020-01-01T00:00", "1d", "-, bruno, -", level: 99)));

        Assert.Equal(
            ["2020-01-01T00:00Z ana", "2020-01-02T00:00Z bruno", "2020-01-03T00:00Z ana", "2020-01-04T00:00Z ana", "2020-01-05T00:00Z"],
            line.Told("Etc/UTC", "2020-01-01T00:00Z", "2020-01-05T00:00Z"));
    }

    [Fact]
    public void where_everybody_is_away_are_a_gap()
    {
        var away = new[] { "ana", "bruno" }.Select((p, i) => Given.Remove(p, "2020-01-01T00:00Z", "2020-02-01T00:00Z", made: i)).ToArray();
        var line = Given.Line(Given.Schedule("Etc/UTC", Given.Layer("daily", "2020-01-01T00:00", "1d", "ana, bruno"), Given.NextInOrderOf("daily")), away);

        Assert.Equal(
            [(Position.Primary, 31.0)],
            line.Gaps(Given.At("2020-01-01T00:00Z"), Given.At("2020-02-01T00:00Z")).Where(g => g.Position == Position.Primary)
                .GroupBy(g => g.Position).Select(g => (g.Key, g.Sum(s => s.Length.TotalDays))));
    }
}
