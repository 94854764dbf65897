using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.FollowTheSun;

/// <summary>
/// <paramref name="Sites"/>: two or three, in the order of precedence. <paramref name="Start"/>: date of the first turn (default: next Monday);
/// <paramref name="Turn"/>: default <c>1w</c>; <paramref name="Secondary"/>: with a secondary at each site, the next in its order (default true).
/// </summary>
internal sealed partial record SunBody(IReadOnlyList<SunSiteBody?>? Sites, string? Start, string? Turn, bool? Secondary)
{
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public Result<SunPlan> Read(OrganisationSnapshot organisation, Instant now)
    {
        var faults = new List<Fault>();
        var sites = new List<SunSite>();
        if (Sites is not { Count: 2 or 3 })
            faults.Add(new Fault("sites", "Name two or three sites."));
        for (var i = 0; Sites is not null && i < Sites.Count; i++)
            sites.Add(Site(Sites[i] ?? new SunSiteBody(null, null, null, null, null), $"sites[{i.ToString(CultureInfo.InvariantCulture)}]", organisation, faults));
        Together(sites, faults);

        var turn = ReadTurn(Turn ?? "1w");
        if (turn is null)
            faults.Add(new Fault("turn", "Use a whole number of h, d, w or mo, such as 1w."));
        var start = Start is null ? NextMonday(sites, now) : LocalDatePattern.Iso.Parse(Start) is { Success: true } date ? date.Value : (LocalDate?)null;
        if (start is not { Year: >= 1970 and < 2098 })
            faults.Add(new Fault("start", "Use a date from 1970 to 2097, such as 2027-01-04."));
        return faults.Count > 0 ? Error.Invalid(faults) : new SunPlan(sites, start!.Value, turn!.Value, Secondary ?? true);
    }

    private static SunSite Site(SunSiteBody body, string path, OrganisationSnapshot organisation, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > 100)
            faults.Add(new Fault(path + ".name", "Give the site a name of at most 100 characters."));
        if (body.Zone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(body.Zone) is null)
            faults.Add(new Fault(path + ".zone", "Use an IANA zone such as Europe/Tallinn."));
        if (body.People is not { Count: > 0 })
            faults.Add(new Fault(path + ".people", "Name at least one person."));
        foreach (var login in body.People ?? [])
        {
            if (login is null || !organisation.People.ContainsKey(login))
                faults.Add(new Fault(path + ".people", $"Nobody has the login '{login}'."));
        }

        return new SunSite(body.Name ?? "", body.Zone ?? "", body.People ?? [], Time(body.From, path + ".from", faults), Time(body.To, path + ".to", faults));
    }

    private static void Together(List<SunSite> sites, List<Fault> faults)
    {
        var hours = sites.SelectMany(s => new[] { s.From, s.To }).Count(t => t is not null);
        if (hours != 0 && hours != sites.Count * 2 && faults.TrueForAll(f => !f.Path.EndsWith(".from", StringComparison.Ordinal) && !f.Path.EndsWith(".to", StringComparison.Ordinal)))
            faults.Add(new Fault("sites", "Give 'from' and 'to' for every site, or for none to have them computed."));
        foreach (var name in sites.GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
            faults.Add(new Fault("sites", $"'{name}' is the name of more than one site."));
        foreach (var person in sites.SelectMany(s => s.People).GroupBy(p => p, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
            faults.Add(new Fault("sites", $"'{person}' is named more than once: a person belongs to one site and has one turn there."));
    }

    private static LocalTime? Time(string? text, string path, List<Fault> faults)
    {
        if (text is null)
            return null;
        if (TimePattern.Parse(text) is { Success: true } time)
            return time.Value;
        faults.Add(new Fault(path, $"'{text}' is not a time such as 09:00."));
        return null;
    }

    private static TurnLength? ReadTurn(string text)
    {
        var match = TurnPattern().Match(text);
        if (!match.Success)
            return null;
        var unit = match.Groups["unit"].Value switch { "h" => TurnUnit.Hour, "d" => TurnUnit.Day, "w" => TurnUnit.Week, _ => TurnUnit.Month };
        return new TurnLength(int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture), unit);
    }

    private static LocalDate NextMonday(List<SunSite> sites, Instant now)
        => now.InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(sites.Count > 0 ? sites[0].Zone : "") ?? DateTimeZone.Utc).Date.Next(IsoDayOfWeek.Monday);

    [GeneratedRegex(@"\A(?<count>[1-9][0-9]{0,2})(?<unit>h|d|w|mo)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TurnPattern();
}

/// <summary><paramref name="From"/> and <paramref name="To"/>: local <c>HH:mm</c>; left out at every site: computed.</summary>
internal sealed record SunSiteBody(string? Name, string? Zone, IReadOnlyList<string>? People, string? From, string? To);

internal sealed record SunAnswer(IReadOnlyList<SunLayer> Layers, SunProof Proof);

/// <summary>A layer as the configuration document writes it; what does not apply is left out.</summary>
internal sealed record SunLayer(
    string Name,
    Position Position,
    int Level,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Zone,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Start,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Turn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<string>>? Slots,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SunWindow>? Windows,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextInOrderOf)
{
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern StartPattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static SunLayer Of(Layer layer) => layer.NextInOrderOf is not null
        ? new SunLayer(layer.Name, layer.Position, layer.Level, null, null, null, null, null, layer.NextInOrderOf)
        : new SunLayer(
            layer.Name,
            layer.Position,
            layer.Level,
            layer.Zone,
            StartPattern.Format(layer.Start!.Value),
            Length(layer.Turn!.Value),
            layer.Slots,
            [.. layer.Windows.Select(w => new SunWindow(TimePattern.Format(w.From), TimePattern.Format(w.To)))],
            null);

    private static string Length(TurnLength turn)
        => turn.Count.ToString(CultureInfo.InvariantCulture) + turn.Unit switch { TurnUnit.Hour => "h", TurnUnit.Day => "d", TurnUnit.Week => "w", _ => "mo" };
}

internal sealed record SunWindow(string From, string To);
