using System.Globalization;
using System.Text;
using Incidents.Paging.Links;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Paging.Channels.Email;

/// <summary>A link in a mail that does one thing.</summary>
internal sealed record MailAction(string Label, string Url);

/// <summary>
/// What a mail says, before it has a form: <paramref name="Facts"/> one under the other, <paramref name="Actions"/> as buttons, the first one large.
/// <paramref name="Severity"/> null: it is about no incident, or about several.
/// </summary>
internal sealed record MailContent(
    string Subject, string Heading, string? Severity, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<string> Paragraphs,
    IReadOnlyList<MailAction> Actions, MailAction? More, string Why)
{
    /// <summary>Incidents one under the other, each with what can be done to it alone.</summary>
    public IReadOnlyList<MailItem> Items { get; init; } = [];

    /// <summary>Incidents that there was no room for.</summary>
    public int Unlisted { get; init; }
}

/// <summary>One incident of a list.</summary>
internal sealed record MailItem(string Number, string Severity, string Service, string Title, MailAction Action);

/// <summary>Puts a page or a notice into the content of a mail. Pure.</summary>
internal static class PageMail
{
    private const int LongestTitle = 300;

    /// <summary>Incidents of one mail that are listed; a mail program cuts what is much longer.</summary>
    private const int MostListed = 50;

    public static MailContent Of(Dispatch d, string publicUrl, LinkTokens links) => d switch
    {
        { Bundle: { Pages.Count: > 1 } bundle } => Several(d, bundle, publicUrl, links),
        { Text: null } => Page(d, publicUrl, links),
        { Number: > 0 } => Follow(d, publicUrl),
        _ => Notice(d),
    };

    /// <summary>The same for every mail of an incident, so that they stand together where only subjects are compared.</summary>
    public static string Subject(Dispatch d) => $"[{d.Severity}] #{d.Number.ToString(CultureInfo.InvariantCulture)} {d.Service}: {Wording.Cut(d.Title, LongestTitle)}";

    private static MailContent Page(Dispatch d, string publicUrl, LinkTokens links)
    {
        string Link(LinkPurpose purpose) => $"{publicUrl}/a/{links.Issue(d.Number, d.Person, d.PageCreatedAt, purpose)}";
        return new MailContent(
            Subject(d), Wording.Cut(d.Title, LongestTitle), d.Severity, Facts(d), [],
            [new("Acknowledge", Link(LinkPurpose.Acknowledge)), new("Resolve", Link(LinkPurpose.Resolve)), new("Escalate", Link(LinkPurpose.Escalate))],
            Incident(d, publicUrl),
            $"Incidents pages {d.Person} at this address. Each link asks before it does anything, acts as you, and holds for {Hold(links.Lifetime)}: do not forward this mail.");
    }

    private static MailContent Several(Dispatch d, Bundle bundle, string publicUrl, LinkTokens links)
    {
        string Link(long number, Instant from, LinkPurpose purpose) => $"{publicUrl}/a/{links.Issue(number, d.Person, from, purpose)}";
        var count = bundle.Pages.Count.ToString(CultureInfo.InvariantCulture);
        var first = bundle.Pages[0];
        return new MailContent(
            $"{count} incidents: #{first.Number.ToString(CultureInfo.InvariantCulture)} {first.Service}: {Wording.Cut(first.Title, 120)} and {(bundle.Pages.Count - 1).ToString(CultureInfo.InvariantCulture)} more",
            $"{count} incidents", null, [], [],
            [new("Acknowledge all", Link(bundle.Number, bundle.CreatedAt, LinkPurpose.AcknowledgeAll))],
            new MailAction("Open in Incidents", $"{publicUrl}/incidents"),
            $"Incidents pages {d.Person} at this address; these came within moments of one another, so they are in one mail. Each link asks before it does anything, acts as you, and holds for {Hold(links.Lifetime)}: do not forward this mail.")
        {
            Items = [.. bundle.Pages.Take(MostListed).Select(p => new MailItem("#" + p.Number.ToString(CultureInfo.InvariantCulture), p.Severity, p.Service, Wording.Cut(p.Title, LongestTitle),
                new("Acknowledge", Link(p.Number, p.PageCreatedAt, LinkPurpose.Acknowledge))))],
            Unlisted = Math.Max(0, bundle.Pages.Count - MostListed),
        };
    }

