using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// The pay of a period: pure over the organisation, the incidents' stories and the period. One statement for each person who was on call or worked,
/// by login; the same input gives the same statements, in whatever order it comes.
/// </summary>
internal static class PayCalculation
{
    /// <param name="held">At least all that counts in the period; who is no person is passed over.</param>
    /// <param name="asPaid">
    /// The person as a statement of the period knows them: an approved period keeps the zone and the calendar with which it was approved. Null: as they are now.
    /// </param>
    public static IReadOnlyList<Statement> Of(
        CompiledOrganisation compiled, PayPeriod period, IEnumerable<Held> held, Func<Person, Person>? asPaid = null)
    {
        var organisation = compiled.Organisation;
        var duties = Duties.Of(compiled, schedules: null, period.Widest.Start, period.Widest.End).ToLookup(d => d.Person.Login, StringComparer.Ordinal);
        var work = held
            .Select(h => (Person: People.Known(organisation, h.Login), Held: h)).Where(h => h.Person is not null)
            .ToLookup(h => h.Person!.Login, h => h.Held, StringComparer.Ordinal);
        return [.. duties.Select(d => d.Key).Union(work.Select(h => h.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(login => Of(organisation, period, Asked(login), duties[login], work[login])).OfType<Statement>()];

        Person Asked(string login) => asPaid is null ? People.Of(organisation, login) : asPaid(People.Of(organisation, login));
    }

    /// <summary>Null: the person did nothing in the period.</summary>
    private static Statement? Of(OrganisationSnapshot organisation, PayPeriod period, Person person, IEnumerable<Duty> duties, IEnumerable<Held> held)
    {
        var zone = ShiftClasses.ZoneOf(person, organisation);
        var bounds = period.In(zone);
        var inside = duties.Where(d => d.From < bounds.End && d.To > bounds.Start)
            .Select(d => d with { From = Instant.Max(d.From, bounds.Start), To = Instant.Min(d.To, bounds.End) });
        var over = held.Where(h => h.To is not null);
        var lines = StandbyPay.Lines(organisation, person, inside).Concat(WorkPay.Lines(organisation, person, over, bounds)).ToArray();
        var open = held.Where(h => h.To is null && h.From < bounds.End).OrderBy(h => h.From).ThenBy(h => h.Incident)
            .Select(h => new OpenWork(h.Incident, h.Service, h.From)).ToArray();
        return lines.Length == 0 && open.Length == 0
            ? null
            : new Statement(
                person.Login, person.Name, zone.Id, ShiftClasses.CalendarOf(person, organisation), People.IsRemoved(organisation, person),
                [.. lines.Where(l => l.Amount is not null)], [.. lines.Where(l => l.Amount is null)], open);
    }
}
