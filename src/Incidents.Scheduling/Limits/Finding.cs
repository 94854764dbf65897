using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>The closed list of rules. The first eight are a pool's limits; the others always hold and only warn.</summary>
internal static class RuleNames
{
    public const string Roster = "roster";
    public const string EventsPerShift = "eventsPerShift";
    public const string OnCallShare = "onCallShare";
    public const string OperationsShare = "operationsShare";
    public const string RestAfterNightPage = "restAfterNightPage";
    public const string ConsecutiveShifts = "consecutiveShifts";
    public const string DoublePrimary = "doublePrimary";
    public const string Qualified = "qualified";
    public const string Uncovered = "uncovered";
    public const string Unreachable = "unreachable";
    public const string Absence = "absence";
    public const string UnknownPerson = "unknownPerson";

    public static IReadOnlyList<string> All { get; } =
    [
        Roster, EventsPerShift, OnCallShare, OperationsShare, RestAfterNightPage, ConsecutiveShifts, DoublePrimary, Qualified, Uncovered, Unreachable, Absence, UnknownPerson,
    ];
}

/// <summary>What was measured against which limit, in <paramref name="Unit"/> (people, events, percent, hours, shifts, schedules, contacts).</summary>
internal sealed record Numbers(decimal Measured, decimal Limit, string Unit);

/// <summary>Why a finding is accepted, by whom and until when (exclusive; null: for good).</summary>
internal sealed record WaivedBy(Guid Id, string Reason, string By, Instant At, Instant? Until);

/// <summary>
/// One breach. <paramref name="From"/> and <paramref name="To"/> (exclusive) are its whole extent as far as it was looked at, not cut to the question.
/// <paramref name="Subject"/> names what is broken without a time, so that one waiver can cover what comes again and again;
/// <see cref="Fingerprint"/> names this one breach, and is the same whenever and from whichever window it is found.
/// </summary>
internal sealed record Finding(
    [property: Words(typeof(RuleNames))] string Rule,
    Breach Severity,
    string? Schedule,
    string? Pool,
    string? Person,
    Instant From,
    Instant To,
    Numbers Numbers,
    string Message,
    string Fix,
    string Subject)
{
    /// <summary>What tells breaches of one subject apart: the instant at which this one begins, a quarter; empty: there is only one.</summary>
    [JsonIgnore]
    public string Occurrence { get; init; } = "";

    /// <summary>For the guard: compared by its interval (more of it is worse) or by how far it is beyond the limit.</summary>
    [JsonIgnore]
    public bool ByInterval { get; init; }

    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rule}\n{Subject}\n{Occurrence}")))[..16];

    public WaivedBy? Waived { get; init; }
}
