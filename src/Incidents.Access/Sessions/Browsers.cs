namespace Incidents.Access.Sessions;

/// <summary>What people call the browser of a <c>User-Agent</c>: enough to tell one's own sessions apart, no more is promised.</summary>
internal static class Browsers
{
    /// <summary>In this order: most of them also claim to be those that come later.</summary>
    private static readonly (string Mark, string Name)[] Programs =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    public static string Name(string? agent)
    {
        if (string.IsNullOrWhiteSpace(agent))
            return "Unknown browser";
        var program = Find(Programs, agent);
        var system = Find(Systems, agent);
        return (program, system) switch
        {
            (null, null) => agent.Split(' ', '/')[0],
            (null, _) => $"A browser on {system}",
            (_, null) => program,
            _ => $"{program} on {system}",
        };
    }

    private static string? Find((string Mark, string Name)[] known, string agent)
        => known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
