using Microsoft.Extensions.FileProviders;

namespace Incidents.Server.Endpoints;

/// <summary>The web console's static files; unknown paths that a browser asks for get its shell, so that deep links work.</summary>
internal static class WebConsole
{
    public static void Map(WebApplication app)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!File.Exists(Path.Combine(root, "index.html")))
        {
            app.MapGet("/", () => Results.Text("The web console was not built into this server: run ./run, or src/build-web.sh. The API is at /api/v1, its document at /openapi/v1.json.")).ExcludeFromDescription();
            return;
        }
        var files = new PhysicalFileProvider(root);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = c => c.Context.Response.Headers.CacheControl =
                c.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
        });
        // Not an endpoint that matches everything: routing would prefer it to one that takes a body when a request has none (and no Content-Type).
        app.Use(async (http, next) =>
        {
            if (http.GetEndpoint() is not null)
            {
                await next(http);
                return;
            }
            var path = http.Request.Path;
            if (!(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) || path.StartsWithSegments("/api", StringComparison.Ordinal) || IsIngest(path) || path.StartsWithSegments("/callbacks", StringComparison.Ordinal) || path.StartsWithSegments("/assets", StringComparison.Ordinal))
            {
                await Kernel.Problems.ToProblem(Kernel.Error.NotFound($"There is nothing at {http.Request.Method} {path}.")).ExecuteAsync(http);
                return;
            }
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.Headers.CacheControl = "no-cache";
            await http.Response.SendFileAsync(files.GetFileInfo("index.html"));
        });
    }

    /// <summary>What lies below <c>/integrations</c> is ingest; the path itself is a page of the console.</summary>
    private static bool IsIngest(PathString path)
        => path.StartsWithSegments("/integrations", StringComparison.Ordinal, out var below) && below.HasValue && below != "/";
}
