using System.Globalization;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Incidents.Paging.Notices;

/// <summary>A notice as the API shows it. <paramref name="Channel"/> and <paramref name="Address"/> (masked) null: the person has no contact for notices.</summary>
internal sealed record NoticeView(
    Guid Id, string Person, string Kind, string Key, string Subject, string Text, string? Link, [property: Words(typeof(NoticeState))] string State, string? Reason,
    [property: Words(typeof(ContactKind))] string? Channel, string? Address, Instant CreatedAt, Instant? SentAt, Instant? DoneAt);

internal sealed record NoticeList(IReadOnlyList<NoticeView> Items, string? NextCursor);

/// <summary><c>GET /api/v1/notices?person=&amp;state=&amp;limit=&amp;cursor=</c>: newest first.</summary>
internal static class NoticesEndpoint
{
    private const int Longest = 1000;

    public static async Task<IResult> List(HttpContext http, string? person, string? state, int? limit, string? cursor, Dialect dialect, Database database, IOrganisation organisation, CancellationToken cancellationToken)
    {
        var actor = http.Actor();
        var whose = string.IsNullOrEmpty(person) && !actor.CanEverywhere(Role.Manager) ? actor.Login : person;
        if (!actor.Can(Role.Manager) && !string.Equals(whose, actor.Login, StringComparison.Ordinal))
            return Error.Forbidden($"'{actor.Login}' may read their own notices; those of others need the role manager.").ToProblem();
        if (!string.IsNullOrEmpty(whose) && whose != actor.Login && actor.RefusalFor(Role.Manager, $"the notices of '{whose}'", whose, organisation.Current) is { } foreign)
            return foreign.ToProblem();
        var faults = new List<Fault>();
        var wanted = default(NoticeState?);
        if (!string.IsNullOrEmpty(state))
        {
            if (Enum.TryParse<NoticeState>(state, ignoreCase: true, out var read) && Enum.IsDefined(read) && !char.IsAsciiDigit(state[0]))
                wanted = read;
            else
                faults.Add(new Fault("state", $"'{state}' is not queued, sent, delivered or failed."));
        }
        var most = limit ?? 100;
        if (most is < 1 or > Longest)
            faults.Add(new Fault("limit", $"Ask for 1 to {Longest}."));
        var after = Position(cursor);
        if (!string.IsNullOrEmpty(cursor) && after is null)
            faults.Add(new Fault("cursor", "Use a nextCursor as it was given."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var found = await Read(whose, wanted, after, most + 1, dialect, database, cancellationToken);
        var items = found.Take(most).ToList();
        var next = found.Count > most ? string.Create(CultureInfo.InvariantCulture, $"{Instants.ToMicroseconds(items[^1].CreatedAt)}.{items[^1].Id:N}") : null;
        return TypedResults.Json(new NoticeList(items, next), Json.Options);
    }

    private static async Task<List<NoticeView>> Read(string? person, NoticeState? state, (Instant At, Guid Id)? after, int limit, Dialect dialect, Database database, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        var conditions = new List<string>();
        if (!string.IsNullOrEmpty(person))
        {
            conditions.Add("person = @person");
            command.With("@person", person);
        }
        if (state is { } s)
        {
            conditions.Add("state = @state");
            command.With("@state", s.ToString());
        }
        if (after is { } a)
        {
            conditions.Add("(created_at, id) < (@at, @id)");
            command.With("@at", a.At).With("@id", a.Id);
        }
        command.CommandText =
            $"select id, person, kind, key, subject, text, link, state, reason, channel, address, created_at, sent_at, done_at from {dialect.Notices}" +
            (conditions.Count > 0 ? " where " + string.Join(" and ", conditions) : "") + $" order by created_at desc, id desc limit {limit.ToString(CultureInfo.InvariantCulture)}";
        return await command.Read(r => new NoticeView(
            r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.IsDBNull(6) || NoticeKinds.HasSecretLink(r.GetString(2)) ? null : r.GetString(6), Name(r.GetString(7)),
            r.GetString(8) == nameof(Reason.None) ? null : Name(r.GetString(8)), r.IsDBNull(9) ? null : Name(r.GetString(9)), r.IsDBNull(10) ? null : Wording.Mask(r.GetString(10)),
            dialect.ReadInstant(r, 11), dialect.ReadInstantOrNull(r, 12), dialect.ReadInstantOrNull(r, 13)), cancellationToken);
    }

    private static (Instant At, Guid Id)? Position(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor) || cursor.Split('.') is not [var at, var id])
            return null;
        return long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && micros < 7_258_118_400_000_000 && Guid.TryParseExact(id, "N", out var guid)
            ? (Instants.FromMicroseconds(micros), guid)
            : null;
    }

    private static string Name(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
