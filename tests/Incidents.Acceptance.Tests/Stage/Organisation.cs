using System.Globalization;
using System.Text;

namespace Incidents.Acceptance.Tests.Stage;

/// <summary>The configuration document of a stage: as many crews as there are stories, two integrations, three pools.</summary>
public static class Organisation
{
    public const string AlertmanagerKey = "acceptance-alertmanager-key";
    public const string GenericKey = "acceptance-generic-key";

    /// <summary>The first whom a story pages has rights for another team only: whatever way they answer, it is enough that they were paged.</summary>
    private const string Elsewhere = " scope: [elsewhere],";

    /// <param name="crews">Everybody.</param>
    /// <param name="now">The office's only business day is three days from here, so that it is never business hours during a test.</param>
    /// <param name="quick">How long each level of a canary waits.</param>
    public static string Document(IReadOnlyList<Crew> crews, DateTimeOffset now, string quick = "2s")
    {
        var officeDay = now.AddDays(3).DayOfWeek.ToString()[..3].ToLowerInvariant();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $$"""
            version: 1
            calendars:
              - { name: office, zone: Etc/UTC, businessHours: { days: [{{officeDay}}], from: "09:00", to: "17:00" } }
            people:
              - { login: nora, name: Nora, role: responder, scope: [elsewhere], contacts: [{ name: text, kind: sms, address: "+15559990001" }] }
              - { login: olga, name: Olga Admin, role: admin, contacts: [{ name: mobile, kind: voice, address: "+15559990000" }], notify: { high: [{ contact: mobile }] } }
            """);
        foreach (var crew in crews)
        {
            foreach (var member in crew.Everybody)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $$"""
                      - { login: {{member.Login}}, name: {{member.Login}}, role: responder,{{(member == crew.Ana ? Elsewhere : "")}} contacts: [{ name: mobile, kind: voice, address: "{{member.Number}}" }, { name: text, kind: sms, address: "{{member.Number}}" }], notify: { high: [{ contact: mobile }, { contact: text }], low: [{ contact: text }] } }
                    """);
            }
        }

        foreach (var crew in crews)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $$"""
                  - { login: {{crew.Mai}}, name: "Mai Õunapuu", role: responder,{{Elsewhere}} contacts: [{ name: mail, kind: email, address: {{crew.MaisAddress}} }], notify: { high: [{ contact: mail }] } }
                """);
        }

        text.AppendLine("teams:");
        text.AppendLine("  - { name: elsewhere, members: [nora] }");
        foreach (var crew in crews) text.AppendLine(CultureInfo.InvariantCulture, $"  - {{ name: {crew.Team}, lead: {crew.Ana.Login}, calendar: office, members: [{Logins(crew.Everybody)}] }}");
        text.AppendLine("""
            pools:
              - { name: A, rank: 1, mtta: 5m, levelTimeout: 2m, slo: 99.99, coverage: always }
              - { name: C, rank: 3, mtta: 30m, slo: 99.5, coverage: business-hours }
            schedules:
            """);
        foreach (var crew in crews)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $$"""
                  - { name: {{crew.Line}}, team: {{crew.Team}}, pool: A, zone: Etc/UTC, layers: [{ name: all, position: primary, start: 2026-01-05T00:00, turn: 52w, slots: [{{string.Join(", ", crew.Everybody.Select(m => $"[{m.Login}]"))}}] }] }
                """);
        }

        text.AppendLine("policies:");
        foreach (var crew in crews)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $$"""
                  - { name: quick-{{crew.Canary}}, levels: [{{Levels(crew, quick)}}], repeat: 0, lastResort: { page: [{ roster: own }], every: {{quick}} } }
                  - { name: post-{{crew.Canary}}, levels: [{ page: [{ person: {{crew.Mai}} }], timeout: 1h }, { page: [{ person: {{crew.Ana.Login}} }], timeout: 1h }], repeat: 0, lastResort: { page: [{ roster: own }], every: 1h } }
                  - { name: slow-{{crew.Canary}}, levels: [{{Levels(crew, "1h")}}], repeat: 0, lastResort: { page: [{ roster: own }], every: 1h } }
                """);
        }

        text.AppendLine("services:");
        foreach (var crew in crews)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $$"""
                  - { name: {{crew.Canary}}, team: {{crew.Team}}, pool: A, schedule: {{crew.Line}}, policy: quick-{{crew.Canary}} }
                  - { name: {{crew.Calm}}, team: {{crew.Team}}, pool: A, schedule: {{crew.Line}}, policy: slow-{{crew.Canary}} }
                  - { name: {{crew.Post}}, team: {{crew.Team}}, pool: A, schedule: {{crew.Line}}, policy: post-{{crew.Canary}} }
                  - { name: {{crew.Office}}, team: {{crew.Team}}, pool: C, schedule: {{crew.Line}}, policy: slow-{{crew.Canary}} }
                """);
        }

        text.AppendLine(CultureInfo.InvariantCulture, $$"""
            triage:
              - { name: noise, when: { severity: none }, do: drop }
              - { name: critical goes straight on, when: { severity: critical }, do: escalate, severity: SEV1 }
            integrations:
              - { name: prometheus, kind: alertmanager, key: {{AlertmanagerKey}}, service: { label: service, default: {{crews[0].Calm}} }, urgency: { label: severity, low: info }, deduplicate: fingerprint }
              - { name: scripts, kind: generic, key: {{GenericKey}}, service: { default: {{crews[0].Calm}} } }
            """);
        return text.ToString();
    }

    private static string Levels(Crew crew, string timeout) => string.Join(", ", crew.Order.Select(m => $"{{ page: [{{ person: {m.Login} }}], timeout: {timeout} }}"));

    private static string Logins(IEnumerable<Member> members) => string.Join(", ", members.Select(m => m.Login));
}
