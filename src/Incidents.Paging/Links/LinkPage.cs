using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Phrases;
using Incidents.Persistence.Incidents;
using NodaTime.Text;

namespace Incidents.Paging.Links;

/// <summary>Whom a link was made for, in whose language; how they are called, and the zone in which they read times.</summary>
internal sealed record Reader(string Name, NodaTime.DateTimeZone Zone, Listener Who, LinkTexts Texts);

/// <summary>The page behind a link: one column, big buttons, no script, light or dark as the phone is.</summary>
internal static class LinkPage
{
    private const string Style = """
        :root{color-scheme:light dark;--bg:#f7f7f9;--card:#fff;--ink:#1a1b20;--soft:#555862;--line:#e6e7eb;--red:#c8291e;--amber:#8a6100;--green:#177746;--accent:#5560d6;--link:#4d58cc;--sev1:#d6332a;--sev3:#8a6100}
        @media(prefers-color-scheme:dark){:root{--bg:#0e0f12;--card:#15171b;--ink:#ecedf0;--soft:#a9adb7;--line:#24272d;--red:#ff7b70;--amber:#e3b94d;--green:#4cc38a;--link:#929cf3;--sev1:#d33c32}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.45 "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
        main{max-width:32rem;margin:0 auto;padding:16px 16px calc(28px + env(safe-area-inset-bottom))}
        .brand{display:flex;gap:10px;align-items:center;margin:2px 2px 18px;font-weight:600;letter-spacing:-.01em}
        .brand svg{width:26px;height:26px}
        header{display:flex;gap:8px;align-items:center;color:var(--soft);font-size:14px;margin:0 0 10px}
        .sev{font-weight:700;font-size:12px;color:#fff;background:var(--sev1);border-radius:5px;padding:2px 7px}
        .sev3,.sev4{background:var(--sev3)}
        section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px}
        h1{font-size:21px;font-weight:650;letter-spacing:-.015em;line-height:1.25;margin:0 0 14px;overflow-wrap:anywhere}
        dl{display:grid;grid-template-columns:auto 1fr;gap:6px 16px;margin:0;font-size:15px}
        dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        .said{border-radius:9px;padding:12px 14px;margin:0 0 14px;font-weight:600;border:1px solid}
        .ok{color:var(--green);border-color:var(--green)}.bad{color:var(--red);border-color:var(--red)}
        .state{font-weight:600}.triggered,.triage{color:var(--red)}.acknowledged,.snoozed{color:var(--amber)}.resolved{color:var(--green)}
        form{display:grid;gap:12px;margin-top:16px}
        button{font:inherit;font-weight:650;min-height:56px;border-radius:10px;border:1px solid var(--line);background:var(--card);color:var(--ink);cursor:pointer}
        button.main{background:var(--accent);border-color:var(--accent);color:#fff;min-height:64px;font-size:19px}
        button:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        a{color:var(--link)}
        .more{display:block;margin-top:16px;padding:12px;text-align:center;text-decoration:none;font-weight:600}
        ul{list-style:none;margin:0;padding:0;display:grid;gap:10px}
        li{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 18px}
        li h2{font-size:17px;font-weight:600;line-height:1.3;margin:0 0 6px;overflow-wrap:anywhere}
        li header{margin:0 0 6px}li p{margin:0}
        li a{display:inline-block;padding:10px 0 4px;font-weight:600}
        footer{color:var(--soft);font-size:13px;margin:12px 2px 0}
        """;

    private const string Logo =
        """<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#5560d6"/><path d="M6 17h4.5l3-8 5 14 3-6H26" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>""";

    private static readonly ZonedDateTimePattern Time = ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM, HH:mm x", NodaTime.DateTimeZoneProviders.Tzdb);

