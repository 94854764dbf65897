using Incidents.Configuration.Document;
using Incidents.Configuration.Plan;
using Incidents.Kernel;

namespace Incidents.Configuration.Tests;

/// <summary>The example organisation, and an organisation in memory that documents are applied to.</summary>
internal static class Sample
{
    public static string Yaml { get; } = DemoOrganisation.Yaml;

    /// <summary>The example with one text replaced; fails when the text is not there.</summary>
    public static string With(string old, string replacement)
    {
        Assert.Contains(old, Yaml, StringComparison.Ordinal);
        return Yaml.Replace(old, replacement, StringComparison.Ordinal);
    }

    public static Result<ChangePlan> Plan(string yaml, IReadOnlyList<PresentItem>? present = null)
    {
        var document = OrganisationDocument.Read(yaml);
        return document.Error is { } error ? error : Planner.Plan(present ?? [], document.Value, () => "generated-key-of-thirty-two-char");
    }

    public static IReadOnlyList<Fault> Faults(string yaml, IReadOnlyList<PresentItem>? present = null) => Plan(yaml, present).Error?.Faults ?? [];

    /// <summary>What is present after an apply.</summary>
    public static IReadOnlyList<PresentItem> Apply(string yaml, IReadOnlyList<PresentItem>? present = null)
    {
        present ??= [];
        var result = Plan(yaml, present);
        Assert.True(result.IsOk, string.Join('\n', result.Error?.Faults ?? []));
        var plan = result.Value;
        var gone = plan.Changes.Select(c => c.Before?.Row).ToHashSet();
        return
        [
            .. present.Where(p => !gone.Contains(p.Row)).Select(p => p with { Place = plan.Places.GetValueOrDefault(p.Row, p.Place) }),
            .. plan.Changes.Where(c => c.After is not null).Select(c => new PresentItem(Guid.NewGuid(), c.Before?.Identity ?? Guid.NewGuid(), c.After!, plan.NewPlaces[c.After!])),
        ];
    }

    public static string Describe(ChangePlan plan) => string.Join("; ", plan.Changes.Select(c =>
        $"{c.Action.ToString().ToLowerInvariant()} {c.Section.Kind} {c.Name}{(c.Paths.Count == 0 ? "" : " (" + string.Join(", ", c.Paths) + ")")}"));
}
