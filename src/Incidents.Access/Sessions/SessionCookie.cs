using Microsoft.AspNetCore.Http;

namespace Incidents.Access.Sessions;

/// <summary>The browser's half of a session, or of a sign-in with two steps: out of reach of scripts, not sent with requests that other sites make.</summary>
internal static class SessionCookie
{
    public const string Name = "incidents_session";
    private const string StepName = "incidents_step";

    public static string? Read(HttpRequest request) => Read(request, Name);

    public static void Write(HttpContext context, string secret, TimeSpan lifetime, AccessSurroundings surroundings)
        => context.Response.Cookies.Append(Name, secret, Options(context, surroundings, "/", lifetime));

    public static void Clear(HttpContext context, AccessSurroundings surroundings)
        => context.Response.Cookies.Delete(Name, Options(context, surroundings, "/", lifetime: null));

    /// <summary>The first half of a sign-in that was begun in this browser.</summary>
    public static string? ReadStep(HttpRequest request) => Read(request, StepName);

    public static void WriteStep(HttpContext context, string secret, TimeSpan lifetime, AccessSurroundings surroundings)
        => context.Response.Cookies.Append(StepName, secret, Options(context, surroundings, "/signin", lifetime));

    public static void ClearStep(HttpContext context, AccessSurroundings surroundings)
        => context.Response.Cookies.Delete(StepName, Options(context, surroundings, "/signin", lifetime: null));

    private static string? Read(HttpRequest request, string name) => request.Cookies.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static CookieOptions Options(HttpContext context, AccessSurroundings surroundings, string path, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps || surroundings.PublicUrl?.Scheme == Uri.UriSchemeHttps,
        Path = path,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