    /// <summary>Without names of days and months, which only English is known here.</summary>
    private static readonly ZonedDateTimePattern Numbers = ZonedDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH:mm x", NodaTime.DateTimeZoneProviders.Tzdb);

    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary><paramref name="form"/> is the hidden field without which a POST does nothing; <paramref name="hold"/> says how long links hold.
    /// Times are the reader's own.</summary>
    public static string Incident(Situation s, LinkGrant grant, Reader reader, Acted? acted, string form, string hold)
    {
        var texts = reader.Texts;
        var said = acted is null ? "" : $"""<p class="said {(acted.Done ? "ok" : "bad")}" role="status">{E(acted.Text)}</p>""";
        var body = $"""
            <header><span class="sev sev{((int)s.Severity).ToString(CultureInfo.InvariantCulture)}">{s.Severity.Name()}</span><span>{E(s.Service)}</span><span>#{s.Number.ToString(CultureInfo.InvariantCulture)}</span></header>
            <section>{said}<h1>{E(s.Title)}</h1>
            <dl><dt>{E(texts.Status)}</dt><dd class="state {State(s.Status)}">{E(texts.Of(s.Status))}</dd><dt>{E(texts.WhoHasIt)}</dt><dd>{E(Sentence(reader.Who.WhoHasIt(s)))}</dd><dt>{E(texts.Opened)}</dt><dd><time datetime="{InstantPattern.ExtendedIso.Format(s.OpenedAt)}">{E(When(texts).Format(s.OpenedAt.InZone(reader.Zone)))}</time></dd></dl></section>
            {Button(texts, s, grant.Purpose, acted, form)}
            <a class="more" href="/incidents/{s.Number.ToString(CultureInfo.InvariantCulture)}">{E(texts.Story)}</a>
            <footer>{E(texts.YouActAs(reader.Name))} {E(texts.YoursAlone(hold))}</footer>
            """;
        return Document(texts, $"#{s.Number.ToString(CultureInfo.InvariantCulture)} {s.Title}", body);
    }

    /// <summary>What one message listed, each with the address of its own page where it can still be acknowledged, and one button for all of them.</summary>
    public static string List(IReadOnlyList<(Situation Incident, string? Link)> list, LinkGrant grant, Reader reader, Acted? acted, string form, string hold)
    {
        var texts = reader.Texts;
        var open = list.Count(l => l.Link is not null);
        var said = acted is null ? "" : $"""<p class="said {(acted.Done ? "ok" : "bad")}" role="status">{E(acted.Text)}</p>""";
        var rows = string.Concat(list.Select(l => $"""
            <li><header><span class="sev sev{((int)l.Incident.Severity).ToString(CultureInfo.InvariantCulture)}">{l.Incident.Severity.Name()}</span><span>{E(l.Incident.Service)}</span><span>#{l.Incident.Number.ToString(CultureInfo.InvariantCulture)}</span></header>
            <h2>{E(l.Incident.Title)}</h2><p class="state {State(l.Incident.Status)}">{E(Sentence(reader.Who.WhoHasIt(l.Incident)))}</p>{(l.Link is null ? "" : $"""<a href="{E(l.Link)}">{E(texts.AcknowledgeAlone("#" + l.Incident.Number.ToString(CultureInfo.InvariantCulture)))}</a>""")}</li>
            """));
        var button = open == 0 ? "" : $"""<form method="post"><input type="hidden" name="form" value="{E(form)}"><button class="main" name="do" value="acknowledgeall">{E(open == 1 ? texts.AcknowledgeIt : texts.AcknowledgeAll(open))}</button></form>""";
        var title = texts.SeveralIncidents(list.Count);
        return Document(texts, title, $"""
            {said}<h1>{E(title)}</h1>
            <ul>{rows}</ul>
            {button}
            <a class="more" href="/incidents">{E(texts.AllInConsole)}</a>
            <footer>{E(texts.YouActAs(reader.Name))} {E(texts.YoursAlone(hold))}</footer>
            """);
    }

    public static string Message(LinkTexts texts, string title, string text) => Document(texts, title, $"<section><h1>{E(title)}</h1><p>{E(text)}</p></section>");

    /// <summary>The one thing that the link is for; nothing where it is so already, or was just done.</summary>
    private static string Button(LinkTexts texts, Situation s, LinkPurpose purpose, Acted? acted, string form)
    {
        if (s.Status == IncidentStatus.Resolved || acted is { Done: true } || (purpose == LinkPurpose.Acknowledge && s.Status == IncidentStatus.Acknowledged))
            return "";
        return $"""<form method="post"><input type="hidden" name="form" value="{E(form)}"><button class="main" name="do" value="{purpose.ToString().ToLowerInvariant()}">{E(texts.Of(purpose))}</button></form>""";
    }

    private static string Document(LinkTexts texts, string title, string body) => $"""
        <!doctype html>
        <html lang="{texts.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
        <title>{E(title)}</title><style>{Style}</style></head>
        <body><main><div class="brand">{Logo}Incidents</div>{body}</main></body></html>
        """;

    private static ZonedDateTimePattern When(LinkTexts texts) => texts == LinkTexts.English ? Time : Numbers;

    private static string State(IncidentStatus status) => status.ToString().ToLowerInvariant();

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
