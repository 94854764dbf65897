using Incidents.Access;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Incidents.Server.Endpoints;

/// <summary>The web console's static files; unknown paths that a browser asks for get its shell, so that deep links work.</summary>
internal static class WebConsole
{
    private const string Packed = ".br";

    public static void Map(WebApplication app)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!File.Exists(Path.Combine(root, "index.html")))
        {
            app.MapGet("/", () => Results.Text("The web console was not built into this server: run ./run, or src/build-web.sh. The API is at /api/v1, its document at /openapi/v1.json.")).ExcludeFromDescription();
            return;
        }
        var files = new PhysicalFileProvider(root);
        // Scripts and styles lie there packed as well, smaller than what can be packed while somebody waits.
        var packed = files.GetDirectoryContents("assets").Where(f => f.Name.EndsWith(Packed, StringComparison.Ordinal)).Select(f => "/assets/" + f.Name[..^Packed.Length]).ToHashSet(StringComparer.Ordinal);
        app.Use((http, next) =>
        {
            if (packed.Contains(http.Request.Path.Value ?? "") && Takes(http.Request.Headers.AcceptEncoding.ToString()))
                http.Request.Path += Packed;
            return next(http);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new TypeOfContent(),
            OnPrepareResponse = c =>
            {
                var headers = c.Context.Response.Headers;
                var asset = c.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal);
                headers.CacheControl = asset ? "public, max-age=31536000, immutable" : "no-cache";
                if (asset)
                    headers.Vary = "Accept-Encoding";
                if (c.File.Name.EndsWith(Packed, StringComparison.Ordinal))
                    headers.ContentEncoding = "br";
            },
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
            if (await http.SendToSignIn())
                return;
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.Headers.CacheControl = "no-cache";
            await http.Response.SendFileAsync(files.GetFileInfo("index.html"));
        });
    }

    /// <summary>What lies below <c>/integrations</c> is ingest; the path itself is a page of the console.</summary>
    private static bool IsIngest(PathString path)
        => path.StartsWithSegments("/integrations", StringComparison.Ordinal, out var below) && below.HasValue && below != "/";

    /// <summary>Whether an Accept-Encoding names brotli and does not refuse it.</summary>
    private static bool Takes(string accepted)
        => accepted.Split(',', StringSplitOptions.TrimEntries).Any(e => e == "br" || (e.StartsWith("br;", StringComparison.Ordinal) && !e.EndsWith("q=0", StringComparison.Ordinal)));

    /// <summary>A packed file is of the type of what is in it.</summary>
    private sealed class TypeOfContent : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider known = new();

        public bool TryGetContentType(string subpath, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string contentType)
            => known.TryGetContentType(subpath.EndsWith(Packed, StringComparison.Ordinal) ? subpath[..^Packed.Length] : subpath, out contentType);
    }
}
