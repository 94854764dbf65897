using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Feeds.Import;

/// <summary>Which person an event is about: as the caller says, else by e-mail, login or name; never by a guess between two. Pure.</summary>
internal sealed class PeopleByWord(OrganisationSnapshot organisation, IReadOnlyDictionary<string, string> mapping)
{
    private static readonly char[] Between = [' ', '\t', ',', ';', ':', '-', '–', '(', ')', '[', ']', '/', '|', '@'];

    /// <summary>The login; null with a reason when nobody, or more than one, fits.</summary>
    public (string? Login, string Why) Of(ReadEvent one)
    {
        foreach (var word in one.Mails.Concat(one.Names).Append(one.Summary))
        {
            if (mapping.TryGetValue(word, out var given))
                return organisation.People.ContainsKey(given) ? (given, "") : (null, $"is mapped to '{given}', which nobody has as login");
        }
        foreach (var mail in one.Mails)
        {
            if (Only(p => string.Equals(p.Email, mail, StringComparison.OrdinalIgnoreCase)) is { } byMail)
                return (byMail, "");
        }
        foreach (var name in one.Names.Append(one.Summary))
        {
            if (Only(p => Same(p.Login, name) || Same(p.Name, name) || Same(p.Email, name)) is { } whole)
                return (whole, "");
        }
        var words = one.Summary.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        var within = organisation.People.Values.Where(p => words.Contains(p.Login, StringComparer.OrdinalIgnoreCase) || HasName(one.Summary, p.Name)).Select(p => p.Login).ToList();
        return within.Count switch
        {
            1 => (within[0], ""),
            0 => (null, "names nobody: map it to a login"),
            _ => (null, $"may be {string.Join(" or ", within.Order(StringComparer.Ordinal))}: map it to a login"),
        };
    }

    private string? Only(Func<Person, bool> fits) => organisation.People.Values.Where(fits).Take(2).ToList() is [var one] ? one.Login : null;

    private static bool Same(string? left, string right) => string.Equals(left, right.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool HasName(string text, string name)
    {
        var at = name.Length == 0 ? -1 : text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length]));
    }
}
