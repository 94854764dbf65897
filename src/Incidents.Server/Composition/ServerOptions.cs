using System.Globalization;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Storage;

namespace Incidents.Server.Composition;

/// <summary>What a process may do. Every process carries all read sides; roles choose consumers and endpoints.</summary>
[Flags]
public enum Roles
{
    None = 0,
    Ingest = 1,
    Triage = 2,
    Escalation = 4,
    Paging = 8,
    Scheduling = 16,
    Web = 32,
    All = Ingest | Triage | Escalation | Paging | Scheduling | Web,
}

/// <summary>The settings that shape the process, read once before anything is built. Every fault is listed at once.</summary>
internal sealed class ServerOptions
{
    public required IReadOnlyList<Uri> Urls { get; init; }
    public required Uri PublicUrl { get; init; }
    public required string DataDirectory { get; init; }
    public required Roles Roles { get; init; }
    public required StorageProvider Provider { get; init; }
    public required string ConnectionString { get; init; }
    public required BusOptions Bus { get; init; }
    public required bool Demo { get; init; }
    public required bool Simulator { get; init; }
    public required string? HeartbeatUrl { get; init; }

    public bool Has(Roles role) => (Roles & role) != Roles.None;

    /// <summary>Whether every address that the process listens on is loopback.</summary>
    public bool IsLoopback => Urls.All(u => u.IsLoopback);

    public static (ServerOptions? Options, IReadOnlyList<string> Faults) Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var urls = ReadUrls(configuration, faults);
        var provider = Choice(configuration, "Storage:Provider", StorageProvider.Sqlite, faults);
        var transport = Choice(configuration, "Bus:Transport", BusTransport.InMemory, faults);
        var roles = ReadRoles(configuration["Roles"], faults);
        var directory = Path.GetFullPath(configuration["DataDirectory"] is { Length: > 0 } d ? d : "./data");
        var connection = configuration["Storage:ConnectionString"];
        if (provider == StorageProvider.Postgres && string.IsNullOrWhiteSpace(connection))
            faults.Add("Storage:ConnectionString is missing: PostgreSQL needs one, Host=…;Database=…;Username=…;Password=….");
        var bus = new BusOptions { Transport = transport, Uri = configuration["Bus:Uri"] };
        if (int.TryParse(configuration["Bus:Prefetch"], CultureInfo.InvariantCulture, out var prefetch))
            bus.Prefetch = prefetch;
        if (transport == BusTransport.RabbitMq && !(Uri.TryCreate(bus.Uri, UriKind.Absolute, out var busUri) && busUri.Scheme is "amqp" or "amqps" or "rabbitmq" or "rabbitmqs"))
            faults.Add("Bus:Uri is missing or no address: RabbitMQ needs one, amqp://user:password@host:5672/.");
        if (roles != Roles.All && (provider == StorageProvider.Sqlite || transport == BusTransport.InMemory))
            faults.Add($"Roles is '{configuration["Roles"]}': split roles need Storage:Provider=Postgres and Bus:Transport=RabbitMq, because Sqlite and InMemory stay in one process.");
        var publicUrl = urls[0];
        if (configuration["PublicUrl"] is { Length: > 0 } given && !(Uri.TryCreate(given, UriKind.Absolute, out publicUrl!) && publicUrl.Scheme is "http" or "https"))
            faults.Add($"PublicUrl is '{given}': use an absolute http or https address.");
        else if (string.IsNullOrEmpty(configuration["PublicUrl"]) && publicUrl.Host is "0.0.0.0" or "[::]")
            faults.Add("PublicUrl is missing: Urls listens on every address, and vendors and links in messages need the one that they can reach.");
        var loopback = urls.All(u => u.IsLoopback);
        var twilio = configuration["Paging:Twilio:AccountSid"] is { Length: > 0 };
        var demo = Flag(configuration, "Demo:Enabled", provider == StorageProvider.Sqlite && loopback, faults);
        var simulator = Flag(configuration, "Simulator:Enabled", !twilio && loopback, faults);
        if (!loopback && demo)
            faults.Add("Demo:Enabled is true while Urls is not loopback: demo keys and sign-ins are known to everybody.");
        if (!loopback && configuration["Access:BootstrapToken"] is { } token && token.StartsWith("demo", StringComparison.OrdinalIgnoreCase))
            faults.Add("Access:BootstrapToken is a demo token while Urls is not loopback: choose a secret one.");
        if (simulator && twilio)
            faults.Add("Simulator:Enabled is true though Paging:Twilio is configured: choose one.");
        var heartbeat = configuration["Watch:HeartbeatUrl"];
        if (!string.IsNullOrEmpty(heartbeat) && !Uri.TryCreate(heartbeat, UriKind.Absolute, out _))
            faults.Add($"Watch:HeartbeatUrl is '{heartbeat}': use an absolute address.");
        if (faults.Count > 0)
            return (null, faults);
        return (new ServerOptions
        {
            Urls = urls,
            PublicUrl = publicUrl,
            DataDirectory = directory,
            Roles = roles,
            Provider = provider,
            ConnectionString = string.IsNullOrWhiteSpace(connection) ? $"Data Source={Path.Combine(directory, "incidents.db")}" : connection,
            Bus = bus,
            Demo = demo,
            Simulator = simulator,
            HeartbeatUrl = string.IsNullOrEmpty(heartbeat) ? null : heartbeat,
        }, []);
    }

    private static List<Uri> ReadUrls(IConfiguration configuration, List<string> faults)
    {
        var urls = new List<Uri>();
        foreach (var text in (configuration["Urls"] is { Length: > 0 } u ? u : "http://127.0.0.1:8080").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // "*" and "+" mean every address, as Kestrel reads them.
            if (Uri.TryCreate(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                urls.Add(url);
            else
                faults.Add($"Urls holds '{text}': use http://host:port, several separated by semicolons.");
        }
        if (urls.Count == 0)
            urls.Add(new Uri("http://127.0.0.1:8080"));
        return urls;
    }

    private static Roles ReadRoles(string? text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Roles.All;
        var roles = Roles.None;
        var known = faults.Count;
        foreach (var word in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Enum.TryParse<Roles>(word, ignoreCase: true, out var role) && role != Roles.None && !char.IsAsciiDigit(word[0]))
                roles |= role;
            else
                faults.Add($"Roles holds '{word}': use all, or some of ingest, triage, escalation, paging, scheduling, web.");
        }
        return roles == Roles.None || faults.Count > known ? Roles.All : roles;
    }

    private static T Choice<T>(IConfiguration configuration, string key, T otherwise, List<string> faults) where T : struct, Enum
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return otherwise;
        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
            return value;
        faults.Add($"{key} is '{text}': use {string.Join(" or ", Enum.GetNames<T>())}.");
        return otherwise;
    }

    private static bool Flag(IConfiguration configuration, string key, bool otherwise, List<string> faults)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
            return otherwise;
        if (bool.TryParse(text, out var value))
            return value;
        faults.Add($"{key} is '{text}': use true or false.");
        return otherwise;
    }
}
