using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Configuration.Edits;

/// <summary>Who may edit what, over HTTP, as far as it is about roles and about what is one's own; about teams it is <see cref="TeamCheck"/>.</summary>
internal static class EditRights
{
    /// <summary>A responder's own override may begin this long ago, so that "from now on" survives the way here.</summary>
    private static readonly Duration Grace = Duration.FromMinutes(5);

    /// <summary>
    /// Managers and admins edit everything (only an admin an admin, and of teams only those that their rights are for: the change itself sees to both). A
    /// responder may have themself replaced from now on, take that back, and say when they are away. True: the actor may because it is their own, whatever
    /// team it is of.
    /// </summary>
    /// <param name="value">What is put or deleted.</param>
    /// <param name="author">Who made what is deleted; null: it is put.</param>
    public static Result<bool> AsOwn(Actor actor, Section section, object? value, string? author, Instant now)
    {
        if (actor.CanEverywhere(Role.Manager))
            return false;
        if (value is not null && Refusal(actor, section, value, author, now) is null)
            return true;
        if (actor.Can(Role.Manager))
            return false;
        return Refusal(actor, section, value, author, now) is { } refused ? refused : false;
    }

    private static Error? Refusal(Actor actor, Section section, object? value, string? author, Instant now)
    {
        return value switch
        {
            _ when !actor.Can(Role.Responder) => Needs(actor, section),
            AbsenceEntry absence => absence.Person == actor.Login ? null : Error.Forbidden($"'{actor.Login}' may only say when they themself are away; a manager does it for others."),
            Override exception => Own(actor, exception, author, now),
            null when section is OverrideSection or AbsenceSection => null,
            _ => Needs(actor, section),
        };
    }

    private static Error? Own(Actor actor, Override exception, string? author, Instant now)
    {
        if (exception.Kind != OverrideKind.Replace || exception.Person != actor.Login)
            return Error.Forbidden($"'{actor.Login}' may only have themself replaced by somebody; a manager does it for others.");
        if (exception.Swap is not null)
            return Error.Forbidden("This override belongs to a swap: it comes and goes with that.");
        if (author is not null && author != actor.Login)
            return Error.Forbidden($"This override was made by '{author}'; they or a manager may take it away.");
        return author is null && exception.From < now - Grace ? Error.Forbidden("What has been worked is corrected by a manager: begin now or later.") : null;
    }

    private static Error Needs(Actor actor, Section section)
        => Error.Forbidden($"This needs the role manager: '{actor.Login}' is {Words.Roles.Of(actor.Role)} and may not change {section.Key}.");
}
