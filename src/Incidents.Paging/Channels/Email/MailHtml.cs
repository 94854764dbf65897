using System.Net;
using System.Text;

namespace Incidents.Paging.Channels.Email;

/// <summary>
/// The part with buttons: one column of tables with inlined styles, as mail programs want it; nothing is fetched from anywhere. Programs that know
/// about dark mode get its colours, and the light ones are chosen to survive programs that turn colours round by themselves.
/// </summary>
internal static class MailHtml
{
    private const string Font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    private const string Dark = """
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        @media(prefers-color-scheme:dark){
        .page{background:#0f1217!important}.card{background:#181c24!important;border-color:#2b313c!important}
        .ink{color:#eef1f6!important}.soft{color:#a3acbc!important}.line{border-color:#2b313c!important}
        .quiet{background:#232936!important;border-color:#3a4252!important;color:#eef1f6!important}
        .main{background:#2f6fed!important;color:#ffffff!important}.link{color:#8ab4ff!important}}
        """;

    public static string Of(MailContent content)
    {
        var body = new StringBuilder();
        if (content.Severity is { } severity)
            body.Append($"""<p style="margin:0 0 12px"><span style="display:inline-block;padding:3px 10px;border-radius:6px;background:{Colour(severity)};color:#ffffff;{Font};font-size:13px;line-height:18px;font-weight:700">{E(severity)}</span></p>""");
        body.Append($"""<h1 class="ink" style="margin:0 0 16px;{Font};font-size:22px;line-height:28px;font-weight:650;color:#14171f;word-break:break-word">{E(content.Heading)}</h1>""");
        if (content.Facts.Count > 0)
            Facts(body, content.Facts);
        foreach (var paragraph in content.Paragraphs)
            body.Append($"""<p class="ink" style="margin:0 0 10px;{Font};font-size:16px;line-height:24px;color:#14171f;word-break:break-word">{E(paragraph)}</p>""");
        if (content.Items.Count > 0)
            Items(body, content.Items, content.Unlisted);
        Buttons(body, content.Actions);
        if (content.More is { } more)
            body.Append($"""<p style="margin:18px 0 0;{Font};font-size:15px;line-height:22px"><a class="link" href="{E(more.Url)}" style="color:#1558d6;text-decoration:underline">{E(more.Label)}</a></p>""");

        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no">
            <title>{E(content.Subject)}</title><style>{Dark}</style></head>
            <body class="page" style="margin:0;padding:0;background:#f5f6f8;-webkit-text-size-adjust:100%">
            <div style="display:none;max-height:0;overflow:hidden">{E(Preview(content))}</div>
            <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f5f6f8"><tr><td align="center" style="padding:16px 10px 28px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
            <tr><td class="card" style="background:#ffffff;border:1px solid #dfe3ea;border-radius:14px;padding:22px 20px">
            {body}
            </td></tr>
            <tr><td class="soft" style="padding:14px 6px 0;{Font};font-size:13px;line-height:19px;color:#5b6372">{E(content.Why)}</td></tr>
            </table></td></tr></table></body></html>
            """;
    }

    private static void Facts(StringBuilder body, IReadOnlyList<(string Name, string Value)> facts)
    {
        body.Append("""<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px">""");
        foreach (var (name, value) in facts)
        {
            body.Append($"""<tr><td class="soft" valign="top" style="padding:3px 18px 3px 0;{Font};font-size:15px;line-height:21px;color:#5b6372;white-space:nowrap">{E(name)}</td>""")
                .Append($"""<td class="ink" valign="top" style="padding:3px 0;{Font};font-size:15px;line-height:21px;color:#14171f;word-break:break-word">{E(value)}</td></tr>""").Append('\n');
        }
        body.Append("</table>\n");
    }

    private static void Items(StringBuilder body, IReadOnlyList<MailItem> items, int unlisted)
    {
        body.Append("""<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px">""");
        foreach (var item in items)
        {
            body.Append($"""<tr><td class="line" style="padding:12px 0;border-top:1px solid #dfe3ea"><span style="display:inline-block;padding:1px 7px;border-radius:5px;background:{Colour(item.Severity)};color:#ffffff;{Font};font-size:12px;line-height:17px;font-weight:700">{E(item.Severity)}</span><span class="soft" style="{Font};font-size:14px;line-height:20px;color:#5b6372">&nbsp; {E(item.Number)} &middot; {E(item.Service)}</span>""")
                .Append($"""<div class="ink" style="padding:4px 0 2px;{Font};font-size:16px;line-height:23px;color:#14171f;word-break:break-word">{E(item.Title)}</div>""")
                .Append($"""<a class="link" href="{E(item.Action.Url)}" style="display:inline-block;padding:6px 0;{Font};font-size:15px;line-height:22px;font-weight:600;color:#1558d6;text-decoration:underline">{E(item.Action.Label)}</a></td></tr>""").Append('\n');
        }
        body.Append("</table>\n");
        if (unlisted > 0)
            body.Append($"""<p class="soft" style="margin:0 0 14px;{Font};font-size:15px;line-height:22px;color:#5b6372">and {unlisted.ToString(System.Globalization.CultureInfo.InvariantCulture)} more</p>""");
    }

    /// <summary>The first over the whole width, under the thumb; the others beside each other.</summary>
    private static void Buttons(StringBuilder body, IReadOnlyList<MailAction> actions)
    {
        if (actions.Count == 0)
            return;
        body.Append($"""
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="main" align="center" style="background:#1558d6;border-radius:12px"><a class="main" href="{E(actions[0].Url)}" style="display:block;padding:18px 12px;{Font};font-size:19px;line-height:24px;font-weight:650;color:#ffffff;text-decoration:none;border-radius:12px">{E(actions[0].Label)}</a></td></tr></table>
            """);
        if (actions.Count == 1)
            return;
        body.Append("""<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:10px;table-layout:fixed"><tr>""");
        for (var i = 1; i < actions.Count; i++)
        {
            if (i > 1)
                body.Append("""<td width="10" style="width:10px;font-size:1px;line-height:1px">&nbsp;</td>""");
            body.Append($"""<td class="quiet" align="center" style="background:#f5f6f8;border:1px solid #cfd5df;border-radius:12px"><a class="quiet" href="{E(actions[i].Url)}" style="display:block;padding:14px 6px;{Font};font-size:16px;line-height:22px;font-weight:600;color:#14171f;text-decoration:none;border-radius:12px">{E(actions[i].Label)}</a></td>""");
        }
        body.Append("</tr></table>\n");
    }

    /// <summary>What a list of mails shows behind the subject.</summary>
    private static string Preview(MailContent content) => content.Paragraphs.Count > 0 ? content.Paragraphs[0] : content.Items.Count > 0 ? string.Join(" · ", content.Items.Select(i => $"{i.Number} {i.Title}").Take(4)) : string.Join(" · ", content.Facts.Select(f => f.Value).Skip(1));

    private static string Colour(string severity) => severity is "SEV1" or "SEV2" ? "#c92a2a" : "#8f4a00";

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
