using Microsoft.AspNetCore.Http;

namespace Incidents.Access.Sessions;

/// <summary>The browser's half of a session: out of reach of scripts, not sent with requests that other sites make.</summary>
internal static class SessionCookie
{
    public const string Name = "incidents_session";

    public static string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name, out var value) && value.Length > 0 ? value : null;

    public static void Write(HttpContext context, string secret, TimeSpan lifetime, AccessSurroundings surroundings)
        => context.Response.Cookies.Append(Name, secret, Options(context, surroundings, lifetime));

    public static void Clear(HttpContext context, AccessSurroundings surroundings)
        => context.Response.Cookies.Delete(Name, Options(context, surroundings, lifetime: null));

    private static CookieOptions Options(HttpContext context, AccessSurroundings surroundings, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps || surroundings.PublicUrl?.Scheme == Uri.UriSchemeHttps,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
