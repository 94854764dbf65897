using Incidents.Contracts.Organisation;
using Incidents.Paging.QuietHours;
using NodaTime;

namespace Incidents.Paging.Rules;

/// <summary>One delivery that a person's rules ask for. <paramref name="After"/> counts from the page.</summary>
internal sealed record PlannedAttempt(string Contact, ContactKind Channel, string Address, Duration After, int Ordinal);

/// <summary>A person's own rules of notification. Pure.</summary>
internal static class PersonalRules
{
    /// <summary>
    /// What a page asks for, in the order of the rules. Low urgency uses <c>low</c>, or <c>high</c> when there is none.
    /// A step whose contact is not there any more is passed over. No steps at all: every voice and SMS contact at once,
    /// because somebody who has a phone must not be unreachable for want of a rule.
    /// </summary>
    public static IReadOnlyList<PlannedAttempt> Plan(Person person, bool high)
    {
        var steps = high ? person.Notify.High : person.Notify.Low ?? person.Notify.High;
        var planned = new List<PlannedAttempt>();
        foreach (var step in steps)
        {
            if (person.Contacts.FirstOrDefault(c => string.Equals(c.Name, step.Contact, StringComparison.Ordinal)) is { } contact)
                planned.Add(new(contact.Name, contact.Kind, contact.Address, step.After, planned.Count));
        }
        if (steps.Count == 0)
        {
            foreach (var contact in person.Contacts.Where(c => c.Kind is ContactKind.Voice or ContactKind.Sms))
                planned.Add(new(contact.Name, contact.Kind, contact.Address, Duration.Zero, planned.Count));
        }
        return planned;
    }

    /// <summary>
    /// When a step is due of a page that was made at <paramref name="paged"/>. For low urgency the person's quiet hours do not count: the sequence stands
    /// still in them and goes on after them with the same distances. High urgency knows no quiet hours.
    /// </summary>
    public static Instant Due(PlannedAttempt step, bool high, QuietTime? quiet, Instant paged) => high || quiet is null ? paged + step.After : quiet.After(paged, step.After);

    /// <summary>Where a short notice goes that needs no answer; null: nowhere.</summary>
    public static Contact? ForNotices(Person person) => person.Contacts.FirstOrDefault(c => c.Kind == ContactKind.Sms);
}
