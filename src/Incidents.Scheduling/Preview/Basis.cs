using System.Security.Cryptography;
using System.Text;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;

namespace Incidents.Scheduling.Preview;

/// <summary>
/// What a draft of a schedule was made from: a mark over its definition and its overrides. It stays while neither changes, whatever else happens in the
/// organisation; so a draft that still has the present mark loses nobody's work when it is published.
/// </summary>
internal static class Basis
{
    /// <summary>16 hexadecimal digits; null: there is no such schedule.</summary>
    public static string? Of(OrganisationSnapshot organisation, string schedule)
    {
        if (!organisation.Schedules.TryGetValue(schedule, out var definition))
            return null;
        var text = new StringBuilder(DocumentShape.Of(definition).ToJsonString());
        foreach (var made in organisation.Overrides.GetValueOrDefault(schedule, []).OrderBy(o => o.Id))
            text.Append('\n').Append(made.Id).Append(' ').Append(DocumentShape.Of(made).ToJsonString());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
