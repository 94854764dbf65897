using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Configuration.Document.Sections;

/// <summary>An instant, or a local date that means its midnight in the person's zone until <see cref="AbsenceDays"/> has looked the zone up.</summary>
internal readonly record struct Bound(Instant At, LocalDate? Day)
{
    public static Bound Of(Instant at) => new(at, Day: null);

    public override string ToString() => Day is { } day ? LocalDatePattern.Iso.Format(day) : InstantPattern.ExtendedIso.Format(At);
}

/// <summary>An absence as a document has it; half-open. <paramref name="HandOver"/>: who gets the pages meanwhile that would go to the person.</summary>
internal sealed record AbsenceEntry(string Person, Bound From, Bound To, string? Reason, string? HandOver)
{
    public Absence Of(Guid id) => new(id, Person, From.At, To.At, Reason, HandOver);
}

/// <summary>An absence has no name: it is identified by person, from and to. Stored and exported with instants.</summary>
internal sealed class AbsenceSection : Section<AbsenceEntry>
{
    public override string Key => "absences";
    public override string Kind => "absence";
    public override string? Identity => null;

    protected override string NameOf(AbsenceEntry value) => value.Person.Length == 0 ? "" : IdentityOf(value);

    public static string IdentityOf(AbsenceEntry value) => $"{value.Person}/{value.From}/{value.To}";

    protected override AbsenceEntry ReadValue(MapReader map)
    {
        var absence = new AbsenceEntry(
            map.RequiredText("person", Scalars.Name),
            map.Required("from", ReadBound, default),
            map.Required("to", ReadBound, default),
            map.OptionalText("reason", Scalars.Text),
            map.OptionalText("handOver", Scalars.Name));
        if (absence.HandOver is { } to && to == absence.Person)
            map.Fault("handOver", "must be somebody else.");
        return absence;
    }

    private static Parsed<Bound> ReadBound(ScalarNode scalar)
    {
        if (Scalars.Date(scalar) is { Problem: null } day)
            return new(new Bound(default, day.Value));
        return Scalars.Moment(scalar) is { Problem: null } moment
            ? new(Bound.Of(moment.Value))
            : new(default, $"must be an instant such as 2026-12-24T15:00:00Z or a date such as 2026-12-24 (its midnight in the person's zone), not {scalar.Describe()}.");
    }

    protected override MapNode WriteValue(AbsenceEntry value) => new MapWriter()
        .Set("person", value.Person)
        .Set("from", value.From.ToString())
        .Set("to", value.To.ToString())
        .Set("reason", value.Reason)
        .Set("handOver", value.HandOver)
        .Build();
}

/// <summary>Local dates of absences → instants, by the person's zone: their own, else their calendar's, else UTC.</summary>
internal static class AbsenceDays
{
    /// <summary>
    /// The same items with instants only, under their lasting identity; adds faults for empty intervals and for what is there twice. Zones are those of
    /// the whole that a document would leave.
    /// </summary>
    public static IReadOnlyList<Item> Resolve(IReadOnlyList<Item> absences, Func<Section, IEnumerable<Item>> whole, Faults faults)
    {
        var zones = new Lazy<Dictionary<string, DateTimeZone>>(() => Zones(whole));
        var resolved = new List<Item>(absences.Count);
        var seen = new Dictionary<string, Item>(StringComparer.Ordinal);
        foreach (var item in absences)
        {
            var given = item.As<AbsenceEntry>();
            var value = given.From.Day is null && given.To.Day is null ? given : Resolve(given, zones.Value.GetValueOrDefault(given.Person, DateTimeZone.Utc));
            if (value.From.At != default && value.To.At != default && value.To.At <= value.From.At)
                faults.Add(item.Path + ".to", "must be after from; the last day is not included, so a day off ends with the next day.");
            var known = value == given ? item : item with { Value = value, Name = AbsenceSection.IdentityOf(value), Body = item.Section.Write(value) };
            if (!seen.TryAdd(known.Name, known))
                faults.Add(item.Path, $"is the same absence as {seen[known.Name].Path}.");
            resolved.Add(known);
        }
        return resolved;
    }

    public static AbsenceEntry Resolve(AbsenceEntry absence, OrganisationSnapshot organisation)
    {
        var person = organisation.People.GetValueOrDefault(absence.Person);
        return Resolve(absence, Zone(person, name => organisation.Calendars.GetValueOrDefault(name)?.Zone));
    }

    private static AbsenceEntry Resolve(AbsenceEntry absence, DateTimeZone zone)
    {
        return absence with { From = Start(absence.From), To = Start(absence.To) };

        Bound Start(Bound bound) => bound.Day is { } day ? Bound.Of(day.AtStartOfDayInZone(zone).ToInstant()) : bound;
    }

    private static Dictionary<string, DateTimeZone> Zones(Func<Section, IEnumerable<Item>> whole)
    {
        var calendars = whole(AllSections.Calendars).Select(i => i.As<Calendar>()).GroupBy(c => c.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Zone, StringComparer.Ordinal);
        return whole(AllSections.People).Select(i => i.As<Person>()).GroupBy(p => p.Login, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Zone(g.First(), name => calendars.GetValueOrDefault(name)), StringComparer.Ordinal);
    }

    private static DateTimeZone Zone(Person? person, Func<string, string?> ofCalendar)
        => DateTimeZoneProviders.Tzdb.GetZoneOrNull(person?.Zone ?? (person?.Calendar is { } calendar ? ofCalendar(calendar) : null) ?? "UTC") ?? DateTimeZone.Utc;
}
