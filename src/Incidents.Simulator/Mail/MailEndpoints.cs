using System.Security.Cryptography;
using System.Text;
using Incidents.Simulator.Api;

namespace Incidents.Simulator.Mail;

/// <summary>The page on which mail is read, and the same for tests.</summary>
internal static class MailEndpoints
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>A mail may bring styles of its own, and nothing else; its links open beside it.</summary>
    private const string MailPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    public static void Map(IEndpointRouteBuilder simulator)
    {
        var page = Read("mail.html");
        var files = new Dictionary<string, (string Body, string Type)>(StringComparer.Ordinal)
        {
            ["mail.js"] = (Read("mail.js"), "text/javascript; charset=utf-8"),
            ["mail.css"] = (Read("mail.css"), "text/css; charset=utf-8"),
        };
        simulator.MapGet("/mail", (HttpContext http) =>
        {
            Guard(http, Policy);
            return Results.Text(page.Replace("{{base}}", http.Request.PathBase + SimulatorEndpoints.Root, StringComparison.Ordinal), "text/html; charset=utf-8");
        });
        simulator.MapGet("/mail/assets/{name}", (string name, HttpContext http) =>
        {
            if (!files.TryGetValue(name, out var file)) return Results.NotFound();
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Body)))[..16]}\"";
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.ETag = tag;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return string.Equals(http.Request.Headers.IfNoneMatch, tag, StringComparison.Ordinal) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Text(file.Body, file.Type);
        });

        var api = simulator.MapGroup("/api/mail");
        api.MapGet("", (Mailbox mailbox, string? to, int? limit) => Json.Result(new { items = mailbox.List(to, Math.Clamp(limit ?? 100, 1, 1000)).Select(Brief) }));
        api.MapDelete("", (Mailbox mailbox) =>
        {
            mailbox.Clear();
            return Results.NoContent();
        });
        api.MapGet("/faults", (Mailbox mailbox) => Json.Result(mailbox.Faults));
        api.MapDelete("/faults", (Mailbox mailbox) => Json.Result(mailbox.Faults = MailFaults.None));
        api.MapPost("/faults", async (HttpContext http, Mailbox mailbox) =>
        {
            var (faults, refusal) = await Json.ReadAsync<MailFaults>(http);
            return refusal ?? Json.Result(mailbox.Faults = faults!);
        });
        api.MapGet("/{id}", (string id, Mailbox mailbox) => mailbox.Find(id) is { } mail ? Json.Result(Whole(mail)) : Results.NotFound());
        api.MapGet("/{id}/raw", (string id, Mailbox mailbox) => mailbox.Find(id) is { } mail ? Results.Bytes(mail.Raw, "message/rfc822", $"{mail.Id}.eml") : Results.NotFound());
        api.MapGet("/{id}/html", (string id, Mailbox mailbox, HttpContext http) =>
        {
            if (mailbox.Find(id)?.Parsed.Html is not { } html) return Results.NotFound();
            Guard(http, MailPolicy);
            return Results.Text(Beside(html), "text/html; charset=utf-8");
        });
    }

    private static object Brief(ReceivedMail m) => new
    {
        m.Id,
        m.ReceivedAt,
        m.To,
        from = m.Parsed.Header("From"),
        subject = m.Parsed.Header("Subject") ?? "",
        preview = Preview(m.Parsed.Text ?? ""),
        messageId = m.Parsed.Header("Message-ID"),
        references = m.Parsed.Header("References"),
        important = m.Parsed.Header("Importance") == "high",
        text = m.Parsed.Text,
    };

    private static object Whole(ReceivedMail m) => new { m.Id, m.ReceivedAt, m.To, headers = m.Parsed.Fields.Select(f => new { name = f.Name, value = f.Value }), text = m.Parsed.Text, html = m.Parsed.Html is not null };

    private static string Preview(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 140 ? line : line[..(char.IsHighSurrogate(line[139]) ? 139 : 140)] + "…";
    }

    /// <summary>As webmail does: what is clicked opens beside the mail.</summary>
    private static string Beside(string html)
    {
        var head = html.IndexOf("<head>", StringComparison.OrdinalIgnoreCase);
        return head < 0 ? html : html.Insert(head + 6, "<base target=\"_blank\">");
    }

    private static void Guard(HttpContext http, string policy)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
    }

    private static string Read(string name)
    {
        using var stream = typeof(MailEndpoints).Assembly.GetManifestResourceStream($"page/{name}") ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
