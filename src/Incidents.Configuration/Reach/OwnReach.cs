using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;

namespace Incidents.Configuration.Reach;

/// <summary>A person's document with other contacts or rules: what somebody may change of themself. Pure.</summary>
internal static class OwnReach
{
    public static JsonObject Document(ItemRow row) => (JsonObject)JsonNode.Parse(NodeJson.Write(ItemStore.Read(row)!.Body))!;

    /// <summary>
    /// Puts the contacts. Rules follow: a contact with <c>formerly</c> keeps its steps under the new name, the steps of one that is gone go with it. Rules
    /// that nobody ever wrote (every contact at once) stay that, and rules without a step left become that.
    /// </summary>
    public static void PutContacts(JsonObject person, JsonArray contacts, List<Fault> faults)
    {
        var everything = IsEverything(person);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var contact in contacts.OfType<JsonObject>())
        {
            if (Text(contact["name"]) is not { } name)
                continue;
            names[name] = name;
            if (Text(contact["formerly"]) is { } former)
                names.TryAdd(former, name);
        }
        if (contacts.Count > MostContacts)
            faults.Add(new Fault("contacts", $"may have at most {MostContacts} entries."));
        person["contacts"] = contacts.DeepClone();
        if (person["notify"] is not JsonObject notify)
            return;
        foreach (var key in Urgencies.Where(k => notify[k] is JsonArray))
            notify[key] = Kept((JsonArray)notify[key]!, names);
        if (notify["low"] is JsonArray { Count: 0 })
            notify.Remove("low");
        if (everything || notify["high"] is JsonArray { Count: 0 })
            person.Remove("notify");
    }

    /// <summary>Puts the rules; an absent <c>low</c> is as <c>high</c>, absent quiet hours are none.</summary>
    public static void PutRules(JsonObject person, JsonObject rules, List<Fault> faults)
    {
        foreach (var (key, _) in rules)
        {
            if (key is not ("high" or "low" or "quietHours"))
                faults.Add(new Fault(key, "is not known here. Known: high, low, quietHours."));
        }
        foreach (var key in Urgencies.Where(k => rules[k] is JsonArray { Count: > MostSteps }))
            faults.Add(new Fault(key, $"may have at most {MostSteps} steps."));
        var notify = new JsonObject();
        foreach (var key in Urgencies.Where(k => rules[k] is not null))
            notify[key] = rules[key]!.DeepClone();
        person["notify"] = notify;
        person.Remove("quietHours");
        if (rules["quietHours"] is { } quiet)
            person["quietHours"] = quiet.DeepClone();
    }

    private const int MostContacts = 20, MostSteps = 30;

    private static readonly string[] Urgencies = ["high", "low"];

    private static JsonArray Kept(JsonArray steps, Dictionary<string, string> names)
    {
        var kept = new JsonArray();
        foreach (var step in steps.OfType<JsonObject>())
        {
            if (Text(step["contact"]) is not { } contact || !names.TryGetValue(contact, out var name))
                continue;
            var copy = (JsonObject)step.DeepClone();
            copy["contact"] = name;
            kept.Add(copy);
        }
        return kept;
    }

    private static bool IsEverything(JsonObject person)
    {
        if (person["notify"] is not JsonObject notify)
            return true;
        var contacts = (person["contacts"] as JsonArray ?? []).OfType<JsonObject>().Select(c => Text(c["name"])).ToList();
        var steps = (notify["high"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return notify["low"] is null && steps.TrueForAll(s => s["after"] is null) && contacts.SequenceEqual(steps.Select(s => Text(s["contact"])), StringComparer.Ordinal);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
