using Incidents.Contracts.Seams;
using Incidents.Escalation.Policy;
using Incidents.Escalation.Saga;
using Incidents.Persistence.Incidents;
using Incidents.Scheduling;
using Incidents.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Escalation.Tests;

/// <summary>One incident of the sample organisation, driven through the pure machine on plain instants: who is paged when.</summary>
internal sealed class Story
{
    private static readonly IOnCall OnCall = new ServiceCollection().AddScheduling().BuildServiceProvider().GetRequiredService<IOnCall>();
    private readonly OrganisationSnapshot organisation;
    private readonly string service;
    private readonly EscalationPlan plan;
    private readonly Instant start;

    public Story(string service, Instant start, OrganisationSnapshot? organisation = null)
    {
        this.organisation = organisation ?? Sample.Organisation;
        this.service = service;
        this.start = start;
        Now = start;
        var found = this.organisation.Services[service];
        plan = EscalationPlan.Parse(EscalationPlan.For(this.organisation, found, this.organisation.Pools[found.Pool]).Serialize());
        State = new SagaState { Status = IncidentStatus.Triggered, PagingStartsAt = start, LastActivityAt = start };
    }

    public Instant Now { get; private set; }

    public SagaState State { get; private set; }

    /// <summary>Who was paged, as <c>+mm:ss L2 ana,bruno</c>; the last resort is the level behind the last.</summary>
    public List<string> Pages { get; } = [];

    public static Story Opens(string service, Instant at)
    {
        var story = new Story(service, at);
        story.Do(new SagaEvent.Opened());
        return story;
    }

    public Decision Do(SagaEvent happened)
    {
        var resolver = new TargetResolver(OnCall);
        var decision = EscalationMachine.Decide(State, happened, new SagaContext
        {
            Now = Now,
            Plan = plan,
            People = targets => resolver.Resolve(organisation, service, targets, Now),
            Everybody = () => TargetResolver.Everybody(organisation),
            After = timeout => plan.Calendar is null ? Now + timeout : OnCall.AddBusinessTime(organisation, plan.Calendar, Now, timeout),
            NextBusiness = () => OnCall.NextBusinessInstant(organisation, plan.Calendar, Now),
        });
        State = decision.State;
        foreach (var page in decision.Effects.OfType<SagaEffect.Page>())
        {
            var since = Now - start;
            Pages.Add($"+{(int)since.TotalMinutes:00}:{since.Seconds:00} L{page.Level} {string.Join(',', page.People)}");
        }
        return decision;
    }

    /// <summary>Lets time pass; every timer that falls due until then (inclusive) fires at its own instant.</summary>
    public Story RunTo(Instant until)
    {
        while (State.NextStepAt is { } due && due <= until)
        {
            Now = due;
            Do(new SagaEvent.StepDue(State.Step));
        }
        Now = until;
        return this;
    }

    public Story RunFor(Duration span) => RunTo(Now + span);
}
