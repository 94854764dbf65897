using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Persistence.Transactions;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Access.Accounts;

/// <summary>
/// What people are told about their account, in their language. Links that open an account go to their e-mail address alone; that something has changed
/// is told by their quietest contact, as any other notice.
/// </summary>
internal sealed class Mails(AccessSurroundings surroundings)
{
    private static readonly LocalDateTimePattern When = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm");

    /// <summary>The address under which a link reaches us; null: nobody has said.</summary>
    public string? Link(string token) => surroundings.PublicUrl is { } own ? $"{own.ToString().TrimEnd('/')}/signin/password/{token}" : null;

    public void Invitation(Work work, Person person, string email, string link, string by, Instant until)
        => work.Send(new NoticeRequested(person.Login, NoticeKinds.Invitation, Guid.CreateVersion7(work.Now.ToDateTimeOffset()).ToString("N"),
            Of(person).InvitationSubject, Of(person).Invitation(by, Local(person, until)), link, email));

    public void Reset(Work work, Person person, string email, string link, Instant until)
        => work.Send(new NoticeRequested(person.Login, NoticeKinds.Reset, Guid.CreateVersion7(work.Now.ToDateTimeOffset()).ToString("N"),
            Of(person).ResetSubject, Of(person).Reset(Local(person, until)), link, email));

    public void Changed(Work work, Person person, Func<Words, string> what)
        => work.Send(new NoticeRequested(person.Login, "account", Guid.CreateVersion7(work.Now.ToDateTimeOffset()).ToString("N"),
            Of(person).ChangedSubject, what(Of(person)) + " " + Of(person).NotYou, null));

    public void Locked(Work work, OrganisationSnapshot organisation, string login, Instant until)
    {
        if (organisation.People.TryGetValue(login, out var person))
            Changed(work, person, t => t.Locked(Local(person, until)));
    }

    private static string Local(Person person, Instant at)
    {
        var zone = (person.Zone is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null) ?? DateTimeZone.Utc;
        return $"{When.Format(at.InZone(zone).LocalDateTime)} ({zone.Id})";
    }

    private static Words Of(Person person) => person.Language.StartsWith("pt", StringComparison.OrdinalIgnoreCase) ? Portuguese : English;

    internal sealed record Words(
        string InvitationSubject,
        Func<string, string, string> Invitation,
        string ResetSubject,
        Func<string, string> Reset,
        string ChangedSubject,
        string PasswordChanged,
        string TotpOff,
        string PasskeyAdded,
        Func<string, string> Locked,
        string NotYou);

    private static readonly Words English = new(
        "Your account for Incidents",
        (by, until) => $"{by} invites you to sign in to Incidents. Choose your password by the link, which works once and until {until}.",
        "A new password for Incidents",
        until => $"Somebody, you we hope, asked for a new password. Choose it by the link, which works once and until {until}. If it was not you, do nothing: your password stays.",
        "Your account for Incidents has changed",
        "Your password was changed, and every other session was ended.",
        "The second step of your sign-in, the code of an app, was turned off.",
        "A passkey was added to your account.",
        until => $"Too many wrong passwords or codes were tried for your account, so it takes none until {until}. Passkeys and keys go on working.",
        "If that was not you, tell an administrator at once.");

    private static readonly Words Portuguese = new(
        "A sua conta no Incidents",
        (by, until) => $"{by} convida você a entrar no Incidents. Escolha a sua senha pelo link, que funciona uma vez e até {until}.",
        "Nova senha para o Incidents",
        until => $"Alguém, esperamos que você, pediu uma nova senha. Escolha-a pelo link, que funciona uma vez e até {until}. Se não foi você, não faça nada: a sua senha continua a mesma.",
        "A sua conta no Incidents mudou",
        "A sua senha foi trocada e todas as outras sessões foram encerradas.",
        "A segunda etapa da entrada, o código de um aplicativo, foi desligada.",
        "Uma chave de acesso (passkey) foi adicionada à sua conta.",
        until => $"Houve tentativas demais com senha ou código errado, por isso a conta não aceita nenhuma até {until}. Passkeys e chaves continuam funcionando.",
        "Se não foi você, avise um administrador imediatamente.");
}
