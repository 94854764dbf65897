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

    /// <summary>What a page says: title; number, severity, service and the answers; link.</summary>
    public static string Page(PhoneTexts texts, long number, string severity, string service, string title, string link)
    {
        title = Gsm.Plain(Wording.Cut(title, LongestTitle));
        service = Gsm.Plain(Wording.Cut(service, LongestService));
        string Facts(string name) => texts.TextFacts(PhoneActions.Plain(number), severity, name);
        string With(string head, string name) => (head.Length == 0 ? "" : head + "\n") + $"{Facts(name)} {texts.TextAnswers}\n{link}";
        return Fit(title, With, service);
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
