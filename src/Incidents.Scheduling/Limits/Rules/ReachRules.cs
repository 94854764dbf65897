using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>People on call whom no page would reach, and people on call whom nobody knows.</summary>
internal static class ReachRules
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        if (!scope.MindsWarnings)
            yield break;
        foreach (var login in scope.Roll.People)
        {
            var known = scope.Organisation.People.TryGetValue(login, out var person);
            var high = !known || Contacts.CanBePaged(person!, high: true);
            var low = !known || Contacts.CanBePaged(person!, high: false);
            if (known && high && low)
                continue;
            var schedules = scope.Roll.Of(login)
                .Where(d => d.Span.Touches(scope.Window.From, scope.Window.To) && scope.Wants(d.Schedule) && scope.Organisation.Schedules.ContainsKey(d.Schedule))
                .GroupBy(d => d.Schedule, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal);
            foreach (var duties in schedules)
            {
                var time = new Span(duties.Min(d => d.From), duties.Max(d => d.To)).Cut(scope.Window.From, scope.Window.To);
                yield return known ? Unreachable(scope, login, duties.Key, time, high) : Unknown(scope, login, duties.Key, time);
            }
        }
    }

    private static Finding Unreachable(LintScope scope, string person, string schedule, Span time, bool high)
    {
        var urgency = high ? "low" : "high";
        return new Finding(
            RuleNames.Unreachable, Breach.Warn, schedule, scope.PoolOf(schedule)?.Name, person, time.From, time.To, new Numbers(0, 1, "contacts"),
            $"{person} is on call on {schedule} from {Say.At(time.From)}, and no page of {urgency} urgency can reach them: their rules name no phone.",
            $"Add a voice or SMS contact for {person} and name it in notify.{urgency}.",
            $"schedule:{schedule}/person:{person}/{urgency}");
    }

    private static Finding Unknown(LintScope scope, string person, string schedule, Span time) => new(
        RuleNames.UnknownPerson, Breach.Warn, schedule, scope.PoolOf(schedule)?.Name, person, time.From, time.To, new Numbers(0, 1, "people"),
        $"Nobody has the login {person}, who is on call on {schedule} from {Say.At(time.From)}.",
        $"Take {person} off {schedule}: {scope.Candidates.Say(schedule, time.From, time.To, person)}.",
        $"schedule:{schedule}/person:{person}");
}
