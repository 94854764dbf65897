using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Incidents.Access.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Access.Sessions;

/// <summary>The frame of the pages before sign-in: one style sheet; a script only adds passkeys, everything else works without.</summary>
internal static class Pages
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly byte[] Css = Read("signin.css");
    private static readonly byte[] Script = Read("signin.js");
    private static readonly string CssPath = "/signin.css?v=" + Fingerprint(Css);

    private const string Logo =
        """<svg class="logo" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#5560d6"/><path d="M6 17h4.5l3-8 5 14 3-6H26" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>""";

    public static string ScriptPath { get; } = "/signin.js?v=" + Fingerprint(Script);

    public static void MapAssets(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin.css", (HttpContext context) => Asset(context, Css, "text/css; charset=utf-8")).ExcludeFromDescription();
        routes.MapGet("/signin.js", (HttpContext context) => Asset(context, Script, "text/javascript; charset=utf-8")).ExcludeFromDescription();
    }

    /// <param name="error">What went wrong, in words; null: nothing.</param>
    /// <param name="said">Good news; null: none.</param>
    /// <param name="content">HTML of the cards.</param>
    public static string Frame(SignInTexts texts, string title, string? error, string? said, string content, bool script = false) => $"""
        <!doctype html>
        <html lang="{texts.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>{(error is null ? "" : Encode(texts.NotSignedIn) + " · ")}{Encode(title)} · Incidents</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="{CssPath}">
        {(script ? $"""<script src="{ScriptPath}" defer></script>""" : "")}
        </head>
        <body>
        <main>
        <header>{Logo}<h1>Incidents</h1></header>
        {(error is null ? "" : $"""<p class="error" id="error" role="alert">{Encode(error)}</p>""")}
        {(said is null ? "" : $"""<p class="said" role="status">{Encode(said)}</p>""")}
        {content}
        </main>
        </body>
        </html>

        """;

    public static IResult Answer(HttpContext context, string page, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentLanguage = SignInTexts.Of(context).Language;
        context.Response.Headers.Vary = "Accept-Language";
        return Results.Content(page, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>303, so that the browser fetches the page with GET and a reload does not send the form again.</summary>
    public static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    public static string Encode(string text) => Encoder.Encode(text);

    private static IResult Asset(HttpContext context, byte[] content, string type)
    {
        // The address changes with the content.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(content, type);
    }

    private static string Fingerprint(byte[] content) => Convert.ToHexString(SHA256.HashData(content).AsSpan(0, 6));

    private static byte[] Read(string name)
    {
        using var stream = typeof(Pages).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
