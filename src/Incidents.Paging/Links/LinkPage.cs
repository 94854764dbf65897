using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Persistence.Incidents;
using NodaTime.Text;

namespace Incidents.Paging.Links;

/// <summary>The page behind a link: one column, big buttons, no script, light or dark as the phone is.</summary>
internal static class LinkPage
{
    private const string Style = """
        :root{color-scheme:light dark;--bg:#f5f6f8;--card:#fff;--ink:#14171f;--soft:#5b6372;--line:#dfe3ea;--red:#c92a2a;--amber:#b35c00;--green:#1d7a46;--blue:#1558d6;--on:#fff}
        @media(prefers-color-scheme:dark){:root{--bg:#0f1217;--card:#181c24;--ink:#eef1f6;--soft:#9aa4b5;--line:#2b313c;--red:#ff6b6b;--amber:#ffb454;--green:#57d08c;--blue:#7aa7ff;--on:#0f1217}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:17px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
        main{max-width:32rem;margin:0 auto;padding:20px 16px calc(28px + env(safe-area-inset-bottom))}
        header{display:flex;gap:8px;align-items:center;color:var(--soft);font-size:15px;margin:4px 2px 14px}
        .sev{font-weight:700;color:var(--on);background:var(--red);border-radius:6px;padding:1px 8px}
        .sev3,.sev4{background:var(--amber)}
        section{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:18px}
        h1{font-size:22px;line-height:1.25;margin:0 0 14px;overflow-wrap:anywhere}
        dl{display:grid;grid-template-columns:auto 1fr;gap:6px 16px;margin:0;font-size:16px}
        dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        .said{border-radius:10px;padding:12px 14px;margin:0 0 14px;font-weight:600;border:1px solid}
        .ok{color:var(--green);border-color:var(--green)}.bad{color:var(--red);border-color:var(--red)}
        .state{font-weight:600}.triggered{color:var(--red)}.acknowledged{color:var(--amber)}.resolved{color:var(--green)}
        form{display:grid;gap:12px;margin-top:18px}
        button{font:inherit;font-weight:650;min-height:56px;border-radius:12px;border:1px solid var(--line);background:var(--card);color:var(--ink);cursor:pointer}
        button.main{background:var(--blue);border-color:var(--blue);color:var(--on);min-height:68px;font-size:20px}
        button:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
        footer{color:var(--soft);font-size:14px;margin:18px 2px 0}
        """;

    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary><paramref name="form"/> is the hidden field without which a POST does nothing; <paramref name="hold"/> says how long links hold.</summary>
    public static string Incident(Situation s, LinkGrant grant, Acted? acted, string form, string hold)
    {
        var said = acted is null ? "" : $"""<p class="said {(acted.Done ? "ok" : "bad")}" role="status">{E(acted.Text)}</p>""";
        var body = $"""
            <header><span class="sev sev{((int)s.Severity).ToString(CultureInfo.InvariantCulture)}">{s.Severity.Name()}</span><span>{E(s.Service)}</span><span>#{s.Number.ToString(CultureInfo.InvariantCulture)}</span></header>
            <section>{said}<h1>{E(s.Title)}</h1>
            <dl><dt>Status</dt><dd class="state {State(s.Status)}">{State(s.Status)}</dd><dt>Who has it</dt><dd>{E(Sentence(s.WhoHasIt(grant.Person)))}</dd><dt>Opened</dt><dd>{InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(s.OpenedAt)} UTC</dd></dl></section>
            {Button(s, grant.Purpose, acted, form)}
            <footer>You act as {E(grant.Person)}. This link is yours alone; it holds for {E(hold)} from its page.</footer>
            """;
        return Document($"#{s.Number.ToString(CultureInfo.InvariantCulture)} {s.Title}", body);
    }

    public static string Message(string title, string text) => Document(title, $"<section><h1>{E(title)}</h1><p>{E(text)}</p></section>");

    /// <summary>The one thing that the link is for; nothing where it is so already, or was just done.</summary>
    private static string Button(Situation s, LinkPurpose purpose, Acted? acted, string form)
    {
        if (s.Status == IncidentStatus.Resolved || acted is { Done: true } || (purpose == LinkPurpose.Acknowledge && s.Status == IncidentStatus.Acknowledged))
            return "";
        return $"""<form method="post"><input type="hidden" name="form" value="{E(form)}"><button class="main" name="do" value="{purpose.ToString().ToLowerInvariant()}">{purpose}</button></form>""";
    }

    private static string Document(string title, string body) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
        <title>{E(title)}</title><style>{Style}</style></head>
        <body><main>{body}</main></body></html>
        """;

    private static string State(IncidentStatus status) => status.ToString().ToLowerInvariant();

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
