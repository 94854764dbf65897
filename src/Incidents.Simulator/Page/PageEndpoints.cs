using System.Security.Cryptography;

namespace Incidents.Simulator.Page;

/// <summary>The page on which phones ring: a document, its scripts and its style sheet, all embedded.</summary>
internal static class PageEndpoints
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder simulator)
    {
        var page = Read("phones.html");
        var chat = Read("chat.html");
        var files = new Dictionary<string, (string Body, string Type, string Tag)>(StringComparer.Ordinal)
        {
            ["phones.js"] = File("phones.js", "text/javascript; charset=utf-8"),
            ["handset.js"] = File("handset.js", "text/javascript; charset=utf-8"),
            ["sound.js"] = File("sound.js", "text/javascript; charset=utf-8"),
            ["phones.css"] = File("phones.css", "text/css; charset=utf-8"),
            ["chat.js"] = File("chat.js", "text/javascript; charset=utf-8"),
            ["blocks.js"] = File("blocks.js", "text/javascript; charset=utf-8"),
            ["mrkdwn.js"] = File("mrkdwn.js", "text/javascript; charset=utf-8"),
            ["chat.css"] = File("chat.css", "text/css; charset=utf-8"),
        };
        simulator.MapGet("", (HttpContext http) => Document(http, page));
        simulator.MapGet("/chat", (HttpContext http) => Document(http, chat));
        simulator.MapGet("/assets/{name}", (string name, HttpContext http) =>
        {
            if (!files.TryGetValue(name, out var file)) return Results.NotFound();
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.ETag = file.Tag;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return string.Equals(http.Request.Headers.IfNoneMatch, file.Tag, StringComparison.Ordinal) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Text(file.Body, file.Type);
        });
    }

    private static IResult Document(HttpContext http, string page)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Text(page.Replace("{{base}}", http.Request.PathBase + SimulatorEndpoints.Root, StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    private static (string Body, string Type, string Tag) File(string name, string type)
    {
        var body = Read(name);
        return (body, type, $"\"{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body)))[..16]}\"");
    }

    private static string Read(string name)
    {
        using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream($"page/{name}") ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
