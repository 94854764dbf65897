namespace Incidents.Server.Description;

/// <summary>Texts of the demo organisation, by the name of a property, or of the type and the property where the same name means several things.</summary>
internal static class SampleWords
{
    /// <summary>Begins what stands for a word that is missing here; a test finds it.</summary>
    public const string Missing = "no word for ";

    public static string Of(string owner, string name) => Known.GetValueOrDefault($"{owner}.{name}") ?? Known.GetValueOrDefault(name) ?? $"{Missing}{owner}.{name}";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        // who
        ["login"] = "ana", ["person"] = "ana", ["by"] = "juri", ["actor"] = "juri", ["author"] = "juri", ["createdBy"] = "juri", ["approvedBy"] = "juri", ["exportedBy"] = "juri", ["endedBy"] = "juri",
        ["acknowledgedBy"] = "ana", ["lead"] = "ana", ["members"] = "ana", ["slots"] = "ana", ["people"] = "ana", ["paged"] = "ana", ["starts"] = "bruno", ["ends"] = "ana", ["declined"] = "maarja", ["with"] = "bruno",
        ["handOver"] = "bruno", ["replaces"] = "bruno", ["before"] = "ana", ["after"] = "bruno", ["RuleStep.after"] = "2m", ["qualifiedFor"] = "payments", ["language"] = "pt-BR", ["site"] = "sao-paulo",
        ["email"] = "ana@example.com", ["role"] = "responder", ["scope"] = "payments",

        // names of things
        ["team"] = "payments", ["teams"] = "payments", ["pool"] = "A", ["pools"] = "A", ["policy"] = "default", ["service"] = "checkout", ["services"] = "checkout", ["dependsOn"] = "ledger",
        ["schedule"] = "payments", ["schedules"] = "payments", ["firstLine"] = "first-line", ["calendar"] = "brazil", ["zone"] = "America/Sao_Paulo", ["integration"] = "prometheus", ["position"] = "primary",
        ["name"] = "payments", ["AccountView.name"] = "Ana Souza", ["Me.name"] = "Ana Souza", ["PersonItem.name"] = "Ana Souza", ["PersonPay.name"] = "Ana Souza", ["StatementView.name"] = "Ana Souza",
        ["UnpaidPerson.name"] = "Ana Souza", ["ChannelView.name"] = "Twilio", ["ContactItem.name"] = "mobile", ["ContactView.name"] = "mobile", ["IntegrationItem.name"] = "prometheus",
        ["KeyItem.name"] = "deploy pipeline", ["NewKey.name"] = "deploy pipeline", ["LayerItem.name"] = "weekly", ["LayerTimeline.name"] = "weekly", ["SunLayer.name"] = "tallinn", ["Why.name"] = "weekly",
        ["ReasonView.name"] = "weekly", ["PasskeyView.name"] = "My phone", ["PolicyItem.name"] = "default", ["PoolItem.name"] = "A", ["ServiceItem.name"] = "checkout", ["SiteShare.name"] = "tallinn",
        ["CalendarItem.name"] = "brazil", ["TemporaryItem.name"] = "migration night", ["WebhookView.name"] = "status-page", ["TargetItem.name"] = "own", ["nextInOrderOf"] = "weekly",

        // kinds and words
        ["kind"] = "schedule", ["ContactItem.kind"] = "voice", ["IntegrationItem.kind"] = "alertmanager", ["NeedItem.kind"] = "voice", ["NoticeView.kind"] = "handoff", ["OverrideItem.kind"] = "replace",
        ["TargetItem.kind"] = "schedule", ["action"] = "update", ["advance"] = "elapsed", ["coverage"] = "always", ["on"] = "workdays", ["via"] = "web", ["channel"] = "voice", ["rule"] = "roster",
        ["PayLineView.rule"] = "standby × night", ["PayloadAlertView.rule"] = "noise", ["goal"] = "rotation", ["class"] = "night", ["can"] = "acknowledge", ["needs"] = "voice", ["unit"] = "percent",
        ["events"] = "incident.triggered", ["severities"] = "SEV1", ["scopes"] = "incidents", ["event"] = "incident.triggered", ["ImportedOverride.event"] = "duty-1@example.com", ["type"] = "incident.triggered",
        ["ParkedMessage.type"] = "paging.page-requested", ["endpoint"] = "paging", ["vendor"] = "twilio", ["Alive.status"] = "ok", ["days"] = "mon", ["businessDays"] = "mon", ["contact"] = "mobile",

