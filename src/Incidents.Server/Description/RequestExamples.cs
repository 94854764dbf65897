namespace Incidents.Server.Description;

/// <summary>
/// A body for every call that has one, by operation. They speak of the demo organisation, and a test sends them to a server in this order; what depends on
/// something that only a caller has (a code, a session, an authenticator) is compared with its schema.
/// </summary>
internal static class RequestExamples
{
    private const string Layers = """[{"name":"weekly","position":"primary","start":"2026-01-05T10:00","turn":"1w","slots":[["ana"],["bruno"],["maarja"]]},{"name":"shadow","position":"secondary","nextInOrderOf":"weekly"}]""";
    private const string Alert = """{"version":"4","groupKey":"{}:{alertname=\"HighErrorRate\"}","alerts":[{"status":"firing","labels":{"alertname":"HighErrorRate","service":"checkout","severity":"critical"},"annotations":{"summary":"Checkout error rate is 7 %"},"startsAt":"2026-11-21T22:14:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"c1f4a7d2b8e6f035"}]}""";
    private const string Draft = $$"""{"schedules":[{"name":"payments","team":"payments","pool":"A","zone":"America/Sao_Paulo","layers":{{Layers}}}],"overrides":[{"schedule":"payments","from":"2027-06-07T13:00:00Z","to":"2027-06-08T13:00:00Z","replace":"maarja","with":"ana","reason":"dentist"}]}""";

