using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>Who could take a stretch of a schedule: qualified, with a usable contact, not away, not on duty then; those with the least duty first.</summary>
internal sealed class Candidates(LintScope scope)
{
    private const int Named = 3;

    private readonly Dictionary<string, string[]> qualified = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Duration> loads = new(StringComparer.Ordinal);
    private ILookup<string, Person>? bySchedule;

    public IEnumerable<string> For(string schedule, Instant from, Instant to) => Qualified(schedule)
        .Where(p => !scope.Roll.IsBusy(p, from, to) && !Absences.Any(scope.Organisation, p, from, to));

    /// <summary>Half a sentence: <c>bruno, maarja or juri could take it</c>.</summary>
    public string Say(string schedule, Instant from, Instant to, string? not = null)
    {
        var names = For(schedule, from, to).Where(p => p != not).Take(Named).ToArray();
        return names.Length == 0
            ? "nobody who is qualified is free then: qualify somebody else, or move an absence"
            : $"{Or(names)} could take it";
    }

    /// <summary>Qualified people outside the given ones, those with the least duty first.</summary>
    public IReadOnlyList<string> Beyond(string schedule, IReadOnlySet<string> people) => [.. Qualified(schedule).Where(p => !people.Contains(p)).Take(Named)];

    public static string Or(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";

    private string[] Qualified(string schedule)
    {
        if (qualified.TryGetValue(schedule, out var known))
            return known;
        bySchedule ??= scope.Organisation.People.Values.SelectMany(p => p.QualifiedFor, (p, s) => (Person: p, Schedule: s)).ToLookup(x => x.Schedule, x => x.Person, StringComparer.Ordinal);
        return qualified[schedule] =
        [
            .. bySchedule[schedule]
                .Where(p => Contacts.CanBePaged(p, high: true))
                .OrderBy(p => Load(p.Login))
                .ThenBy(p => p.Login, StringComparer.Ordinal)
                .Select(p => p.Login),
        ];
    }

    private Duration Load(string person)
    {
        if (!loads.TryGetValue(person, out var load))
            loads[person] = load = scope.Roll.Load(person, scope.Known.From, scope.Known.To);
        return load;
    }
}

internal static class Absences
{
    public static IEnumerable<Absence> Of(OrganisationSnapshot organisation, string person) => organisation.Absences.GetValueOrDefault(person) ?? [];

    public static bool Any(OrganisationSnapshot organisation, string person, Instant from, Instant to)
        => Of(organisation, person).Any(a => a.From < to && from < a.To);
}

/// <summary>Whether a page could reach somebody, by the rules that paging follows: the personal rules, or without any every phone.</summary>
internal static class Contacts
{
    /// <summary>Kinds that have a channel.</summary>
    private static bool IsUsable(ContactKind kind) => kind is ContactKind.Voice or ContactKind.Sms;

    public static bool CanBePaged(Person person, bool high)
    {
        var steps = high ? person.Notify.High : person.Notify.Low ?? person.Notify.High;
        return steps.Count == 0
            ? person.Contacts.Any(c => IsUsable(c.Kind))
            : steps.Any(s => person.Contacts.Any(c => string.Equals(c.Name, s.Contact, StringComparison.Ordinal) && IsUsable(c.Kind)));
    }
}