        // times and amounts
        ["from"] = "2026-11-21", ["to"] = "2026-11-22", ["SiteShare.from"] = "08:00", ["SiteShare.to"] = "20:00", ["SunWindow.from"] = "08:00", ["SunWindow.to"] = "20:00", ["LocalTime.from"] = "08:00",
        ["LocalTime.to"] = "20:00", ["businessFrom"] = "09:00", ["businessTo"] = "18:00", ["nightFrom"] = "22:00", ["nightTo"] = "06:00", ["holidays"] = "2026-12-25", ["turn"] = "1w",
        ["start"] = "2026-01-05T10:00", ["until"] = "2027-12-31T00:00", ["mtta"] = "5m", ["levelTimeout"] = "2m", ["timeout"] = "2m", ["firstLineDeadline"] = "2m", ["acknowledgeTtl"] = "30m",
        ["period"] = "2026-11", ["month"] = "2026-11", ["increment"] = "15m", ["minimum"] = "30m", ["counted"] = "45m", ["hours"] = "40", ["paidHours"] = "168", ["unpaidHours"] = "0",
        ["amount"] = "120.00", ["currency"] = "BRL", ["standby"] = "1.5", ["work"] = "2.0", ["offsetBefore"] = "+02:00", ["offsetAfter"] = "+03:00", ["time"] = "2026-11-21 22:00–06:00",

        // texts
        ["title"] = "Checkout error rate is 7 %", ["summary"] = "Checkout error rate is 7 %", ["annotations"] = "Checkout error rate is 7 %", ["alertname"] = "HighErrorRate", ["details"] = "https://grafana.example.com/d/checkout",
        ["text"] = "ana was called.", ["NoticeView.text"] = "Nothing is open. Until Monday 10:00.", ["subject"] = "payments", ["NoticeView.subject"] = "You are on call for payments",
        ["message"] = "3 people are on the roster; 8 are needed.", ["Fault.message"] = "There is no person 'anna'.", ["fix"] = "Add five people to the rotation.", ["explanation"] = "Hours and nights are within a tenth of one another.",
        ["PayLineView.explanation"] = "8 h × 10.00 BRL × 1.5 × 0.5", ["reason"] = "Two join in January.", ["note"] = "Only until ten, sorry.", ["why"] = "has the fewest nights so far", ["says"] = "200 OK", ["detail"] = "3 s behind",
        ["answer"] = "200 OK", ["startText"] = "You are on call for payments.", ["endText"] = "bruno takes over.", ["where"] = "services[checkout].schedule", ["path"] = "schedules[payments].layers[0].slots",
        ["paths"] = "layers[0].slots", ["UnmatchedEvent.path"] = "VEVENT 3", ["line"] = "2026-11-21 night", ["body"] = "{\"status\":\"firing\"}",

        // addresses, secrets, identities
        ["address"] = "+5511900000001", ["SessionView.address"] = "192.0.2.17", ["AccessChangeView.address"] = "192.0.2.17", ["TotpSetup.address"] = "otpauth://totp/Incidents:ana?secret=JBSWY3DPEHPK3PXP&issuer=Incidents",
        ["browser"] = "Firefox on Linux", ["agent"] = "Alertmanager/0.27.0", ["contentType"] = "application/json", ["url"] = "https://status.example.com/hooks/incidents",
        ["IntegrationItem.url"] = "https://incidents.example.com/integrations/…/alertmanager", ["GeneratedKey.url"] = "https://incidents.example.com/integrations/k7Qm…/alertmanager",
        ["FeedAddress.url"] = "https://incidents.example.com/calendars/9fXc….ics", ["link"] = "https://incidents.example.com/schedules/payments", ["InvitationView.link"] = "https://incidents.example.com/signin/password/…",
        ["runbook"] = "https://runbooks.example.com/checkout", ["href"] = "https://grafana.example.com/d/checkout", ["secret"] = "***", ["key"] = "c1f4a7d2b8e6f035", ["NewKey.key"] = "inc_5Yt…shown once",
        ["GeneratedKey.key"] = "k7Qm…shown once", ["NoticeView.key"] = "payments 2026-11-23T13:00:00Z", ["token"] = "given back with the credential", ["codes"] = "4f7k-92mq-x8dp", ["id"] = "019a9d3e5f10",
        ["hash"] = "5f2c9e…", ["basis"] = "b41f0c…", ["fingerprint"] = "roster:payments", ["prefix"] = "+55",
    };
}
