using Incidents.Paging.Channels.Phrases;

namespace Incidents.Paging.Channels.Sms;

/// <summary>Texts that fit: the title gives way first, then the service's name; never the number, the answers or the link. Pure.</summary>
internal static class SmsText
{
    private const int LongestTitle = 200;
    private const int LongestService = 40;

    /// <summary>Less of a title than this says nothing: rather one more part.</summary>
    private const int LeastTitle = 16;

    private const int LeastService = 12;

    /// <summary>Of each title in a list, and how many are listed at all.</summary>
    private const int LeastListed = 12, MostListed = 20;

    /// <summary>What a page says: title; number, severity, service and the answers; link.</summary>
    public static string Page(PhoneTexts texts, long number, string severity, string service, string title, string link)
    {
        title = Gsm.Plain(Wording.Cut(title, LongestTitle));
        service = Gsm.Plain(Wording.Cut(service, LongestService));
        string Facts(string name) => texts.TextFacts(PhoneActions.Plain(number), severity, name);
        string With(string head, string name) => (head.Length == 0 ? "" : head + "\n") + $"{Facts(name)} {texts.TextAnswers}\n{link}";
        return Fit(title, With, service);
    }

    /// <summary>
    /// What several pages in one message say: how many, each with its number and as much of its title as there is room for, the answers, the link. As many as fit in
    /// as few parts as the first one needs; the rest are counted.
    /// </summary>
    public static string Bundle(PhoneTexts texts, IReadOnlyList<(long Number, string Title)> pages, string link)
    {
        if (pages.Count == 0)
            throw new ArgumentException("A message of no pages.", nameof(pages));
        var listed = pages.Take(MostListed).Select(p => (Number: "#" + PhoneActions.Plain(p.Number), Title: Gsm.Plain(Wording.Cut(p.Title, LongestTitle)))).ToList();
        string With(int count, int title)
        {
            var lines = title == 0
                ? string.Join(' ', listed.Take(count).Select(p => p.Number))
                : string.Join('\n', listed.Take(count).Select(p => $"{p.Number} {Cut(p.Title, title)}".TrimEnd()));
            var rest = count < pages.Count ? $" {texts.TextAndMore(pages.Count - count)}" : "";
            return $"{texts.TextBundle(pages.Count)}\n{lines}{rest}\n{texts.TextBundleAnswers(PhoneActions.Plain(pages[0].Number))}\n{link}";
        }
        var parts = Gsm.Segments(With(1, 0));
        // Few words of every title are worth more than one title whole; numbers alone are worth more than a few of many titles.
        var count = Largest(1, listed.Count, n => Gsm.Segments(With(n, LeastListed)) <= parts);
        var bare = Largest(1, listed.Count, n => Gsm.Segments(With(n, 0)) <= parts);
        if (Gsm.Segments(With(count, LeastListed)) > parts || count * 3 < bare)
            return With(bare, 0);
        return With(count, Largest(LeastListed, listed.Take(count).Max(p => p.Title.Length), n => Gsm.Segments(With(count, n)) <= parts));
    }

    /// <summary>The largest for which it holds, which it does for no larger one once it does not; <paramref name="least"/> when for none.</summary>
    private static int Largest(int least, int most, Func<int, bool> holds)
    {
        var (low, high) = (least, Math.Max(least, most));
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = holds(middle) ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    /// <summary>A sentence with a title in it, in as few parts as the title can be cut to.</summary>
    public static string Sentence(string title, Func<string, string> with)
        => Fit(Gsm.Plain(Wording.Cut(title, LongestTitle)), (t, _) => with(t), "");

    private static string Fit(string title, Func<string, string, string> with, string service)
    {
        var least = Cut(title, LeastTitle);
        var shortest = Cut(service, LeastService);
        var parts = Gsm.Segments(with(least, shortest));
        foreach (var name in new[] { service, shortest })
        {
            if (Gsm.Segments(with(least, name)) > parts)
                continue;
            // The longest title that costs no further part.
            var (low, high) = (Math.Min(title.Length, LeastTitle), title.Length);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (Gsm.Segments(with(Cut(title, middle), name)) <= parts)
                    low = middle;
                else
                    high = middle - 1;
            }
            return with(Cut(title, low), name);
        }
        return with(least, shortest);
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : Wording.Cut(text, Math.Max(4, longest - 2)).Replace("…", "...", StringComparison.Ordinal);
}
