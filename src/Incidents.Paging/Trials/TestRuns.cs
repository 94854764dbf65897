using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Model;
using Incidents.Paging.Rules;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Trials;

/// <summary>
/// Tests that a person makes of their own contacts: one contact, or a whole rule with its delays. Plainly worded as tests; never while a page is open for
/// the person, whose phone must be free. <see cref="Pause"/> between two, <see cref="MostPerHour"/> messages and calls an hour.
/// </summary>
internal sealed class TestRuns(WorkRunner works, IOrganisation organisation, ChannelCatalogue channels, TrialTable trials)
{
    public const int MostPerHour = 30;

    public static readonly Duration Pause = Duration.FromSeconds(10);

    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>The run's id, from which its steps are read.</summary>
    public Task<Result<Guid>> Start(Person person, IReadOnlyList<PlannedAttempt> steps, CancellationToken cancellationToken) => works.Run<Result<Guid>>(async work =>
    {
        await trials.Alone(work, person.Login, cancellationToken);
        if (await work.Db.Set<Page>().AnyAsync(p => p.Person == person.Login && p.State == PageState.Open && work.Db.Incidents.Any(i => i.Id == p.Incident && i.Status == IncidentStatus.Triggered), cancellationToken))
            return Error.Conflict("paged", "You are being paged: no tests until that is over.");
        if (await trials.Count(work, person.Login, TrialTable.TestKind, work.Now - Pause, cancellationToken) > 0)
            return Limited($"A test has just begun. Wait {(int)Pause.TotalSeconds} s.");
        if (await trials.Count(work, person.Login, TrialTable.TestKind, work.Now - Hour, cancellationToken) + steps.Count > MostPerHour)
            return Limited($"{MostPerHour} test calls and messages an hour are enough. Try again later.");
        var run = Guid.CreateVersion7(work.Now.ToDateTimeOffset());
        var texts = Listener.Of(organisation, person.Login).Texts;
        foreach (var step in steps)
        {
            var notice = trials.Add(work, person.Login, new Contact(step.Contact, step.Channel, step.Address), TrialTable.TestKind, TrialTable.Key(run, step.Ordinal), texts.TestSubject, texts.TestText, work.Now + step.After);
            if (channels.Of(step.Channel) is null)
                (notice.State, notice.Reason, notice.NextAt, notice.DoneAt) = (Notices.NoticeState.Failed, Reason.NoChannel, null, work.Now);
        }
        return run;
    }, cancellationToken);

    /// <summary>What has not gone out yet never will.</summary>
    public Task Stop(string person, Guid run, CancellationToken cancellationToken) => works.Run(work => trials.Stop(work, person, TrialTable.Key(run), cancellationToken), cancellationToken);

    private static Error Limited(string title) => new(ErrorKind.LimitReached, "too-many", title, []);
}
