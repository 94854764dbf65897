using NodaTime;

namespace Incidents.Contracts.Organisation;

public enum Role { Observer = 0, Responder = 1, Manager = 2, Admin = 3 }

public enum ContactKind { Voice, Sms, Slack, Email, Webhook }

/// <summary>Somebody who can be paged or sign in. <paramref name="Zone"/> is an IANA name.</summary>
public sealed record Person(
    string Login,
    string Name,
    string? Email,
    string? Zone,
    string? Calendar,
    string? Site,
    string Language,
    Role Role,
    IReadOnlyList<Contact> Contacts,
    NotifyRules Notify,
    IReadOnlyList<string> QualifiedFor,
    IReadOnlyList<PayRate> Pay)
{
    /// <summary>When pages of low urgency wait; null: never.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>Names of the teams that the rights of a manager or responder are for; null: everywhere. Never empty.</summary>
    public IReadOnlyList<string>? Scope { get; init; }
}

/// <summary>
/// When pages of low urgency wait for a person: from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive), local times, beginning on
/// <paramref name="Days"/>. From after to crosses midnight; equal ones mean 24 h. <paramref name="Zone"/> null: the person's own, else their calendar's.
/// </summary>
public sealed record QuietHours(LocalTime From, LocalTime To, IReadOnlyList<IsoDayOfWeek> Days, string? Zone);

/// <summary>A way to reach a person; <paramref name="Name"/> is unique for the person.</summary>
public sealed record Contact(string Name, ContactKind Kind, string Address);

/// <summary>Personal rules. <paramref name="Low"/> null: as <paramref name="High"/>.</summary>
public sealed record NotifyRules(IReadOnlyList<NotifyStep> High, IReadOnlyList<NotifyStep>? Low);

/// <summary>One step of a personal rule; <paramref name="After"/> counts from the page.</summary>
public sealed record NotifyStep(string Contact, Duration After);

/// <summary>Hourly rate, valid from a date on (inclusive, in the person's zone) until the next rate.</summary>
public sealed record PayRate(LocalDate From, decimal Rate, string Currency);

public sealed record Team(string Name, string? Lead, string? Calendar, IReadOnlyList<string> Members);

/// <summary>Business hours, nights and holidays of a place. Local windows are half-open; equal from and to mean 24 h; from after to crosses midnight.</summary>
public sealed record Calendar(
    string Name,
    string Zone,
    IReadOnlyList<IsoDayOfWeek> BusinessDays,
    LocalTime BusinessFrom,
    LocalTime BusinessTo,
    LocalTime? NightFrom,
    LocalTime? NightTo,
    IReadOnlyList<LocalDate> Holidays);
