using Incidents.Kernel;

namespace Incidents.Configuration.Tests;

public sealed class Document_when_broken
{
    /// <summary>What is replaced in the example, by what, the path of the fault and a part of its message.</summary>
    public static TheoryData<string, string, string, string> Cases { get; } = new()
    {
        // The document itself
        { "version: 1", "version: 2", "version", "must be 1" },
        { "version: 1", "version: '1'", "version", "must be 1" },
        { "version: 1\n", "", "version", "is required" },
        { "firstLine:", "firstline:", "firstline", "Did you mean 'firstLine'?" },
        { "overrides:                                #", "overrides:\nx-ignored: #", "overrides", "is empty" },

        // Unknown and repeated keys, wrong types
        { "levelTimeout: 2m  ", "levelTimout: 2m  ", "pools[A].levelTimout", "Did you mean 'levelTimeout'?" },
        { "site: sao-paulo\n", "site: sao-paulo\n    site: x\n", "people[ana].site", "is given twice" },
        { "name: Ana Souza", "name: [Ana]", "people[ana].name", "must be a single value, not a list" },
        { "name: Ana Souza", "name: 42", "people[ana].name", "must be text, not the number 42; put it in quotes" },
        { "members: [ana, bruno, maarja]", "members: ana", "teams[payments].members", "must be a list" },
        { "firstLine: { schedule: first-line }", "firstLine: first-line", "firstLine", "must be a mapping" },
        { "rank: 1 ", "rank: one ", "pools[A].rank", "must be a whole number, not 'one'" },
        { "rank: 1 ", "rank: \"1\" ", "pools[A].rank", "must be a whole number" },

        // References
        { "lead: juri, calendar", "lead: jury, calendar", "teams[kitchen].lead", "there is no person 'jury'. Did you mean 'juri'?" },
        { "calendar: brazil\n", "calendar: brasil\n", "people[ana].calendar", "there is no calendar 'brasil'" },
        { "qualifiedFor: [payments]              #", "qualifiedFor: [paymnts] #", "people[ana].qualifiedFor[0]", "Did you mean 'payments'?" },
        { "dependsOn: [order-board]", "dependsOn: [order-bord]", "services[checkout].dependsOn[0]", "there is no service 'order-bord'" },
        { "dependsOn: [order-board]", "dependsOn: [checkout]", "services[checkout].dependsOn", "does not depend on itself" },
        { "policy: quick }", "policy: slow }", "services[canary].policy", "there is no policy 'slow'" },
        { "schedule: first-line }", "schedule: last-line }", "firstLine.schedule", "there is no schedule 'last-line'" },
        { "default: checkout }\n    urgency", "default: checkin }\n    urgency", "integrations[prometheus].service.default", "there is no service 'checkin'" },
        { "[ana], [bruno], [maarja]", "[ana], [nobody], [maarja]", "schedules[payments].layers[weekly].slots[1][0]", "there is no person 'nobody'" },
        { "on: workdays, calendar: estonia", "on: workdays, calendar: estland", "schedules[payments].layers[tallinn-day].windows[0].calendar", "there is no calendar" },
        { "on: workdays, calendar: estonia", "on: workdays", "schedules[payments].layers[tallinn-day].windows[0].calendar", "is required with 'on: workdays'" },
        { "{ page: [{ person: ana }], timeout: 2s }", "{ page: [{ person: anna }], timeout: 2s }", "policies[quick].levels[0].page[0].person", "there is no person 'anna'. Did you mean 'ana'?" },
        { "{ page: [{ schedules: same-pool }], timeout: pool }", "{ page: [{ roster: nowhere }], timeout: pool }", "policies[default].levels[3].page[0].roster", "there is no schedule" },
        { "policy: business, firstLine", "firstLine", "services[reports].policy", "nobody would be paged" },
        { "replace: maarja, with", "replace: mari, with", "overrides[0].replace", "there is no person 'mari'" },

        { "schedule: kitchen\n    from", "schedule: kitchn\n    from", "temporarySchedules[year-end stocktaking].schedule", "there is no schedule 'kitchn'" },
        { "people: [juri, tiina] }]", "people: [juri, tina] }]", "temporarySchedules[year-end stocktaking].shifts[0].people[1]", "there is no person 'tina'. Did you mean 'tiina'?" },
        { "person: bruno, from: 2026-12-28", "person: brumo, from: 2026-12-28", "absences[0].person", "there is no person 'brumo'" },

        // Temporary schedules, absences and swaps
        { "to: 2026-12-31T19:00:00Z\n", "to: 2026-12-30T07:00:00Z\n", "temporarySchedules[year-end stocktaking].to", "must be after from" },
        { "shifts: [{ from: 2026-12-30T07:00:00Z", "shifts: [{ from: 2026-12-30T06:59:59Z", "temporarySchedules[year-end stocktaking].shifts[0]", "must lie inside" },
        { "people: [juri, tiina] }]", "people: [] }]", "temporarySchedules[year-end stocktaking].shifts[0].people", "must name at least one person" },
        { "to: 2027-01-04, reason: vacation", "to: 2026-12-28, reason: vacation", "absences[0].to", "must be after from" },
        { "from: 2026-12-28, to: 2027", "from: 28.12., to: 2027", "absences[0].from", "must be an instant such as" },
        { "reason: vacation }", "reason: vacation }\n  - { person: bruno, from: 2026-12-28T00:00:00-03:00, to: 2027-01-04 }", "absences[1]", "is the same absence as absences[0]" },
        { "reason: vacation }", "reason: vacation, handOver: brumo }", "absences[0].handOver", "there is no person 'brumo'. Did you mean 'bruno'?" },
        { "reason: vacation }", "reason: vacation, handOver: bruno }", "absences[0].handOver", "must be somebody else" },

        // Rights for teams
        { "role: manager   ", "role: manager\n    scope: [paymnts]\n    #", "people[ana].scope[0]", "there is no team 'paymnts'. Did you mean 'payments'?" },
        { "role: manager   ", "role: manager\n    scope: []\n    #", "people[ana].scope", "must name at least one team" },
        { "role: manager   ", "role: manager\n    scope: null\n    #", "people[ana].scope", "must name at least one team" },
        { "role: manager   ", "role: manager\n    scope: [payments, payments]\n    #", "people[ana].scope[1]", "names 'payments' twice" },
        { "role: manager   ", "role: admin\n    scope: [payments]\n    #", "people[ana].scope", "for managers and responders only, not with the role admin" },
        { "- { name: business, levels", "- { name: business, team: kichen, levels", "policies[business].team", "there is no team 'kichen'. Did you mean 'kitchen'?" },
        { "- { name: scripts, kind: generic,", "- { name: scripts, team: nobody, kind: generic,", "integrations[scripts].team", "there is no team 'nobody'" },

        // Quiet hours and what pools need
        { "site: sao-paulo\n", "site: sao-paulo\n    quietHours: { from: \"22:00\" }\n", "people[ana].quietHours.to", "is required" },
        { "site: sao-paulo\n", "site: sao-paulo\n    quietHours: { from: \"22:00\", to: \"22:00\" }\n", "people[ana].quietHours.to", "would wait for ever" },
        { "site: sao-paulo\n", "site: sao-paulo\n    quietHours: { from: \"22:00\", to: \"07:00\", days: [] }\n", "people[ana].quietHours.days", "must name at least one day" },
        { "site: sao-paulo\n", "site: sao-paulo\n    quietHours: { from: \"22:00\", to: \"07:00\", zone: Brazil/Rio }\n", "people[ana].quietHours.zone", "must be an IANA zone" },
        { "rank: 1 ", "needs: [voice, voice]\n    rank: 1 ", "pools[A].needs", "names voice twice" },
        { "rank: 1 ", "needs: [phone]\n    rank: 1 ", "pools[A].needs[0]", "must be voice, sms, slack, email or webhook" },
        { "with: ana, reason: family", "with: ana, swap: 7, reason: family", "overrides[0].swap", "must be a UUID" },

        // Duplicates
        { "{ login: bruno,", "{ login: ana,", "people[1]", "is the second person named 'ana'" },
        { "kind: sms, address: \"+5511900000002\"", "kind: sms, address: \"+5511900000001\"", "people[bruno].contacts[text].address", "already belongs to 'ana'" },
        { "key: demo-generic-key", "key: demo-prometheus-key", "integrations[scripts].key", "is already the key of 'prometheus'" },
        { "rank: 2,", "rank: 1,", "pools[B].rank", "is already the rank of 'A'" },
        { "{ name: shadow,", "{ name: weekly,", "schedules[payments].layers", "has two layers named 'weekly'" },
        { "members: [juri, tiina]", "members: [juri, juri]", "teams[kitchen].members[1]", "names 'juri' twice" },

        // Ranges
        { "mtta: 5m  ", "mtta: 0s  ", "pools[A].mtta", "must be longer than 0s" },
        { "mtta: 5m  ", "mtta: 5  ", "pools[A].mtta", "must be a duration such as 30s" },
        { "mtta: 5m  ", "mtta: -5m  ", "pools[A].mtta", "must be a duration" },
        { "slo: 99.99\n", "slo: 100.1\n", "pools[A].slo", "must be between 0 and 100, not 100.1" },
        { "slo: 99.99\n", "slo: -1\n", "pools[A].slo", "must be between 0 and 100" },
        { "repeat: 2 ", "repeat: -1 ", "policies[default].repeat", "must be between 0 and 1000" },
        { "onCallShare: { max: 25,", "onCallShare: { max: 125,", "pools[A].limits.onCallShare.max", "must be between 0 and 100" },
        { "breach: enforce }\n      qualified", "breach: always }\n      qualified", "pools[A].limits.doublePrimary.breach", "must be enforce, warn or ignore" },
        { "turn: 1w", "turn: 1w2d", "schedules[payments].layers[weekly].turn", "exactly one unit" },
        { "turn: 1w", "turn: 0d", "schedules[payments].layers[weekly].turn", "between 1 and 1000" },
        { "after: 2m }", "after: 2 minutes }", "people[ana].notify.high[2].after", "must be a duration" },
        { "rate: 80.00", "rate: -80.00", "people[ana].pay[0].rate", "must be between" },
        { "currency: BRL }]   #", "currency: real }] #", "people[ana].pay[0].currency", "currency code" },
        { "flap: { changes: 4,", "flap: { changes: 0,", "triage[flapping disks].flap.changes", "must be between 1" },

        // Forms of values
        { "  - name: brazil\n    zone: America/Sao_Paulo", "  - name: brazil\n    zone: America/Sao_Paolo", "calendars[brazil].zone", "Did you mean 'America/Sao_Paulo'?" },
        { "holidays: [2026-12-25, 2027", "holidays: [2026-02-30, 2027", "calendars[brazil].holidays[0]", "must be a date" },
        { "from: \"22:00\", to: \"06:00\" }\n    holidays: [2026-12-25", "from: \"25:00\", to: \"06:00\" }\n    holidays: [2026-12-25", "calendars[brazil].night.from", "must be a local time" },
        { "days: [mon, tue, wed, thu, fri], from: \"09:00\", to: \"14:00\"", "days: [mon, monday], from: \"09:00\", to: \"14:00\"", "schedules[payments].layers[tallinn-day].windows[0].days[1]", "must be mon, tue" },
        { "kind: slack, address: U00000ANA", "kind: slack, address: ana", "people[ana].contacts[chat].address", "Slack member id" },
        { "kind: email, address: ana@example.com", "kind: email, address: ana at example", "people[ana].contacts[mail].address", "must be an e-mail address" },
        { "{ name: mobile, kind: voice, address: \"+3725000004\" }", "{ name: mobile, kind: voice, address: \"5000004\" }", "people[juri].contacts[mobile].address", "E.164" },
        { "{ name: mobile, kind: voice, address: \"+3725000004\" }", "{ name: mobile, kind: voice, address: +3725000004 }", "people[juri].contacts[mobile].address", "in quotes" },
        { "{ contact: text }, { contact: mobile, after", "{ contact: txt }, { contact: mobile, after", "people[ana].notify.high[1].contact", "is not a contact of this person. Did you mean 'text'?" },
        { "start: 2026-01-05T10:00, turn", "start: 2026-01-05T10:00Z, turn", "schedules[payments].layers[weekly].start", "without an offset" },
        { "until: 2027-12-31T00:00", "until: 2025-12-31T00:00", "schedules[payments].layers[tallinn-day].until", "must be after start" },
        { "nextInOrderOf: weekly }", "nextInOrderOf: weekli }", "schedules[payments].layers[shadow].nextInOrderOf", "is not a layer of this schedule. Did you mean 'weekly'?" },
        { "nextInOrderOf: weekly }", "nextInOrderOf: shadow }", "schedules[payments].layers[shadow].nextInOrderOf", "circle" },
        { "nextInOrderOf: weekly }", "nextInOrderOf: weekly, turn: 1d }", "schedules[payments].layers[shadow].turn", "has no meaning with nextInOrderOf" },
        { "to: 2026-12-25T12:00:00Z", "to: 2026-12-24T12:00:00Z", "overrides[0].to", "must be after from" },
        { "from: 2026-12-24T15:00:00Z", "from: 2026-12-24T15:00", "overrides[0].from", "must be an instant" },
        { "replace: maarja, with: ana", "replace: maarja", "overrides[0].with", "is required with replace" },
        { "replace: maarja, with: ana", "replace: maarja, add: ana", "overrides[0]", "must have exactly one of replace" },
        { "[{ lead: own-team }], timeout", "[{ lead: own-team, person: ana }], timeout", "policies[default].levels[5].page[0]", "must have exactly one of schedule" },
        { "{ roster: own }], every: pool", "{ roster: own }], every: never", "policies[default].lastResort.every", "must be 'pool' or a duration" },
        { "severity: \"critical|page\"", "severity: \"critical|(page\"", "triage[critical goes straight on].when.severity", "is not a usable regular expression" },
        { "severity: \"critical|page\"", "severity: \"(?=critical)page\"", "triage[critical goes straight on].when.severity", "Look-arounds" },
        { "severity: \"critical|page\"", "severity: \"page)|(x\"", "triage[critical goes straight on].when.severity", "is not a usable regular expression" },
        { "do: drop", "do: dorp", "triage[noise].do", "Did you mean 'drop'?" },
        { "do: heartbeat, every: 2m", "do: heartbeat", "triage[watchdog is a heartbeat].every", "is required with 'do: heartbeat'" },
        { "severity: SEV1", "severity: SEV5", "triage[critical goes straight on].severity", "must be SEV1, SEV2, SEV3 or SEV4" },
        { "kind: generic, key", "kind: nagios, key", "integrations[scripts].kind", "must be alertmanager, grafana or generic" },
        { "key: demo-generic-key", "key: short", "integrations[scripts].key", "8 to 128" },
        { "key: demo-generic-key", "key: '***'", "integrations[scripts].key", "is new" },
        { "deduplicate: fingerprint", "deduplicate: []", "integrations[prometheus].deduplicate", "not an empty list" },
        { "runbook: \"https://runbooks", "runbook: \"ftp://runbooks", "services[checkout].runbook", "http or https" },
        { "name: kitchen, team: kitchen", "name: own, team: kitchen", "schedules[own].name", "has a meaning of its own" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void names_the_path_and_the_fix(string old, string replacement, string path, string message)
    {
        var faults = Sample.Faults(Sample.With(old, replacement));

        Assert.True(faults.Any(f => f.Path == path && f.Message.Contains(message, StringComparison.Ordinal)), "Found: " + string.Join("\n", faults));
    }

    [Fact]
    public void lists_every_fault_at_once_in_the_order_of_the_text()
    {
        var faults = Sample.Faults("""
            version: 1
            teams:
              - { name: t, lead: nobody }
            pools:
              - { name: A, rank: 0, mtta: soon }
              - { rank: 2, mtta: 5m, color: red }
            services:
              - { name: s, pool: Z }
            """);

        Assert.Equal(
            [
                "teams[t].lead: there is no person 'nobody'. (line 3)",
                "pools[A].rank: must be between 1 and 1000, not 0. (line 5)",
                "pools[A].mtta: must be a duration such as 30s, 5m or 1h30m (at most 8784h), not 'soon'. (line 5)",
                "pools[1].name: is required. (line 6)",
                "services[s].pool: there is no pool 'Z'. (line 8)",
            ],
            faults.Where(f => f.Path != "pools[1].color").Select(f => $"{f.Path}: {f.Message}"));
        Assert.Contains(faults, f => f.Path == "pools[1].color" && f.Message.StartsWith("is not known here.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("version: 1\npeople: [x\nb", "line 2")]
    [InlineData("version: 1\n\tpeople: []", "line ")]
    [InlineData("a: b: c", "line 1")]
    [InlineData("x: *unknown", "line 1")]
    [InlineData("\"open", "line 1")]
    public void is_malformed_only_when_it_is_not_yaml(string yaml, string where)
    {
        var error = Sample.Plan(yaml).Error;

        Assert.Equal(ErrorKind.Malformed, error?.Kind);
        Assert.Contains(where, error!.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("[]")]
    [InlineData("just words")]
    [InlineData("version: 1\n---\nversion: 1\n")]
    public void is_invalid_when_it_is_yaml_of_another_kind(string yaml) => Assert.Equal(ErrorKind.Invalid, Sample.Plan(yaml).Error?.Kind);

    [Fact]
    public void cannot_exhaust_the_process_with_aliases_or_depth()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 12).Select(i =>
            $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(',', Enumerable.Repeat("*" + (char)('a' + i), 10))}]\n"));

        Assert.Contains("More than", Sample.Plan(bomb).Error!.Faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("deeper", Sample.Plan(new string('[', 5000)).Error!.Faults[0].Message, StringComparison.Ordinal);
    }
}
