using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Configuration.Document.Sections;

internal sealed class PeopleSection : Section<Person>
{
    public override string Key => "people";
    public override string Kind => "person";
    public override string Identity => "login";

    protected override string NameOf(Person value) => value.Login;

    protected override Person ReadValue(MapReader map)
    {
        var login = map.RequiredText("login", Scalars.Login);
        var name = map.OptionalText("name", Scalars.Text) ?? login;
        var email = map.OptionalText("email", Scalars.Email);
        var zone = map.OptionalText("zone", Scalars.Zone);
        var calendar = map.OptionalText("calendar", Scalars.Name);
        var site = map.OptionalText("site", Scalars.Name);
        var language = map.Optional("language", Scalars.Language, "en");
        var role = map.Optional("role", Words.Roles.Parse, Role.Responder);
        var scope = map.Keys.Contains("scope", StringComparer.Ordinal) ? map.Scalars("scope", Scalars.Name, "") : null;
        if (scope is { Count: 0 })
            map.Fault("scope", "must name at least one team; leave it out for rights everywhere.");
        if (scope is not null && role is not (Role.Manager or Role.Responder))
            map.Fault("scope", $"has a meaning for managers and responders only, not with the role {Words.Roles.Of(role)}.");
        var contacts = map.Maps("contacts", ReadContact);
        foreach (var twice in contacts.GroupBy(c => c.Name, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
            map.Fault("contacts", $"has two contacts named '{twice.Key}'.");
        var notify = map.OptionalMap("notify", rules => new NotifyRules(
            Steps(rules, "high", contacts, required: true) ?? [], Steps(rules, "low", contacts, required: false)));
        var qualified = map.Scalars("qualifiedFor", Scalars.Name, "");
        var pay = map.Maps("pay", ReadPay);
        Validity.Check(map, "pay", pay.Select(p => p.From));
        var quiet = map.OptionalMap("quietHours", QuietHoursIn);
        return new Person(login, name, email, zone, calendar, site, language, role, contacts, notify ?? Everything(contacts), qualified, [.. pay.OrderBy(p => p.From)]) { QuietHours = quiet, Scope = scope };
    }

    private static QuietHours QuietHoursIn(MapReader map)
    {
        var quiet = new QuietHours(
            map.Required("from", Scalars.Time, LocalTime.Midnight), map.Required("to", Scalars.Time, LocalTime.Noon),
            CalendarSection.Days(map, required: false), map.OptionalText("zone", Scalars.Zone));
        if (quiet.From == quiet.To && quiet.Days.Count == 7 && map.Has("from") && map.Has("to"))
            map.Fault("to", "must differ from from: all hours of all days would be quiet, and pages of low urgency would wait for ever.");
        return quiet;
    }

    private static Contact ReadContact(MapReader map)
    {
        var name = map.RequiredText("name", Scalars.Name);
        var kind = map.Required("kind", Words.ContactKinds.Parse, ContactKind.Webhook);
        map.Ignore("formerly");
        var known = map.Has("kind");
        var address = map.RequiredText("address", (known, kind) switch
        {
            (true, ContactKind.Voice or ContactKind.Sms) => Scalars.Phone,
            (true, ContactKind.Email) => Scalars.Email,
            (true, ContactKind.Slack) => Scalars.SlackUser,
            _ => Scalars.Text,
        });
        if (address.Length > 0 && map.Has("kind") && kind == ContactKind.Webhook && map.Take("kind") is ScalarNode { Text: "webhook" } && Scalars.Url(ScalarNode.OfText(address)).Problem is { } problem)
            map.Fault("address", problem);
        return new Contact(name, kind, address);
    }

    private static IReadOnlyList<NotifyStep>? Steps(MapReader rules, string key, IReadOnlyList<Contact> contacts, bool required)
    {
        if (!rules.Has(key))
        {
            rules.Ignore(key);
            if (required)
                rules.Fault(key, "is required.");
            return null;
        }
        return rules.Maps(key, map =>
        {
            var contact = map.RequiredText("contact", Scalars.Name);
            if (contact.Length > 0 && contacts.All(c => c.Name != contact))
                map.Fault("contact", $"'{contact}' is not a contact of this person.{Faults.DidYouMean(contact, contacts.Select(c => c.Name))}");
            return new NotifyStep(contact, map.Optional("after", Scalars.Delay, Duration.Zero));
        }, identity: "");
    }

    private static PayRate ReadPay(MapReader map) => new(
        map.Required("from", Scalars.Date, new LocalDate(2000, 1, 1)),
        map.Required("rate", s => Scalars.Number(s, 0, 1_000_000), 0),
        map.RequiredText("currency", Scalars.Currency));

    /// <summary>Nobody with a contact is unreachable for want of rules: without any, every contact is used at once.</summary>
    private static NotifyRules Everything(IReadOnlyList<Contact> contacts) => new([.. contacts.Select(c => new NotifyStep(c.Name, Duration.Zero))], Low: null);

    protected override MapNode WriteValue(Person value) => new MapWriter()
        .Set("login", value.Login)
        .Set("name", value.Name == value.Login ? null : value.Name)
        .Set("email", value.Email)
        .Set("zone", value.Zone)
        .Set("calendar", value.Calendar)
        .Set("site", value.Site)
        .Set("language", value.Language == "en" ? null : value.Language)
        .Set("role", Words.Roles.Of(value.Role))
        .Set("scope", value.Scope is { } teams ? ListNode.OfTexts(teams) : null)
        .Set("contacts", value.Contacts, c => new MapWriter().Set("name", c.Name).Set("kind", Words.ContactKinds.Of(c.Kind)).Set("address", c.Address).Build())
        .Set("notify", value is { Contacts.Count: 0, Notify: { High.Count: 0, Low: null } } ? null : WriteNotify(value.Notify))
        .Set("quietHours", value.QuietHours is { } quiet ? WriteQuiet(quiet) : null)
        .Set("qualifiedFor", value.QualifiedFor)
        .Set("pay", value.Pay, p => new MapWriter().Set("from", LocalDatePattern.Iso.Format(p.From)).Set("rate", p.Rate).Set("currency", p.Currency).Build())
        .Build();

    private static MapNode WriteQuiet(QuietHours quiet) => new MapWriter()
        .Set("from", Scalars.Format(quiet.From))
        .Set("to", Scalars.Format(quiet.To))
        .Set("days", quiet.Days.Count == 7 ? null : CalendarSection.WriteDays(quiet.Days))
        .Set("zone", quiet.Zone)
        .Build();

    private static MapNode WriteNotify(NotifyRules rules) => new MapWriter()
        .Set("high", new ListNode([.. rules.High.Select(WriteStep)]))
        .Set("low", rules.Low is null ? null : new ListNode([.. rules.Low.Select(WriteStep)]))
        .Build();

    private static MapNode WriteStep(NotifyStep step) => new MapWriter()
        .Set("contact", step.Contact)
        .Set("after", step.After == Duration.Zero ? null : DurationText.Format(step.After))
        .Build();
}

/// <summary>Lists of values that are valid from a date on.</summary>
internal static class Validity
{
    public static void Check(MapReader map, string key, IEnumerable<LocalDate> dates)
    {
        foreach (var twice in dates.GroupBy(d => d).Where(g => g.Count() > 1))
            map.Fault(key, $"has two entries from {LocalDatePattern.Iso.Format(twice.Key)}.");
    }
}
