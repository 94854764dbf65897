using System.Globalization;
using System.Net;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary><c>/api/v1/webhooks</c>: who is told of what happens, and how that went. Role manager.</summary>
internal sealed class WebhookEndpoints(
    Database database, WorkRunner works, WebhookTable table, WebhookStore store, WebhookPump pump, WebhookSender sender, IOrganisation organisation, IOptions<WebhookOptions> options, Clock clock)
{
    private const int MostHooks = 100;
    private const int LongestPage = 200;

    private IReadOnlyList<IPNetwork> Allowed { get; } = WebhookOptions.Networks(options.Value.AllowedNetworks) ?? [];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/webhooks").RequireRole(Role.Manager, everywhere: true).WithTags("Webhooks").ProducesProblem(401).ProducesProblem(403);
        group.MapGet("", (WebhookEndpoints e, CancellationToken ct) => e.List(ct)).WithName("listWebhooks").WithSummary("Who is told of what happens to incidents").Produces<WebhookList>();
        group.MapPost("", (HttpContext http, WebhookEndpoints e) => e.Create(http)).WithName("createWebhook").Accepts<WebhookRequest>("application/json").WithSummary("A new webhook")
            .WithDescription("It begins with what happens from now on. The secret is shown in this answer and never again; leave it out and one is made. docs/webhooks.md has the events, the envelope and how to check signatures.")
            .Produces<WebhookView>(201).ProducesProblem(409).ProducesProblem(422);
        group.MapGet("/{name}", (HttpContext http, string name, WebhookEndpoints e) => e.Get(http, name)).WithName("getWebhook").WithSummary("One webhook").Produces<WebhookView>().ProducesProblem(404);
        group.MapPut("/{name}", (HttpContext http, string name, WebhookEndpoints e) => e.Change(http, name)).WithName("changeWebhook").Accepts<WebhookRequest>("application/json").WithSummary("Changes a webhook, as a whole")
            .WithDescription("A new secret signs at once; the former one signs beside it for a day (Paging:Webhooks:SecretOverlap). enabled: false holds what is to be sent; true lets it send again, without what was held: replay that. If-Match with the ETag refuses to overwrite somebody else's change.")
            .Produces<WebhookView>().ProducesProblem(404).ProducesProblem(412).ProducesProblem(422);
        group.MapDelete("/{name}", (string name, WebhookEndpoints e, CancellationToken ct) => e.Delete(name, ct)).WithName("deleteWebhook").WithSummary("Removes a webhook with its deliveries").Produces(204).ProducesProblem(404);
        group.MapPost("/{name}/test", (HttpContext http, string name, WebhookEndpoints e) => e.Test(http, name)).WithName("testWebhook").WithSummary("Sends a ping now and tells how it went")
            .WithDescription("Also while the webhook is disabled; it is tried once.").Produces<TestResult>().ProducesProblem(404);
        group.MapGet("/{name}/deliveries", (string name, string? state, int? limit, string? cursor, WebhookEndpoints e, CancellationToken ct) => e.Deliveries(name, state, limit, cursor, ct)).WithName("listDeliveries")
            .WithSummary("What was sent, newest first").WithDescription("state: waiting, delivered, failed or held. Kept for 14 days (Paging:Webhooks:KeepDays).").Produces<DeliveryList>().ProducesProblem(404).ProducesProblem(422);
        group.MapGet("/{name}/deliveries/{id:guid}", (string name, Guid id, WebhookEndpoints e, CancellationToken ct) => e.Delivery(name, id, ct)).WithName("getDelivery").WithSummary("One delivery with its body").Produces<DeliveryView>().ProducesProblem(404);
        group.MapPost("/{name}/deliveries/{id:guid}/replay", (string name, Guid id, WebhookEndpoints e, CancellationToken ct) => e.ReplayOne(name, id, ct)).WithName("replayDelivery")
            .WithSummary("Sends one delivery again, under its own id").Produces<Replayed>(202).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/{name}/replay", (HttpContext http, string name, WebhookEndpoints e) => e.ReplayMissed(http, name)).WithName("replayMissed").Accepts<ReplayRequest>(isOptional: true, "application/json")
            .WithSummary("Sends again what failed or was held, in its order").Produces<Replayed>(202).ProducesProblem(404).ProducesProblem(409);
    }

    private async Task<IResult> List(CancellationToken ct)
    {
        await using var db = database.CreateContext();
        var hooks = await db.Set<Webhook>().AsNoTracking().OrderBy(w => w.Name).ToListAsync(ct);
        var views = new List<WebhookView>();
        foreach (var hook in hooks)
            views.Add(await View(db, hook, ct));
        return TypedResults.Json(new WebhookList(views), Json.Options);
    }

    private async Task<IResult> Get(HttpContext http, string name)
    {
        await using var db = database.CreateContext();
        if (await db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(w => w.Name == name, http.RequestAborted) is not { } hook)
            return Missing(name);
        http.Response.Headers.ETag = ETag(hook);
        return TypedResults.Json(await View(db, hook, http.RequestAborted), Json.Options);
    }

    private async Task<IResult> Create(HttpContext http)
    {
        var ct = http.RequestAborted;
        var (request, refusal) = await Read<WebhookRequest>(http);
        if (request is null)
            return refusal!;
        if (WebhookRules.Check(request, isNew: true, await organisation.Fresh(ct), Allowed) is { Count: > 0 } faults)
            return Error.Invalid(faults).ToProblem();
        var newest = await table.Newest(ct);
        var secret = request.Secret is { } given && given != WebhookRules.Masked ? given : WebhookRules.NewSecret();
        var result = await works.Run<Result<Webhook>>(async work =>
        {
            // One at a time: who is first sets the position, and the number of webhooks holds.
            if (!work.Db.IsSqlite)
                await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('webhooks', 13))", ct);
            var count = await work.Db.Set<Webhook>().CountAsync(ct);
            if (count >= MostHooks)
                return new Error(ErrorKind.LimitReached, "too-many-webhooks", $"There are {MostHooks} webhooks already.", []);
            if (await work.Db.Set<Webhook>().AnyAsync(w => w.Name == request.Name, ct))
                return Error.Conflict("exists", $"There is a webhook '{request.Name}' already.");
            if (count == 0)
                await table.Begin(work, newest, ct);
            var hook = new Webhook { Id = Guid.CreateVersion7(work.Now.ToDateTimeOffset()), Name = request.Name!, Secret = secret, CreatedAt = work.Now, CreatedBy = http.Actor().Login, Enabled = true, Version = 1 };
            Write(request, hook, work.Now);
            work.Db.Add(hook);
            work.Announce(WebhookTable.Fact, new { });
            return hook;
        }, ct);
        if (result.Error is { } error)
            return error.ToProblem();
        await using var db = database.CreateContext();
        http.Response.Headers.ETag = ETag(result.Value);
        http.Response.Headers.Location = $"/api/v1/webhooks/{result.Value.Name}";
        return TypedResults.Json(await View(db, result.Value, ct) with { Secret = secret }, Json.Options, statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> Change(HttpContext http, string name)
    {
        var ct = http.RequestAborted;
        var (request, refusal) = await Read<WebhookRequest>(http);
        if (request is null)
            return refusal!;
        if (WebhookRules.Check(request, isNew: false, await organisation.Fresh(ct), Allowed) is { Count: > 0 } faults)
            return Error.Invalid(faults).ToProblem();
        var expected = http.Request.Headers.IfMatch.ToString();
        var result = await works.Run<Result<Webhook>>(async work =>
        {
            if (await Locked(work, name, ct) is not { } hook)
                return NotThere(name);
            if (expected.Length > 0 && expected != "*" && expected != ETag(hook))
                return new Error(ErrorKind.Stale, "stale", $"The webhook has changed meanwhile; its ETag is {ETag(hook)} now.", []);
            if (request.Secret is { } secret && secret != WebhookRules.Masked && secret != hook.Secret)
                (hook.PreviousSecret, hook.PreviousUntil, hook.Secret) = (hook.Secret, work.Now + Duration.FromTimeSpan(options.Value.SecretOverlap), secret);
            Write(request, hook, work.Now);
            if (!hook.Enabled)
                await store.Hold(work, hook.Id, ct);
            hook.Version++;
            work.Announce(WebhookTable.Fact, new { });
            return hook;
        }, ct);
        if (result.Error is { } error)
            return error.ToProblem();
        await using var db = database.CreateContext();
        http.Response.Headers.ETag = ETag(result.Value);
        return TypedResults.Json(await View(db, result.Value, ct), Json.Options);
    }

    private async Task<IResult> Delete(string name, CancellationToken ct) => await works.Run(async work =>
    {
        if (await Locked(work, name, ct) is not { } hook)
            return Missing(name);
        await store.Remove(work, hook.Id, ct);
        work.Db.Remove(hook);
        work.Announce(WebhookTable.Fact, new { });
        return TypedResults.NoContent();
    }, ct);

    private async Task<IResult> Test(HttpContext http, string name)
    {
        var ct = http.RequestAborted;
        await using var db = database.CreateContext();
        if (await db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(w => w.Name == name, ct) is not { } hook)
            return Missing(name);
        var (id, at) = (Guid.CreateVersion7(clock.Now.ToDateTimeOffset()), clock.Now);
        var ping = $"ping-{id:N}";
        var body = WebhookEvents.PingBody(ping, at, http.Actor().Login, hook.Name);
        var tried = await sender.Send(new Parcel(id, hook.Url, WebhookPump.Secrets(hook, at), WebhookEvents.Ping, body, 1), ct);
        await works.Run(async work =>
        {
            if (await work.Db.Set<Webhook>().AnyAsync(w => w.Id == hook.Id, ct))
            {
                work.Db.Add(new WebhookDelivery
                {
                    Id = id, Webhook = hook.Id, Event = ping, Type = WebhookEvents.Ping, Body = body, State = tried.IsGood ? DeliveryState.Delivered : DeliveryState.Failed, Error = tried.Error, Status = tried.Status,
                    Answer = tried.Answer, Milliseconds = tried.Milliseconds, Tries = tried.IsGood ? 0 : 1, CreatedAt = at, TriedAt = at, DoneAt = work.Now,
                });
            }
        }, CancellationToken.None);
        var error = tried.IsGood ? null : Name(tried.Error.ToString());
        return TypedResults.Json(new TestResult(tried.IsGood, error, tried.Status, tried.Answer, tried.Milliseconds, WebhookStore.Say(tried)), Json.Options);
    }

    private async Task<IResult> Deliveries(string name, string? state, int? limit, string? cursor, CancellationToken ct)
    {
        var faults = new List<Fault>();
        DeliveryState wanted = default;
        if (!string.IsNullOrEmpty(state) && (!Enum.TryParse(state, ignoreCase: true, out wanted) || !Enum.IsDefined(wanted) || char.IsAsciiDigit(state[0])))
            faults.Add(new Fault("state", $"'{state}' is not waiting, delivered, failed or held."));
        var most = limit ?? 50;
        if (most is < 1 or > LongestPage)
            faults.Add(new Fault("limit", $"Ask for 1 to {LongestPage}."));
        var before = Guid.Empty;
        if (!string.IsNullOrEmpty(cursor) && !Guid.TryParseExact(cursor, "N", out before))
            faults.Add(new Fault("cursor", "Use a nextCursor as it was given."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        await using var db = database.CreateContext();
        if (await db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(w => w.Name == name, ct) is not { } hook)
            return Missing(name);
        // Ids are made in the order of time.
        var found = await db.Set<WebhookDelivery>().AsNoTracking()
            .Where(d => d.Webhook == hook.Id && (string.IsNullOrEmpty(state) || d.State == wanted) && (before == Guid.Empty || d.Id.CompareTo(before) < 0))
            .OrderByDescending(d => d.Id).Take(most + 1).ToListAsync(ct);
        var items = found.Take(most).Select(d => View(d, withBody: false)).ToList();
        return TypedResults.Json(new DeliveryList(items, found.Count > most ? items[^1].Id.ToString("N", CultureInfo.InvariantCulture) : null), Json.Options);
    }

    private async Task<IResult> Delivery(string name, Guid id, CancellationToken ct)
    {
        await using var db = database.CreateContext();
        if (await db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(w => w.Name == name, ct) is not { } hook)
            return Missing(name);
        return await db.Set<WebhookDelivery>().AsNoTracking().SingleOrDefaultAsync(d => d.Webhook == hook.Id && d.Id == id, ct) is { } delivery
            ? TypedResults.Json(View(delivery, withBody: true), Json.Options)
            : Error.NotFound($"There is no delivery '{id}' of webhook '{name}'.").ToProblem();
    }

    private async Task<IResult> ReplayOne(string name, Guid id, CancellationToken ct)
    {
        return await Replay(name, async (work, hook) =>
        {
            if (await work.Db.Set<WebhookDelivery>().AsNoTracking().SingleOrDefaultAsync(d => d.Webhook == hook.Id && d.Id == id, ct) is not { } delivery)
                return Error.NotFound($"There is no delivery '{id}' of webhook '{name}'.");
            if (delivery.Type == WebhookEvents.Ping)
                return Error.Conflict("ping", "A test is not replayed: send another one.");
            return await store.Requeue(work, hook.Id, id, null, ct);
        }, ct);
    }

    private async Task<IResult> ReplayMissed(HttpContext http, string name)
    {
        var ct = http.RequestAborted;
        Instant? since = null;
        if (http.Request.ContentLength is > 0)
        {
            var (request, refusal) = await Read<ReplayRequest>(http);
            if (request is null)
                return refusal!;
            since = request.Since;
        }
        return await Replay(name, async (work, hook) => await store.Requeue(work, hook.Id, null, since, ct), ct);
    }

    private async Task<IResult> Replay(string name, Func<Work, Webhook, Task<Result<int>>> requeue, CancellationToken ct)
    {
        var result = await works.Run<Result<int>>(async work =>
        {
            if (await Locked(work, name, ct) is not { } hook)
                return NotThere(name);
            if (!hook.Enabled)
                return Error.Conflict("disabled", $"Webhook '{name}' is disabled: enable it first.");
            return await requeue(work, hook);
        }, ct);
        if (result.Error is { } error)
            return error.ToProblem();
        pump.Wake();
        return TypedResults.Json(new Replayed(result.Value), Json.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static void Write(WebhookRequest request, Webhook hook, Instant now)
    {
        hook.Url = request.Url!;
        hook.Events = WebhookRules.Join(request.Events);
        hook.Teams = WebhookRules.Join(request.Teams);
        hook.Pools = WebhookRules.Join(request.Pools);
        hook.Services = WebhookRules.Join(request.Services);
        hook.Severities = WebhookRules.Join(request.Severities);
        var enabled = request.Enabled ?? hook.Enabled;
        if (enabled && !hook.Enabled)
            (hook.FailedInRow, hook.DisabledAt, hook.DisabledReason) = (0, null, null);
        else if (!enabled && hook.Enabled)
            (hook.DisabledAt, hook.DisabledReason) = (now, "By hand.");
        hook.Enabled = enabled;
    }

    private static async Task<Webhook?> Locked(Work work, string name, CancellationToken ct)
    {
        if (!work.Db.IsSqlite)
            await work.Db.Database.ExecuteSqlAsync($"select 1 from paging.webhooks where name = {name} for update", ct);
        return await work.Db.Set<Webhook>().SingleOrDefaultAsync(w => w.Name == name, ct);
    }

    private static async Task<WebhookView> View(DbContext db, Webhook w, CancellationToken ct)
    {
        var counts = await db.Set<WebhookDelivery>().Where(d => d.Webhook == w.Id && d.State != DeliveryState.Delivered && d.Type != WebhookEvents.Ping)
            .GroupBy(d => d.State).Select(g => new { State = g.Key, Count = g.Count() }).ToListAsync(ct);
        int Count(params DeliveryState[] states) => counts.Where(c => states.Contains(c.State)).Sum(c => c.Count);
        return new WebhookView(w.Name, w.Url, WebhookRules.Masked, w.PreviousSecret is null ? null : w.PreviousUntil, Webhook.Split(w.Events), Webhook.Split(w.Teams), Webhook.Split(w.Pools), Webhook.Split(w.Services),
            Webhook.Split(w.Severities), w.Enabled, w.DisabledAt, w.DisabledReason, w.LastSuccessAt, w.LastFailureAt, Count(DeliveryState.Waiting), Count(DeliveryState.Failed, DeliveryState.Held), w.CreatedAt, w.CreatedBy);
    }

    private static DeliveryView View(WebhookDelivery d, bool withBody) => new(
        d.Id, d.Event, d.Type, d.Number == 0 ? null : d.Number, Name(d.State.ToString()), d.Error == DeliveryError.None ? null : Name(d.Error.ToString()), d.Status, d.Answer, d.Milliseconds, d.Tries,
        d.CreatedAt, d.TriedAt, d.InHand ? null : d.NextAt, d.DoneAt, withBody ? d.Body : null);

    private static async Task<(T? Request, IResult? Refusal)> Read<T>(HttpContext http) where T : class
    {
        if (!http.Request.HasJsonContentType())
            return (null, Error.Malformed("Send JSON: Content-Type: application/json.").ToProblem());
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(Json.Options, http.RequestAborted) is { } request ? (request, null) : (null, Error.Malformed("A JSON object is needed.").ToProblem());
        }
        catch (JsonException e)
        {
            return (null, Error.Malformed($"The JSON cannot be read at {e.Path ?? "its beginning"}.").ToProblem());
        }
    }

    private static Error NotThere(string name) => Error.NotFound($"There is no webhook '{name}'.");

    private static IResult Missing(string name) => NotThere(name).ToProblem();

    private static string ETag(Webhook hook) => $"\"{hook.Version.ToString(CultureInfo.InvariantCulture)}\"";

    private static string Name(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
