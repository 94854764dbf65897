using System.Globalization;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Rules;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Vendors.Usage;

/// <summary>
/// Looks once a minute at what the month has cost. At 80 % and at 100 % of the cap it has the managers told, once a month each, whichever process sees it
/// first. Beyond the cap low urgency goes over contacts that cost nothing; nobody is left out for money, and high urgency is never touched.
/// </summary>
internal sealed class UsageWatch(UsageTable table, WorkRunner works, IOrganisation organisation, ChannelCatalogue channels, Clock clock, IOptions<UsageOptions> options, ILogger<UsageWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly int[] Levels = [80, 100];

    private readonly HashSet<(string Month, int Level)> told = [];
    private volatile bool over;

    /// <summary>This month has cost more than it may.</summary>
    public bool IsOver => over;

    /// <summary>
    /// The plan of a page, with what costs money replaced by the person's first contact that costs nothing, for low urgency beyond the cap.
    /// Where the person has no such contact the plan stays: late money is better than a page that nobody gets.
    /// </summary>
    public IReadOnlyList<PlannedAttempt> Affordable(IReadOnlyList<PlannedAttempt> plan, Person person, bool high)
        => high || !over ? plan : Cheaper(plan, person, kind => channels.Of(kind)?.Descriptor.Cost);

    /// <param name="costOf">Null: no channel is configured for the kind, so it reaches nobody.</param>
    internal static IReadOnlyList<PlannedAttempt> Cheaper(IReadOnlyList<PlannedAttempt> plan, Person person, Func<ContactKind, CostClass?> costOf)
    {
        if (person.Contacts.FirstOrDefault(c => costOf(c.Kind) == CostClass.Free) is not { } free)
            return plan;
        return [.. plan.Select(p => costOf(p.Channel) is CostClass.Message or CostClass.Call ? p with { Contact = free.Name, Channel = free.Kind, Address = free.Address } : p)
            .DistinctBy(p => (p.Contact, p.After))];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.MonthlyCap <= 0)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.UsageLookFailed(logger, e);
            }
            await Task.Delay(Pause, clock.Provider, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task Look(CancellationToken cancellationToken)
    {
        var month = UsageTable.MonthOf(clock.Now);
        var spent = (await table.Of(month, cancellationToken)).Sum(u => u.Cost) / UsageTable.Millionths;
        over = spent >= options.Value.MonthlyCap;
        foreach (var level in Levels.Where(l => spent >= options.Value.MonthlyCap * l / 100 && !told.Contains((month, l))))
        {
            await Tell(month, level, spent, cancellationToken);
            told.Add((month, level));
        }
    }

    private async Task Tell(string month, int level, decimal spent, CancellationToken cancellationToken)
    {
        Log.CapReached(logger, month, level);
        var cost = $"{spent.ToString("0.##", CultureInfo.InvariantCulture)} of {options.Value.MonthlyCap.ToString("0.##", CultureInfo.InvariantCulture)} {options.Value.Currency}";
        var text = level < 100
            ? $"Calls and messages of {month} have cost {cost}."
            : $"Calls and messages of {month} have cost {cost}. Pages of low urgency go by chat or e-mail from now on, where people have it; pages of high urgency go as ever.";
        var managers = (await organisation.Fresh(cancellationToken)).People.Values.Where(p => p.Role >= Role.Manager).Select(p => p.Login).Order(StringComparer.Ordinal).ToList();
        await works.Run(work =>
        {
            foreach (var login in managers)
                work.Send(new NoticeRequested(login, "usage", $"{month}:{level}", $"Paging has used {level} % of its month", text, null));
            return Task.CompletedTask;
        }, cancellationToken);
    }
}
