using Microsoft.AspNetCore.Http;

namespace Incidents.Access.Keys;

/// <summary>What a key with scopes is for. A key without any may all that its role may.</summary>
[Flags]
internal enum Scope
{
    None = 0,

    /// <summary>Reads everything that is not pay, keys, accounts or sessions.</summary>
    Read = 1,

    /// <summary>Declares incidents and acts on them; sends test alerts, replays messages.</summary>
    Incidents = 2,

    /// <summary>Changes schedules, overrides, swaps, absences and waivers; asks for previews of them.</summary>
    Schedules = 4,

    /// <summary>Changes the rest of the organisation: services, people, teams, pools, policies, calendars, integrations, webhooks, the document.</summary>
    Config = 8,

    /// <summary>Reads pay, approves and exports it.</summary>
    Pay = 16,
}

/// <summary>Which scope a request needs. What is in no scope, a key with scopes may not: a new endpoint is closed to them until it is put here.</summary>
internal static class Scopes
{
    private static readonly Scope[] All = [Scope.Read, Scope.Incidents, Scope.Schedules, Scope.Config, Scope.Pay];

    public static IReadOnlyList<string> Words { get; } = [.. All.Select(Word)];

    public static string Word(Scope scope) => scope.ToString().ToLowerInvariant();

    /// <summary>Null: not a word of ours.</summary>
    public static Scope? Parse(string word) => All.Cast<Scope?>().FirstOrDefault(s => string.Equals(Word(s!.Value), word, StringComparison.Ordinal));

    public static IReadOnlyList<string> List(Scope scopes) => [.. All.Where(s => scopes.HasFlag(s)).Select(Word)];

    /// <summary>Of the stored text; null stays null: no scopes. A word that a later version wrote opens nothing here.</summary>
    public static Scope? Read(string? stored)
        => stored?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(Scope.None, (all, word) => all | (Parse(word) ?? Scope.None));

    public static bool Allow(Scope? given, HttpRequest request) => given is not { } scopes || Needed(request.Method, request.Path) is { } any && (any & scopes) != Scope.None;

    /// <summary>One of these is enough; null: none is.</summary>
    public static Scope? Needed(string method, PathString path)
    {
        var parts = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["api", "v1", var first, .. var rest])
            return null;
        var reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        return first switch
        {
            "me" when reads && rest.Length == 0 => Scope.Read | Scope.Incidents | Scope.Schedules | Scope.Config | Scope.Pay,
            "pay" => Scope.Pay,
            "keys" or "account" or "sessions" => null,
            "audit" when rest.Length > 0 => null,
            "people" when rest is [_, "account" or "invitation", ..] => null,
            _ when reads => Scope.Read,
            "incidents" or "messages" or "test-alert" => Scope.Incidents,
            "schedules" or "overrides" or "absences" or "swaps" or "limits" => Scope.Schedules,
            "people" when rest is [_, "absences", ..] => Scope.Schedules,
            "config" or "services" or "people" or "teams" or "pools" or "policies" or "calendars" or "integrations" or "rules" or "webhooks" => Scope.Config,
            _ => null,
        };
    }
}
