using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Configuration.Document.Sections;

/// <summary>Staffing limits of a pool. A bare value is the bound, with <c>breach: warn</c>; for the rules without a bound it is the breach itself.</summary>
internal static class Limits
{
    public static PoolLimits Read(MapReader map) => new(
        map.OptionalMap("roster", roster => new RosterLimit(
            roster.Optional("single", People), roster.Optional("perSite", People), roster.Optional("apart", Scalars.Delay), Breach(roster))),
        Count(map, "eventsPerShift", s => Scalars.Whole(s, 0, 10_000) is var p ? new Parsed<decimal>(p.Value, p.Problem) : default, routed: true),
        Count(map, "onCallShare", s => Scalars.Number(s, 0, 100)),
        Count(map, "operationsShare", s => Scalars.Number(s, 0, 100)),
        Rest(map, "restAfterNightPage"),
        Count(map, "consecutiveShifts", s => Scalars.Whole(s, 0, 10_000) is var p ? new Parsed<decimal>(p.Value, p.Problem) : default),
        Rule(map, "doublePrimary"),
        Rule(map, "qualified"));

    private static Parsed<int> People(ScalarNode scalar) => Scalars.Whole(scalar, 0, 10_000);

    private static Breach Breach(MapReader map) => map.Optional("breach", Words.Breaches.Parse, Contracts.Organisation.Breach.Warn);

    private static CountLimit? Count(MapReader map, string key, Func<ScalarNode, Parsed<decimal>> parse, bool routed = false) => map.Take(key) switch
    {
        null => null,
        ScalarNode bare => new CountLimit(map.Scalar(bare, map.At(key), parse, 0), Contracts.Organisation.Breach.Warn),
        var full => map.Map(full, map.At(key), limit => new CountLimit(
            limit.Required("max", parse, 0), Breach(limit), routed ? limit.Optional("route", Words.Routes.Parse, OverloadRoute.Primary) : OverloadRoute.Primary)),
    };

    private static RestLimit? Rest(MapReader map, string key) => map.Take(key) switch
    {
        null => null,
        ScalarNode bare => new RestLimit(map.Scalar(bare, map.At(key), Scalars.Delay, Duration.Zero), Contracts.Organisation.Breach.Warn),
        var full => map.Map(full, map.At(key), limit => new RestLimit(limit.Required("min", Scalars.Delay, Duration.Zero), Breach(limit))),
    };

    private static Breach? Rule(MapReader map, string key)
    {
        Breach? breach = null;
        switch (map.Take(key))
        {
            case null:
                break;
            case ScalarNode bare:
                breach = map.Scalar(bare, map.At(key), Words.Breaches.Parse, Contracts.Organisation.Breach.Warn);
                break;
            case var full:
                map.Map(full, map.At(key), limit =>
                {
                    breach = Breach(limit);
                    return "";
                });
                break;
        }
        return breach;
    }

    public static MapNode? Write(PoolLimits limits)
    {
        var map = new MapWriter()
            .Set("roster", limits.Roster is null ? null : new MapWriter()
                .Set("single", limits.Roster.Single).Set("perSite", limits.Roster.PerSite)
                .Set("apart", limits.Roster.Apart is { } apart ? DurationText.Format(apart) : null).Set("breach", Words.Breaches.Of(limits.Roster.Breach)).Build())
            .Set("eventsPerShift", Count(limits.EventsPerShift))
            .Set("onCallShare", Count(limits.OnCallShare))
            .Set("operationsShare", Count(limits.OperationsShare))
            .Set("restAfterNightPage", limits.RestAfterNightPage is { } rest
                ? new MapWriter().Set("min", DurationText.Format(rest.Min)).Set("breach", Words.Breaches.Of(rest.Breach)).Build() : null)
            .Set("consecutiveShifts", Count(limits.ConsecutiveShifts))
            .Set("doublePrimary", Rule(limits.DoublePrimary))
            .Set("qualified", Rule(limits.Qualified))
            .Build();
        return map.Entries.Count == 0 ? null : map;
    }

    private static MapNode? Count(CountLimit? limit)
        => limit is null ? null : new MapWriter()
            .Set("max", limit.Max).Set("breach", Words.Breaches.Of(limit.Breach))
            .Set("route", limit.Route == OverloadRoute.Primary ? null : Words.Routes.Of(limit.Route)).Build();

    private static MapNode? Rule(Breach? breach) => breach is { } value ? new MapWriter().Set("breach", Words.Breaches.Of(value)).Build() : null;
}
