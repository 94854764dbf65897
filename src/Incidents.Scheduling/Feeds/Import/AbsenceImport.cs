using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Feeds.Import;

/// <summary>One absence as the organisation's edit takes it: instants, or local dates that are the person's midnights; <paramref name="To"/> is exclusive.</summary>
internal sealed record ImportedAbsence(string Person, string From, string To, string? Reason);

/// <summary>Reads absences out of a calendar (every event of it is one) or CSV with the columns person, from, to, reason. Pure.</summary>
internal static class AbsenceImport
{
    private const int MostRows = 5000;
    private static readonly string[] Columns = ["person", "from", "to", "reason"];

    public static Result<List<ImportedAbsence>> Read(string text, bool csv, string login, OrganisationSnapshot organisation, Instant now)
        => csv ? FromCsv(text, login) : FromCalendar(text, login, organisation, now);

    public static JsonObject Edit(IEnumerable<ImportedAbsence> absences) => new()
    {
        ["absences"] = new JsonArray([.. absences.Select(a =>
        {
            var item = new JsonObject { ["person"] = a.Person, ["from"] = a.From, ["to"] = a.To };
            if (a.Reason is not null)
                item["reason"] = a.Reason;
            return (JsonNode)item;
        })]),
    };

    private static Result<List<ImportedAbsence>> FromCalendar(string text, string login, OrganisationSnapshot organisation, Instant now)
    {
        var events = CalendarReader.Read(text);
        if (events.Error is { } unreadable)
            return unreadable;
        var found = Occurrences.Expand(events.Value, PersonalTime.ZoneOf(organisation, login), now + Duration.FromDays(400));
        if (found.Error is { } wrong)
            return wrong;
        return found.Value
            .Select(o => new ImportedAbsence(login, InstantPattern.ExtendedIso.Format(o.From), InstantPattern.ExtendedIso.Format(o.To), o.Event.Summary.Length == 0 ? null : Line(o.Event.Summary)))
            .DistinctBy(a => (a.From, a.To)).ToList();
    }

    private static Result<List<ImportedAbsence>> FromCsv(string text, string login)
    {
        var rows = Csv.Read(text);
        if (rows.Count == 0)
            return Error.Malformed("There is no row.");
        if (rows.Count > MostRows)
            return Error.Invalid("rows", $"At most {MostRows} rows at once.");
        var header = rows[0].ConvertAll(c => c.Trim().ToLowerInvariant());
        var places = Columns.Select(c => header.IndexOf(c)).ToArray();
        if (places[1] < 0 || places[2] < 0)
            return Error.Invalid("rows[0]", "The first row names the columns: person,from,to,reason.");
        var faults = new List<Fault>();
        var found = new List<ImportedAbsence>();
        for (var i = 1; i < rows.Count; i++)
        {
            string? Cell(int column) => places[column] >= 0 && places[column] < rows[i].Count && rows[i][places[column]].Trim() is { Length: > 0 } value ? value : null;
            if (Cell(1) is { } from && Cell(2) is { } to)
                found.Add(new ImportedAbsence(Cell(0) ?? login, from, to, Cell(3) is { } reason ? Line(reason) : null));
            else
                faults.Add(new Fault(string.Create(CultureInfo.InvariantCulture, $"rows[{i}]"), "from and to are required."));
        }
        return faults.Count > 0 ? Error.Invalid(faults) : found.DistinctBy(a => (a.Person, a.From, a.To)).ToList();
    }

    private static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 200 ? line : line[..(char.IsHighSurrogate(line[198]) ? 198 : 199)] + "…";
    }
}
