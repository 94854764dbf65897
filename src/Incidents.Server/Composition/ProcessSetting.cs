namespace Incidents.Server.Composition;

/// <summary>A setting without an options class: it shapes the process itself. <paramref name="Default"/> in words.</summary>
internal sealed record ProcessSetting(string Key, string Default, string Meaning, bool Secret = false)
{
    public static IReadOnlyList<ProcessSetting> All { get; } =
    [
        new("Urls", "`http://127.0.0.1:8080`", "Where it listens, `http://host:port`, several separated by semicolons; `http://*:8080` is every address."),
        new("PublicUrl", "the first of `Urls`", "The address by which vendors, phones and browsers reach this installation. Required when `Urls` listens on every address."),
        new("DataDirectory", "`./data`", "Where the SQLite file, a generated token and a generated signing key are kept."),
        new("Roles", "`all`", "What this process does: `all`, or some of `ingest, triage, escalation, paging, scheduling, web`. Split roles need PostgreSQL and RabbitMQ."),
        new("Links:SigningKey", "generated: kept in the database on PostgreSQL, in the data directory on SQLite", "Signs the links in messages; at least 16 characters, the same in every process. Another one makes links that were sent before useless.", Secret: true),
        new("Links:Lifetime", "`1.00:00:00` (24 h)", "How long a link in a message holds; 5 minutes to 30 days."),
        new("Demo:Enabled", "true on SQLite and a loopback address", "Loads a small organisation at the first start and lets browsers sign in as anybody. Refused on other addresses. `--empty` turns it off."),
        new("Simulator:Enabled", "true on a loopback address without `Paging:Twilio`", "Serves phones at `/simulator` and pages them instead of a vendor."),
        new("Watch:HeartbeatUrl", "none", "POSTed to every 30 seconds, only while database, timers and paging are well: whoever listens there should page by another way when it falls silent."),
    ];
}
