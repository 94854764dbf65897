using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Scheduling.Endpoints;
using NodaTime;

namespace Incidents.Scheduling.Limits.Endpoints;

/// <summary>Parameters that the lists of this part share.</summary>
internal static class QueryPage
{
    public static int Limit(string? text, int most, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(text))
            return most;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most)
            return limit;
        faults.Add(new Fault("limit", $"Choose 1 to {most}."));
        return most;
    }

    /// <summary>A cursor that is the number of items already seen.</summary>
    public static int Offset(string? text, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return offset;
        faults.Add(new Fault("cursor", "Use the nextCursor of the page before."));
        return 0;
    }

    /// <summary>An interval of at most <paramref name="longest"/>, by default <paramref name="span"/> from <paramref name="start"/>.</summary>
    public static (Instant From, Instant To) Interval(string? from, string? to, Instant start, Duration span, Duration longest, List<Fault> faults)
    {
        var count = faults.Count;
        var begin = QueryInstants.Read("from", from, start, faults);
        var end = QueryInstants.Read("to", to, begin + span, faults);
        if (faults.Count == count && end <= begin)
            faults.Add(new Fault("to", "Choose an instant after 'from'."));
        else if (faults.Count == count && end - begin > longest)
            faults.Add(new Fault("to", string.Create(CultureInfo.InvariantCulture, $"Ask for at most {longest.Days} days at a time.")));
        return (begin, end);
    }

    /// <summary>The schedules that the filters leave; null: all. A name that does not exist is a fault.</summary>
    public static IReadOnlySet<string>? Schedules(OrganisationSnapshot organisation, string? schedule, string? pool, string? team, string? person, List<Fault> faults)
    {
        IEnumerable<Schedule> chosen = organisation.Schedules.Values;
        var all = true;
        void Narrow<T>(string parameter, string? name, IReadOnlyDictionary<string, T> known, Func<Schedule, bool> keep)
        {
            if (string.IsNullOrEmpty(name))
                return;
            if (!known.ContainsKey(name))
                faults.Add(new Fault(parameter, $"There is no {parameter} '{name}'."));
            all = false;
            chosen = chosen.Where(keep);
        }

        Narrow("schedule", schedule, organisation.Schedules, s => s.Name == schedule);
        Narrow("pool", pool, organisation.Pools, s => s.Pool == pool);
        Narrow("team", team, organisation.Teams, s => s.Team == team);
        if (!string.IsNullOrEmpty(person))
        {
            if (!organisation.People.ContainsKey(person))
                faults.Add(new Fault("person", $"Nobody has the login '{person}'."));
            all = false;
            chosen = chosen.Where(s => Mentioned.In(organisation, s.Name).Contains(person, StringComparer.Ordinal));
        }

        return all ? null : chosen.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
    }
}
