using System.Diagnostics.Metrics;
using Incidents.Escalation.Saga;
using Incidents.Kernel;

namespace Incidents.Escalation;

/// <summary>Meters of the saga. Labels are the closed sets of events and outcomes.</summary>
internal sealed class EscalationMetrics : IMeters
{
    private readonly Counter<long> decisions;

    public EscalationMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("Incidents.Escalation");
        decisions = meter.CreateCounter<long>("incidents.escalation.decisions", "{decision}", "Decided events, by event and outcome (changed, nothing, refused)");
        Opened = meter.CreateCounter<long>("incidents.escalation.opened", "{incident}", "Opened incidents");
        StepTardiness = meter.CreateHistogram<double>("incidents.escalation.step.tardiness", "s", "How late a step was decided");
        Opened.Add(0);
    }

    public Counter<long> Opened { get; }
    public Histogram<double> StepTardiness { get; }

    public void Decided(SagaEvent happened, Decision decision) => decisions.Add(1,
        new("event", happened.GetType().Name),
        new("outcome", decision.Refused is not null ? "refused" : decision.Changed ? "changed" : "nothing"));
}
