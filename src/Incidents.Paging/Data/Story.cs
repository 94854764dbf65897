using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Data;

/// <summary>Lines for the timelines of many incidents, written in one statement; live pages of those incidents refresh.</summary>
internal sealed class Story(Dialect dialect)
{
    private readonly List<TimelineEntry> lines = [];
    private readonly Dictionary<Guid, long> touched = [];

    public void Touch(Guid incident, long number) => touched[incident] = number;

    public void Add(Guid incident, long number, string kind, Instant at, string text, string? person = null, string? channel = null, Guid? attempt = null, int? level = null)
    {
        Touch(incident, number);
        lines.Add(new TimelineEntry { Incident = number, At = at, Kind = kind, Actor = "system", Via = "system", Level = level, Person = person, Channel = channel, Attempt = attempt, Text = text });
    }

    /// <summary>The lines are written with the commit.</summary>
    public void Write(Work work)
    {
        foreach (var (id, number) in touched)
            work.Announce("incident", new { id, number });
        if (lines.Count == 0)
            return;
        var rows = dialect.Rows();
        foreach (var l in lines)
        {
            rows.Row().Int("incident", l.Incident).At("at", l.At).Text("kind", l.Kind).Text("actor", l.Actor).Text("via", l.Via)
                .Int("level", l.Level ?? 0).Text("person", l.Person).Text("channel", l.Channel).Text("attempt", l.Attempt?.ToString().ToUpperInvariant()).Text("text", l.Text);
        }
        var attempt = dialect.Sqlite ? "x.attempt" : "x.attempt::uuid";
        work.AtCommit(dialect.Command(work,
                $"insert into {dialect.Timeline} (incident, at, kind, actor, via, level, person, channel, attempt, text) " +
                $"select x.incident, x.at, x.kind, x.actor, x.via, nullif(x.level, 0), x.person, x.channel, {attempt}, x.text from {rows.As("x")}")
            .With("@rows", rows));
    }
}
