using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Configuration.Document.Sections;

internal sealed class PoolSection : Section<Pool>
{
    public override string Key => "pools";
    public override string Kind => "pool";

    protected override string NameOf(Pool value) => value.Name;

    protected override Pool ReadValue(MapReader map)
    {
        var name = map.RequiredText("name", Scalars.Name);
        var rank = map.Required("rank", s => Scalars.Whole(s, 1, 1000), 1);
        var mtta = map.Required("mtta", Scalars.Length, Duration.FromMinutes(1));
        var levelTimeout = map.Optional("levelTimeout", Scalars.Length);
        var slo = map.Optional("slo", s => Scalars.Number(s, 0, 100));
        var coverage = map.Optional("coverage", Words.Coverages.Parse, Coverage.Always);
        var policy = map.OptionalText("policy", Scalars.Name);
        var deadline = map.Optional("firstLineDeadline", Scalars.Length);
        var ttl = map.Optional("acknowledgeTtl", Scalars.Length);
        var pay = map.Maps("pay", ReadPay);
        Validity.Check(map, "pay", pay.Select(p => p.From));
        var limits = map.OptionalMap("limits", Limits.Read) ?? PoolLimits.None;
        var needs = map.Scalars("needs", Words.ContactKinds.Parse, ContactKind.Voice);
        foreach (var twice in needs.GroupBy(n => n).Where(g => g.Count() > 1))
            map.Fault("needs", $"names {Words.ContactKinds.Of(twice.Key)} twice.");
        return new Pool(name, rank, mtta, levelTimeout == mtta ? null : levelTimeout, slo, coverage, policy, deadline, ttl, [.. pay.OrderBy(p => p.From)], limits) { Needs = [.. needs.Distinct().Order()] };
    }

    private static PoolPay ReadPay(MapReader map) => new(
        map.Required("from", Scalars.Date, new LocalDate(2000, 1, 1)),
        Coefficient(map, "standby"),
        Coefficient(map, "work"),
        map.Required("increment", Scalars.Length, Duration.FromMinutes(1)),
        map.Optional("minimum", Scalars.Delay, Duration.Zero),
        map.RequiredMap("classes", classes => new ClassCoefficients(
            Coefficient(classes, "business"), Coefficient(classes, "offHours"), Coefficient(classes, "night"), Coefficient(classes, "weekend"), Coefficient(classes, "holiday")))
            ?? new ClassCoefficients(0, 0, 0, 0, 0),
        map.Optional("secondary", s => Scalars.Number(s, 0, 1000), 1m));

    private static decimal Coefficient(MapReader map, string key) => map.Required(key, s => Scalars.Number(s, 0, 1000), 0);

    protected override MapNode WriteValue(Pool value) => new MapWriter()
        .Set("name", value.Name)
        .Set("rank", value.Rank)
        .Set("mtta", DurationText.Format(value.Mtta))
        .Set("levelTimeout", Text(value.LevelTimeout))
        .Set("slo", value.Slo)
        .Set("coverage", Words.Coverages.Of(value.Coverage))
        .Set("policy", value.Policy)
        .Set("firstLineDeadline", Text(value.FirstLineDeadline))
        .Set("acknowledgeTtl", Text(value.AcknowledgeTtl))
        .Set("needs", value.Needs.Count == 0 ? null : ListNode.OfTexts(value.Needs.Select(Words.ContactKinds.Of)))
        .Set("pay", value.Pay, WritePay)
        .Set("limits", Limits.Write(value.Limits))
        .Build();

    private static MapNode WritePay(PoolPay pay) => new MapWriter()
        .Set("from", LocalDatePattern.Iso.Format(pay.From))
        .Set("standby", pay.Standby)
        .Set("secondary", pay.Secondary == 1m ? (decimal?)null : pay.Secondary)
        .Set("work", pay.Work)
        .Set("increment", DurationText.Format(pay.Increment))
        .Set("minimum", DurationText.Format(pay.Minimum))
        .Set("classes", new MapWriter()
            .Set("business", pay.Classes.Business).Set("offHours", pay.Classes.OffHours).Set("night", pay.Classes.Night)
            .Set("weekend", pay.Classes.Weekend).Set("holiday", pay.Classes.Holiday).Build())
        .Build();

    private static string? Text(Duration? value) => value is null ? null : DurationText.Format(value.Value);
}
