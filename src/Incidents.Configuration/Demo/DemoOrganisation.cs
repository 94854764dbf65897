using Incidents.Configuration.Edits;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Configuration;

/// <summary>The organisation that a new installation may begin with; the document is <c>demo.yaml</c>.</summary>
public static class DemoOrganisation
{
    /// <summary>Integration keys of the demo document. They are published: refuse them wherever others can connect.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["demo-prometheus-key", "demo-generic-key"];

    /// <summary>The document's text.</summary>
    public static string Yaml
    {
        get
        {
            using var stream = typeof(DemoOrganisation).Assembly.GetManifestResourceStream("demo.yaml")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Whether an organisation has a key that everybody knows.</summary>
    public static bool HasPublishedKeys(OrganisationSnapshot organisation) => Keys.Any(organisation.IntegrationsByKey.ContainsKey);

    /// <summary>
    /// Applies the demo document when no document was ever applied; true when it did. Call once the schema is there, before serving requests.
    /// Safe when several processes start at once: the loser finds an organisation and does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The embedded document is not valid: a bug.</exception>
    public static async Task<bool> LoadDemoOrganisation(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var applied = await services.GetRequiredService<Applying>().Apply(new ApplyRequest(Yaml, DryRun: false, new ChangeTerms(Actor.System, IfVersion: 0, Waiver: "the demo organisation")), cancellationToken);
        if (applied.Error is { Kind: ErrorKind.Stale })
            return false;
        return applied.Error is null ? applied.Value.Applied : throw new InvalidOperationException("The demo organisation is not valid: " + string.Join(" ", applied.Error.Faults));
    }
}
