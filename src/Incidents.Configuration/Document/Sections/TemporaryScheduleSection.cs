using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Configuration.Document.Sections;

/// <summary>What counts instead of a schedule for a while. Author and time of creation are the row's, not the document's.</summary>
internal sealed class TemporaryScheduleSection : Section<TemporarySchedule>
{
    public override string Key => "temporarySchedules";
    public override string Kind => "temporary";

    protected override string NameOf(TemporarySchedule value) => value.Name;

    protected override TemporarySchedule ReadValue(MapReader map)
    {
        var name = map.RequiredText("name", Scalars.Name);
        var schedule = map.RequiredText("schedule", Scalars.Name);
        var (from, to) = Interval(map);
        var reason = map.OptionalText("reason", Scalars.Text);
        var shifts = map.Maps("shifts", ReadShift, identity: "");
        if (to > from)
        {
            for (var i = 0; i < shifts.Count; i++)
            {
                if (shifts[i].To > shifts[i].From && (shifts[i].From < from || shifts[i].To > to))
                    map.Fault($"shifts[{i}]", "must lie inside the temporary schedule's from and to.");
            }
        }
        return new TemporarySchedule(name, schedule, from, to, [.. shifts.OrderBy(s => s.From).ThenBy(s => s.To).ThenBy(s => s.Position)], reason, Author: null, CreatedAt: default);
    }

    private static TemporaryShift ReadShift(MapReader map)
    {
        var (from, to) = Interval(map);
        var position = map.Optional("position", Words.Positions.Parse, Position.Primary);
        var people = map.Scalars("people", Scalars.Name, "");
        if (people.Count == 0)
            map.Fault("people", "must name at least one person; without a shift nobody is on call.");
        return new TemporaryShift(from, to, position, people);
    }

    /// <summary>Half-open; a bound that cannot be read has its own fault.</summary>
    private static (Instant From, Instant To) Interval(MapReader map)
    {
        var from = map.Required("from", Scalars.Moment, default);
        var to = map.Required("to", Scalars.Moment, default);
        if (from != default && to != default && to <= from)
            map.Fault("to", "must be after from.");
        return (from, to);
    }

    protected override MapNode WriteValue(TemporarySchedule value) => new MapWriter()
        .Set("name", value.Name)
        .Set("schedule", value.Schedule)
        .Set("from", InstantPattern.ExtendedIso.Format(value.From))
        .Set("to", InstantPattern.ExtendedIso.Format(value.To))
        .Set("reason", value.Reason)
        .Set("shifts", value.Shifts, WriteShift)
        .Build();

    private static MapNode WriteShift(TemporaryShift shift) => new MapWriter()
        .Set("from", InstantPattern.ExtendedIso.Format(shift.From))
        .Set("to", InstantPattern.ExtendedIso.Format(shift.To))
        .Set("position", shift.Position == Position.Primary ? null : Words.Positions.Of(shift.Position))
        .Set("people", shift.People)
        .Build();
}
