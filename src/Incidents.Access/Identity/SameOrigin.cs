using Microsoft.AspNetCore.Http;

namespace Incidents.Access.Identity;

/// <summary>
/// Whether an unsafe request may ride on a session cookie: not when the browser says that another site made it. Every current browser
/// sends <c>Sec-Fetch-Site</c> or <c>Origin</c> with such a request, and the cookie is <c>SameSite=Lax</c> besides; a client that
/// sends neither is no browser and was given the cookie on purpose.
/// </summary>
internal sealed class SameOrigin(AccessSurroundings surroundings)
{
    public static bool IsUnsafe(string method)
        => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));

    public bool Allows(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || IsOwn(origin, request);
    }

    /// <summary>Whether an origin, as browsers write it, is this site.</summary>
    public bool IsOwn(string origin, HttpRequest request)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from))
            return false;

        // The scheme may differ behind a proxy that ends TLS; the authority may not.
        return string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (surroundings.PublicUrl is { } own && Uri.Compare(from, own, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0);
    }
}
