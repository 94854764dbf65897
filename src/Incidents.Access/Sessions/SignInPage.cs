using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Incidents.Contracts.Organisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Access.Sessions;

/// <summary>The page itself: one form, one style sheet, no script.</summary>
internal static class SignInPage
{
    private static readonly byte[] Css = ReadCss();
    private static readonly string CssPath = "/signin.css?v=" + Convert.ToHexString(SHA256.HashData(Css).AsSpan(0, 6));

    private const string Logo =
        """<svg class="logo" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#5560d6"/><path d="M6 17h4.5l3-8 5 14 3-6H26" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>""";

    public static void MapAssets(IEndpointRouteBuilder routes) => routes.MapGet("/signin.css", (HttpContext context) =>
    {
        // The address changes with the content.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Css, "text/css; charset=utf-8");
    }).ExcludeFromDescription();

    public static string Render(string target, string? error, IReadOnlyList<Person> people)
    {
        var page = new StringBuilder(4096);
        page.Append($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{(error is null ? "" : "Not signed in · ")}Sign in · Incidents</title>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="{CssPath}">
            </head>
            <body>
            <main>
            <header>{Logo}<h1>Incidents</h1></header>
            {(error is null ? "" : $"""<p class="error" id="error" role="alert">{Encode(error)}</p>""")}

            """);
        if (people.Count > 0)
            RenderDemo(page, target, people);
        RenderKeyForm(page, target, wrong: error is not null, first: people.Count == 0);
        page.Append("</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void RenderKeyForm(StringBuilder page, string target, bool wrong, bool first) => page.Append($"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{(first ? "Sign in" : "Or sign in with a key")}</h2>
            <p class="lead">Paste your API key. This browser keeps a session, not the key.</p>
            <form method="post" action="/signin">
            <input type="hidden" name="return" value="{Encode(target)}">
            <label for="key">API key</label>
            <input id="key" name="key" type="password" required{(first ? " autofocus" : "")} autocomplete="current-password" autocapitalize="none" spellcheck="false" placeholder="inc_…" maxlength="200"{(wrong ? """ aria-invalid="true" aria-describedby="error" """ : "")}>
            <button type="submit" class="primary">Sign in</button>
            </form>
            <p class="hint">The first key is printed where the server was started. Without one in the settings it is also kept in the file <code>token</code> of the data directory.</p>
            </section>

            """);

    private static void RenderDemo(StringBuilder page, string target, IReadOnlyList<Person> people)
    {
        page.Append($"""
            <section class="card demo" aria-labelledby="demo">
            <h2 id="demo">Sign in as</h2>
            <p class="lead">Demo data is loaded: on this machine no key is needed.</p>
            <form method="post" action="/signin">
            <input type="hidden" name="return" value="{Encode(target)}">
            <ul>

            """);
        foreach (var person in people)
        {
            page.Append($"""
                <li><button type="submit" name="as" value="{Encode(person.Login)}"><span class="mark" aria-hidden="true">{Encode(Initials(person.Name))}</span><span class="who"><span class="visually-hidden">Sign in as </span><strong>{Encode(person.Name)}</strong><span class="role">{Encode(person.Login)} · {person.Role.ToString().ToLowerInvariant()}</span></span></button></li>

                """);
        }

        page.Append("</ul>\n</form>\n</section>\n");
    }

    private static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "?" : words.Length == 1 ? words[0][..1] : words[0][..1] + words[^1][..1];
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static byte[] ReadCss()
    {
        using var stream = typeof(SignInPage).Assembly.GetManifestResourceStream("signin.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
