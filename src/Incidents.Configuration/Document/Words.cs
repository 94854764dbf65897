using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Configuration.Document;

/// <summary>A closed set of words of the document and what they mean.</summary>
internal sealed class Words<T>(params (string Word, T Value)[] pairs) where T : struct, Enum
{
    public IEnumerable<string> All => pairs.Select(p => p.Word);

    public T? Find(string word)
    {
        foreach (var (known, value) in pairs)
        {
            if (known == word)
                return value;
        }
        return null;
    }

    public string Of(T value) => pairs.First(p => EqualityComparer<T>.Default.Equals(p.Value, value)).Word;

    public Parsed<T> Parse(ScalarNode scalar)
        => scalar.IsText && Find(scalar.Text) is { } value
            ? new(value)
            : new(pairs[0].Value, $"must be {Faults.Choice(All)}, not {scalar.Describe()}.{Faults.DidYouMean(scalar.Text, All)}");
}

internal static class Words
{
    public static Words<Role> Roles { get; } = new(("observer", Role.Observer), ("responder", Role.Responder), ("manager", Role.Manager), ("admin", Role.Admin));

    public static Words<ContactKind> ContactKinds { get; } = new(
        ("voice", ContactKind.Voice), ("sms", ContactKind.Sms), ("slack", ContactKind.Slack), ("email", ContactKind.Email), ("webhook", ContactKind.Webhook));

    public static Words<IsoDayOfWeek> Days { get; } = new(
        ("mon", IsoDayOfWeek.Monday), ("tue", IsoDayOfWeek.Tuesday), ("wed", IsoDayOfWeek.Wednesday), ("thu", IsoDayOfWeek.Thursday),
        ("fri", IsoDayOfWeek.Friday), ("sat", IsoDayOfWeek.Saturday), ("sun", IsoDayOfWeek.Sunday));

    public static Words<Coverage> Coverages { get; } = new(("always", Coverage.Always), ("business-hours", Coverage.BusinessHours));
    public static Words<Breach> Breaches { get; } = new(("enforce", Breach.Enforce), ("warn", Breach.Warn), ("ignore", Breach.Ignore));
    public static Words<OverloadRoute> Routes { get; } = new(("primary", OverloadRoute.Primary), ("secondary", OverloadRoute.Secondary));
    public static Words<Position> Positions { get; } = new(("primary", Position.Primary), ("secondary", Position.Secondary));
    public static Words<Advance> Advances { get; } = new(("elapsed", Advance.Elapsed), ("worked-turns", Advance.WorkedTurns));
    public static Words<WindowDays> WindowDays { get; } = new(
        ("all", Contracts.Organisation.WindowDays.All), ("workdays", Contracts.Organisation.WindowDays.Workdays),
        ("holidays-and-weekends", Contracts.Organisation.WindowDays.HolidaysAndWeekends));

    public static Words<TurnUnit> TurnUnits { get; } = new(("h", TurnUnit.Hour), ("d", TurnUnit.Day), ("w", TurnUnit.Week), ("mo", TurnUnit.Month));

    public static Words<TriageAction> TriageActions { get; } = new(
        ("escalate", TriageAction.Escalate), ("drop", TriageAction.Drop), ("hold", TriageAction.Hold),
        ("first-line", TriageAction.FirstLine), ("heartbeat", TriageAction.Heartbeat));

    public static Words<Severity> Severities { get; } = new(("SEV1", Severity.Sev1), ("SEV2", Severity.Sev2), ("SEV3", Severity.Sev3), ("SEV4", Severity.Sev4));
    public static Words<TargetKind> TargetGroups { get; } = new(
        ("dependencies", TargetKind.Dependencies), ("same-pool", TargetKind.SamePool), ("other-always-pools", TargetKind.OtherAlwaysPools));
}
