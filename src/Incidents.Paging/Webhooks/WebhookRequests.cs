using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary>
/// A webhook as it is written. Lists left out or empty let everything through. <paramref name="Secret"/> left out: made when it is created, left as it is
/// when it is changed; at least 16 characters. <paramref name="Name"/> only when it is created.
/// </summary>
internal sealed record WebhookRequest(
    string? Name, string? Url, string? Secret, IReadOnlyList<string>? Events, IReadOnlyList<string>? Teams, IReadOnlyList<string>? Pools, IReadOnlyList<string>? Services,
    IReadOnlyList<string>? Severities, bool? Enabled);

/// <summary>A webhook as it is shown. <paramref name="Secret"/> is masked, but for the one answer to its creation. <paramref name="Waiting"/> and <paramref name="Missed"/> count deliveries: to be sent, and failed or held.</summary>
internal sealed record WebhookView(
    string Name, string Url, string Secret, Instant? PreviousSecretUntil, IReadOnlyList<string> Events, IReadOnlyList<string> Teams, IReadOnlyList<string> Pools, IReadOnlyList<string> Services,
    IReadOnlyList<string> Severities, bool Enabled, Instant? DisabledAt, string? DisabledReason, Instant? LastSuccessAt, Instant? LastFailureAt, int Waiting, int Missed, Instant CreatedAt, string CreatedBy);

internal sealed record WebhookList(IReadOnlyList<WebhookView> Items);

/// <summary>One event for a webhook. <paramref name="Status"/> and <paramref name="Answer"/> (its first 2 KB) are the receiver's last; <paramref name="NextAt"/> says when it is tried again.</summary>
internal sealed record DeliveryView(
    Guid Id, string Event, string Type, long? Incident, [property: Words(typeof(DeliveryState))] string State, [property: Words(typeof(DeliveryError))] string? Error, int? Status, string? Answer, int? Milliseconds,
    int Tries, Instant CreatedAt, Instant? TriedAt, Instant? NextAt, Instant? DoneAt, string? Body);

internal sealed record DeliveryList(IReadOnlyList<DeliveryView> Items, string? NextCursor);

/// <summary>How a test went.</summary>
internal sealed record TestResult(bool Delivered, [property: Words(typeof(DeliveryError))] string? Error, int? Status, string? Answer, int Milliseconds, string Says);

/// <summary><paramref name="Since"/> (inclusive) null: everything that was missed and is still kept.</summary>
internal sealed record ReplayRequest(Instant? Since);

internal sealed record Replayed(int Deliveries);

/// <summary>Looks a request through, with every fault at once.</summary>
internal static partial class WebhookRules
{
    public const string Masked = "***";
    private const int ShortestSecret = 16;

    public static List<Fault> Check(WebhookRequest r, bool isNew, OrganisationSnapshot organisation, IReadOnlyList<IPNetwork> allowed)
    {
        var faults = new List<Fault>();
        if (isNew && (r.Name is null || !NamePattern().IsMatch(r.Name)))
            faults.Add(new Fault("name", "Use 1 to 100 of letters, digits, dots, hyphens and underscores, beginning with a letter or digit."));
        CheckUrl(r.Url, allowed, faults);
        if (r.Secret is { } secret && secret != Masked && (secret.Length is < ShortestSecret or > 200 || secret.Any(char.IsControl)))
            faults.Add(new Fault("secret", $"Use {ShortestSecret} to 200 characters, or leave it out."));
        Among("events", r.Events, WebhookEvents.All, faults);
        Among("teams", r.Teams, organisation.Teams.Keys, faults);
        Among("pools", r.Pools, organisation.Pools.Keys, faults);
        Among("services", r.Services, organisation.Services.Keys, faults);
        Among("severities", r.Severities, Enum.GetValues<Severity>().Select(s => s.Name()), faults);
        return faults;
    }

    public static string NewSecret() => "whs_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Join(IReadOnlyList<string>? list) => list is null ? "" : string.Join('\n', list.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static void CheckUrl(string? text, IReadOnlyList<IPNetwork> allowed, List<Fault> faults)
    {
        if (text is null || text.Length > 2000 || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            faults.Add(new Fault("url", "Use an absolute http or https address of at most 2000 characters."));
        else if (url.UserInfo.Length > 0)
            faults.Add(new Fault("url", "Leave user and password out of the address: the signature tells who we are."));
        else if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && !PublicNetwork.MayReach(ip, allowed))
            faults.Add(new Fault("url", $"{ip} is in a private network. An operator can allow it: {WebhookOptions.Section}:AllowedNetworks."));
    }

    private static void Among(string field, IReadOnlyList<string>? given, IEnumerable<string> known, List<Fault> faults)
    {
        if (given is null)
            return;
        var words = known.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i] is null || !words.Contains(given[i]))
                faults.Add(new Fault($"{field}[{i}]", $"'{given[i]}' is not one of {(words.Count <= 30 ? string.Join(", ", words.Order(StringComparer.Ordinal)) : "those that exist")}."));
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
