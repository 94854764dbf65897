using System.Globalization;
using System.Net;
using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Access.Texts;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.Sessions;

/// <summary>
/// What every way in has in common: forms of this site only, few failures a minute from one address, and a page that says so when the database is away.
/// </summary>
internal sealed class Door(
    SignInThrottle throttle, SameOrigin sameOrigin, SessionBook sessions, PendingBook pending, AccessSurroundings surroundings, IOptions<AccessOptions> options, AccessMetrics metrics, ILogger<Door> logger)
{
    private const int LongestForm = 16 * 1024;
    private static readonly Duration StepLifetime = Duration.FromMinutes(10);

    /// <summary>Reads the form and hands it on, or answers with <paramref name="page"/> of a fault and its status.</summary>
    public async Task<IResult> Form(HttpContext context, Func<string, int, IResult> page, Func<IFormCollection, Task<IResult>> enter)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > LongestForm)
            return page(SignInTexts.Of(context).SendTheForm, StatusCodes.Status400BadRequest);
        if (!sameOrigin.Allows(context.Request))
        {
            metrics.Refused(AccessMetrics.CrossSite);
            return page(SignInTexts.Of(context).OtherSite, StatusCodes.Status403Forbidden);
        }
        return await Pass(context, page, async () => await enter(await context.Request.ReadFormAsync(context.RequestAborted)));
    }

    /// <summary>The throttle, and the database that may be away.</summary>
    public async Task<IResult> Pass(HttpContext context, Func<string, int, IResult> page, Func<Task<IResult>> enter)
    {
        if (throttle.Wait(context.Connection.RemoteIpAddress) is { } wait)
        {
            metrics.Refused(AccessMetrics.SignInThrottled);
            Log.SignInThrottled(logger, Shown(context));
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return page(SignInTexts.Of(context).TooMany(Math.Ceiling(wait.TotalSeconds)), StatusCodes.Status429TooManyRequests);
        }
        try
        {
            return await enter();
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && Transience.IsUnavailable(e))
        {
            Log.DatabaseAway(logger, e);
            metrics.Refused(AccessMetrics.DatabaseAway);
            return page(SignInTexts.Of(context).DatabaseAway, StatusCodes.Status503ServiceUnavailable);
        }
    }

    public void Failed(HttpContext context)
    {
        throttle.Failed(context.Connection.RemoteIpAddress);
        metrics.Refused(AccessMetrics.SignInFailed);
        Log.SignInFailed(logger, Shown(context));
    }

    /// <summary>Counts what costs us something though it is no failure: mails, questions to an authenticator.</summary>
    public void Counted(HttpContext context) => throttle.Failed(context.Connection.RemoteIpAddress);

    /// <summary>The password was right: the session, or the page that asks for the code of the app.</summary>
    public async Task<IResult> AfterPassword(HttpContext context, Account account, string target)
    {
        if (!account.TotpOn)
            return await LetIn(context, account.Login, SessionMethod.Password, target);
        var step = await pending.Add(PendingKind.SecondStep, account.Login, target, StepLifetime, context.RequestAborted);
        SessionCookie.WriteStep(context, step, StepLifetime.ToTimeSpan(), surroundings);
        return Pages.SeeOther(context, "/signin/code");
    }

    public async Task<IResult> LetIn(HttpContext context, string login, SessionMethod method, string target)
    {
        await Begin(context, login, login, method, keyHash: null);
        return Pages.SeeOther(context, target);
    }

    /// <summary>Opens the session and gives the browser its half. <paramref name="person"/> null: the bootstrap key's or a machine's.</summary>
    public async Task Begin(HttpContext context, string actor, string? person, SessionMethod method, byte[]? keyHash)
    {
        var secret = await sessions.Open(person, method, keyHash, Caller.Of(context, actor), context.RequestAborted);
        SessionCookie.Write(context, secret, TimeSpan.FromDays(options.Value.SessionDays), surroundings);
        Log.SignedIn(logger, actor, Shown(context));
    }

    private static string Shown(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? Text(address) : "an unknown address";

    private static string Text(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
