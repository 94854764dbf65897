using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Scheduling.Limits.Waivers;
using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>The linter with what has happened and what is waived: what the API, the nightly job and previews ask.</summary>
internal sealed class LimitsService(OnCall onCall, FactsReader facts, WaiverStore waivers, Clock clock)
{
    /// <summary>How far ahead a plan is looked at.</summary>
    public static readonly Duration Ahead = Duration.FromDays(90);

    /// <summary>How far back events are looked at: a shift of a week and the night after it.</summary>
    public static readonly Duration Back = Duration.FromDays(8);

    public async Task<IReadOnlyList<Finding>> Find(OrganisationSnapshot organisation, LintQuestion question, CancellationToken cancellationToken)
    {
        var happened = await facts.Read(organisation, question.EventsFrom ?? question.From, question.To, cancellationToken);
        var found = Linter.Run(onCall.Of(organisation), question, happened);
        return WaiverStore.Mark(found, await waivers.InForce(cancellationToken), clock.Now);
    }
}
