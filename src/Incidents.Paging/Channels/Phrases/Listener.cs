using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;

namespace Incidents.Paging.Channels.Phrases;

/// <summary>Who hears or reads something, and how others are called for them.</summary>
internal sealed record Listener(string Login, Person? Person, OrganisationSnapshot Organisation)
{
    public PhoneTexts Texts { get; } = PhoneTexts.Of(Person?.Language);
    public SpokenBy Voice { get; } = Voices.Of(Person?.Language);

    public static Listener Of(IOrganisation organisation, string login) => new(login, organisation.Current.People.GetValueOrDefault(login), organisation.Current);

    /// <summary>People are called by their names; who has left, by the login.</summary>
    public string Name(string login) => Organisation.People.GetValueOrDefault(login)?.Name is { Length: > 0 } name ? name : login;

    /// <summary>"Bruno Lima has it", in the words of whoever asks.</summary>
    public string WhoHasIt(Situation s) => s.Status switch
    {
        Persistence.Incidents.IncidentStatus.Resolved => string.Equals(s.ResolvedBy, Login, StringComparison.Ordinal) ? Texts.YouResolvedIt : Texts.ResolvedIt(s.ResolvedBy is null ? Texts.ItsSource : Name(s.ResolvedBy)),
        Persistence.Incidents.IncidentStatus.Acknowledged => string.Equals(s.AcknowledgedBy, Login, StringComparison.Ordinal) ? Texts.YouHaveIt : Texts.HasIt(s.AcknowledgedBy is null ? Texts.Somebody : Name(s.AcknowledgedBy)),
        Persistence.Incidents.IncidentStatus.Snoozed => Texts.Snoozed,
        _ => Texts.NobodyHasIt,
    };
}
