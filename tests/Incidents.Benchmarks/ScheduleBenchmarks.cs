using BenchmarkDotNet.Attributes;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Benchmarks;

/// <summary>Who is on call, over a directory of 1,000 schedules. One operation is one question.</summary>
[MemoryDiagnoser]
public class WhoIsOnCall
{
    private const int Schedules = 1000;

    private readonly OnCall onCall = new();
    private readonly string[] names = [.. Enumerable.Range(0, Schedules).Select(Directories.NameOf)];
    private OrganisationSnapshot organisation = OrganisationSnapshot.Empty;
    private Instant[] instants = [];
    private Instant[] soon = [];
    private int turn;

    [GlobalSetup]
    public void Warm()
    {
        organisation = Directories.Of(Schedules, overridesEach: 50);
        var random = new Random(1);
        instants = [.. Enumerable.Range(0, Schedules).Select(_ => Directories.Now + Duration.FromMinutes(random.Next(365 * 24 * 60)))];
        soon = [.. Enumerable.Range(0, Schedules).Select(_ => Directories.Now + Duration.FromMinutes(random.Next(42 * 24 * 60)))];
        Now();
        AtAnyInstant();
        for (var i = 0; i < Schedules; i++)
            Soon();
        Now();
    }

    [Benchmark(OperationsPerInvoke = Schedules, Description = "who(now), each schedule in turn")]
    public int Now()
    {
        var people = 0;
        foreach (var name in names)
            people += onCall.At(organisation, name, Position.Primary, Directories.Now).Count;
        return people;
    }

    [Benchmark(OperationsPerInvoke = Schedules, Description = "who(at), a random instant of the next six weeks")]
    public int Soon()
    {
        var people = 0;
        turn++;
        for (var i = 0; i < names.Length; i++)
            people += onCall.At(organisation, names[i], Position.Primary, soon[(i + turn) % Schedules]).Count;
        return people;
    }

    [Benchmark(OperationsPerInvoke = Schedules, Description = "who(at), a random instant of the year")]
    public int AtAnyInstant()
    {
        var people = 0;
        for (var i = 0; i < names.Length; i++)
            people += onCall.At(organisation, names[i], Position.Primary, instants[i]).Count;
        (instants[0], instants[^1]) = (instants[^1], instants[0]);
        Array.Reverse(instants, 0, instants.Length);
        return people;
    }
}

/// <summary>The shifts of one schedule with three layers and 50 overrides.</summary>
[MemoryDiagnoser]
public class ShiftsOfOneSchedule
{
    private OrganisationSnapshot organisation = OrganisationSnapshot.Empty;
    private Line line = null!;

    [Params(1, 3, 12, 60, 120)]
    public int Months { get; set; }

    private static Instant From => Instant.FromUtc(2027, 1, 1, 0, 0);

    private Instant To => From.InUtc().LocalDateTime.PlusMonths(Months).InUtc().ToInstant();

    [GlobalSetup]
    public void Prepare()
    {
        organisation = Directories.Of(1, overridesEach: 50);
        line = new CompiledOrganisation(organisation).LineOf(Directories.NameOf(0))!;
        Console.WriteLine($"// {Months} months are {line.Shifts(From, To).Count} shifts.");
    }

    [Benchmark(Description = "shifts, line known")]
    public int Known() => line.Shifts(From, To).Count;

    [Benchmark(Description = "shifts, line made anew")]
    public int Anew() => new CompiledOrganisation(organisation).LineOf(Directories.NameOf(0))!.Shifts(From, To).Count;
}
