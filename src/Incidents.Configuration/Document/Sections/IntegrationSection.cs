using System.Text.RegularExpressions;
using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Document.Sections;

internal sealed partial class IntegrationSection : Section<Integration>
{
    /// <summary>What exports show instead of a key, and what keeps the present key in a document.</summary>
    public const string Masked = "***";

    public static IReadOnlyList<string> Kinds { get; } = ["alertmanager", "grafana", "generic"];

    public override string Key => "integrations";
    public override string Kind => "integration";

    protected override string NameOf(Integration value) => value.Name;

    /// <summary>An empty key: left out; the masked one is kept as it is. The plan fills both in.</summary>
    protected override Integration ReadValue(MapReader map)
    {
        var name = map.RequiredText("name", Scalars.Name);
        var kind = map.RequiredText("kind", ParseKind);
        var team = map.OptionalText("team", Scalars.Name);
        var key = map.OptionalText("key", ParseKey) ?? "";
        var service = map.RequiredMap("service", service => Tuple.Create(service.OptionalText("label", Scalars.Text), service.RequiredText("default", Scalars.Name)));
        var urgency = map.OptionalMap("urgency", urgency => Tuple.Create(urgency.RequiredText("label", Scalars.Text), urgency.RequiredText("low", Scalars.Regex)));
        return new Integration(name, kind, key, service?.Item1, service?.Item2, urgency?.Item1, urgency?.Item2, ReadDeduplication(map)) { Team = team };
    }

    private static Deduplication ReadDeduplication(MapReader map)
    {
        switch (map.Take("deduplicate"))
        {
            case null or ScalarNode { Text: "fingerprint" }:
                return Deduplication.Fingerprint;
            case ScalarNode { Text: "group" }:
                return new Deduplication(DeduplicateBy.Group, []);
            case ListNode { Items.Count: > 0 }:
                var labels = map.Scalars("deduplicate", Scalars.Text, "");
                foreach (var twice in labels.GroupBy(l => l, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
                    map.Fault("deduplicate", $"names '{twice.Key}' twice.");
                return new Deduplication(DeduplicateBy.Labels, [.. labels.Distinct(StringComparer.Ordinal)]);
            case var other:
                map.Fault("deduplicate", $"must be fingerprint, group or a list of labels, not {(other is ListNode ? "an empty list" : other.Describe())}.");
                return Deduplication.Fingerprint;
        }
    }

    private static Parsed<string> ParseKind(ScalarNode scalar) => scalar.IsText && Kinds.Contains(scalar.Text, StringComparer.Ordinal)
        ? new(scalar.Text)
        : new("", $"must be {Faults.Choice(Kinds)}, not {scalar.Describe()}.{Faults.DidYouMean(scalar.Text, Kinds)}");

    /// <summary>The message never repeats the key: it is a secret.</summary>
    private static Parsed<string> ParseKey(ScalarNode scalar)
    {
        return scalar.IsText && (scalar.Text == Masked || KeyPattern().IsMatch(scalar.Text))
            ? new(scalar.Text)
            : new("", "must be text of 8 to 128 letters, digits, - or _; leave it out to have one generated.");
    }

    protected override MapNode WriteValue(Integration value) => new MapWriter()
        .Set("name", value.Name)
        .Set("kind", value.Kind)
        .Set("team", value.Team)
        .Set("key", value.Key.Length == 0 ? null : value.Key)
        .Set("service", new MapWriter().Set("label", value.ServiceLabel).Set("default", value.DefaultService).Build())
        .Set("urgency", value is { UrgencyLabel: { } label, LowUrgency: { } low } ? new MapWriter().Set("label", label).Set("low", low).Build() : null)
        .Set("deduplicate", value.Deduplicate.By switch
        {
            DeduplicateBy.Fingerprint => null,
            DeduplicateBy.Group => ScalarNode.OfText("group"),
            _ => ListNode.OfTexts(value.Deduplicate.Labels),
        })
        .Build();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{8,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPattern();
}
