using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Fairness;

/// <summary>One stretch and whom it is proposed for. <paramref name="Passed"/>: others who were looked at, and why not they.</summary>
internal sealed record Assignment(Instant From, Instant To, Position Position, IReadOnlyList<string> People, string Why, IReadOnlyList<PassedOver> Passed);

internal sealed record PassedOver(string Person, string Why);

/// <summary>A stretch for which nobody was found.</summary>
internal sealed record Unfilled(Instant From, Instant To, Position Position, string Why);

/// <summary>
/// A proposal, not applied. <paramref name="Edit"/> is the body of an edit as it stands, <paramref name="Effective"/> (null: now) from when a changed rotation should
/// hold, <paramref name="Version"/> the organisation that it was made for.
/// </summary>
internal sealed record Proposal(
    string Schedule,
    string Goal,
    long Version,
    Instant? Effective,
    JsonObject Edit,
    IReadOnlyList<Assignment> Assignments,
    IReadOnlyList<Unfilled> Unfilled,
    Balance BalanceBefore,
    Balance BalanceAfter);