    private static MailContent Follow(Dispatch d, string publicUrl) => new(
        "Re: " + Subject(d), Wording.Cut(d.Title, LongestTitle), d.Severity, Facts(d), [.. Lines(d.Text!)], [], Incident(d, publicUrl), $"Incidents told {d.Person} because they were paged for this incident.");

    private static MailContent Notice(Dispatch d)
    {
        var lines = Lines(d.Text!).ToList();
        // A notice carries its subject as its first line and its link as its last, for channels that have only text.
        if (lines.Count > 0 && string.Equals(lines[0], d.Title, StringComparison.Ordinal))
            lines.RemoveAt(0);
        MailAction? more = null;
        if (lines.Count > 0 && IsAddress(lines[^1]))
        {
            more = new MailAction("Open in Incidents", lines[^1]);
            lines.RemoveAt(lines.Count - 1);
        }
        return new MailContent(d.Title, d.Title, null, [], lines, [], more, $"Incidents told {d.Person} at this address.");
    }

    private static MailAction Incident(Dispatch d, string publicUrl) => new("Open in Incidents", $"{publicUrl}/incidents/{d.Number.ToString(CultureInfo.InvariantCulture)}");

    private static List<(string, string)> Facts(Dispatch d) =>
    [
        ("Incident", "#" + d.Number.ToString(CultureInfo.InvariantCulture)),
        ("Severity", d.Severity),
        ("Service", d.Service),
        ("Paged", InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(d.PageCreatedAt) + " UTC"),
    ];

    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(MailText.Clean).Where(l => l.Length > 0);

    private static bool IsAddress(string line) => Uri.TryCreate(line, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !line.Contains(' ', StringComparison.Ordinal);

    /// <summary>24 hours, 90 minutes.</summary>
    public static string Hold(Duration lifetime) => lifetime.TotalHours >= 2 || lifetime == Duration.FromHours(1)
        ? $"{((long)lifetime.TotalHours).ToString(CultureInfo.InvariantCulture)} hour{(lifetime.TotalHours < 2 ? "" : "s")}"
        : $"{((long)lifetime.TotalMinutes).ToString(CultureInfo.InvariantCulture)} minutes";

    /// <summary>The part that every mail program can show.</summary>
    public static string Text(MailContent content)
    {
        var text = new StringBuilder();
        text.Append(content.Heading).Append("\n\n");
        foreach (var (name, value) in content.Facts)
            text.Append((name + ":").PadRight(11)).Append(MailText.Clean(value)).Append('\n');
        if (content.Facts.Count > 0)
            text.Append('\n');
        foreach (var paragraph in content.Paragraphs)
            text.Append(paragraph).Append('\n');
        if (content.Paragraphs.Count > 0)
            text.Append('\n');
        foreach (var item in content.Items)
        {
            text.Append(item.Number).Append(' ').Append(MailText.Clean(item.Severity)).Append(' ').Append(MailText.Clean(item.Service)).Append(": ").Append(item.Title).Append('\n')
                .Append(item.Action.Label).Append(":\n").Append(item.Action.Url).Append("\n\n");
        }
        if (content.Unlisted > 0)
            text.Append("and ").Append(content.Unlisted.ToString(CultureInfo.InvariantCulture)).Append(" more\n\n");
        foreach (var action in content.Actions)
            text.Append(action.Label).Append(":\n").Append(action.Url).Append("\n\n");
        if (content.More is { } more)
            text.Append(more.Label).Append(":\n").Append(more.Url).Append("\n\n");
        return text.Append("-- \n").Append(content.Why).Append('\n').ToString();
    }
}
