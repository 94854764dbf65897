using System.Collections.Frozen;

namespace Incidents.Contracts.Messages;

/// <summary>
/// Which endpoint consumes which messages: the same table in every process, whatever its roles.
/// Wire names are frozen: renaming one is a wire break. A test holds catalogue = consumers.
/// </summary>
public static class EndpointCatalogue
{
    public const string Triage = "triage";
    public const string Escalation = "escalation";
    public const string Paging = "paging";

    public const string Scheduling = "scheduling";

    public static IReadOnlyList<string> Endpoints { get; } = [Triage, Escalation, Paging, Scheduling];

    public static FrozenDictionary<string, Type> Types { get; } = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["triage.alert-accepted"] = typeof(AlertAccepted),
        ["escalation.step-due"] = typeof(StepDue),
        ["escalation.person-unreachable"] = typeof(PersonUnreachable),
        ["paging.page-requested"] = typeof(PageRequested),
        ["paging.paging-stopped"] = typeof(PagingStopped),
        ["paging.attempt-due"] = typeof(AttemptDue),
        ["paging.notice-requested"] = typeof(NoticeRequested),
        ["scheduling.swap-due"] = typeof(SwapDue),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, (string Name, string[] Endpoints)> ByType =
        Types.ToFrozenDictionary(t => t.Value, t => (t.Key, new[] { t.Key[..t.Key.IndexOf('.', StringComparison.Ordinal)] }));

    /// <summary>Wire name and consuming endpoints of a message type. Throws for a type that is not in the catalogue: a bug.</summary>
    public static (string Name, string[] Endpoints) Of(Type type) => ByType.TryGetValue(type, out var entry)
        ? entry
        : throw new InvalidOperationException($"{type.FullName} is not in the endpoint catalogue.");
}