    public static IReadOnlyList<(string Operation, string Body)> All { get; } =
    [
        ("setMyPin", """{"pin":"48151623"}"""),
        ("putMyContacts", """{"contacts":[{"name":"mobile","kind":"voice","address":"+5511900000001"},{"name":"text","kind":"sms","address":"+5511900000001"}]}"""),
        ("putMyRules", """{"high":[{"contact":"mobile"},{"contact":"text","after":"2m"}],"low":[{"contact":"text"}],"quietHours":{"from":"22:00","to":"07:00"}}"""),
        ("testMyContacts", """{"contact":"text"}"""),
        ("verifyContact", """{"code":"492039"}"""),

        ("ingestGeneric", """{"summary":"Nightly backup failed","dedupKey":"backup-db1","severity":"error","service":"checkout","details":{"host":"db1","exit":"2"},"links":[{"href":"https://ci.example.com/42","text":"log"}]}"""),
        ("ingestAlertmanager", Alert),
        ("ingestGrafana", Alert),
        ("ingestGrafanaByPut", Alert),
        ("sendTestAlert", """{"summary":"Does the right phone ring?"}"""),
        ("declareIncident", """{"title":"Checkout error rate is 7 %","service":"checkout","severity":"SEV1","details":"https://grafana.example.com/d/checkout"}"""),
        ("acknowledgeIncident", """{"note":"Looking at the deploy of 22:10."}"""),
        ("addNote", """{"note":"The vendor confirms: fixed at 06:00 UTC."}"""),
        ("escalateIncident", """{"note":"I need a second pair of eyes."}"""),
        ("snoozeIncident", """{"until":"2036-11-22T06:00:00Z","note":"Waits for the vendor."}"""),
        ("resolveIncident", """{"note":"Rolled back."}"""),

        ("createKey", """{"name":"deploy pipeline","role":"responder","scopes":["incidents"],"expiresAt":"2036-01-01T00:00:00Z"}"""),
        ("confirmAccount", """{"password":"correct horse battery staple"}"""),
        ("setMyPassword", """{"currentPassword":"correct horse battery staple","newPassword":"a longer one with seven words in it"}"""),
        ("turnOnMyTotp", """{"code":"492039"}"""),
        ("addPasskey", """{"token":"the token of askForPasskey","name":"My phone","credential":{"type":"public-key","id":"…","rawId":"…","response":{"clientDataJSON":"…","attestationObject":"…"}}}"""),

        ("putCalendar", """{"name":"finland","zone":"Europe/Helsinki","businessHours":{"days":["mon","tue","wed","thu","fri"],"from":"09:00","to":"17:00"},"night":{"from":"22:00","to":"06:00"},"holidays":["2026-12-06"]}"""),
        ("putPerson", """{"login":"aino","name":"Aino Virtanen","email":"aino@example.com","zone":"Europe/Helsinki","role":"responder","contacts":[{"name":"mobile","kind":"voice","address":"+358401000001"}],"notify":{"high":[{"contact":"mobile"}]},"qualifiedFor":["payments"]}"""),
        ("putTeam", """{"name":"payments","lead":"ana","calendar":"brazil","members":["ana","bruno","maarja","aino"]}"""),
        ("putPool", """{"name":"D","rank":4,"mtta":"30m","coverage":"always","policy":"default"}"""),
        ("putPolicy", """{"name":"lead first","levels":[{"page":[{"lead":"own-team"}],"timeout":"5m"},{"page":[{"schedule":"own","position":"primary"}],"timeout":"pool"}],"repeat":1,"lastResort":{"page":[{"roster":"own"}],"every":"10m"}}"""),
        ("putSchedule", $$"""{"name":"payments","team":"payments","pool":"A","zone":"America/Sao_Paulo","layers":{{Layers}}}"""),
        ("putService", """{"name":"refunds","team":"payments","pool":"A","schedule":"payments","dependsOn":["ledger"],"runbook":"https://runbooks.example.com/refunds"}"""),
        ("putIntegration", """{"name":"grafana","kind":"grafana","service":{"label":"service","default":"checkout"},"urgency":{"label":"severity","low":"warning|info"}}"""),

        ("createAbsence", """{"from":"2027-07-05","to":"2027-07-16","reason":"summer"}"""),
        ("createOverride", """{"from":"2027-06-01T13:00:00Z","to":"2027-06-02T13:00:00Z","replace":"bruno","with":"ana","reason":"wedding"}"""),
        ("putTemporarySchedule", """{"from":"2027-08-02T00:00:00Z","to":"2027-08-03T00:00:00Z","reason":"migration night","shifts":[{"position":"primary","people":["ana"],"from":"2027-08-02T00:00:00Z","to":"2027-08-03T00:00:00Z"}]}"""),
        ("importAbsences", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//leave//EN\r\nBEGIN:VEVENT\r\nUID:leave-1@example.com\r\nDTSTAMP:20261101T080000Z\r\nDTSTART;VALUE=DATE:20270906\r\nDTEND;VALUE=DATE:20270911\r\nSUMMARY:Vacation\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
        ("importOverrides", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//on-call//EN\r\nBEGIN:VEVENT\r\nUID:duty-1@example.com\r\nDTSTAMP:20261101T080000Z\r\nDTSTART:20271004T130000Z\r\nDTEND:20271005T130000Z\r\nSUMMARY:ana\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
        ("previewSchedules", Draft),
        ("previewScheduleTimeline", Draft),
        ("publishSchedule", Draft.Replace("{\"schedules\"", "{\"basis\":\"b41f0c…\",\"schedules\"", StringComparison.Ordinal)),
        ("previewFollowTheSun", """{"sites":[{"name":"tallinn","zone":"Europe/Tallinn","people":["maarja","juri"]},{"name":"sao-paulo","zone":"America/Sao_Paulo","people":["ana","bruno"]}],"start":"2027-01-04","turn":"1w","secondary":true}"""),
        ("proposeSchedule", """{"from":"2027-01-04T00:00:00Z","to":"2027-03-01T00:00:00Z","goal":"rotation"}"""),
        ("createWaiver", """{"rule":"roster","subject":"payments","reason":"Two join in January.","until":"2036-02-01T00:00:00Z"}"""),
        ("createSwap", """{"person":"ana","from":"2027-05-24T20:00:00Z","to":"2027-05-25T02:00:00Z","offerTo":{"people":["bruno","maarja"]},"reason":"school play"}"""),
        ("counterSwap", """{"from":"2027-05-24T20:00:00Z","to":"2027-05-24T22:00:00Z","note":"Only until ten, sorry.","as":"maarja"}"""),
        ("declineSwap", """{"as":"maarja"}"""),
        ("acceptSwap", """{"from":"2027-05-24T20:00:00Z","to":"2027-05-25T02:00:00Z","as":"bruno"}"""),

        ("createWebhook", """{"name":"status-page","url":"https://status.example.com/hooks/incidents","events":["incident.triggered","incident.resolved"],"severities":["SEV1","SEV2"]}"""),
        ("changeWebhook", """{"name":"status-page","url":"https://status.example.com/hooks/incidents","events":["incident.triggered","incident.resolved"],"severities":["SEV1"],"enabled":true}"""),
        ("replayMissed", """{"since":"2026-11-21T00:00:00Z"}"""),
        ("putPayPeriod", """{"from":"2026-11-01","to":"2026-11-30"}"""),
        ("putConfig", "version: 1\nfirstLine: { schedule: first-line }\n"),
    ];
}
