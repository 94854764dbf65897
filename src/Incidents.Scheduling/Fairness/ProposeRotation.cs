using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Preview;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Fairness;

/// <summary>
/// An order for the slots of a schedule's main rotation, counted anew from the first turn that begins at or after <c>from</c>. Those with the fewest points come first;
/// nobody who is away in a turn of theirs until <c>to</c> keeps it when exchanging two places avoids it; who has just been on does not begin.
/// Slots stay as they are (pairs stay pairs); people who are not known or not qualified are left out.
/// </summary>
internal static class ProposeRotation
{
    public static Result<Proposal> For(CompiledOrganisation compiled, Schedule schedule, Instant from, Instant to)
    {
        var layer = Turns.MainLayer(schedule);
        if (layer is null || Turns.Of(schedule, layer) is not { } turns)
            return Error.Conflict("no-rotation", $"'{schedule.Name}' has no primary rotation whose order could be proposed; ask for overrides.");
        var filling = new Filling(compiled, schedule, from, to);
        var may = filling.People.ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<string>[] units = [.. layer.Slots.Select(s => (IReadOnlyList<string>)[.. s.Where(may.Contains)]).Where(s => s.Count > 0).DistinctBy(s => string.Join('\n', s.Order(StringComparer.Ordinal)))];
        if (units.Length == 0)
            return Error.Conflict("nobody-qualified", $"Nobody in the rotation of '{schedule.Name}' is qualified for it.");

        var (effective, start) = turns.FirstFrom(from);
        var end = Instant.Max(to, effective + Duration.FromTicks(1));
        Span[] times = [.. Turns.Of(schedule, layer with { Start = start })!.Cut(effective, end)];
        var just = compiled.LineOf(schedule.Name)?.At(Position.Primary, effective - Duration.Epsilon).People ?? [];
        var order = Order(filling, units, times, just);

        var assignments = new List<Assignment>();
        var after = filling.AllPoints.Count == 0 ? [] : filling.Organisation.People.Keys.Where(may.Contains).ToDictionary(p => p, filling.PointsOf, StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(order.Length, times.Length); i++)
            assignments.Add(Explain(filling, order, i, times, just));
        Exchange(filling, schedule, after, order, times, effective, end);

        var changed = schedule with { Layers = [.. schedule.Layers.Select(l => ReferenceEquals(l, layer) ? l with { Start = start, Slots = order } : l)] };
        var edit = new JsonObject { ["schedules"] = new JsonArray(DocumentShape.Of(changed)) };
        return new Proposal(
            schedule.Name, "rotation", compiled.Organisation.Version, effective, edit, assignments, [],
            Balance.Of([.. may.Select(filling.PointsOf)]), Balance.Of([.. may.Select(p => after.GetValueOrDefault(p))]));
    }

    private static IReadOnlyList<string>[] Order(Filling filling, IReadOnlyList<string>[] units, Span[] times, IReadOnlyList<string> just)
    {
        IReadOnlyList<string>[] order = [.. units.OrderBy(u => u.Sum(filling.PointsOf) / u.Count).ThenBy(u => string.Join('\n', u), StringComparer.Ordinal)];
        // Exchange two places as long as that avoids a conflict; the measure falls each time, so it ends.
        for (var better = true; better;)
        {
            better = false;
            for (var i = 0; i < order.Length; i++)
            {
                for (var j = i + 1; j < order.Length; j++)
                {
                    var now = Conflicts(filling, order, i, times, just) + Conflicts(filling, order, j, times, just);
                    (order[i], order[j]) = (order[j], order[i]);
                    if (Conflicts(filling, order, i, times, just) + Conflicts(filling, order, j, times, just) < now)
                        better = true;
                    else
                        (order[i], order[j]) = (order[j], order[i]);
                }
            }
        }

        return order;
    }

    /// <summary>Turns in which somebody of the slot at a place is away; having just been on counts as one at the first place.</summary>
    private static int Conflicts(Filling filling, IReadOnlyList<string>[] order, int place, Span[] times, IReadOnlyList<string> just)
    {
        var unit = order[place];
        var conflicts = place == 0 && order.Length > 1 && unit.Any(just.Contains) ? 1 : 0;
        for (var turn = place; turn < times.Length; turn += order.Length)
            conflicts += unit.Count(p => Absences.Any(filling.Organisation, p, times[turn].From, times[turn].To));
        return conflicts;
    }

    private static Assignment Explain(Filling filling, IReadOnlyList<string>[] order, int place, Span[] times, IReadOnlyList<string> just)
    {
        var unit = order[place];
        var points = unit.Sum(filling.PointsOf) / unit.Count;
        var away = Conflicts(filling, order, place, times, []);
        var why = string.Create(CultureInfo.InvariantCulture, $"{string.Join(" and ", unit)} {(unit.Count == 1 ? "carries" : "carry on average")} {points:0.#} points of the last 90 days and of what is planned")
            + (away == 0 ? ", and is away in none of these turns." : string.Create(CultureInfo.InvariantCulture, $"; away in {away} of these turns, which no exchange avoids: cover them by overrides."));
        var passed = order.Skip(place + 1)
            .Where(u => u.Sum(filling.PointsOf) / u.Count < points)
            .SelectMany(u => u.Select(p => new PassedOver(p, place == 0 && just.Contains(p) ? "has just been on" : "is away in turns at this place, or makes room for somebody who is")))
            .ToArray();
        return new Assignment(times[place].From, times[place].To, Position.Primary, unit, why, passed);
    }

    /// <summary>Points after: the primary duty of this rotation's people as planned goes, the proposed turns come.</summary>
    private static void Exchange(Filling filling, Schedule schedule, Dictionary<string, decimal> points, IReadOnlyList<string>[] order, Span[] times, Instant from, Instant to)
    {
        var organisation = filling.Organisation;
        foreach (var duty in filling.Roll.On(schedule.Name).Where(d => d.Position == Position.Primary && d.Why.Kind == CauseKind.Layer && d.Span.Touches(from, to) && points.ContainsKey(d.Person)))
            points[duty.Person] -= Burdens.Points(organisation, organisation.People[duty.Person], [duty.Span.Cut(from, to)]);
        for (var turn = 0; turn < times.Length; turn++)
        {
            foreach (var person in order[turn % order.Length])
                points[person] += Burdens.Points(organisation, organisation.People[person], [times[turn]]);
        }
    }
}
