using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(Incidents.Acceptance.Tests.Stage.PhoneStage))]

namespace Incidents.Acceptance.Tests.Stage;

/// <summary>
/// One installation a shape for stories of telephones: people of four languages, each with a service of their own that pages them first and a stand-in
/// an hour later. Their rules: a call at once, a text ten minutes later.
/// </summary>
public sealed class PhoneStage : IAsyncLifetime
{
    public static readonly Member Stan = new("stan", "+15558880000");

    /// <summary>Logins are used once each, so that stories run beside each other.</summary>
    public static IReadOnlyDictionary<string, (Member Member, string Name, string Language, string Zone)> People { get; } = new (string Login, string Name, string Language, string Zone)[]
    {
        ("enid", "Enid", "en", "Europe/London"), ("joao", "João", "pt-BR", "America/Sao_Paulo"), ("olja", "Оля", "ru", "Europe/Moscow"), ("kadri", "Kadri", "et", "Europe/Tallinn"),
        ("mel", "Mel", "en", "Etc/UTC"), ("bea", "Bea", "en", "Etc/UTC"), ("sven", "Sven", "en", "Etc/UTC"), ("tessa", "Tessa", "en", "Etc/UTC"), ("olaf", "Olaf", "en", "Etc/UTC"), ("cal", "Cal", "pt-BR", "America/Sao_Paulo"),
    }.Select((p, i) => (p.Login, Value: (new Member(p.Login, $"+1555888{i + 1:0000}"), p.Name, p.Language, p.Zone))).ToDictionary(p => p.Login, p => p.Value, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Shape, Lazy<Task<Installation>>> shared = new();

    public Task<Installation> OpenAsync(Shape shape) => shared.GetOrAdd(shape, s => new Lazy<Task<Installation>>(async () =>
    {
        var it = await Installation.StartAsync(s, 1, settings: new(StringComparer.Ordinal) { ["Paging:Voice:BusyRetryDelay"] = "00:00:05" });
        await it.Api.ApplyConfig(Document());
        return it;
    })).Value;

    public static string Service(string login) => "service-of-" + login;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var started in shared.Values)
        {
            if (started.Value.IsCompletedSuccessfully) await (await started.Value).DisposeAsync();
        }
    }

    private static string Document()
    {
        string Person(Member m, string name, string language, string zone) =>
            $"  - {{ login: {m.Login}, name: \"{name}\", language: {language}, zone: {zone}, role: responder, contacts: [{{ name: mobile, kind: voice, address: \"{m.Number}\" }}, {{ name: text, kind: sms, address: \"{m.Number}\" }}], notify: {{ high: [{{ contact: mobile }}, {{ contact: text, after: 10m }}] }} }}\n";
        string Each(Func<string, string> line) => string.Concat(People.Keys.Select(line));
        return "version: 1\npeople:\n"
            + "  - { login: olga, name: Olga Admin, role: admin, contacts: [{ name: mobile, kind: voice, address: \"+15559990000\" }], notify: { high: [{ contact: mobile }] } }\n"
            + Person(Stan, "Stan", "en", "Etc/UTC") + string.Concat(People.Values.Select(p => Person(p.Member, p.Name, p.Language, p.Zone)))
            + $"teams:\n  - {{ name: phones, lead: stan, members: [stan, {string.Join(", ", People.Keys)}] }}\n"
            + "pools:\n  - { name: A, rank: 1, mtta: 5m, levelTimeout: 2m, slo: 99.99, coverage: always }\n"
            + "schedules:\n" + Each(l => $"  - {{ name: line-{l}, team: phones, pool: A, zone: Etc/UTC, layers: [{{ name: all, position: primary, start: 2026-01-05T00:00, turn: 52w, slots: [[{l}]] }}] }}\n")
            + "policies:\n" + Each(l => $"  - {{ name: to-{l}, levels: [{{ page: [{{ person: {l} }}], timeout: 1h }}, {{ page: [{{ person: stan }}], timeout: 1h }}], repeat: 0, lastResort: {{ page: [{{ person: olga }}], every: 1h }} }}\n")
            + "services:\n" + Each(l => $"  - {{ name: {Service(l)}, team: phones, pool: A, schedule: line-{l}, policy: to-{l} }}\n")
            + "triage:\n  - { name: critical goes straight on, when: { severity: critical }, do: escalate, severity: SEV1 }\n"
            + $"integrations:\n  - {{ name: scripts, kind: generic, key: {Organisation.GenericKey}, service: {{ default: {Service("enid")} }} }}\n";
    }
}
